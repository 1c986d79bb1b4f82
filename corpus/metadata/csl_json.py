"""CSL-JSON, as Zotero and other programs export it: its items as variables of documents."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import FileError
from rubricate.corpus.metadata.bibliography import Entry, as_metadata, date_as_written, iso_date, language_tag
from rubricate.corpus.readers.encoding import decode_text
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

    Item = Mapping[str, Any]

_MARKUP = re.compile(r"</?(?:i|b|sc|sub|sup|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r]+")
_HALF = re.compile("[\ud800-\udfff]")


def read_csl_json(raw: RawFile, options: ReadOptions) -> Metadata:
    """Read the items of a bibliography: a list, or an object with one under ``items``.

    FileError if it is something else, if an item has no id, or if an id is there twice; items are counted
    from 1.
    """
    text, _ = decode_text(raw, options.encoding)
    entries: dict[str, Entry] = {}
    places: dict[str, int] = {}
    for place, item in enumerate(_items(raw.file, text), start=1):
        entry = _entry(raw.file, item, place)
        if entry.citekey in entries:
            earlier = places[entry.citekey]
            reason = f"item {place}: the id {entry.citekey!r} was already in item {earlier}; rename one"
            raise FileError(raw.file, reason)
        entries[entry.citekey], places[entry.citekey] = entry, place
    return as_metadata(raw.file, entries.values())


def _items(file: str, text: str) -> list[Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}: is no sound JSON ({error.msg.lower()}); export the bibliography again"
        raise FileError(file, reason) from None
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise FileError(file, "is JSON, but no bibliography") from None
    items = content.get("items") if isinstance(content, dict) else content
    if not isinstance(items, list) or not items:
        raise FileError(
            file, 'holds no bibliography in CSL-JSON: a list of items such as {"id": "smith2019"}'
        )
    return items


def _entry(file: str, item: Any, place: int) -> Entry:
    if not isinstance(item, dict):
        raise FileError(file, f"item {place} is no entry in CSL-JSON; export the bibliography again")
    citekey = same_form(_text(item, "citation-key") or _text(item, "id"))
    if not citekey:
        raise FileError(file, f"item {place} has no id; give it one")
    doubts: list[str] = []
    values = {
        "citekey": citekey,
        "title": _text(item, "title"),
        "author": "; ".join(filter(None, map(_name, _list(item.get("author"))))),
        "date": _date(item.get("issued"), doubts),
        "outlet": _text(item, "container-title") or _text(item, "publisher"),
        "type": _text(item, "type"),
        "doi": _text(item, "DOI"),
        "url": _text(item, "URL"),
        "language": _language(_text(item, "language"), doubts),
        "keywords": _text(item, "keyword"),
    }
    if _HALF.search("".join(values.values())):
        raise FileError(file, f"item {place} holds half of a character (\\ud800 to \\udfff); write it anew")
    return Entry(citekey, {name: value for name, value in values.items() if value}, doubts=doubts)


def _text(item: Item, name: str) -> str:
    """A string or number as text, without the markup that titles may have; empty for anything else."""
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return _BLANKS.sub(" ", _MARKUP.sub("", str(value))).strip()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(person: Any) -> str:
    """A name as ``Family, Given``, with the particle before and what is added behind the family's name."""
    if not isinstance(person, dict):
        return ""
    if literal := _text(person, "literal"):
        return literal
    particles = (_text(person, name) for name in ("dropping-particle", "non-dropping-particle", "family"))
    names = (" ".join(filter(None, particles)), _text(person, "suffix"), _text(person, "given"))
    return ", ".join(filter(None, names))


def _date(issued: Any, doubts: list[str]) -> str:
    """The date of publication, of a range its beginning; what is none is a doubt."""
    if not isinstance(issued, dict):
        return ""
    first = next(iter(_list(issued.get("date-parts"))), None)
    parts = [str(part) for part in _list(first) if isinstance(part, str | int)][:3]
    raw = _text(issued, "raw") or _text(issued, "literal")
    found = iso_date(*[parts[0].zfill(4), *parts[1:]]) if parts else date_as_written(raw)
    if not found and (parts or raw):
        written = "-".join(parts) or raw
        doubts.append(f"the date {written!r} is none in ISO 8601 (2019-05-12), so it has none")
    return found


def _language(named: str, doubts: list[str]) -> str:
    tag = language_tag(named)
    if named and not tag:
        doubts.append(f"the language {named!r} is not known; write a tag such as en or pt-BR")
    return tag
