"""From the categories of a foreign file to a codebook that reads back as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.codebook import Code, Codebook, Entry, Example, Mark
from rubricate.codebooks.formats.ids import Ids
from rubricate.codebooks.formats.references import numbered, with_sound_references
from rubricate.codebooks.pipeline_terms import parse_entity, parse_pos
from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.rules.writing import written
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.token_patterns import parse_tokens
from rubricate.codebooks.yaml_text import unwanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import ForeignTerm, Theme

_LINE_END = re.compile("\r\n?")

DEEPEST = 20
"""How many levels of codes an imported codebook may have; YAML nests twice as deep."""


def build_codebook(reading: Reading, themes: Sequence[Theme], name: str = "", **more: Any) -> Codebook:
    """The codebook of these categories; ``more`` are fields of Codebook.

    What a codebook cannot hold is noted in ``reading``; without categories, or nested too deep, the file is
    refused.
    """
    if not themes:
        reading.stop(0, "holds no categories; is it the right file and format (--from)?")
    builder = _Builder(reading)
    builder.add(themes, "", 1)
    codes = with_sound_references(reading, builder.codes)
    return Codebook(builder.clean(name, "the name"), codes, language=reading.language, **more)


class _Builder:
    """Makes codes in the order of the file."""

    def __init__(self, reading: Reading) -> None:
        self.codes: list[Code] = []
        self._reading = reading
        self._ids = Ids()

    def add(self, themes: Sequence[Theme], parent: str, level: int) -> None:
        """Make the codes of these categories and of all below."""
        if level > DEEPEST:
            self._reading.stop(themes[0].line, f"nested deeper than {DEEPEST} levels; make the tree flatter")
        for theme in themes:
            code = self._code(theme, parent)
            self.codes.append(code)
            if theme.below:
                self.add(theme.below, code.id, level + 1)

    def _code(self, theme: Theme, parent: str) -> Code:
        name = " ".join(theme.name.split())
        more = {key: self.clean(value, name) for key, value in theme.more.items() if value}
        found = self._ids.of(theme.id or name)
        made = (self._entry(term, theme) for term in theme.terms)
        entries = [entry for entry in made if entry]
        kept = (self.clean(text, name) for text in theme.kept)
        memo = "\n".join(filter(None, (more.pop("memo", ""), *kept)))
        coded_by = more.pop("coded_by", "") or ("rules" if theme.group else "hand")
        return Code(
            id=found,
            label=self.clean(name, name) or found,
            parent=parent,
            entries=numbered(found, entries),
            memo=memo,
            coded_by=_fitting(coded_by, bool(entries), bool(theme.below)),
            mark=Mark(theme.line, 1),
            **more,
        )

    def _entry(self, term: ForeignTerm, theme: Theme) -> Entry | None:
        """The entry, without its id; None where the language has no such entry."""
        if term.entry:
            return term.entry
        not_inside = self.clean(term.not_inside, theme.name)
        try:
            text: str = self.clean(term.text, theme.name)
            if term.kind in _PARSED:
                parse_term(text, term.kind)
                for phrase in not_inside:
                    parse_term(phrase)
            else:
                text = _checked(term.kind, text)
        except ValueError as error:
            reason = str(error).partition(";")[0]
            self._reading.keep(theme, term.line, term.original, f"cannot be a term ({reason})")
            return None
        language = term.language or self._reading.language
        return Entry("", term.kind, text, language, not_inside, self.clean(term.note, theme.name))

    def clean(self, value: Any, where: str) -> Any:
        """A text, or all texts of a field, without characters that cannot stand in a codebook."""
        if isinstance(value, tuple):
            return tuple(self.clean(item, where) for item in value)
        if isinstance(value, dict):
            return {key: self.clean(item, where) for key, item in value.items()}
        if isinstance(value, Example):
            return replace(value, text=self.clean(value.text, where))
        value = _LINE_END.sub("\n", value)
        if character := unwanted(value):
            self._reading.lose(0, where, f"the invisible character U+{ord(character):04X}")
            while character := unwanted(value):
                value = value.replace(character, "")
        return value


def _fitting(coded_by: str, has_entries: bool, has_codes: bool) -> str:
    """How a code is coded: not by rules where there are none, nor by hand alone where there are some."""
    if has_entries:
        return "both" if coded_by == "both" else "rules"
    return "rules" if has_codes and coded_by == "rules" else "hand"


def _checked(kind: str, text: str) -> str:
    """The text of an entry that is neither words nor a regex; ValueError where it is none."""
    if kind == "rule":
        return written(parse_rule(text))
    if kind == "pos":
        parse_pos(text)
    elif kind == "entity":
        parse_entity(text)
    else:
        parse_tokens(text)
    return text


_PARSED = ("term", "word", "glob", "lemma", "case", "regex")
