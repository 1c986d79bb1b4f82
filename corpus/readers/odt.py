"""OpenDocument texts (.odt): one file, one document, as a reader of the final version sees it.

What is read: the body with its tables, frames, formulas and charts; footnotes and endnotes behind the
paragraph that refers to them; headers and footers. What is left out: tracked deletions, hidden text and
sections, comments, bullets and the marks that point to notes. A table cell that is stored once and shown
repeatedly is given once.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.document_properties import stated
from rubricate.corpus.readers.list_numbers import advance
from rubricate.corpus.readers.odt_lists import Lists, restart_at
from rubricate.corpus.readers.odt_styles import Styles, kind_of, read_styles
from rubricate.corpus.readers.odt_text import LEFT_OUT, TextWalk
from rubricate.corpus.readers.packages import open_package
from rubricate.corpus.readers.style_names import BODY, CAPTION, CONTENTS, LIST_ITEM, Kind
from rubricate.corpus.readers.table_cells import cell_blocks
from rubricate.corpus.readers.xml_names import attribute, child, inside, name_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.corpus.readers.odt_text import ParagraphText
    from rubricate.corpus.readers.packages import Package
    from rubricate.corpus.readers.raw import RawFile, ReadOptions
    from rubricate.corpus.readers.xml_names import Element

_CONTENT, _STYLES, _META, _MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
_PROPERTIES = {
    "title": "title",
    "initial-creator": "author",
    "creation-date": "created",
    "language": "language",
    "keyword": "keywords",
}
_NOTES = {
    "footnote": Kind("footnote", 0, "a footnote"),
    "endnote": Kind("footnote", 0, "an endnote"),
}
_HEADER = Kind("boilerplate", 0, "a running header")
_FOOTER = Kind("boilerplate", 0, "a running footer")
_CHART = CAPTION._replace(reason="text of a chart")
_INDEXES = frozenset(
    f"text:{kind}"
    for kind in (
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
        "alphabetical-index",
    )
)


def read_odt(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the file as one document in blocks; FileError if it is damaged, protected or holds no text.

    Pages are counted from 1 if the program that saved the file has marked where they begin.
    """
    package = open_package(raw)
    _refuse_encrypted(package)
    try:
        blocks = tuple(_blocks(package))
    except RecursionError:
        raise FileError(raw.file, "its tables or frames are nested too deeply to be read") from None
    if not blocks:
        raise FileError(raw.file, "holds no text")
    yield Source(raw.id, raw.file, raw.sha256, "", blocks=blocks, properties=_properties(package))


def _refuse_encrypted(package: Package) -> None:
    """Look for the mark of encryption as bytes: older programs wrote manifests that are no sound XML."""
    if _MANIFEST in package.names() and b"encryption-data" in package.read(_MANIFEST):
        raise FileError(package.file, "is protected by a password; remove it and save the file anew")


def _properties(package: Package) -> dict[str, str]:
    """What the file says of itself: title, author, day of creation, language, keywords."""
    if _META not in package.names():
        return {}
    values: dict[str, list[str]] = {}
    for element in inside(package.xml(_META), "office:meta"):
        values.setdefault(name_of(element).rpartition(":")[2], []).append("".join(element.itertext()))
    values.setdefault("initial-creator", values.get("creator", []))
    return stated({key: "; ".join(values.get(name, ())) for name, key in _PROPERTIES.items()})


@dataclass(slots=True)
class _Document:
    """What the stories of a file share; ``drawn`` are the embedded objects already shown."""

    package: Package
    lists: Lists
    paged: bool
    drawn: set[str] = field(default_factory=set)


def _blocks(package: Package) -> Iterator[Block]:
    """Headers, the body and footers."""
    content = package.xml(_CONTENT)
    body = child(content, "office:body", "office:text")
    if body is None:
        raise FileError(package.file, "is no text document, but another kind; give it its own extension")
    styles = package.xml(_STYLES) if _STYLES in package.names() else None
    common = child(styles, "office:styles")
    roots = [root for root in (styles, content) if root is not None]
    paged = next(body.iter("{*}soft-page-break"), None) is not None
    document = _Document(package, Lists(*roots), paged)
    of_margins = read_styles(common, child(styles, "office:automatic-styles"))
    of_body = read_styles(common, child(content, "office:automatic-styles"))
    yield from _margins(document, styles, of_margins, "style:header", _HEADER)
    yield from _Story(document, of_body).blocks(body)
    yield from _margins(document, styles, of_margins, "style:footer", _FOOTER)


def _margins(
    document: _Document, styles: Element | None, names: Styles, wanted: str, aside: Kind
) -> Iterator[Block]:
    """The headers or the footers of all kinds of pages, each distinct paragraph once."""
    found: dict[str, Block] = {}
    for master in inside(styles, "office:master-styles"):
        for margin in master:
            if name_of(margin).startswith(wanted) and attribute(margin, "display") != "false":
                for block in _Story(document, names, aside).blocks(margin):
                    found.setdefault(block.text, block._replace(page=""))
    yield from found.values()


class _Story:
    """A text that runs on by itself (the body, a header) on its way to blocks.

    ``aside`` is what all its blocks are, whatever their styles say.
    """

    def __init__(self, document: _Document, styles: Styles, aside: Kind | None = None) -> None:
        self._document = document
        self._styles = styles
        self._aside = aside
        self._walk = TextWalk(styles, self._formula)
        self._begun = False

    def blocks(self, container: Iterable[Element]) -> Iterator[Block]:
        """The blocks of what holds paragraphs, lists, tables and frames, in order."""
        for inner in container:
            name = name_of(inner)
            if name in ("text:p", "text:h"):
                yield from self._paragraph(inner)
            elif name == "text:list":
                yield from self._list(
                    inner, attribute(inner, "style-name"), self._document.lists.begin(inner)
                )
            elif name == "table:table":
                yield from self._table(inner)
            elif name == "text:soft-page-break":
                self._walk.page += 1
            elif name == "text:note":
                yield from self._note(inner)
            elif name in _INDEXES:
                yield from self._beside(CONTENTS, inner)
            elif name == "draw:object":
                yield from self._object(inner)
            elif name not in LEFT_OUT and not _is_hidden_section(inner):
                yield from self.blocks(inner)

    def _beside(self, aside: Kind, container: Iterable[Element]) -> Iterator[Block]:
        """The blocks of something that is ``aside``, unless it is itself part of such a thing."""
        outer, self._aside = self._aside, self._aside or aside
        yield from self.blocks(container)
        self._aside = outer

    def _block(self, text: str, kind: Kind, page: int) -> Block:
        label = str(page) if self._document.paged else ""
        return Block(text.strip(), *(self._aside or kind), label)

    def _paragraph(self, paragraph: Element, number: str | None = None) -> Iterator[Block]:
        """The block of a paragraph and what it refers to; ``number`` is None where it is in no list."""
        if self._begun and self._styles.begins_page(attribute(paragraph, "style-name")):
            self._walk.page += 1
        self._begun = True
        read = self._walk.paragraph(paragraph)
        kind = kind_of(paragraph, self._styles)
        if number is None and name_of(paragraph) == "text:h" and read.begun:
            number = self._document.lists.count_heading(paragraph)
        elif number is not None and kind == BODY:
            kind = LIST_ITEM
        text = f"{number or ''} {read.text}"
        if text.strip():
            yield self._block(text, _captioned(kind, read), read.page)
        yield from self.blocks(read.behind)

    def _list(self, element: Element, style: str, counts: dict[int, int], depth: int = 0) -> Iterator[Block]:
        levels = self._document.lists.levels(style)
        for item in element:
            restart_at(item, counts, depth)
            counted = name_of(item) != "text:list-item"  # a header of the list has no number
            for inner in item:
                name = name_of(inner)
                if name in ("text:p", "text:h"):
                    yield from self._paragraph(inner, "" if counted else advance(levels, counts, depth))
                    counted = True
                elif name == "text:list":
                    own = attribute(inner, "style-name", style)
                    yield from self._list(inner, own, counts, depth + 1)
                else:
                    yield from self.blocks([inner])

    def _note(self, note: Element) -> Iterator[Block]:
        aside = _NOTES.get(attribute(note, "note-class"), _NOTES["footnote"])
        begun, page = self._begun, self._walk.page
        self._begun = False  # the style of a note begins no page
        yield from self._beside(aside, inside(note, "text:note-body"))
        self._begun, self._walk.page = begun, page

    def _table(self, table: Iterable[Element]) -> Iterator[Block]:
        for inner in table:
            name = name_of(inner)
            if name == "table:table-cell":
                yield from cell_blocks(self.blocks(inner), self._aside)
            elif name == "text:soft-page-break":
                self._walk.page += 1
            elif name != "table:covered-table-cell" and attribute(inner, "visibility") != "collapse":
                yield from self._table(inner)

    def _formula(self, frame: Element) -> str:
        inner = child(frame, "draw:object")
        root = self._embedded(inner) if inner is not None else None
        if root is None or name_of(root) != "math:math":
            return ""
        self._document.drawn.add(_member(inner))
        return _formula_text(root)

    def _object(self, element: Element) -> Iterator[Block]:
        root = self._embedded(element)
        if root is None or child(root, "office:body", "office:chart") is None:
            return
        self._document.drawn.add(_member(element))
        for title in root.iter("{*}title", "{*}subtitle"):
            text = " ".join("".join(title.itertext()).split())
            if text:
                yield self._block(printed(text), _CHART, self._walk.page)

    def _embedded(self, element: Element) -> Element | None:
        """The root of an embedded object: it stands inside, or in a folder of the package; each once."""
        inside = next((inner for inner in element if name_of(inner)), None)
        if inside is not None:
            return inside
        member, package = _member(element), self._document.package
        known = member in package.names() and member not in self._document.drawn
        return package.xml(member) if known else None


def _member(embedded: Element) -> str:
    return posixpath.normpath(posixpath.join(attribute(embedded, "href"), _CONTENT))


def _is_hidden_section(element: Element) -> bool:
    if name_of(element) != "text:section":
        return False
    return attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true"


def _captioned(kind: Kind, read: ParagraphText) -> Kind:
    return CAPTION if read.captioned and kind.part in ("body", "list") else kind


def _formula_text(root: Element) -> str:
    """The characters of a formula in their order; its source for the editor is left out."""
    shown = (
        element.text or ""
        for element in root.iter()
        if name_of(element) not in ("", "math:annotation", "math:annotation-xml")
    )
    return printed(" ".join("".join(shown).split()))
