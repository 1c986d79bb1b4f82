"""The form of a codebook file as a JSON Schema, so that editors complete its keys and underline mistakes.

Keys and values are those of ``keys``, by which the file is read; here stands only what each key takes and
what an editor says of it. A schema knows the form, not the language of terms: whether a regex is sound says
``rubricate codebook check``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.codebooks import keys
from rubricate.codebooks import token_patterns as patterns
from rubricate.codebooks.pipeline_terms import PARTS_OF_SPEECH
from rubricate.codebooks.yaml_codes import ID
from rubricate.codebooks.yaml_terms import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.keys import Place

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A codebook of rubricate"

# What is typed without quotes may look like a number or like true; the reader takes it as the words typed.
_WORDS: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _WORDS}]}
_PAIRS: Schema = {"anyOf": [{"type": "object", "additionalProperties": _TEXT}, {"enum": [None, ""]}]}
_LANGUAGE: Schema = {
    "type": ["string", "null"],
    "pattern": f"^(?!{keys.ANY_LANGUAGE}$)(?:{LANGUAGE.pattern})?$",
}


def codebook_schema() -> Schema:
    """The schema of a codebook file as JSON Schema 2020-12."""
    return {
        "$schema": DIALECT,
        "title": TITLE,
        **_mapping(keys.CODEBOOK, _CODEBOOK, required=["codes"]),
        "$defs": {
            "codes": _codes(),
            "code": _code(),
            "terms": _by_language("term"),
            "rules": _by_language("rule"),
            "term": _term(),
            "rule": {"anyOf": [_WORDS, _mapping(keys.RULE, _RULE, required=["rule"])]},
            "example": _example(),
            "token": _token(),
        },
    }


def _mapping(place: Place, values: dict[str, tuple[Schema, str]], **more: Any) -> Schema:
    """A mapping with the keys of a place and no others; KeyError where nothing is said of one."""
    return {
        "type": "object",
        "properties": {key: {"description": values[key][1], **values[key][0]} for key in place.keys},
        "additionalProperties": False,
        **more,
    }


def _choice(values: Sequence[str]) -> Schema:
    return {"enum": list(values), "default": values[0]}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _codes() -> Schema:
    names = {"pattern": f"^(?:{ID.pattern})$", "not": {"enum": list(keys.RESERVED)}}
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": names,
        "additionalProperties": _reference("code"),
    }


def _code() -> Schema:
    by_hand = {"properties": {"coded_by": {"const": "hand"}}, "required": ["coded_by"]}
    finds = [{"required": [key]} for key in ("terms", "rules", "codes")]
    entries = {"anyOf": [{"required": ["terms"]}, {"required": ["rules"]}]}
    return _mapping(
        keys.CODE,
        _CODE,
        anyOf=[*finds, by_hand],
        allOf=[{"if": by_hand, "then": {"not": entries}}],
        dependentSchemas=dict.fromkeys(keys.LIMITS, entries),
    )


def _by_language(item: str) -> Schema:
    """A list of terms or rules, or a mapping from languages to such lists."""
    some = {"type": "array", "minItems": 1, "items": _reference(item)}
    by_language = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": f"^(?:{keys.ANY_LANGUAGE}|{LANGUAGE.pattern})$"},
        "additionalProperties": some,
    }
    return {"anyOf": [some, by_language]}


def _term() -> Schema:
    one_kind = [{"required": [kind]} for kind in keys.ENTRY_KINDS]
    return {"anyOf": [_WORDS, _mapping(keys.TERM, _TERM, oneOf=one_kind)]}


def _example() -> Schema:
    return {"anyOf": [_WORDS, _mapping(keys.EXAMPLE, _EXAMPLE, required=["text"])]}


def _token() -> Schema:
    """What a token pattern may ask of a token."""
    number = {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999_999, "pattern": "^[0-9]{1,9}$"}
    properties: Schema = {
        **{name: _condition(_WORDS, patterns.SET_OPERATORS) for name in patterns.TEXT_ATTRIBUTES},
        **{name: _condition(_WORDS, patterns.SET_OPERATORS) for name in patterns.TRAINED_ATTRIBUTES},
        "POS": _condition({"enum": list(PARTS_OF_SPEECH)}, patterns.SET_OPERATORS),
        "MORPH": _condition(_WORDS, patterns.MORPH_OPERATORS),
        **{name: {"enum": [True, False, "true", "false"]} for name in patterns.FLAG_ATTRIBUTES},
        **{
            name: _condition(number, patterns.SET_OPERATORS, patterns.NUMBER_OPERATORS)
            for name in patterns.NUMBER_ATTRIBUTES
        },
        "OP": {"type": "string", "pattern": r"^(?:[?*+!]|\{\d{0,4}(?:,\d{0,4})?\})$"},
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _condition(value: Schema, sets: Sequence[str], singles: Sequence[str] = ()) -> Schema:
    """A value, or a mapping of operators to lists of values or, for ``singles``, to one value."""
    several = {"type": "array", "minItems": 1, "items": value}
    operators = dict.fromkeys(sets, several) | dict.fromkeys(singles, value)
    by_operator = {
        "type": "object",
        "minProperties": 1,
        "properties": operators,
        "additionalProperties": False,
    }
    return {"anyOf": [value, by_operator]}


_LIMITS: dict[str, tuple[Schema, str]] = {
    "within": (_choice(keys.WITHIN), "The scope of rules and of unless."),
    "not_inside": (_TEXTS, "Plain terms: a hit that lies inside one of them does not count."),
    "unless": (_TEXT, "A rule: where it holds in the scope, hits do not count."),
    "only_in": (_TEXT, "The documents in which it is looked for, such as year >= 2018."),
}
_NOTE: tuple[Schema, str] = (_TEXT, "Why the entry is there; never matched.")
_CODEBOOK: dict[str, tuple[Schema, str]] = {
    "name": (_TEXT, "What the codebook is called in tables and records."),
    "version": (_TEXT, 'Its version, such as "1.0".'),
    "language": (
        {**_LANGUAGE, "default": "en"},
        "The language of its terms and examples, such as en, fa or pt-BR.",
    ),
    "within": _LIMITS["within"],
    "hyphens": (_choice(keys.HYPHENS), "Whether a hyphen between letters splits words or joins them."),
    "codes": (_reference("codes"), "The themes, each by its id: a–z, 0–9 and _, at most 32 characters."),
}

_CODE: dict[str, tuple[Schema, str]] = {
    "label": (_TEXT, "What the code is called in tables."),
    "definition": (_TEXT, "What the code means, for people."),
    "when_to_use": (_TEXTS, "When people should apply it; never matched."),
    "when_not_to_use": (_TEXTS, "When they should not; never matched."),
    "see": (_PAIRS, "Other codes, by id, with where the boundary runs."),
    "examples": (
        {"anyOf": [_TEXT, {"type": "array", "items": _reference("example")}]},
        "Sentences that must be coded or, with applies: false, must not be; codebook test tries them.",
    ),
    "coded_by": (_choice(keys.CODED_BY), "Who applies the code: rules, people (hand), or both."),
    "negated": (_choice(keys.NEGATED), "What happens to hits such as “no sanctions”."),
    "exclusive": (
        {"enum": [False, True, *keys.EXCLUSIVE], "default": False},
        "Whether the codes below exclude each other in a paragraph; where they meet is reported.",
    ),
    **_LIMITS,
    "terms": (_reference("terms"), "What is looked for: a list, or a list for each language (any: in all)."),
    "rules": (_reference("rules"), "Terms combined, such as pressure NEAR/4 economic; lists like terms."),
    "codes": (_reference("codes"), "Codes below this one; they inherit nothing."),
    "color": (_TEXT, "A colour for figures and other programs, such as #aa0000."),
    "memo": (_TEXT, "Notes to yourself; never matched."),
    "literature": (_TEXTS, "Where the code comes from."),
    "guid": (_TEXT, "A lasting id by which other programs know the code."),
    "was": (_TEXTS, "Ids that the code had before."),
}

_TERM: dict[str, tuple[Schema, str]] = {
    "term": (_WORDS, "A word or phrase; each word by its own kind."),
    "lemma": (_WORDS, "Words with all their forms."),
    "word": (_WORDS, "Exactly these forms, in any case."),
    "case": (_WORDS, "Exactly these letters."),
    "glob": (_WORDS, "* stands for any letters of a word, ? for one."),
    "regex": (_WORDS, "A regular expression of RE2, within one paragraph."),
    "pos": (_WORDS, "Words with their part of speech, as in power/NOUN; needs a spaCy pipeline."),
    "entity": (_WORDS, "The label of entities, such as GPE; needs a spaCy pipeline."),
    "tokens": (
        {"type": "array", "minItems": 1, "items": _reference("token")},
        "A token pattern of spaCy's Matcher, one mapping for each token.",
    ),
    **_LIMITS,
    "note": _NOTE,
}

_RULE: dict[str, tuple[Schema, str]] = {
    "rule": (_WORDS, "Terms combined by AND, OR, NOT, NEAR/5, THEN/5, COUNT and brackets."),
    "id": ({"type": "string"}, "A name for the rule, in place of its number."),
    "language": (_LANGUAGE, "The language of its documents, if it is not that of the list; any: all."),
    **_LIMITS,
    "note": _NOTE,
}

_EXAMPLE: dict[str, tuple[Schema, str]] = {
    "text": (_WORDS, "The sentence."),
    "applies": (
        {"enum": [True, False, *keys.APPLIES], "default": True},
        "Whether it must be coded (true) or must not be (false: a near miss).",
    ),
    "language": (
        _LANGUAGE,
        "The language of the sentence, if it is not the codebook's.",
    ),
    "variables": (_PAIRS, "Variables of the document from which it might come."),
    "from": (_TEXT, "Where the sentence comes from."),
}
