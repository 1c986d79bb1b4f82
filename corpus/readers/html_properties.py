"""What a web page says of itself: title, author, date of publication, language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rubricate.corpus.readers.dates import is_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = re.compile(r"\s*(\d{4})(?:[-/](\d\d)(?:[-/](\d\d))?)?(?![\d])", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title")
_AUTHORS = ("author", "citation_author", "dc.creator", "dcterms.creator", "article:author")
_DATES = (
    *("article:published_time", "citation_publication_date", "citation_date", "datepublished"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date", "pubdate", "publish-date"),
)
_LARGEST_DATA = 1_000_000  # characters of a block of linked data


def page_properties(root: Any) -> dict[str, str]:
    """Title, author, date, language, outlet and keywords of a page, those that it states.

    ``date`` is that of publication, as far as it is a date in ISO 8601.
    """
    metas = _metas(root)
    data = list(_linked_data(root))
    found = {
        "title": _first(metas, _TITLES) or _text(root.find(".//head/title")) or _text(root.find(".//title")),
        "author": _authors(metas) or next(filter(None, map(_author, data)), ""),
        "date": _date(root, metas, data),
        "language": _language(root),
        "outlet": _first(metas, ("og:site_name",)),
        "keywords": _first(metas, ("keywords", "news_keywords", "citation_keywords")),
    }
    return {name: value for name, value in found.items() if value}


def iso_day(written: str) -> str:
    """The day, month or year with which a date in ISO 8601 begins; empty if it is none.

    >>> iso_day("2019-05-12T10:30:00+02:00"), iso_day("2019/05/12"), iso_day("12 May 2019")
    ('2019-05-12', '2019-05-12', '')
    """
    found = _DAY.match(written)
    day = "-".join(filter(None, found.groups())) if found else ""
    return day if is_date(day) else ""


def plain(text: str) -> str:
    """A text in one line, with single blanks."""
    return re.sub("[ \t\n\r\f]+", " ", text).strip()


def _metas(root: Any) -> dict[str, list[str]]:
    """What the meta elements say, by their names in lower case."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = plain(element.get("content") or "")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _text(element: Any) -> str:
    return plain("".join(element.itertext())) if element is not None else ""


def _authors(metas: dict[str, list[str]]) -> str:
    """The names under the first of the names for authors that has any; an address is no name."""
    for name in _AUTHORS:
        named = [author for author in metas.get(name, ()) if not author.startswith(("http:", "https:"))]
        if named:
            return "; ".join(dict.fromkeys(named))
    return ""


def _date(root: Any, metas: dict[str, list[str]], data: list[dict[str, Any]]) -> str:
    written = [content for name in _DATES for content in metas.get(name, ())]
    written += [day for entry in data if isinstance(day := entry.get("datePublished"), str)]
    times = (element for element in root.iter("time") if element.get("pubdate") is not None)
    written += [element.get("datetime") or _text(element) for element in times]
    return next(filter(None, map(iso_day, written)), "")


def _language(root: Any) -> str:
    for element in (root, root.find("body")):
        named = (element.get("lang") or element.get("xml:lang") or "") if element is not None else ""
        if _LANGUAGE.fullmatch(named.strip()):
            return named.strip()
    return ""


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """The entries of a page's linked data (JSON-LD), outer before inner; none where it cannot be read."""
    for element in root.iter("script"):
        text = element.text or ""
        if (element.get("type") or "").lower() != "application/ld+json" or len(text) > _LARGEST_DATA:
            continue
        try:
            waiting = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            entry = waiting.pop(0)
            if isinstance(entry, dict):
                yield entry
                entry = [entry[name] for name in ("@graph", "mainEntity") if name in entry]
            if isinstance(entry, list):
                waiting.extend(entry)


def _author(entry: dict[str, Any]) -> str:
    """The names of an entry's authors."""
    authors = entry.get("author")
    listed = authors if isinstance(authors, list) else [authors]
    names = (author.get("name") if isinstance(author, dict) else author for author in listed)
    return "; ".join(plain(name) for name in names if isinstance(name, str) and plain(name))
