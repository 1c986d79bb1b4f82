"""Explanations of paragraphs as rows and as lines of a terminal."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import number, shortened, wrapped
from rubricate.coding.nearly.near_miss import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.coding.explain import Explanation, Segment
    from rubricate.coding.nearly.near_miss import NearMiss
    from rubricate.corpus.document import Document

    Row = dict[str, Any]
    Entries = Sequence[tuple[str, Entry]]

_LONGEST = 100  # characters of an entry, or of a sentence where no terminal says how many
_NARROWEST = 20
_INDENT, _DEEPER = " " * 4, " " * 6
_QUOTED = re.compile("“([^”]*)”")


def explanation_rows(book: Codebook, document: Document, explanations: Iterable[Explanation]) -> list[Row]:
    """Explanations for JSON."""
    entries = _entries(book)
    return [_row(entries, document, each) for each in explanations]


def _entries(book: Codebook) -> Entries:
    return [(code.id, entry) for code in book.codes for entry in code.entries]


def _row(entries: Entries, document: Document, explanation: Explanation) -> Row:
    place = explanation.paragraph
    paragraph = document.paragraphs[place]
    return {
        "paragraph": f"{document.id}#p{place + 1}",
        "part": paragraph.part,
        "heading": paragraph.heading,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": document.text[paragraph.start : paragraph.end],
        "segments": [
            _entry_row(entries, document, segment)
            | {
                "flags": {each.flag: document.text[each.start : each.end] for each in segment.raised},
                "sentence": document.text[segment.sentence_start : segment.sentence_end],
            }
            for segment in explanation.segments
        ],
        "nearly": [
            _entry_row(entries, document, miss)
            | {"reason": miss.reason, "why": miss.why, "apart": miss.apart}
            for miss in explanation.nearly
        ],
    }


def _entry_row(entries: Entries, document: Document, found: Segment | NearMiss) -> Row:
    code, entry = entries[found.entry]
    return {
        "code": code,
        "entry": entry.id,
        "kind": entry.kind,
        "entry_text": entry.text,
        "hit": document.text[found.start : found.end],
        "start": found.start,
        "end": found.end,
    }


def lines_of_explanations(
    book: Codebook, document: Document, explanations: Iterable[Explanation], width: int | None
) -> Iterator[str]:
    """Each paragraph with its hits, at a terminal marked, its segments, and what nearly matched."""
    entries, segments, near = _entries(book), 0, 0
    for each in explanations:
        yield from _lines_of(entries, document, each, width)
        yield ""
        segments, near = segments + len(each.segments), near + len(each.nearly)
    yield f"{number(segments, 'segment')}, {number(near, 'near miss', 'near misses')}"


def _lines_of(
    entries: Entries, document: Document, explanation: Explanation, width: int | None
) -> Iterator[str]:
    place = explanation.paragraph
    paragraph = document.paragraphs[place]
    under = f"  [{_apart(paragraph.heading, width)}]" if paragraph.heading else ""
    yield f"{_apart(f'{document.id}#p{place + 1}', width)}  {paragraph.part}{under}"
    yield from _text(document, explanation, width)
    for segment in explanation.segments:
        yield _head(entries, document, segment, width)
        yield from _flags(document, segment, width)
        if (segment.sentence_start, segment.sentence_end) != paragraph[:2]:
            sentence = document.text[segment.sentence_start : segment.sentence_end]
            space = max((width or _LONGEST) - len(f"{_DEEPER}in: "), _NARROWEST)
            yield f"{_DEEPER}in: {_apart(shortened(sentence, space), width)}"
    if explanation.nearly:
        yield "  nearly:"
    for miss in explanation.nearly:
        yield _head(entries, document, miss, width)
        yield from _why(miss.why, width)


def _head(entries: Entries, document: Document, found: Segment | NearMiss, width: int | None) -> str:
    """The code, the words and the entry with its kind, on one line."""
    code, entry = entries[found.entry]
    hit = _quotations(quoted(document.text[found.start : found.end]), width)
    return f"  {code}: {hit} by {entry.id}, {entry.kind} {_apart(shortened(entry.text, _LONGEST), width)}"


def _flags(document: Document, segment: Segment, width: int | None) -> Iterator[str]:
    for each in segment.raised:
        cue = document.text[each.start : each.end]
        name = "in a question" if each.flag == "question" else each.flag
        yield f"{_DEEPER}{name}" + (f": {_quotations(quoted(cue), width)}" if cue else "")


def _why(why: str, width: int | None) -> Iterator[str]:
    """The reason, at a terminal broken at its width, each quotation in the direction of its script."""
    if not width:
        yield _DEEPER + why
        return
    for line in wrapped(why, width, _DEEPER, _DEEPER):
        yield _quotations(line, width)


def _quotations(text: str, width: int | None) -> str:
    """A text whose quotations are set apart at a terminal, each where it runs right to left."""
    return _QUOTED.sub(lambda found: f"“{isolate(found[1])}”", text) if width else text


def _text(document: Document, explanation: Explanation, width: int | None) -> Iterator[str]:
    """The paragraph, indented; at a terminal the words of its segments are marked."""
    paragraph = document.paragraphs[explanation.paragraph]
    text = document.text[paragraph.start : paragraph.end]
    if not width:
        yield from (_INDENT + line for line in text.splitlines())
        return
    marks = _joined(
        (each.start - paragraph.start, each.end - paragraph.start) for each in explanation.segments
    )
    at = 0
    for line in text.splitlines():
        for piece in wrapped(line, max(width - len(_INDENT), _NARROWEST)):
            at = text.index(piece, at)
            yield (_INDENT + isolate(_marked(piece, at, marks), text)).rstrip()
            at += len(piece)


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _marked(piece: str, at: int, marks: Iterable[tuple[int, int]]) -> str:
    """A piece that stands at an offset, with what of the marks lies in it in red, as rubrics are."""
    shown, last = "", 0
    for start, end in marks:
        one, other = max(start - at, 0), min(end - at, len(piece))
        if one < other:
            shown += piece[last:one] + _rubric(piece[one:other])
            last = other
    return shown + piece[last:]


def _rubric(text: str) -> str:
    """Text marked for a terminal; without colour where its user wants none (NO_COLOR)."""
    return typer.style(text, bold=True, underline=True, fg=None if os.environ.get("NO_COLOR") else "red")


def _apart(text: str, width: int | None) -> str:
    """A text within a line, at a terminal set apart where it runs right to left."""
    return isolate(text) if width else text
