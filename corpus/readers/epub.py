"""E-books (EPUB 2 and 3): one file, one document, its chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.html_blocks import Walked, walk_blocks
from rubricate.corpus.readers.html_notes import place_notes
from rubricate.corpus.readers.html_page import decode_page, parse_page
from rubricate.corpus.readers.html_properties import iso_day, plain
from rubricate.corpus.readers.packages import open_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.packages import Package
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_PAGES = frozenset(
    (
        "application/xhtml+xml",
        "text/html",
        "image/svg+xml",
        "text/x-oeb1-document",
        "application/x-dtbook+xml",
    )
)
_CONTENTS = "table of contents"
_EVENT = "{http://www.idpf.org/2007/opf}event"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A document of a book: the name of its member, and whether it is the book's table of contents."""

    name: str
    contents: bool = False


@dataclass(slots=True)
class _Book:
    """What the chapters of a book hold together."""

    walked: Walked = field(default_factory=Walked)
    warnings: list[str] = field(default_factory=list)


def read_epub(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the book as one document in blocks; FileError if it is protected, damaged or holds no text."""
    package = open_package(raw)
    _refuse_protected(package)
    name = _package_document(package)
    book = package.xml(name)
    read = _read_chapters(raw, package, _chapters(book, name))
    blocks = place_notes(read.walked.pieces, read.walked.aliases)
    if not blocks:
        raise FileError(raw.file, "holds no text")
    yield Source(
        raw.id,
        raw.file,
        raw.sha256,
        "",
        blocks=tuple(blocks),
        properties=_properties(book),
        warnings=tuple(read.warnings),
    )


def _refuse_protected(package: Package) -> None:
    """FileError if more of the book is encrypted than its fonts, which publishers only scramble."""
    if _ENCRYPTION not in package.names():
        return
    methods = package.xml(_ENCRYPTION).iter("{*}EncryptionMethod")
    if any(method.get("Algorithm") not in _FONTS for method in methods):
        reason = "is protected against copying (DRM); ask the publisher for a copy without it"
        raise FileError(package.file, reason)


def _package_document(package: Package) -> str:
    """The name of the member that lists all others."""
    roots = package.xml(_CONTAINER).iter("{*}rootfile")
    name = next((path for root in roots if (path := root.get("full-path"))), "")
    if not name:
        raise FileError(package.file, f"is damaged: {_CONTAINER} names no book; save it anew")
    return _member("", name)


def _chapters(book: Any, name: str) -> list[_Chapter]:
    """The documents in the order of the book: those aside from it, and those it does not list, come last."""
    items = {item.get("id"): item for item in book.iter("{*}item") if item.get("href")}
    spine = [(item, items.get(item.get("idref"))) for item in book.iter("{*}itemref")]
    read = [item for reference, item in spine if reference.get("linear") != "no"]
    read += [item for reference, item in spine if reference.get("linear") == "no"]
    read += [item for item in items.values() if item.get("media-type") != "image/svg+xml"]
    contents = _contents(book, name)
    members: dict[str, _Chapter] = {}
    for item in read:
        if item is not None and (item.get("media-type") or "").lower() in _PAGES:
            member = _member(name, item.get("href"))
            is_nav = "nav" in (item.get("properties") or "").split()
            members.setdefault(member, _Chapter(member, is_nav or member in contents))
    return list(members.values())


def _contents(book: Any, name: str) -> set[str]:
    """The documents that are nothing but a table of contents, as EPUB 2 says it."""
    hrefs = (ref.get("href") or "" for ref in book.iter("{*}reference") if ref.get("type") == "toc")
    return {_member(name, href) for href in hrefs if href and "#" not in href}


def _read_chapters(raw: RawFile, package: Package, chapters: list[_Chapter]) -> _Book:
    book, names = _Book(), frozenset(package.names())
    for chapter in chapters:
        if chapter.name not in names:
            book.warnings.append(f"its chapter {chapter.name} is missing; compare the book with another copy")
            continue
        data = package.read(chapter.name)
        if data.strip():
            _read_chapter(replace(raw, data=data), chapter, book)
    return book


def _read_chapter(raw: RawFile, chapter: _Chapter, book: _Book) -> None:
    """Add the blocks of a chapter to those of the book."""
    try:
        text, _, warnings = decode_page(raw)
    except FileError:
        raise FileError(
            raw.file, f"is damaged: its chapter {chapter.name} is no text; save it anew"
        ) from None
    if warnings:
        doubt = f"its chapter {chapter.name} is not in the encoding that it declares"
        book.warnings.append(f"{doubt}; compare its letters with the book")
    root = parse_page(text, raw.file, xhtml=True)
    if root is None:
        return

    def address(href: str) -> str:
        if urlsplit(href).scheme or href.startswith("//"):
            return ""
        target, _, place = href.partition("#")
        member = _member(chapter.name, target) if target else chapter.name
        return f"{member}#{unquote(place)}" if place else ""

    walked = walk_blocks(root, address, page=book.walked.page, book=True)
    pieces = walked.pieces
    if chapter.contents:
        pieces = [
            piece._replace(block=piece.block._replace(part="boilerplate", level=0, reason=_CONTENTS), note="")
            for piece in pieces
        ]
    book.walked.pieces += pieces
    book.walked.aliases |= walked.aliases
    book.walked.page = walked.page


def _member(base: str, href: str) -> str:
    """The name of the member to which an address in the member ``base`` leads; nothing lies outside.

    >>> _member("OPS/text/one.xhtml", "../two%20b.xhtml#p1"), _member("OPS/book.opf", "../../../etc/passwd")
    ('OPS/two b.xhtml', 'etc/passwd')
    """
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


def _properties(book: Any) -> dict[str, str]:
    """What the book says of itself; of several dates that of publication."""
    found = {
        "title": next(iter(_values(book, "title")), ""),
        "author": "; ".join(_values(book, "creator")),
        "date": _date(book),
        "language": next(iter(_values(book, "language")), ""),
        "keywords": "; ".join(_values(book, "subject")),
    }
    return {name: value for name, value in found.items() if value}


def _values(book: Any, name: str) -> list[str]:
    """What the elements of the Dublin Core of that name say, empty ones left out."""
    texts = (plain("".join(element.itertext())) for element in book.iter(f"{{*}}{name}"))
    return [text for text in texts if text]


def _date(book: Any) -> str:
    dates = list(book.iter("{*}date"))
    published = [date for date in dates if (date.get(_EVENT) or date.get("event")) == "publication"]
    unnamed = [date for date in dates if not (date.get(_EVENT) or date.get("event"))]
    days = (iso_day(date.text or "") for date in published + unnamed)
    return next(filter(None, days), "")
