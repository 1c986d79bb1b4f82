"""Articles in a download of Factiva, with the codes of its fields (HD, BY, WC, …) or without.

Each article ends with its accession number ("Document STRC000020190303ef3300001"), which the variable
``accession`` keeps. Fields of header and footer become variables; their codes are marks of the format.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.readers.bundles.articles import (
    Article,
    Notes,
    begins_alike,
    filled,
    is_copyright,
    is_furniture,
    is_length,
    is_of_download,
    join_lines,
    language_tag,
    paragraphs,
)
from rubricate.corpus.readers.bundles.long_dates import read_long_date

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACCESSION = re.compile(
    r"\s*(?:AN\s+)?(?:Document|Documento|Dokument)\s+(?P<number>[A-Z0-9]{4,12}(?:19|20)\d{6}[a-z][a-z0-9]{6,12})\s*"
)
_PAGE_BEHIND = re.compile(r"[\s.…]*\d*\s*$")

_HEADER = {
    "SE": "section",
    "CLM": "column",
    "HD": "title",
    "BY": "author",
    "CR": "credit",
    "WC": "length",
    "PD": "date",
    "ET": "time",
    "SN": "outlet",
    "SC": "source_code",
    "ED": "edition",
    "PG": "pages",
    "VOL": "volume",
    "LA": "language",
    "CY": "copyright",
}
_TEXT = ("LP", "TD", "ART")
_FOOTER = {
    "CO": "company",
    "IN": "industry",
    "NS": "subject",
    "RE": "region",
    "IPC": "publisher_codes",
    "IPD": "publisher_terms",
    "PUB": "publisher",
    "AN": "accession",
}
_ORDER = {code: place for place, code in enumerate((*_HEADER, *_TEXT, *_FOOTER))}
"""The codes in the order in which every article has them: a line of its text that begins like one stands
nearly always against that order."""

_CODED = re.compile(rf"\s{{0,3}}(?P<code>{'|'.join(_ORDER)})(?P<gap>\s+|$)(?P<value>.*)")
_WORDS = frozenset(("CO", "IN", "RE"))
_FIRST_CODES = ("SE", "CLM", "HD")

_TIME = re.compile(r"\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,4})?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PAGES = re.compile(r"(?:(?:pg?|page|S|Seite)\.?\s*)?[A-Z]?\d{1,4}(?:\s*[-–,]\s*[A-Z]?\d{1,4})*")
_BYLINE = re.compile(r"\s*(?:By|Von|Par|Por|BY|VON|PAR|POR)\s+\S")
_LONGEST_HEADER = 9  # lines between the date and the notice of copyright


def factiva_articles(lines: Sequence[str]) -> list[Article]:
    """The articles of a download, in order; none where the lines are no such download.

    At least one article must have its length and its date where the database writes them.
    """
    ends = [index for index, line in enumerate(lines) if _ACCESSION.fullmatch(line)]
    starts = [0, *(end + 1 for end in ends)]
    found = [_read(lines, first, end) for first, end in zip(starts, ends, strict=False)]
    return [article for article, _ in found] if any(complete for _, complete in found) else []


def _read(lines: Sequence[str], first: int, end: int) -> tuple[Article, bool]:
    """The article above an accession number, and whether it has all that such an article has."""
    notes = Notes()
    dated = _dated_code(lines, first, end)
    if dated < end:
        first = first or _first_code(lines, dated)
        _take_codes(lines, first, end, notes)
    else:
        length = _length_line(lines, first, end)
        if length < end:
            first = first or _behind_contents(lines, length)
            _take_head(lines, first, length, notes)
            _take_below(lines, length, end, notes)
    number = _ACCESSION.fullmatch(lines[end])
    assert number is not None
    notes.take("accession", [number["number"]], [end])
    complete = "title" in notes.variables and "date" in notes.variables
    return notes.article(first, end + 1), complete


# With codes ---------------------------------------------------------------------------------------------


def _code(line: str) -> str:
    found = _CODED.fullmatch(line)
    return found["code"] if found else ""


def _dated_code(lines: Sequence[str], first: int, end: int) -> int:
    """The line with the code of the date, where a headline has its code above it; ``end`` without."""
    headline = next((index for index in range(first, end) if _code(lines[index]) == "HD"), end)
    return next((index for index in range(headline, end) if _code(lines[index]) == "PD"), end)


def _first_code(lines: Sequence[str], dated: int) -> int:
    """Where the first article begins: with its headline, or the section or column above that."""
    coded = [index for index in range(dated) if _code(lines[index]) in _FIRST_CODES]
    headline = [_code(lines[index]) for index in coded].index("HD")
    while headline and _ORDER[_code(lines[coded[headline - 1]])] < _ORDER[_code(lines[coded[headline]])]:
        headline -= 1
    return coded[headline]


def _take_codes(lines: Sequence[str], first: int, end: int, notes: Notes) -> None:
    """Read every field; the text, and what comes behind the first paragraph of the headline, stays."""
    places = _code_lines(lines, first, end)
    for place, following in zip(places, [*places[1:], end], strict=True):
        found = _CODED.fullmatch(lines[place])
        assert found is not None
        code, value = found["code"], found["value"]
        if code in _TEXT:
            notes.instead[place] = value
            continue
        where = [place, *filled(lines, place + 1, following)]
        if code == "HD":
            where = _headline(lines, place, following, value)
        text = [value, *(lines[index] for index in where[1:])]
        if code == "PD":
            notes.take_date(join_lines(text), where)
        else:
            notes.take(_HEADER.get(code) or _FOOTER[code], text, where)


def _headline(lines: Sequence[str], place: int, following: int, value: str) -> list[int]:
    """The lines of the first paragraph of a headline, which may begin below its code."""
    below = paragraphs(lines, place + 1, following)
    adjoining = below[:1] if below and (not value or below[0].start == place + 1) else []
    return [place, *(index for paragraph in adjoining for index in paragraph)]


def _code_lines(lines: Sequence[str], first: int, end: int) -> list[int]:
    """The lines that begin with a code, in the order of codes."""
    places: list[int] = []
    order = -1
    for index in range(first, end):
        found = _CODED.fullmatch(lines[index])
        if found and _ORDER[found["code"]] > order and _is_code(found, order):
            places.append(index)
            order = _ORDER[found["code"]]
    return places


def _is_code(found: re.Match[str], order: int) -> bool:
    """Whether it is a code and no word: below the text, terms follow it ("gdip : Diplomacy"), or a gap."""
    if order < _ORDER["LP"] or found["code"] not in _WORDS:
        return True
    return not found["value"] or " : " in found["value"] or len(found["gap"]) > 1 or "\t" in found["gap"]


# Without codes ------------------------------------------------------------------------------------------


def _length_line(lines: Sequence[str], first: int, end: int) -> int:
    """The line with the number of words, where the date comes next; ``end`` without."""
    for index in range(first, end):
        if is_length(lines[index]):
            below = next(filled(lines, index + 1, end), end)
            if below < end and read_long_date(lines[below]):
                return index
    return end


def _behind_contents(lines: Sequence[str], length: int) -> int:
    """Where the first article begins: behind a table of contents, whose first entry is its headline."""
    contents = next((index for index in range(length) if is_of_download(lines[index])), length)
    entry = next(filled(lines, contents + 1, length), length)
    if entry == length:
        return 0
    wanted = _PAGE_BEHIND.sub("", lines[entry])
    again = (index for index in range(entry + 1, length) if begins_alike(lines[index], wanted))
    above = paragraphs(lines, entry + 1, length)
    return next(again, above[-1].start if above else 0)


def _take_head(lines: Sequence[str], first: int, length: int, notes: Notes) -> None:
    """Read what stands above the number of words: the headline, and at the end who wrote it."""
    above = [each for each in paragraphs(lines, first, length) if not is_furniture(lines[each[0]])]
    if not above:
        return
    author = above[-1][-1:]
    if (len(above) > 1 or len(above[0]) > 1) and _BYLINE.match(lines[author[0]]):
        notes.take("author", [lines[author[0]]], author)
        above[-1] = above[-1][:-1]
    title = next(filter(None, above))
    notes.take("title", (lines[index] for index in title), title)


def _take_below(lines: Sequence[str], length: int, end: int, notes: Notes) -> None:
    """Read the lines below the headline, one field each, down to the notice of copyright."""
    notes.take("length", [lines[length]], [length])
    date, *rest = filled(lines, length + 1, end)
    notes.take_date(lines[date], [date])
    header = rest[: _below_header(lines, rest)]
    kinds = (("time", _TIME), ("outlet", None), ("source_code", _SOURCE_CODE), ("pages", _PAGES))
    notices = [index for index in header if is_copyright(lines[index])]
    notes.take("copyright", (lines[index] for index in notices), notices)
    for index in (index for index in header if index not in notices):
        line = lines[index].strip()
        if language_tag(line):
            notes.take("language", [line], [index])
        else:
            left = (kind for kind in kinds if kind[0] not in notes.variables)
            if name := next((name for name, form in left if not form or form.fullmatch(line)), ""):
                notes.take(name, [line], [index])


def _below_header(lines: Sequence[str], rest: Sequence[int]) -> int:
    """How many of these lines belong to the header: up to copyright, else language, else the outlet."""
    head = [lines[index].strip() for index in rest[:_LONGEST_HEADER]]
    for ends in (is_copyright, language_tag):
        if places := [place for place, line in enumerate(head) if ends(line)]:
            last = places[0]
            while last + 1 < len(head) and is_copyright(head[last + 1]):  # "All rights reserved"
                last += 1
            return last + 1
    return 2 if head and _TIME.fullmatch(head[0]) else 1
