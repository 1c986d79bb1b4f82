"""From the spans of a PDF page to its lines in the order in which a reader takes them.

The tags of the file say the order where it has them. Elsewhere columns are found by their left edges: a
column begins where several lines begin one below the other and others end before it. Lines over the whole
width part what is above them from what is below.
"""

from __future__ import annotations

import re
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.corpus.readers.pdf_glyphs import Span
    from rubricate.corpus.readers.pdf_tags import Tag

_APART = 0.8  # of the size: spans that stand further apart are pieces of their own
_WORDS_APART = 0.15  # of the size: between pieces of one line that stand further apart is a space
_FEWEST = 3  # lines of a column, and rows of a table
_FEWEST_WITH_CELLS = 2  # rows of a table that has more than two columns
_NARROWEST = 18  # characters of the usual line of a column: shorter ones are cells of a table
_INSET = 0.15  # of the width: a column begins further to the right
_ALIGNED = 3  # points
_MOST_TAGGED = 0.8  # of the characters: as many must have tags
_ITEM_MARK = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]?|[^\w\s]{1,2}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """A line of a page, or a cell in a row: its spans, its baseline ``y``, and the type of most letters.

    ``region`` numbers the columns of a page, -1 for what is turned against it; ``cell`` is True in what is
    set like a table.
    """

    spans: tuple[Span, ...]
    text: str
    y: float
    size: float
    bold: bool
    page: int = 0
    region: int = 0
    cell: bool = False

    @property
    def x0(self) -> float:
        """Where it begins, in points from the edge of the page at which reading begins."""
        return min(span.x0 for span in self.spans)

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(span.x1 for span in self.spans)

    @property
    def tag(self) -> Tag | None:
        """The tag of its first span that has one."""
        return next((span.tag for span in self.spans if span.tag), None)

    @property
    def turn(self) -> int:
        """In quarters, how far it is turned against the page."""
        return self.spans[0].turn


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are of a script that is written from the right."""
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))


def pieces_of(spans: Sequence[Span], page: int) -> list[Line]:
    """The pieces of lines of page number ``page`` (from 0), in the order of the file.

    What stands at another angle than most of the page is ``turned``, and comes last.
    """
    letters: Counter[int] = Counter()
    for span in spans:
        letters[span.turn] += len(span.text)
    main = max(letters, key=letters.__getitem__, default=0)
    upright = [span._replace(turn=0) for span in spans if span.turn == main]
    turned = [span._replace(turn=span.turn or 2) for span in spans if span.turn != main]
    pieces = _pieces(_mirrored(upright)) + _pieces(turned)
    return [piece._replace(page=page) for piece in pieces]


def lines_of(pieces: Sequence[Line]) -> list[Line]:
    """The lines that the pieces of a page make, in the order of reading."""
    upright = [piece for piece in pieces if not piece.turn]
    turned = [piece._replace(region=-1) for piece in pieces if piece.turn]
    if not upright:
        return turned
    tagged = sum(len(piece.text) for piece in upright if piece.tag)
    if tagged >= _MOST_TAGGED * sum(len(piece.text) for piece in upright):
        return list(_by_tags(upright)) + turned
    regions = _regions(sorted(upright, key=lambda piece: (-piece.y, piece.x0)))
    lines = [
        line._replace(region=number)
        for number, region in enumerate(regions)
        for line in _lines_of_region(region)
    ]
    return lines + turned


def _mirrored(spans: list[Span]) -> list[Span]:
    """The spans with places that grow from the right where most is written from the right."""
    if not is_right_to_left("".join(span.text for span in spans)):
        return spans
    return [span._replace(x0=-span.x1, x1=-span.x0) for span in spans]


def _pieces(spans: Iterable[Span]) -> list[Line]:
    """Spans that follow each other in the file, on one line and close together, as pieces of lines."""
    gathered: list[list[Span]] = []
    for span in spans:
        if gathered and _follows(gathered[-1][-1], span):
            gathered[-1].append(span)
        else:
            gathered.append([span])
    pieces = (_line(piece) for piece in gathered)
    return [piece for piece in pieces if piece.text]


def _follows(before: Span, span: Span) -> bool:
    if (before.tag and span.tag and before.tag != span.tag) or before.turn != span.turn:
        return False
    reach = _APART * max(before.size, span.size)
    near = span.x0 - before.x1 <= reach and before.x0 - span.x1 <= reach
    return near and _on_one_line(before.y, before.size, span.y, span.size)


def _on_one_line(y: float, size: float, other_y: float, other_size: float) -> bool:
    """Whether the middle of the smaller letters is as high as some of the larger ones."""
    if size < other_size:
        y, size, other_y, other_size = other_y, other_size, y, size
    middle = other_y + 0.3 * other_size
    return y - 0.25 * size < middle < y + 0.85 * size


def _line(spans: list[Span]) -> Line:
    """A line of spans, in the size and weight of most of its letters."""
    weights: Counter[tuple[float, float, bool]] = Counter()
    for span in spans:
        weights[span.y, span.size, span.bold] += len(span.text)
    (y, size, _), _ = weights.most_common(1)[0]
    bold = sum(count for (*_, bold), count in weights.items() if bold)
    text = "".join(span.text for span in spans).strip()
    return Line(tuple(spans), text, y, size, 2 * bold > weights.total())


def _by_tags(pieces: list[Line]) -> Iterator[Line]:
    """The lines in the order of the tags; those without come first or last, as they stand on the page."""
    numbered = [(piece.tag.number if piece.tag else -1, piece) for piece in pieces]
    highest = max(piece.y for number, piece in numbered if number >= 0)
    last = max(number for number, _ in numbered)
    ranked = [(last + 1 if number < 0 and piece.y < highest else number, piece) for number, piece in numbered]
    row: list[Line] = []
    for _, piece in sorted(ranked, key=lambda pair: pair[0]):  # stable: as drawn within a tag
        if row and not (
            row[-1].tag == piece.tag and _on_one_line(row[0].y, row[0].size, piece.y, piece.size)
        ):
            yield _joined(row)
            row = []
        row.append(piece)
    if row:
        yield _joined(row)


def _joined(row: Sequence[Line]) -> Line:
    """The pieces of a row as one line, with a space where they stand apart."""
    spans: list[Span] = []
    for piece in row:
        if spans and not spans[-1].text.endswith(" ") and not piece.spans[0].text.startswith(" "):
            gap = max(piece.x0 - spans[-1].x1, spans[-1].x0 - piece.x1)
            if gap > _WORDS_APART * piece.size:
                spans[-1] = spans[-1]._replace(text=spans[-1].text + " ")
        spans += piece.spans
    return _line(spans)._replace(page=row[0].page) if len(row) > 1 else row[0]


def _regions(pieces: list[Line]) -> list[list[Line]]:
    """Cut pieces, sorted from the top, into regions that hold one column each."""
    best: list[list[Line]] = []
    most = 0
    for edge in _column_edges(pieces):
        bands = list(_bands(pieces, edge))
        columns = [band for band in bands if band[1]]
        covered = sum(map(len, (piece for band in columns for piece in band)))
        if covered > most:
            most, best = covered, [part for band in bands for part in band if part]
    if not best or len(best) == 1:
        return [pieces]
    return [region for part in best for region in _regions(part)]


def _column_edges(pieces: Sequence[Line]) -> list[float]:
    """Where several pieces begin one below the other, away from the left edge."""
    if len(pieces) < 2 * _FEWEST:
        return []
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    starts = Counter(round(piece.x0) for piece in pieces if piece.x0 > left + _INSET * (right - left))
    return [start - 1.5 for start, count in starts.most_common(4) if count >= _FEWEST]


def _bands(pieces: Sequence[Line], edge: float) -> Iterator[tuple[list[Line], list[Line]]]:
    """From the top: what stands left and right of an edge; where it parts no columns, all is left of it."""
    band: list[Line] = []
    whole: list[Line] = []
    for piece in [*pieces, None]:
        if piece is not None and not piece.x0 < edge < piece.x1:
            band.append(piece)
            continue
        left = [other for other in band if other.x1 <= edge]
        right = [other for other in band if other.x1 > edge]
        if _are_columns(left, right):
            if whole:
                yield whole, []
            yield left, right
            whole = []
        else:
            whole += band
        band = []
        if piece is not None:
            whole.append(piece)
    if whole:
        yield whole, []


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    if min(len(left), len(right)) < _FEWEST:
        return False
    if left[-1].y >= right[0].y or right[-1].y >= left[0].y:
        return False
    sides = (left, _rows(left)), (right, _rows(right))
    return all(
        len(rows) >= _FEWEST and sum(len(piece.text) for piece in side) >= _NARROWEST * len(rows)
        for side, rows in sides
    )


def _lines_of_region(pieces: list[Line]) -> list[Line]:
    """The lines of one column from the top; rows that stand aligned below each other stay in cells."""
    rows = _rows(pieces)
    cells = _table_rows(rows)
    lines: list[Line] = []
    for index, row in enumerate(rows):
        lines += [piece._replace(cell=True) for piece in row] if index in cells else [_joined(row)]
    return lines


def _rows(pieces: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for piece in pieces:
        before = max(rows[-1], key=attrgetter("size")) if rows else None
        if before and _on_one_line(before.y, before.size, piece.y, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=attrgetter("x0")) for row in rows]


def _table_rows(rows: Sequence[Sequence[Line]]) -> set[int]:
    """The rows that belong to tables: as many pieces as the row above or below, each in line with them."""
    runs: list[list[int]] = []
    for index, row in enumerate(rows):
        if len(row) < 2 or _is_item(row):
            continue
        if runs and runs[-1][-1] == index - 1 and _are_aligned(rows[index - 1], row):
            runs[-1].append(index)
        else:
            runs.append([index])
    found: set[int] = set()
    for run in runs:
        if len(run) >= (_FEWEST if len(rows[run[0]]) == 2 else _FEWEST_WITH_CELLS):
            found.update(run)
    return found


def _is_item(row: Sequence[Line]) -> bool:
    """Whether a row is the number or bullet of a list, or of a table of contents, and its text."""
    first, second, *_ = row
    return len(row) == 2 and bool(_ITEM_MARK.fullmatch(first.text)) and bool(_LETTER.search(second.text))


def _are_aligned(row: Sequence[Line], other: Sequence[Line]) -> bool:
    return len(row) == len(other) and all(
        min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x0 + a.x1 - b.x0 - b.x1) / 2) < _ALIGNED
        for a, b in zip(row, other, strict=True)
    )
