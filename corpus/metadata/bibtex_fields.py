"""From the fields of a BibTeX entry to the variables of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.metadata.bibliography import (
    VARIABLES,
    Entry,
    date_as_written,
    iso_date,
    language_tag,
)
from rubricate.corpus.metadata.latex import decode_latex
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Fields = Mapping[str, str]

_OUTLETS = ("journal", "journaltitle", "booktitle", "publisher")
_DATES = ("date", "year", "month", "day")
_LANGUAGES = ("langid", "language")
FIELDS = frozenset(
    (*_OUTLETS, *_DATES, *_LANGUAGES, "title", "author", "doi", "url", "keywords", "file", "crossref")
)
"""The fields that are used, by their names in small letters."""

_ESCAPED = re.compile(r"\\([_%&#~$])")
_NO_ESCAPE = re.compile(r"\\([^A-Za-z0-9\\])")
_SEPARATED = re.compile(r"(?<!\\)[;:]")


def entry_of(citekey: str, fields: Fields, entries: Mapping[str, Fields]) -> Entry:
    """The entry; what it lacks is taken from that of its ``crossref``, one step far."""
    fields = _with_crossref(fields, entries)
    outlet = next((fields[name] for name in _OUTLETS if fields.get(name)), "")
    doubts: list[str] = []
    values = {
        "citekey": citekey,
        "title": decode_latex(fields.get("title", "")),
        "author": _authors(fields.get("author", "")),
        "date": _date(fields, doubts),
        "outlet": decode_latex(outlet),
        "type": fields["type"],
        "doi": _address(fields.get("doi", "")),
        "url": _address(fields.get("url", "")),
        "language": _language(fields, doubts),
        "keywords": decode_latex(fields.get("keywords", "")),
    }
    assert tuple(values) == VARIABLES
    found = {name: value for name, value in values.items() if value}
    return Entry(citekey, found, tuple(_attachments(fields.get("file", ""))), doubts)


def _with_crossref(fields: Fields, entries: Mapping[str, Fields]) -> Fields:
    """Fields and those of the volume; dates are taken together, or the parts of two would be mixed."""
    volume = entries.get(same_form(fields.get("crossref", "").strip()), {})
    inherited = {"booktitle": volume.get("title", "")}
    for group in (_DATES, _LANGUAGES, *((name,) for name in _OUTLETS)):
        if not any(fields.get(name) for name in group):
            inherited |= {name: volume[name] for name in group if volume.get(name)}
    return {**inherited, **{name: value for name, value in fields.items() if value}}


def _authors(names: str) -> str:
    """Names as ``Family, Given; Family, Given``; an institution in braces is one name."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    parts = (parse_single_name_into_parts(name, strict=False) for name in split_multiple_persons_names(names))
    return "; ".join(filter(None, (decode_latex(name.merge_last_name_first) for name in parts)))


def _date(fields: Fields, doubts: list[str]) -> str:
    date, year, month, day = (decode_latex(fields.get(name, "")) for name in _DATES)
    found = date_as_written(date) or iso_date(year, month, day)
    if not found and (date or year):
        doubts.append(f"the date {date or year!r} is none in ISO 8601 (2019-05-12), so it has none")
    return found


def _language(fields: Fields, doubts: list[str]) -> str:
    named = next((decode_latex(fields[name]) for name in _LANGUAGES if fields.get(name)), "")
    tag = language_tag(named)
    if named and not tag:
        doubts.append(f"the language {named!r} is not known; write a tag such as en or pt-BR")
    return tag


def _address(value: str) -> str:
    r"""A DOI or URL, in which a backslash only guards a sign and ``~`` is a letter."""
    return re.sub(r"[{}\s]", "", _ESCAPED.sub(r"\1", value.replace(r"\url", "")))


def _attachments(value: str) -> Iterator[str]:
    r"""The paths in a field ``file``, with ``/`` between folders.

    Programs write ``paper.pdf``, ``Title:files/3/paper.pdf:application/pdf`` or ``:C$\backslash$:/…:pdf``,
    several with semicolons between. Every piece counts as a path: what is none is the name of no file.
    """
    value = value.replace(r"$\backslash$", "\\")
    for piece in _SEPARATED.split(value.replace("{", "").replace("}", "")):
        path = _NO_ESCAPE.sub(r"\1", piece).replace("\\", "/")
        if path.strip():
            yield same_form(path.strip())
