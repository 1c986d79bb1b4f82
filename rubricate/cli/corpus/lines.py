"""Documents, their paragraphs and their suspects as rows and as lines of a terminal."""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Any

from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import display_width, left, number, right, shortened, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.document import Document
    from rubricate.corpus.parts.repeated import RepeatedBlock
    from rubricate.corpus.slips.suspects import Suspect

    Row = dict[str, Any]

_FIRST_WORDS = 100  # characters of a paragraph, where no terminal says how many
_NARROWEST = 20
_MOST_REPEATED = 20
_AROUND = 36  # characters of context on each side of a suspect
_HEADINGS = ("document", "language", "words", "paragraphs", "line joins", "repairs", "parts")


def overview(document: Document) -> Row:
    """A document in numbers."""
    from rubricate.corpus.document import PARTS

    counts = Counter(paragraph.part for paragraph in document.paragraphs)
    return {
        "document": document.id,
        "file": document.file,
        "language": document.language,
        "words": _words(document),
        "paragraphs": len(document.paragraphs),
        "parts": {part: counts[part] for part in PARTS if counts[part]},
        "line_joins": document.line_joins,
        "repairs": len(document.repairs),
    }


def _words(document: Document) -> int:
    from rubricate.corpus.words.borders import Vocabulary, find_words

    return len(find_words(document.text, Vocabulary()))


def suspects_of(document: Document) -> Row:
    """A document's suspects, and how many words were looked at."""
    from rubricate.corpus.slips.suspects import ocr_suspects

    return {
        "document": document.id,
        "words": _words(document),
        "suspects": [_suspect(document, suspect) for suspect in ocr_suspects(document)],
    }


def _suspect(document: Document, suspect: Suspect) -> Row:
    """A suspect with its paragraph and what stands around it there."""
    index = bisect_right([paragraph.start for paragraph in document.paragraphs], suspect.start) - 1
    paragraph = document.paragraphs[index]
    end = suspect.start + len(suspect.word)
    before = document.text[max(paragraph.start, suspect.start - _AROUND) : suspect.start]
    behind = document.text[end : min(paragraph.end, end + _AROUND)]
    if suspect.start - len(before) > paragraph.start:  # begin with a whole word
        before = "…" + before[before.find(" ") + 1 :]
    if end + len(behind) < paragraph.end:
        behind = (behind.rpartition(" ")[0] or behind) + "…"
    return {
        "document": document.id,
        "word": suspect.word,
        "suggestion": suspect.suggestion,
        "count": suspect.count,
        "reason": suspect.reason,
        "paragraph": f"{document.id}#p{index + 1}",
        "start": suspect.start,
        "before": before,
        "behind": behind,
    }


def table_of_documents(rows: Sequence[Row], width: int | None) -> Iterator[str]:
    """The documents as a table; at a terminal, its lines are broken at the width."""
    cells = [_HEADINGS] + [
        (
            row["document"],
            row["language"],
            f"{row['words']:,}",
            f"{row['paragraphs']:,}",
            f"{row['line_joins']:,}",
            f"{row['repairs']:,}",
            ", ".join(f"{part} {count:,}" for part, count in row["parts"].items()),
        )
        for row in rows
    ]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    for row_cells in cells:
        padded = [
            left(_apart(cell, width), space) if place < 2 else right(cell, space)
            for place, (cell, space) in enumerate(zip(row_cells[:-1], widths, strict=False))
        ]
        line = "  ".join([*padded, row_cells[-1]]).rstrip()
        yield "\n".join(wrapped(line, width, rest=" " * 6)) if width else line


def lines_of_suspects(rows: Sequence[Row], width: int | None) -> Iterator[str]:
    """The suspects of each document, how many they are, and how to accept one."""
    found = [row for row in rows if row["suspects"]]
    for row in found:
        yield _apart(row["document"], width)
        for suspect in row["suspects"]:
            times = "once" if suspect["count"] == 1 else f"{suspect['count']:,} times, first"
            place = suspect["paragraph"].rpartition("#")[2]
            word, suggestion = (_apart(suspect[each], width) for each in ("word", "suggestion"))
            yield f"  {word} → {suggestion}  ({times} in {place}; {suspect['reason']})"
            context = f"{suspect['before']}{suspect['word']}{suspect['behind']}"
            yield from _indented(context, width, full=True)
    count = sum(len(row["suspects"]) for row in found)
    words = sum(row["words"] for row in rows)
    yield (
        f"{number(count, 'suspect')} in {len(found):,} of {number(len(rows), 'document')}, "
        f"{number(words, 'word')}."
    )
    if found:
        first = found[0]["suspects"][0]
        yield "To accept one, write a row like this into the study's repairs.csv (document empty: in all):"
        yield "document,before,after,reason"
        yield _csv_row(first["document"], first["word"], first["suggestion"], first["reason"])


def repeated_row(block: RepeatedBlock) -> Row:
    """A paragraph that many documents repeat, and the rows of corrections.csv that would mark it."""
    return {
        "text": block.text,
        "documents": block.documents,
        "places": dict(block.places),
        "parts": dict(block.parts),
        "among": list(block.among),
        "rows": [dict(row) for row in block.rows],
    }


def lines_of_repeated(blocks: Sequence[RepeatedBlock], width: int | None) -> Iterator[str]:
    """The paragraphs that many documents repeat at their top or end, and how to mark one; nothing if none."""
    if not blocks:
        return
    yield ""
    shown = blocks[:_MOST_REPEATED]
    more = f", the first {len(shown)}" if len(shown) < len(blocks) else ""
    many = number(len(blocks), "paragraph")
    yield f"Perhaps furniture: {many} at the top or the end of many documents{more}:"
    for block in shown:
        yield f"  in {number(block.documents, 'document')}, {block.part}"
        yield from _indented(block.text, width, full=False)
    from rubricate.corpus.study.corrections import CORRECTION_COLUMNS

    yield "To mark them in all documents, write rows like these into the study's corrections.csv:"
    yield ",".join(CORRECTION_COLUMNS)
    for block in shown:
        yield from (_csv_row(*row.values()) for row in block.rows)


def paragraph_rows(document: Document) -> list[Row]:
    """A document's paragraphs, each with its part and why it is that."""
    return [
        {
            "paragraph": f"{document.id}#p{place}",
            "part": paragraph.part,
            "reason": paragraph.reason,
            "heading": paragraph.heading,
            "page": paragraph.page,
            "speaker": paragraph.speaker,
            "time": paragraph.time,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": document.text[paragraph.start : paragraph.end],
        }
        for place, paragraph in enumerate(document.paragraphs, 1)
    ]


def repair_rows(document: Document) -> list[Row]:
    """A document's repairs, each with the paragraph in which it lies now; empty where none is left."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    return [
        {
            "paragraph": f"{document.id}#p{bisect_right(starts, repair.start)}" if starts else "",
            **repair._asdict(),
        }
        for repair in document.repairs
    ]


def lines_of_paragraphs(document: Document, full: bool, width: int | None) -> Iterator[str]:
    """Each paragraph: its id, part and reason; the headings above it; its words. Then the repairs."""
    for row in paragraph_rows(document):
        why = f": {row['reason']}" if row["reason"] else ""
        under = f"  [{_apart(row['heading'], width)}]" if row["heading"] else ""
        page = f"  page {row['page']}" if row["page"] else ""
        said = "  " + " ".join(filter(None, (row["time"], _apart(row["speaker"], width))))
        yield f"{_apart(row['paragraph'], width)}  {row['part']}{why}{page}{said.rstrip()}{under}"
        yield from _indented(row["text"], width, full=full)
    joins, repairs = number(document.line_joins, "line join"), number(len(document.repairs), "repair")
    yield f"{number(len(document.paragraphs), 'paragraph')}, {joins}, {repairs}"
    for row in repair_rows(document):
        where = f" in {_apart(row['paragraph'], width)}" if row["paragraph"] else ""
        before, after = (_apart(_quoted(row[each]), width) for each in ("before", "after"))
        yield f"  {row['kind']}{where}: {before} → {after}"


def _apart(text: str, width: int | None) -> str:
    """A text within a line, at a terminal set apart where it runs right to left."""
    return isolate(text) if width else text


def _quoted(text: str) -> str:
    """A text with its line breaks and other invisible signs to be seen."""
    return json.dumps(text, ensure_ascii=False)


def _indented(text: str, width: int | None, *, full: bool) -> Iterator[str]:
    """A text below its heading, on lines of its own, so that right-to-left text stays by itself."""
    indent = " " * 4
    if not full:
        first = shortened(text, max((width or _FIRST_WORDS) - len(indent), _NARROWEST))
        yield indent + (isolate(first, text) if width else first)
        return
    for line in text.splitlines() or [""]:
        if not width:
            yield indent + line
            continue
        for piece in wrapped(line, max(width - len(indent), _NARROWEST)):
            yield (indent + isolate(piece, text)).rstrip()


def _csv_row(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
