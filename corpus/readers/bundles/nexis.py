"""Articles in a download of LexisNexis ("3 of 120 DOCUMENTS") or Nexis Uni ("End of Document").

Labelled lines of the header and the footer become variables, index terms and notices of copyright too: so
they are neither lost nor coded. Labels that are not known stay in the text, as they are.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.readers.bundles.articles import (
    Article,
    Notes,
    begins_alike,
    filled,
    is_copyright,
    is_furniture,
    is_of_download,
    join_lines,
    paragraphs,
)
from rubricate.corpus.readers.bundles.long_dates import read_long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Field = tuple[str, list[int], list[str]]  # the variable, its lines, and its value, line by line

_NUMBERED = re.compile(
    r"\s*(?:\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?)"
    r"|(?:Document|Dokument|Documento) \d+ (?:of|von|de|sur) \d+)\s*"
)
_END = re.compile(r"\s*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)\s*")
_BODY = re.compile(
    r"\s*(?:(?:BODY|HAUPTTEXT|CORPS|CUERPO):\s*(.*)|(?:Body|Haupttext|Volltext|Corps|Cuerpo)\s*)"
)
_CLASSIFICATION = re.compile(r"\s*(?:Classification|Klassifizierung|Clasificación)\s*")
_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w-]{1,23})\s?:(?:\s+(?P<value>.*))?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LONGEST_LINE = 60  # of a header: a date, an edition
_FIRST_ENTRY = re.compile(r"\s*1\.\s+(\S.*)")

_HEADER = {
    "author": "byline autor auteur",
    "section": "section rubrik rubrique sección",
    "length": "length länge longueur longitud",
    "dateline": "dateline",
    "title": "headline",
}
_FOOTER = {
    "load_date": "load-date update date-chargement fecha-carga",
    "language": "language sprache langue idioma",
    "publication_type": "publication-type",
    "document_type": "document-type",
    "journal_code": "journal-code",
    "subject": "subject",
    "organization": "organization",
    "company": "company",
    "ticker": "ticker",
    "industry": "industry",
    "person": "person",
    "geographic": "geographic",
    "country": "country",
    "state": "state",
    "city": "city",
}
_SHORT = frozenset(("load_date", "language", "publication_type"))
"""Fields of few words: more of them are a sentence that begins with such a word and a colon."""

_BEHIND = frozenset(("graphic", "grafik", "url", "correction", "correction-date", "notes", "series"))
"""Labels in a footer whose lines stay in the text: a caption or a correction was printed with the article."""


def _by_label(variables: Mapping[str, str]) -> dict[str, str]:
    return {label: name for name, labels in variables.items() for label in labels.split()}


_IN_HEADER = _by_label(_HEADER)
_IN_FOOTER = _by_label(_FOOTER)
_ANYWHERE = _IN_HEADER | _IN_FOOTER


def nexis_articles(lines: Sequence[str]) -> list[Article]:
    """The articles of a download of either kind, in order; none where the lines are no such download.

    At least one article must have its length and its body marked as the database marks them.
    """
    ends = [index for index, line in enumerate(lines) if _END.fullmatch(line)]
    if ends:
        starts = [_behind_cover(lines, ends[0]), *(end + 1 for end in ends)]
        found = [_newer(lines, first, end) for first, end in zip(starts, ends, strict=False)]
    else:
        marks = [index for index, line in enumerate(lines) if _NUMBERED.fullmatch(line)]
        found = [_older(lines, first, last) for first, last in pairwise([*marks, len(lines)])]
    return [article for article, _ in found] if any(complete for _, complete in found) else []


def _older(lines: Sequence[str], first: int, last: int) -> tuple[Article, bool]:
    """An article below its number, and whether its length and its body are marked; else all of it is text.

    The outlet and the date come first, then the headline, then labels.
    """
    notes = Notes()
    notes.leave_out([first])
    body = _body(lines, first, last, notes)
    if body < last:
        labels = _first_label(lines, first, body)
        _take_fields(_fields(lines, labels, body, _ANYWHERE), notes)
        _older_head(lines, paragraphs(lines, first + 1, labels), notes)
        _take_footer(lines, body + 1, last, notes)
    return notes.article(first, last), body < last


def _newer(lines: Sequence[str], first: int, end: int) -> tuple[Article, bool]:
    """The same of an article above its "End of Document": headline, outlet, date, copyright, labels."""
    notes = Notes()
    notes.leave_out([end])
    body = _body(lines, first, end, notes)
    if body < end:
        labels = _first_label(lines, first, body)
        _take_fields(_fields(lines, labels, body, _ANYWHERE), notes)
        _newer_head(lines, first, labels, notes)
        _take_footer(lines, body + 1, end, notes)
    return notes.article(first, end + 1), body < end


def _first_label(lines: Sequence[str], first: int, body: int) -> int:
    return next(index for index in range(first, body) if _label(lines[index], _IN_HEADER))


def _body(lines: Sequence[str], first: int, last: int, notes: Notes) -> int:
    """The line that says that the body begins, behind the length; ``last`` where none does."""
    length = next((i for i in range(first, last) if _label(lines[i], _IN_HEADER) == "length"), last)
    for index in range(length, last):
        if found := _BODY.fullmatch(lines[index]):
            notes.instead[index] = found[1] or ""
            return index
    return last


def _older_head(lines: Sequence[str], above: Sequence[range], notes: Notes) -> None:
    """Read what stands between the number of an article and its labels."""
    notices = [index for paragraph in above for index in paragraph if is_copyright(lines[index])]
    notes.take("copyright", (lines[index] for index in notices), notices)
    flat = [index for paragraph in above for index in paragraph if index not in notices]
    dated = _dated([lines[index] for index in flat], last=False)
    if dated is None:
        return
    outlet, date = flat[:dated], flat[dated]
    notes.take("outlet", (lines[index] for index in outlet), outlet)
    notes.take_date(lines[date], [date])
    for paragraph in above:
        below = [index for index in paragraph if index > date]
        if date in paragraph and below:
            notes.take("edition", (lines[index] for index in below), below)
        elif below and "title" not in notes.variables:
            notes.take("title", (lines[index] for index in below), below)


def _newer_head(lines: Sequence[str], first: int, last: int, notes: Notes) -> None:
    """Read what stands above the labels of an article: its headline can be of several paragraphs."""
    copyright_line = next((i for i in range(first, last) if is_copyright(lines[i])), last)
    notice = [*filled(lines, copyright_line, last)]
    if notice:
        notes.take("copyright", (lines[index] for index in notice), notice)
    flat = [index for index in filled(lines, first, copyright_line) if not is_furniture(lines[index])]
    dated = _dated([lines[index] for index in flat], last=True)
    if not dated:
        return
    outlet, date = flat[dated - 1], flat[dated]
    notes.take("outlet", [lines[outlet]], [outlet])
    notes.take_date(lines[date], [date])
    for index in flat[dated + 1 :]:
        if len(lines[index].strip()) <= _LONGEST_LINE:
            notes.take("edition", [lines[index]], [index])
    for paragraph in paragraphs(lines, flat[0], outlet)[:1]:
        notes.take("title", (lines[index] for index in paragraph), paragraph)


def _dated(head: Sequence[str], *, last: bool) -> int | None:
    """Which line of a head is the date; one that cannot be read has a year, and is not the first."""
    readable = [place for place, line in enumerate(head) if read_long_date(line)]
    short = (place for place, line in enumerate(head) if place and len(line.strip()) <= _LONGEST_LINE)
    places = readable or [place for place in short if _YEAR.search(head[place])]
    return places[-1 if last else 0] if places else None


def _take_copyright(lines: Sequence[str], paragraph: range, notes: Notes) -> bool:
    """Read a notice of copyright, if the paragraph is one."""
    if not is_copyright(lines[paragraph[0]]):
        return False
    notes.take("copyright", (lines[index] for index in paragraph), paragraph)
    return True


def _take_footer(lines: Sequence[str], first: int, last: int, notes: Notes) -> None:
    """Read the labelled paragraphs at the end of an article, from the last one up to its own words."""
    for paragraph in reversed(paragraphs(lines, first, last)):
        if is_furniture(lines[paragraph[0]]) or _take_copyright(lines, paragraph, notes):
            continue
        classified = _CLASSIFICATION.fullmatch(lines[paragraph[0]]) is not None
        notes.leave_out(paragraph[:classified])
        begin, end = paragraph.start + classified, paragraph.stop
        own = begin < end and not _opens_footer(lines[begin])
        if own:  # labels can follow without a blank line, but then none goes on in a second line
            begin = next(index for index in range(end, begin, -1) if not _label(lines[index - 1], _IN_FOOTER))
        _take_fields(_fields(lines, begin, end, _IN_FOOTER), notes)
        if own:
            return


def _opens_footer(line: str) -> bool:
    found = _LABEL.fullmatch(line)
    return found is not None and (found["label"].casefold() in _BEHIND or bool(_label(line, _IN_FOOTER)))


def _label(line: str, known: Mapping[str, str]) -> str:
    """The variable that a line's label stands for; empty where it has none that is known."""
    found = _LABEL.fullmatch(line)
    return known.get(found["label"].casefold(), "") if found else ""


def _fields(lines: Sequence[str], first: int, last: int, known: Mapping[str, str]) -> Iterator[Field]:
    """The labelled lines, each with those that continue it: up to a blank line or another label."""
    current: Field | None = None
    for index in range(first, last):
        found = _LABEL.fullmatch(lines[index])
        if current and not found and lines[index].strip() and not is_furniture(lines[index]):
            current[1].append(index)
            current[2].append(lines[index])
            continue
        if current:
            yield current
        name = _label(lines[index], known)
        current = (name, [index], [found["value"] or ""]) if found and name else None
    if current:
        yield current


def _take_fields(fields: Iterable[Field], notes: Notes) -> None:
    for name, where, value in fields:
        if name not in _SHORT or len(join_lines(value)) <= _LONGEST_LINE:
            notes.take(name, value, where)


def _behind_cover(lines: Sequence[str], end: int) -> int:
    """Where the first article begins: behind a cover page, if there is one that lists the articles.

    The first headline of that list comes again as that of the article.
    """
    end = next((index for index in range(end) if _label(lines[index], _IN_HEADER) == "length"), end)
    listed = next((index for index in range(end) if is_of_download(lines[index])), end)
    entries = ((index, _FIRST_ENTRY.fullmatch(lines[index])) for index in range(listed, end))
    index, entry = next(((index, found) for index, found in entries if found), (end, None))
    wanted = join_lines([entry[1]]) if entry else ""
    again = (place for place in range(index + 1, end) if begins_alike(lines[place], wanted))
    return next(again, 0)
