"""What the terminal shows when a pass is done: the frequencies, what was left out, where the files are."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.counted import left_out_by_filters, lengths, repeated, too_long, uncounted
from rubricate.cli.entry_lines import lines_of_entries
from rubricate.cli.errors import printing
from rubricate.cli.formats import place_of, too_large_lines
from rubricate.cli.misfits import lines_of_misfits
from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import decimal, defused, number, terminal_width

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from rubricate.codebooks import Code, Codebook
    from rubricate.job import Job, Outcome
    from rubricate.reports.tally import Tally
    from rubricate.scripts import Foreign

    Row = Mapping[Hashable, Any]

MOST_ROWS = 30
"""Of a larger codebook only so many codes are shown: who wants more opens frequency.csv."""

_MOST_NAMES = 4
_ABOVE = ("", "", "", "", "", "per 1,000", "")
_HEADINGS = ("code", "passages", "share", "documents", "mentions", "words", "negated")
_LEFT_OUT = {
    "heading": "headings",
    "references": "reference lists",
    "boilerplate": "page furniture",
    "list": "lists",
    "caption": "captions",
    "table": "tables",
    "footnote": "footnotes",
    "title": "titles",
    "abstract": "abstracts",
    "body": "body text",
}


def show_outcome(job: Job, outcome: Outcome) -> None:
    """Print the table to stdout and the notes to stderr."""
    from rubricate.reports.frequency import frequency

    rows = frequency(outcome.tally, outcome.codebook).to_dict("records")
    with printing():
        for line in (*frequencies(rows, terminal_width()), *_without_numbers(rows, outcome)):
            typer.echo(line)
        for line in ("", *_coverage(job, outcome.tally), *_entries(job, outcome)):
            typer.echo(line)
        for line in ("", *_files(job, outcome.tally)):
            typer.echo(line)
    for line in _notes(job, outcome):
        typer.echo(line, err=True)


def frequencies(rows: Sequence[Row], width: int | None = None) -> list[str]:
    """The table of frequencies as lines, with as many of its columns as ``width`` has room for."""
    shown = _most_frequent(rows)
    cells = [_ABOVE, _HEADINGS, *(_cells(row, name) for name, row in _indented(shown, rows))]
    columns = [_aligned(column) for column in zip(*cells, strict=True)]
    fitting = columns[:2]
    for column in columns[2:]:
        if width and sum(len(each[0]) + 2 for each in (*fitting, column)) - 2 > width:
            break
        fitting.append(column)
    lines = ["  ".join(cells).rstrip() for cells in zip(*fitting, strict=True)]
    lines.insert(2, "-" * max(map(len, lines)))
    lines = lines if lines[0] else lines[1:]
    if len(fitting) < len(columns):
        lines.append("(This window is too narrow for all columns; the table frequency has them.)")
    if len(shown) < len(rows):
        nowhere = sum(row["mentions"] == 0 for row in rows if not _silent(row))
        missing = f"; {number(nowhere, 'code was', 'codes were')} not found" if nowhere else ""
        lines.append(f"The {len(shown)} most frequent of {len(rows):,} codes{missing}.")
    return lines


def _cells(row: Row, name: str) -> tuple[str, ...]:
    if _silent(row):
        return (name, "", "", "", "", "", "")
    return (
        name,
        _count(row["passages"]),
        decimal(100 * row["passage_share"], 1, "%"),
        _count(row["documents"]),
        _count(row["mentions"]),
        decimal(row["mentions_per_1000_words"], 2),
        "" if _empty(row["negated"]) else _count(row["negated"]),
    )


def _most_frequent(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the most passages, in codebook order; all rows if they are few."""
    if len(rows) <= MOST_ROWS:
        return rows
    live = [row for row in rows if not _silent(row) and row["mentions"]]
    most = sorted(live, key=lambda row: (-row["passages"], row["code"]))[:MOST_ROWS]
    chosen = {row["code"] for row in most}
    return [row for row in rows if row["code"] in chosen]


def _indented(shown: Sequence[Row], rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Each row with its code, below its parent where that is shown too."""
    depth = {"": -1}
    for row in rows:
        depth[row["code"]] = depth[row["parent"]] + 1
    for row in shown:
        yield ("  " * depth[row["code"]] if len(shown) == len(rows) else "") + row["code"], row


def _aligned(column: Sequence[str]) -> list[str]:
    width = max(map(len, column))
    left = column[1] == _HEADINGS[0]
    return [cell.ljust(width) if left else cell.rjust(width) for cell in column]


def _silent(row: Row) -> bool:
    """Whether a code was looked for nowhere, so that it has no numbers."""
    return _empty(row["passages"])


def _empty(cell: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(cell))


def _count(value: int) -> str:
    return f"{value:,}"


def _without_numbers(rows: Sequence[Row], outcome: Outcome) -> Iterator[str]:
    """Say of the codes without numbers why they have none."""
    reasons: dict[str, list[str]] = {}
    applicable = (outcome.tally.applicable.sum(axis=0) > 0).tolist()
    for row, code, could in zip(rows, outcome.codebook.codes, applicable, strict=True):
        if _silent(row):
            reason = (
                "nothing was analysed in documents of their language" if could else _reason(code, outcome)
            )
            reasons.setdefault(reason, []).append(code.id)
    for reason, names in reasons.items():
        yield _wrapped(f"No numbers ({reason}): {_some(names)}")


def _reason(code: Code, outcome: Outcome) -> str:
    if code.coded_by == "hand":
        return "coded by hand, not judged yet"
    if not code.entries:
        return "no terms of their own"
    if any(entry.only_in for entry in code.entries):
        return "no terms for the language or the variables of the documents (only_in)"
    languages = {language or outcome.codebook.language for language in outcome.tally.languages}
    return ", ".join(["no terms in the language of the documents", *sorted(languages)])


def _coverage(job: Job, tally: Tally) -> Iterator[str]:
    """How much was analysed, and what was not and why."""
    passages, words = int(tally.passages.sum()), int(tally.words.sum())
    unit = f"{job.settings.unit}{'' if passages == 1 else 's'}"
    counted, repeating = int(tally.counted.sum()), int(tally.repeated.sum())
    yield _wrapped(
        f"Analysed: {number(counted, 'document')}, {number(passages, 'passage')} ({unit}), "
        f"{number(words, 'word')}{uncounted(repeating, len(tally.documents) - counted - repeating)}."
    )
    yield from lengths(tally.lengths)
    exact = tally.exact_duplicates
    yield from repeated(exact, tally.duplicates - exact, job.settings.duplicates)
    yield from left_out_by_filters(job.settings, tally.filtered)
    left = [
        f"  {_LEFT_OUT[part]}: {number(paragraphs, 'paragraph')}, {number(words, 'word')}, "
        f"{number(hits, 'hit')}"
        for part, (paragraphs, words, hits) in tally.parts.items()
        if part not in job.settings.parts and paragraphs
    ]
    if left:
        yield from ("Not analysed, so these hits are not counted (--parts takes them in):", *left)


def _entries(job: Job, outcome: Outcome) -> Iterator[str]:
    """What the entries of the codebook did, and where more is said of it."""
    from rubricate.reports.entries import entries
    from rubricate.reports.entry_remarks import remarks

    found = remarks(entries(outcome.tally, outcome.codebook), outcome.codebook)
    watched = sys.stdout.isatty()
    for line in lines_of_entries(found, watched=watched):
        yield _wrapped(defused(line) if watched else line)
    if found.looked_for and not job.sources:
        yield "  (rubricate report entries shows all, report expansions what each found)"


def _files(job: Job, tally: Tally) -> Iterator[str]:
    from rubricate.corpus.errors import shown

    if not job.out:
        return
    yield f"Tables in {shown(job.out)}:"
    told = {"segments": "every hit, with its sentence", "frequency": "every code, counted"}
    told |= {"cooccurrence": "every pair of codes"}
    if tally.repairs:
        told["cleaning"] = "every repair made on the way in"
    ending = ".csv" if "csv" in job.formats else ""
    if "xlsx" in job.formats:
        yield "  tables.xlsx       a sheet for every table" + ("" if ending else ":")
    yield from (f"  {name + ending:<16}  {what}" for name, what in told.items())
    yield "  tables.json       what each column of each table means"


def _notes(job: Job, outcome: Outcome) -> Iterator[str]:
    """What the person should know about the input: a line each."""
    from rubricate.corpus.errors import shown

    if outcome.skipped:
        first = outcome.skipped[0]
        yield (
            f"{number(len(outcome.skipped), 'input')} skipped, listed in {_place('skipped', job, outcome)}; "
            f"the first: {first.file}: {first.reason}"
        )
    yield from outcome.without_use
    yield from lines_of_misfits(outcome.misfits, shown(job.metadata), job.name_pattern)
    if mute := _mute(outcome.tally, outcome.codebook):
        yield (
            f"{number(len(mute), 'document')} {_why_mute(outcome.codebook)}, so nothing can be "
            f"found there: {_some(mute)}"
        )
    if clashes := outcome.tally.clashes:
        there = f"{_place('exclusive', job, outcome)} has them"
        where = there if job.out else "--out DIR writes exclusive.csv"
        meet = "meets" if clashes == 1 else "meet"
        yield f"{number(clashes, 'pair')} of codes that exclude each other {meet} in one paragraph; {where}"
    yield from too_large_lines(job.out, outcome.too_large)
    yield from _foreign(outcome.foreign)
    yield from too_long(outcome.tally.lengths, job.settings.unit)
    if not outcome.tally.words.sum():
        yield "no words were analysed: the documents have none, or only in parts that are left out (--parts)"


def _place(name: str, job: Job, outcome: Outcome) -> str:
    return place_of(name, job.out, job.formats, outcome.too_large)


def _foreign(foreign: Sequence[Foreign]) -> Iterator[str]:
    """Say of which documents the language is probably wrong, a line for each language."""
    groups: dict[tuple[str, str], list[str]] = {}
    for document, script, language in foreign:
        groups.setdefault((script, language), []).append(document)
    for (script, language), names in groups.items():
        verb, whose = ("has", "its") if len(names) == 1 else ("have", "their")
        letter = f"{'an' if script[0] in 'AEIOU' else 'a'} {script} letter"
        yield (
            f"{number(len(names), 'document')} {verb} hardly {letter}, but {whose} language is {language}: "
            f"{_some(names)}; name it in the metadata or with --language"
        )


def _mute(tally: Tally, codebook: Codebook) -> list[str]:
    """The documents to which no code can apply, though the codebook has terms."""
    if not codebook.entries:
        return []
    codes = tally.applicable.sum(axis=1).tolist()
    return [document for document, count in zip(tally.documents, codes, strict=True) if not count]


def _why_mute(codebook: Codebook) -> str:
    if any(entry.only_in for entry in codebook.entries):
        return "for which no code has terms, by its language or by only_in"
    return "in a language for which no code has terms"


def _some(names: Sequence[str]) -> str:
    watched = sys.stderr.isatty()  # where the notes go that name documents
    return ", ".join(isolate(name) if watched else name for name in names[:_MOST_NAMES]) + (
        ", …" if len(names) > _MOST_NAMES else ""
    )


def _wrapped(text: str) -> str:
    width = terminal_width()
    return fill(text, width, subsequent_indent="  ") if width else text
