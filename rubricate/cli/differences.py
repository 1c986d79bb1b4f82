"""What differs between two codebooks and what that does, as lines: for all commands that compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.cli.difference_rows import rows_of
from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import decimal, display_width, left, number, right, shortened, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rubricate.codebooks.difference import Difference
    from rubricate.coding.comparing.comparison import Comparison

    Row = dict[str, Any]
    Told = tuple[str, str, Callable[[Any], str]]

EXAMPLES = 3
"""How many segments of each entry are shown, unless all are asked for."""

_PAIRS = 10
_LONGEST = 60  # characters of an entry
_NARROWEST = 10
_SIDE = 40  # columns on each side of a hit where no terminal says how many
_WHICH = ("gained", "lost", "changed")


def lines_of_codebooks(changes: Difference, width: int | None) -> Iterator[str]:
    """What differs between the codebooks, in words; at a terminal lines are broken at its width."""
    from rubricate.codebooks.difference_in_words import in_words, numbers_in_words

    if changes.empty:
        yield "The codebooks say the same."
        return
    for line in in_words(changes):
        indent = line[: len(line) - len(line.lstrip())]
        yield from wrapped(line.lstrip(), width, indent, f"{indent}  ") if width else (line,)
    if numbers := numbers_in_words(changes):
        yield numbers


def lines_of_segments(found: Comparison, width: int | None, *, full: bool) -> Iterator[str]:
    """Segments gained, lost and changed, entry by entry, and the numbers that moved."""
    counts = [f"{number(count, 'segment')} {which}" for which in _WHICH if (count := found.count(which))]
    yield ", ".join(counts) or "No segment is gained, lost or changed."
    yield from _entries(found, width)
    yield from _frequency(rows_of(found.frequency), width)
    yield from _cooccurrence(rows_of(found.cooccurrence), None if full else _PAIRS)


def _entries(found: Comparison, width: int | None) -> Iterator[str]:
    shown = {which: _by_entry(rows_of(getattr(found, which)), which) for which in _WHICH}
    code = ""
    for row in rows_of(found.entries):
        if row["code"] != code:
            code = row["code"]
            yield f"  {code}"
        counts = ", ".join(f"{row[which]:,} {which}" for which in _WHICH if row[which])
        text = shortened(row["entry_text"], _LONGEST)
        yield (
            f"    {row['entry']} {isolate(text) if width else text}: {counts} "
            f"in {number(row['documents'], 'document')}"
        )
        key = (row["code"], row["entry"], row["entry_text"])
        for which in _WHICH:
            yield from (_segment(one, which, width) for one in shown[which].get(key, ()))


def _by_entry(rows: Iterable[Row], which: str) -> dict[tuple[str, str, str], list[Row]]:
    side = "_after" if which == "changed" else ""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        key = (row["code"], row[f"entry{side}"], row[f"entry_text{side}"])
        found.setdefault(key, []).append(row)
    return found


def _segment(row: Row, which: str, width: int | None) -> str:
    """A concordance line: where, what stands before, the hit in brackets, what stands behind."""
    sign = {"gained": "+", "lost": "-", "changed": "~"}[which]
    head = f"      {sign} {row['document']}#p{row['paragraph']}: "
    hit, before, behind = " ".join(row["hit"].split()), row.get("left") or "", row.get("right") or ""
    room = max((width - display_width(head + hit)) // 2 - 2, _NARROWEST) if width else _SIDE
    line = (
        _last(before, room)
        + (" " if before[-1:].isspace() else "")
        + f"[{hit}]"
        + (" " if behind[:1].isspace() else "")
        + shortened(behind, room)
    )
    told = _told_of(row) if which == "changed" else ""
    return head + (isolate(line) if width else line) + told


def _last(text: str, room: int) -> str:
    """The last words of a text, as many as there is room for."""
    kept: list[str] = []
    for word in reversed(text.split()):
        if display_width(" ".join(("…", word, *kept))) > room:
            return " ".join(("…", *kept))
        kept.insert(0, word)
    return " ".join(kept)


def _told_of(row: Row) -> str:
    """What changed about a segment: the entry that finds it, and its flags."""
    from rubricate.coding.flags import FLAGS

    told = []
    if (row["entry_before"], row["entry_text_before"]) != (row["entry_after"], row["entry_text_after"]):
        told.append(f"before by {row['entry_before']} {shortened(row['entry_text_before'], _LONGEST)}")
    for flag in FLAGS:
        one, two = row[f"{flag}_before"], row[f"{flag}_after"]
        if one != two:
            told.append(f"{flag} {_yes(one)} → {_yes(two)}")
    return f" ({', '.join(told)})"


def _yes(flag: bool | None) -> str:
    return "not judged" if flag is None else "yes" if flag else "no"


def _frequency(rows: Sequence[Row], width: int | None) -> Iterator[str]:
    """The codes with their numbers; in a narrow window without the last shares."""
    if not rows:
        return
    yield f"{number(len(rows), 'code')} with other numbers"
    told = [column for column in _FREQUENCY if any(_is_known(row, column[0]) for row in rows)]
    lines = _columns(rows, told)
    for share in ("mentions_per_1000_words", "document_share", "passage_share"):
        if width and max(map(display_width, lines), default=0) > width:
            told = [column for column in told if column[0] != share]
            lines = _columns(rows, told)
    yield from lines


def _columns(rows: Sequence[Row], told: Sequence[Told]) -> list[str]:
    table = [("code", *(heading for _, heading, _ in told))]
    table += [(row["code"], *(_moved(row, name, cell) for name, _, cell in told)) for row in rows]
    return list(_table(table))


def _cooccurrence(rows: Sequence[Row], most: int | None) -> Iterator[str]:
    """The pairs, those that moved most first where not all are shown."""
    if not rows:
        return
    yield f"{number(len(rows), 'pair of codes', 'pairs of codes')} with other numbers"
    shown = rows
    if most is not None and len(rows) > most:
        shown = sorted(rows, key=lambda row: -abs((row["both_after"] or 0) - (row["both_before"] or 0)))[
            :most
        ]
    table = [("code", "code", "both")]
    table += [(row["code_a"], row["code_b"], _moved(row, "both")) for row in shown]
    yield from _table(table)
    if len(shown) < len(rows):
        yield f"  … and {len(rows) - len(shown):,} more (--full)"


def _is_known(row: Row, name: str) -> bool:
    return row[f"{name}_before"] is not None or row[f"{name}_after"] is not None


def _count(count: int) -> str:
    return f"{count:,}"


def _share(share: float) -> str:
    return decimal(100 * share, 1, "%")


def _rate(rate: float) -> str:
    return decimal(rate, 2)


_FREQUENCY: tuple[Told, ...] = (
    ("passages", "passages", _count),
    ("passage_share", "share", _share),
    ("documents", "documents", _count),
    ("document_share", "share", _share),
    ("mentions", "mentions", _count),
    ("mentions_per_1000_words", "per 1,000 words", _rate),
    ("negated", "negated", _count),
)
"""Columns of codes with other numbers, what stands above them, and how their cells are written."""


def _moved(row: Row, name: str, cell: Callable[[Any], str] = _count) -> str:
    one, two = row[f"{name}_before"], row[f"{name}_after"]
    if one == two:
        return "" if one is None else cell(one)
    return " → ".join("–" if value is None else cell(value) for value in (one, two))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns: ids to the left, numbers to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    ids = sum(cell == "code" for cell in rows[0])
    for row in rows:
        cells = [
            left(cell, width) if at < ids else right(cell, width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells)
