"""One entry twice: in one code, where the second never counts, or under two codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.words import conditions, finds_forms
from rubricate.codebooks.yaml_fields import shown
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.terms import Slot


def repeated(_: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every entry that finds the same as an earlier one, in its own code or under another.

    An entry whose note names the other code ("also under sanctions"), or the other way round, is meant to
    stand there twice; so are two with other conditions.
    """
    first: dict[Hashable, dict[str, Worded]] = {}
    for each in entries:
        codes = first.setdefault(finds(each), {})
        other = codes.get(each.code.id) or next(iter(codes.values()), None)
        codes.setdefault(each.code.id, each)
        if other and conditions(other.entry) == conditions(each.entry) and not _is_meant(each, other):
            yield _doubt(each, other)


def finds(each: Worded) -> Hashable:
    """What an entry finds: equal for two that find the same words in the same documents."""
    if each.term is None or not each.term.slots:
        return each.entry.kind, each.entry.text, each.entry.language
    words = tuple(found_by(slot, each.language) for slot in each.term.slots)
    tags = each.entry.text if each.entry.kind == "pos" else ""
    return words, each.term.gaps, each.entry.language, tags


def found_by(slot: Slot, language: str) -> tuple[str, str]:
    """By what words are found that fill a slot: equal for two slots that the same words fill."""
    if finds_forms(slot, language):
        return "lemma", lemma(slot.text, language)
    if slot.kind in ("case", "glob"):
        return slot.kind, slot.text
    return "word", fold(slot.text)


def _is_meant(one: Worded, other: Worded) -> bool:
    return one.code != other.code and (
        _names(one.entry.note, other.code.id) or _names(other.entry.note, one.code.id)
    )


def _names(note: str, code: str) -> bool:
    return code in re.findall(r"\w+", note)


def _doubt(each: Worded, other: Worded) -> Doubt:
    same = each.code.id == other.code.id
    alike = "" if each.entry.text == other.entry.text else f" as {shown(other.entry.text)}"
    what = "stands in this code already" if same else "stands under another code too"
    message = f"{shown(each.entry.text)} {what}{alike} ({other.entry.id})"
    if not same:
        message += "; if that is meant, name the other code in its note"
    return Doubt("repeated", each.entry.mark, each.code.id, each.entry.id, message)
