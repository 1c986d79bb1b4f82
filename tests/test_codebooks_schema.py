"""The schema of codebook files: it refuses and accepts what the reader does, as far as form goes."""

import re
from itertools import islice
from pathlib import Path

import jsonschema
import pytest
import yaml

from rubricate.codebooks import CodebookError, keys, parse_codebook
from rubricate.codebooks.schema import codebook_schema
from rubricate.codebooks.yaml_fields import Fields
from tests.codebook_texts import GOOD
from tests.command import CODEBOOK

ROOT = Path(__file__).parents[1]
VALIDATOR = jsonschema.Draft202012Validator(codebook_schema())
MANUAL = "\n".join(path.read_text("utf-8") for path in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
SHOWN = [
    block
    for block in re.findall(r"^```yaml\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
    if "codes:" in block
]
STARTERS = [path.read_text("utf-8") for path in sorted((ROOT / "codebooks" / "starters").glob("*.yaml"))]


class _AsEditors(yaml.SafeLoader):
    """YAML 1.2, as editors read it: true, false, null and numbers are no words."""


_AsEditors.yaml_implicit_resolvers = {}
for tag, pattern in {
    "null": "~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    _AsEditors.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def as_editors(text):
    return yaml.load(text, _AsEditors)


def is_read(text):
    try:
        parse_codebook(text)
    except CodebookError:
        return False
    return True


def test_it_is_a_sound_schema():
    jsonschema.Draft202012Validator.check_schema(codebook_schema())


READ = [text for text in SHOWN if is_read(text)]
"""The codebooks of the manual, without those that show mistakes."""


def test_the_manual_shows_more_sound_codebooks_than_broken_ones():
    assert len(READ) > 2 * (len(SHOWN) - len(READ))


@pytest.mark.parametrize("text", [GOOD, CODEBOOK, *STARTERS, *READ])
def test_what_is_read_is_valid(text):
    assert is_read(text)
    assert [error.message for error in VALIDATOR.iter_errors(as_editors(text))] == []


def test_every_key_of_the_reader_has_a_description():
    schema = codebook_schema()
    places = {
        keys.CODEBOOK: schema,
        keys.CODE: schema["$defs"]["code"],
        keys.TERM: schema["$defs"]["term"]["anyOf"][1],
        keys.EXAMPLE: schema["$defs"]["example"]["anyOf"][1],
    }
    for place, found in places.items():
        assert tuple(found["properties"]) == place.keys
        assert all(value["description"].endswith(".") for value in found["properties"].values())


def test_a_key_that_nothing_is_said_of_is_no_silent_gap(monkeypatch):
    monkeypatch.setattr(keys, "EXAMPLE", keys.Place("an example", (*keys.EXAMPLE.keys, "page")))
    with pytest.raises(KeyError, match="page"):
        codebook_schema()


# One thing changed ----------------------------------------------------------------------------------------

WHOLE = """\
name: N
version: "1"
language: en
within: sentence
hyphens: split
codes:
  a:
    label: A
    definition: D
    when_to_use: [u]
    when_not_to_use: [v]
    see: {a: itself}
    examples: [e, {text: t, applies: false, language: fa, variables: {x: y}, from: f}]
    coded_by: both
    negated: drop
    within: sentence
    not_inside: [x]
    color: c
    memo: m
    literature: [l]
    guid: g
    was: [b]
    exclusive: "false"
    unless: q
    only_in: year > 3
    terms:
      en: [x, {term: y, within: document, not_inside: z, unless: w, only_in: v = 1, note: n}]
      any: [{regex: z}]
    rules: {any: [x AND y, {rule: x NEAR/3 z, id: i, within: paragraph, not_inside: z, note: n}]}
    codes:
      c:
        terms: [{tokens: [{LOWER: x, OP: "?"}, {POS: {IN: [NOUN]}}, {IS_TITLE: true, LENGTH: {">=": 3}}]}]
  r: {rules: [x, {rule: y, language: fa, unless: z, only_in: w = 2}]}
  h: {coded_by: hand}
"""
OTHERS = ("", "zzz", [], {}, ["zzz"], [["zzz"]], {"zzz": "y"}, [{"zzz": "y"}], [""])


def places(tree, path=()):
    """Every place in a tree of mappings and lists."""
    yield path
    if isinstance(tree, dict | list):
        for key in tree if isinstance(tree, dict) else range(len(tree)):
            yield from places(tree[key], (*path, key))


def changed(tree, path, other):
    """The tree with another value at a place; without it where the other is None."""
    if not path:
        return other
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    if len(path) == 1 and other is None:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(tree[path[0]], path[1:], other)
    return copy


def renamed(tree, path):
    """The tree with another key at a place."""
    if len(path) == 1:
        return {("zzz!" if key == path[0] else key): value for key, value in tree.items()}
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = renamed(tree[path[0]], path[1:])
    return copy


def mutants():
    tree = yaml.load(WHOLE, yaml.BaseLoader)
    for path in places(tree):
        yield from ((path, changed(tree, path, other)) for other in OTHERS)
        if path:
            yield path, changed(tree, path, None)
        if path and isinstance(path[-1], str):
            yield path, renamed(tree, path)


MEANING = {
    "a key of `see` that is no code": lambda path: "see" in path or path == ("codes", "a"),
    "a pattern of which nothing must be there": lambda path: "tokens" in path,
    "limits without terms": lambda path: path[-1:] in (("terms",), ("rules",)),
    "a rule or a condition that says nothing": lambda path: (
        path[-1:] in (("rule",), ("unless",), ("only_in",))
    ),
}
"""What the reader refuses for what it means: no matter of form."""


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_one_change_that_the_reader_refuses_the_schema_refuses_and_no_other(every):
    assert is_read(WHOLE)
    differ = []
    for path, tree in islice(mutants(), 0, None, every):
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        read, valid = is_read(text), VALIDATOR.is_valid(as_editors(text))
        if read != valid and not (valid and any(is_so(path) for is_so in MEANING.values())):
            differ.append((path, read, text))
    assert differ == []


def test_reserved_ids_are_refused():
    for name in keys.RESERVED:
        assert not VALIDATOR.is_valid({"codes": {name: {"terms": ["x"]}}})
    assert VALIDATOR.is_valid({"codes": {"x": {"terms": ["x"]}}})


def test_the_reader_knows_no_places_but_those_of_the_schema():
    assert Fields.__init__.__annotations__["place"] == "Place"
    assert {name for name, value in vars(keys).items() if isinstance(value, keys.Place)} == {
        "CODEBOOK",
        "CODE",
        "TERM",
        "RULE",
        "EXAMPLE",
    }
