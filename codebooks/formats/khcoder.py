"""Coding rules of KH Coder: a code begins with an asterisk, its condition stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.ids import Ids
from rubricate.codebooks.formats.khcoder_conditions import alternatives
from rubricate.codebooks.formats.khcoder_writing import as_condition, as_words
from rubricate.codebooks.formats.patterns import Wildcards
from rubricate.codebooks.formats.themes import ForeignTerm
from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.terms import parse_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.codebooks.codebook import Code, Codebook, Entry
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_BEGINS = ("*", "＊")


def read(reading: Reading) -> Codebook:
    """The codes with their conditions: alternatives become entries, what we cannot say is kept as text."""
    themes: list[Theme] = []
    conditions: list[list[tuple[int, str]]] = []
    names: set[str] = set()
    for number, line in reading.lines():
        if line.startswith("#"):
            continue
        if line.startswith(_BEGINS):
            name = line[1:].strip()
            if name in names:
                reading.stop(number, f"the code `{name}` stands twice; rename one of the two")
            names.add(name)
            themes.append(reading.theme(name, number))
            conditions.append([])
        elif themes:
            conditions[-1].append((number, line))
        else:
            reading.lose(number, "", f"`{line.strip()}` stands before the first code")
    ids = Ids()
    known: dict[str, str] = {}
    for theme, lines in zip(themes, conditions, strict=True):
        _fill(reading, theme, lines, known)
        known[theme.name] = ids.of(theme.name)
    return build_codebook(reading, themes)


def _fill(reading: Reading, theme: Theme, lines: list[tuple[int, str]], known: dict[str, str]) -> None:
    if not lines:
        return
    number = lines[0][0]
    condition = " ".join(line for _, line in lines)
    try:
        found = alternatives(condition, known)
    except ValueError as error:
        reading.keep(theme, number, " ".join(condition.split()), f"cannot be said in a rule ({error})")
        return
    for kind, text, original in found:
        if kind:
            reading.term(theme, ForeignTerm(kind, text, original, number))
        else:
            reading.keep(theme, number, original, f"cannot be said in a rule ({text})")


def write(writing: Writing) -> bytes:
    """The codes with their words, phrases and rules as alternatives; KH Coder has no wildcards."""
    writing.lose_all_but((), ())
    names = writing.names(unique="all")
    writing.lose_tree()
    above: dict[str, str] = {}
    blocks = []
    for code in writing.book.codes:
        conditions = [found for entry in code.entries for found in _conditions(writing, code, entry, above)]
        blocks.append("\n".join(filter(None, (f"*{names[code.id]}", " or ".join(conditions)))) + "\n")
        if ">" not in names[code.id]:  # which ends a name in a condition
            above[code.id] = names[code.id]
    return "\n".join(blocks).encode()


def _conditions(writing: Writing, code: Code, entry: Entry, above: Mapping[str, str]) -> Iterator[str]:
    """What KH Coder can look for instead of an entry; what it cannot is noted."""
    try:
        if entry.kind == "rule":
            yield as_condition(parse_rule(entry.text), above)
            writing.lose_of_entry(entry, code.id)
        else:
            for base_form in _base_forms(writing, code, entry):
                yield as_words(base_form)
    except ValueError as error:
        writing.lose(code.id, f"`{entry.text}` {error}")


def _base_forms(writing: Writing, code: Code, entry: Entry) -> tuple[str, ...]:
    """What an entry looks for as base forms, which is all that KH Coder has."""
    if entry.kind not in ("lemma", "term"):
        patterns = writing.patterns(entry, Wildcards())
    elif any(slot.kind == "glob" for slot in parse_term(entry.text, entry.kind).slots):
        raise ValueError("has a wildcard")
    else:
        patterns = (entry.text,)
        writing.lose_of_entry(entry, code.id)
    if patterns and entry.kind != "lemma":
        writing.lose(code.id, f"`{entry.text}`", "written as a base form")
    return patterns
