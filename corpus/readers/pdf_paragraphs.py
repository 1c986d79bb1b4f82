"""From the lines of a PDF to its paragraphs: by indents, leading, short last lines and type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.parts.shapes import ends_clause, ends_sentence, starts_list_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rubricate.corpus.readers.pdf_layout import Line

_EM = 0.8  # of the size: how far a first line is moved in, at least
_LETTER_WIDTH = 0.45  # of the size
_MORE_LEADING = 1.3  # times the usual distance of lines
_OTHER_SIZE = 1.06
_SHORT = 0.7  # of the width of a column: a shorter line ends a paragraph in any case
_NEIGHBOURS = 4  # lines above, and as many below, that show the edges of a column
_MANY = 20  # paragraphs
_STOPS = frozenset(";؛:")
_NOTE = re.compile(r"(\d{1,3})\W*\s")
_SMALL = 0.95  # of the usual size: the type of notes
_MARK = re.compile(r"(?:\[(\d{1,3})\]|(\d{1,3})|([*†‡§¶]{1,3}))[.)]?\s*(?=\S)")
_MARK_ALONE = re.compile(r"\[?(\d{1,3}|[*†‡§¶]{1,3})\]?")
_FAR_SMALLER = 0.85  # of the size of a line: a raised figure


class PdfParagraph(NamedTuple):
    """Lines that belong together, and what they are: part, level and reason as in a Block.

    ``left`` and ``right`` are the edges of the column at its last line, in points.
    """

    lines: tuple[Line, ...]
    left: float
    right: float
    part: str = ""
    level: int = 0
    reason: str = ""

    @property
    def text(self) -> str:
        """The lines one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its first line, in points."""
        return self.lines[0].size

    @property
    def place(self) -> tuple[int, int]:
        """Page and region in which it begins."""
        return self.lines[0].page, self.lines[0].region


class Usual(NamedTuple):
    """What is usual in a document: the ``size`` of its type, the distance of lines for each size, whether
    its tags tell where paragraphs end, and whether these begin with an ``indented`` line.
    """

    size: float
    leading: Mapping[float, float]
    by_tags: bool = True
    indented: bool = False


def usual_type(lines: Iterable[Line]) -> Usual:
    """The type of the document: the size of most letters, and the commonest distances of lines."""
    lines = list(lines)
    letters: Counter[float] = Counter()
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for line in lines:
        letters[line.size] += len(line.text)
    for above, below in pairwise(lines):
        distance = above.y - below.y
        if above.size == below.size and 0 < distance < 3 * above.size:
            distances[above.size][round(2 * distance) / 2] += 1
    leading = {size: counts.most_common(1)[0][0] for size, counts in distances.items()}
    size = max(letters, key=letters.__getitem__, default=0.0)
    return Usual(size, leading, _has_sound_tags(lines))


def cut_paragraphs(lines: Sequence[Line], usual: Usual) -> list[PdfParagraph]:
    """Cut lines in reading order into paragraphs; none goes over the end of a column or page."""
    gathered: list[list[Line]] = []
    edges: list[tuple[float, float]] = []
    for index, line in enumerate(lines):
        if gathered and not _begins(gathered[-1], edges[-1], line, usual):
            gathered[-1].append(line)
            edges[-1] = _edges(lines, index)
        else:
            gathered.append([line])
            edges.append(_edges(lines, index))
    return [PdfParagraph(tuple(of), *edge) for of, edge in zip(gathered, edges, strict=True)]


def _edges(lines: Sequence[Line], index: int) -> tuple[float, float]:
    """The edges of the column at a line: how far the lines around it go that are set in the same size."""
    line = lines[index]
    around = [
        other
        for other in lines[max(index - _NEIGHBOURS, 0) : index + _NEIGHBOURS + 1]
        if other.region == line.region and not _is_larger(other, line) and not _is_larger(line, other)
    ]
    return min(other.x0 for other in around), max(other.x1 for other in around)


def with_indents(usual: Usual, paragraphs: Iterable[PdfParagraph]) -> Usual:
    """The same with what the paragraphs say of indents."""
    longer = [paragraph for paragraph in paragraphs if len(paragraph.lines) > 1]
    indented = sum(is_indented(paragraph) for paragraph in longer)
    return usual._replace(indented=2 * indented > len(longer))


def is_indented(paragraph: PdfParagraph) -> bool:
    """Whether the first line begins further in than the next, or than its column."""
    first, *rest = paragraph.lines
    left = rest[0].x0 if rest else paragraph.left
    return first.x0 - left > _EM * first.size


def is_full(paragraph: PdfParagraph, following: str) -> bool:
    """Whether the last line has no room for the first word of ``following``."""
    last = paragraph.lines[-1]
    return paragraph.right - last.x1 < _width(following, last.size)


def is_raised(line: Line, index: int) -> bool:
    """Whether a span of a line is set smaller and higher, like the mark of a note."""
    span = line.spans[index]
    return span.size < _FAR_SMALLER * line.size and span.y > line.y + 0.1 * line.size


def raised_mark(line: Line, index: int) -> str:
    """The mark of a note that a span of a line is; empty where it is none."""
    found = _MARK_ALONE.fullmatch(line.spans[index].text.strip()) if is_raised(line, index) else None
    return found[1] if found else ""


def note_mark(paragraph: PdfParagraph) -> str:
    """The mark with which a note begins; empty where it has none."""
    first = paragraph.lines[0]
    found = _MARK.match(first.text)
    return raised_mark(first, 0) or (next(filter(None, found.groups()), "") if found else "")


def _has_sound_tags(lines: Sequence[Line]) -> bool:
    """Whether the tags of paragraphs hold paragraphs; some programs tag every line as one."""
    counts = Counter((line.page, line.tag) for line in lines if line.tag and line.tag.part == "body")
    return len(counts) < _MANY or 10 * sum(count > 1 for count in counts.values()) > len(counts)


def _begins(paragraph: Sequence[Line], edges: tuple[float, float], line: Line, usual: Usual) -> bool:
    """Whether a paragraph begins with ``line``, which stands behind the last line of ``paragraph``."""
    before = paragraph[-1]
    if (before.page, before.region, before.turn) != (line.page, line.region, line.turn):
        return True
    if line.cell or before.cell:
        return True
    tags = before.tag, line.tag
    if tags[0] != tags[1] and (usual.by_tags or any(tag and tag.part != "body" for tag in tags)):
        return True
    if line.tag and usual.by_tags:
        return False
    room = edges[1] - before.x1 >= _width(line.text, line.size)
    return (
        _is_larger(before, line)
        or _is_larger(line, before)
        or before.bold != line.bold
        or _is_apart(before, line, usual)
        or _is_moved_in(paragraph, line, usual, room=room)
        or _is_item_or_note(paragraph, line, usual)
        or (room and _ends_early(before, edges, usual))
    )


def _is_larger(line: Line, other: Line) -> bool:
    return line.size > _OTHER_SIZE * other.size


def _is_apart(before: Line, line: Line, usual: Usual) -> bool:
    distance = before.y - line.y
    return not 0 < distance <= _MORE_LEADING * usual.leading.get(line.size, 1.3 * line.size)


def _is_moved_in(paragraph: Sequence[Line], line: Line, usual: Usual, *, room: bool) -> bool:
    """Whether a line is moved in against the one above it, or out again behind lines that were moved in."""
    before, em = paragraph[-1], _EM * line.size
    if before.size > _OTHER_SIZE * usual.size:
        return False  # lines of a title may be centred
    if line.x0 - before.x0 > em:
        return len(paragraph) > 1 or not _may_hang(before, room=room)
    return len(paragraph) > 1 and before.x0 - line.x0 > em


def _may_hang(first: Line, *, room: bool) -> bool:
    """Whether the lines below a first line may be moved in: those of an item, a note or a reference."""
    if starts_list_item(first.text) or _NOTE.match(first.text) or is_raised(first, 0):
        return True
    return not room and not ends_sentence(first.text)


def _is_item_or_note(paragraph: Sequence[Line], line: Line, usual: Usual) -> bool:
    before = paragraph[-1]
    if starts_list_item(line.text) and (ends_clause(before.text) or starts_list_item(paragraph[0].text)):
        return True
    if is_raised(line, 0) and line.spans[0].text.strip().isdigit():
        return True
    number, last = _NOTE.match(line.text), _NOTE.match(paragraph[0].text)
    small = line.size < _SMALL * usual.size
    return small and number is not None and last is not None and int(number[1]) == int(last[1]) + 1


def _ends_early(before: Line, edges: tuple[float, float], usual: Usual) -> bool:
    """Whether a line that has room for the next word ends a paragraph."""
    if before.size > _OTHER_SIZE * usual.size or before.bold:
        return False  # lines of a heading end where they like
    left, right = edges
    short = before.x1 - left < _SHORT * (right - left)
    return short or before.text[-1] in _STOPS or ends_sentence(before.text)


def _width(text: str, size: float) -> float:
    """About how much room the first word of a text takes, with the space before it, in points."""
    word, _, _ = text.partition(" ")
    return (len(word) + 1) * _LETTER_WIDTH * size
