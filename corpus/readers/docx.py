"""Word documents (.docx, .docm): one file, one document, as a reader of the final version sees it.

What is read: the body with its tables, text boxes, charts and diagrams; footnotes and endnotes behind the
paragraph that refers to them; headers and footers. What is left out: tracked deletions, hidden text,
comments, instructions of fields, bullets and the marks that point to notes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.docx_graphics import drawn_text, graphic_texts
from rubricate.corpus.readers.docx_numbering import Numbers, read_numbering
from rubricate.corpus.readers.docx_package import main_part, read_part, read_properties
from rubricate.corpus.readers.docx_styles import Styles, kind_of, read_styles, style_of
from rubricate.corpus.readers.docx_text import LEFT_OUT, TextWalk, shown_branch
from rubricate.corpus.readers.packages import open_package
from rubricate.corpus.readers.style_names import BODY, CAPTION, CONTENTS, Kind
from rubricate.corpus.readers.table_cells import cell_blocks
from rubricate.corpus.readers.xml_names import attribute, child, is_on, name_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.docx_package import Part
    from rubricate.corpus.readers.docx_text import ParagraphText
    from rubricate.corpus.readers.packages import Package
    from rubricate.corpus.readers.raw import RawFile, ReadOptions
    from rubricate.corpus.readers.xml_names import Element

_NOTES = {
    "w:footnoteReference": ("footnotes", Kind("footnote", 0, "a footnote")),
    "w:endnoteReference": ("endnotes", Kind("footnote", 0, "an endnote")),
}
_MARGINS = {
    "header": ("{*}headerReference", Kind("boilerplate", 0, "a running header")),
    "footer": ("{*}footerReference", Kind("boilerplate", 0, "a running footer")),
}
_GRAPHIC = CAPTION._replace(reason="text of a chart or a diagram")
_MERGED_AWAY = ("w:vMerge", "w:hMerge")


def read_docx(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the file as one document in blocks; FileError if it is damaged, protected or holds no text.

    Pages are counted from 1 if the program that saved the file has marked where they begin.
    """
    package = open_package(raw)
    try:
        document = _open(package)
        blocks = (*_margins(document, "header"), *_body(document), *_margins(document, "footer"))
    except RecursionError:
        raise FileError(
            raw.file, "its tables, text boxes or fields are nested too deeply to be read"
        ) from None
    if not blocks:
        raise FileError(raw.file, "holds no text")
    yield Source(
        raw.id,
        raw.file,
        raw.sha256,
        "",
        blocks=blocks,
        properties=read_properties(package),
        warnings=tuple(dict.fromkeys(document.warnings)),
    )


@dataclass(slots=True)
class _Document:
    """What the stories of a file share.

    ``notes`` are those not yet placed, by kind and id; ``drawn`` are the charts and diagrams already read.
    """

    package: Package
    main: Part
    styles: Styles
    numbers: Numbers
    paged: bool
    notes: dict[tuple[str, str], tuple[Part, Element]]
    drawn: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def _open(package: Package) -> _Document:
    main = main_part(package)
    styles = next((read_styles(package.xml(name)) for name in main.related("styles")), Styles())
    lists = next((read_numbering(package.xml(name), styles) for name in main.related("numbering")), {})
    notes = {
        (kind, attribute(note, "id")): (part, note)
        for kind, _ in _NOTES.values()
        for name in main.related(kind)
        for part in [read_part(package, name)]
        for note in part.root
    }
    paged = next(main.root.iter("{*}lastRenderedPageBreak"), None) is not None
    return _Document(package, main, styles, Numbers(lists), paged, notes)


def _body(document: _Document) -> Iterator[Block]:
    story = _Story(document, document.main, document.main.root)
    yield from story.blocks(document.main.root)


def _margins(document: _Document, kind: str) -> Iterator[Block]:
    """The headers or the footers of all sections, each distinct paragraph once."""
    reference, aside = _MARGINS[kind]
    relations = document.main.relations
    ids = (attribute(element, "id") for element in document.main.root.iter(reference))
    names = dict.fromkeys(relations[number].target for number in ids if number in relations)
    found: dict[str, Block] = {}
    for name in filter(None, names):
        part = read_part(document.package, name)
        for block in _Story(document, part, part.root, aside).blocks(part.root):
            found.setdefault(block.text, block._replace(page=""))
    yield from found.values()


class _Story:
    """A text that runs on by itself (the body, a note, a header) on its way to blocks.

    ``aside`` is what all its blocks are, whatever their styles say.
    """

    def __init__(
        self, document: _Document, part: Part, root: Element, aside: Kind | None = None, page: int = 1
    ) -> None:
        self._document = document
        self._part = part
        self._aside = aside
        self._walk = TextWalk(root, document.styles, page)
        self._carried: list[str] = []

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of the body, a note, a cell or a box, in order."""
        yield from self._blocks(container)
        text = "".join(self._carried)
        self._carried.clear()
        if text.strip():  # it was to be joined with a paragraph that did not come
            yield self._block(text, BODY, self._walk.page)

    def _blocks(self, container: Element) -> Iterator[Block]:
        for inner in container:
            name = name_of(inner)
            if name == "w:p":
                yield from self._paragraph(inner)
            elif name == "w:tbl":
                yield from self._table(inner)
            elif name == "w:sdt":
                yield from self._content_control(inner)
            elif name == "mc:AlternateContent":
                yield from self._blocks(shown_branch(inner))
            elif name in ("w:altChunk", "w:subDoc"):
                self._document.warnings.append(
                    "holds another document inside, which was not read; open it in Word and save it anew"
                )
            elif name not in LEFT_OUT:
                yield from self._blocks(inner)

    def _block(self, text: str, kind: Kind, page: int) -> Block:
        label = str(page) if self._document.paged else ""
        return Block(text.strip(), *(self._aside or kind), label)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = child(paragraph, "w:pPr")
        styles = self._document.styles
        read = self._walk.paragraph(paragraph, style_of(properties, styles))
        if _mark_is_gone(properties):  # its end was deleted: the next paragraph goes on in the same line
            self._carried.append(read.text)
        else:
            number = self._number(properties, read)
            kind = kind_of(properties, styles, listed=number is not None)
            text = f"{number or ''} {''.join(self._carried)}{read.text}"
            self._carried.clear()
            if text.strip():
                yield self._block(text, self._kind(kind, read), read.page)
        yield from self._behind(read)

    def _number(self, properties: Element | None, read: ParagraphText) -> str | None:
        if is_on(child(properties, "w:rPr", "w:vanish")) and not read.begun:
            return None  # nothing of the paragraph is seen
        return self._document.numbers.count(properties, self._document.styles)

    def _kind(self, kind: Kind, read: ParagraphText) -> Kind:
        if read.in_contents:
            return CONTENTS
        return CAPTION if read.captioned and kind.part in ("body", "list") else kind

    def _content_control(self, control: Element) -> Iterator[Block]:
        gallery = attribute(child(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery"), "val")
        outer = self._aside
        if gallery == "Table of Contents":
            self._aside = outer or CONTENTS
        for inner in control:
            if name_of(inner) == "w:sdtContent":
                yield from self._blocks(inner)
        self._aside = outer

    def _behind(self, read: ParagraphText) -> Iterator[Block]:
        """The notes and drawings that a paragraph refers to, in the order in which it does."""
        for element in read.behind:
            if name_of(element) in _NOTES:
                yield from self._note(element, read.page)
            else:
                yield from self._graphic(element)

    def _note(self, reference: Element, page: int) -> Iterator[Block]:
        kind, aside = _NOTES[name_of(reference)]
        part, note = self._document.notes.pop((kind, attribute(reference, "id")), (self._part, None))
        if note is not None:
            yield from _Story(self._document, part, note, self._aside or aside, page).blocks(note)

    def _graphic(self, drawing: Element) -> Iterator[Block]:
        """Text boxes, art made of words, charts and diagrams in a drawing of either kind."""
        for inner in drawing:
            name = name_of(inner)
            if name == "w:txbxContent":
                yield from self.blocks(inner)
            elif name == "mc:AlternateContent":
                yield from self._graphic(shown_branch(inner))
            elif name in ("c:chart", "dgm:relIds"):
                yield from self._related_graphic(attribute(inner, "id") or attribute(inner, "dm"))
            elif name == "a:p" and drawn_text(inner).strip():
                yield self._block(drawn_text(inner), _GRAPHIC, self._walk.page)
            elif name == "v:textpath" and attribute(inner, "string").strip():
                yield self._block(printed(attribute(inner, "string")), _GRAPHIC, self._walk.page)
            else:
                yield from self._graphic(inner)

    def _related_graphic(self, relation: str) -> Iterator[Block]:
        found = self._part.relations.get(relation)
        if found and found.target and found.target not in self._document.drawn:
            self._document.drawn.add(found.target)
            texts = graphic_texts(self._document.package.xml(found.target))
            yield from (self._block(text, _GRAPHIC, self._walk.page) for text in texts)

    def _table(self, table: Element) -> Iterator[Block]:
        for row in _inside(table, "w:tr"):
            properties = child(row, "w:trPr")
            if child(properties, "w:del") is None and not is_on(child(properties, "w:hidden")):
                yield from self._row(row)

    def _row(self, row: Element) -> Iterator[Block]:
        """The cells of a row stand side by side: each begins on the page on which the row does.

        A page break before the row is noted in the first cell only.
        """
        begins, ends = self._walk.page, self._walk.page
        first = begins
        for place, cell in enumerate(_inside(row, "w:tc")):
            self._walk.page = begins
            blocks = list(cell_blocks(self.blocks(cell), self._aside)) if _is_shown(cell) else []
            if place == 0 and blocks and blocks[0].page:
                first = int(blocks[0].page)
            yield from (_not_before(first, block) for block in blocks)
            ends = max(ends, self._walk.page)
        self._walk.page = ends


def _mark_is_gone(properties: Element | None) -> bool:
    marks = child(properties, "w:rPr")
    return child(marks, "w:del") is not None or child(marks, "w:moveFrom") is not None


def _is_shown(cell: Element) -> bool:
    """Whether a cell is not covered by the one above or beside it, and not deleted."""
    properties = child(cell, "w:tcPr")
    merges = (child(properties, name) for name in _MERGED_AWAY)
    covered = any(merge is not None and attribute(merge, "val") != "restart" for merge in merges)
    return not covered and child(properties, "w:cellDel") is None


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, in whatever controls and marks they are wrapped."""
    for inner in element:
        name = name_of(inner)
        if name == wanted:
            yield inner
        elif name == "mc:AlternateContent":
            yield from _inside(shown_branch(inner), wanted)
        elif name not in LEFT_OUT:
            yield from _inside(inner, wanted)


def _not_before(page: int, block: Block) -> Block:
    return block._replace(page=str(max(page, int(block.page)))) if block.page else block
