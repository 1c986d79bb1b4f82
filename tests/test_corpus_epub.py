"""What an e-book becomes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.epub import read_epub
from rubricate.corpus.readers.raw import RawFile, ReadOptions

FORMATS = Path(__file__).parent / "data" / "formats"

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
    ' xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)


def opf(manifest: str, spine: str, metadata: str = "", guide: str = "") -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )


def item(key: str, href: str, more: str = "") -> str:
    return f'<item id="{key}" href="{href}" media-type="application/xhtml+xml" {more}/>'


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def packed(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def book(*bodies: str, metadata: str = "", **more: str) -> bytes:
    """A book whose chapters are c0.xhtml, c1.xhtml, …"""
    names = [f"c{number}" for number in range(len(bodies))]
    manifest = "".join(item(name, f"{name}.xhtml") for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    chapters = {f"OPS/{name}.xhtml": chapter(body) for name, body in zip(names, bodies, strict=True)}
    listed = opf(manifest, spine, metadata)
    return packed({"META-INF/container.xml": CONTAINER, "OPS/book.opf": listed, **chapters, **more})


def read(data: bytes) -> Source:
    raw = RawFile("a.epub", "a", ".epub", "0" * 64, data)
    (source,) = read_epub(raw, ReadOptions())
    return source


def blocks(data: bytes) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in read(data).blocks]


def refused(data: bytes) -> str:
    with pytest.raises(FileError) as error:
        read(data)
    return error.value.reason


def test_a_book_made_by_libreoffice_becomes_these_blocks() -> None:
    source = read((FORMATS / "epub_libreoffice.epub").read_bytes())
    assert [(block.part, block.text) for block in source.blocks] == [
        ("body", "The embargo on Port Marrow"),
        ("body", "The council met twice before it agreed. Its envoys carried the text to the islands."),
        ("footnote", "Minutes of the second meeting, p. 4."),
        ("body", "No arms may pass the strait."),
        ("body", "Grain and medicine may."),
        *(("table", cell) for cell in ("Port", "Ships held", "Marrow", "14")),
        ("body", "What the islands answered"),
        ("body", "They called the measure a siege: «یک محاصره می\u200cخواهند»."),
        ("boilerplate", "The embargo on Port Marrow"),
    ]
    assert (source.encoding, source.warnings) == ("", ())
    assert source.properties == {
        "title": "The embargo on Port Marrow",
        "author": "A. Clerk",
        "language": "en",
    }


def test_the_blocks_hold_every_character_of_the_book_but_the_marks_of_footnotes() -> None:
    path = FORMATS / "epub_libreoffice.epub"
    shown: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in ("OEBPS/sections/section0001.xhtml", "OEBPS/toc.xhtml"):
            body = ET.fromstring(archive.read(name)).find("{http://www.w3.org/1999/xhtml}body")
            assert body is not None
            shown.update("".join("".join(body.itertext()).split()))
    found = Counter("".join("".join(block.text for block in read(path.read_bytes()).blocks).split()))
    assert found == shown - Counter("11")


def test_chapters_are_read_in_the_order_of_the_spine_and_none_is_lost() -> None:
    manifest = (
        item("last", "z.xhtml")
        + item("aside", "b.xhtml")
        + item("first", "text/one%20a.xhtml")
        + item("unlisted", "text/../u.xhtml")
    )
    spine = '<itemref idref="aside" linear="no"/><itemref idref="first"/><itemref idref="last"/>'
    members = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf(manifest, spine),
        "OPS/z.xhtml": chapter("<p>two</p>"),
        "OPS/b.xhtml": chapter("<p>three</p>"),
        "OPS/text/one a.xhtml": chapter("<p>one</p>"),
        "OPS/u.xhtml": chapter("<p>four</p>"),
    }
    assert [text for _, text in blocks(packed(members))] == ["one", "two", "three", "four"]


def test_tables_of_contents_are_boilerplate() -> None:
    manifest = item("n", "nav.xhtml", 'properties="nav"') + item("t", "toc.xhtml") + item("c", "c.xhtml")
    spine = '<itemref idref="n"/><itemref idref="t"/><itemref idref="c"/>'
    guide = '<reference type="toc" href="toc.xhtml"/><reference type="toc" href="c.xhtml#contents"/>'
    members = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf(manifest, spine, guide=guide),
        "OPS/nav.xhtml": chapter('<nav epub:type="toc"><h1>Contents</h1><ol><li>War</li></ol></nav>'),
        "OPS/toc.xhtml": chapter("<p>War 3</p>"),
        "OPS/c.xhtml": chapter("<h1>War</h1>"),
    }
    assert blocks(packed(members)) == [
        ("boilerplate", "Contents"),
        ("boilerplate", "War"),
        ("boilerplate", "War 3"),
        ("heading", "War"),
    ]


def test_a_note_in_another_chapter_stands_behind_the_block_that_refers_to_it() -> None:
    text = '<p>One<a epub:type="noteref" href="c1.xhtml#n1">1</a>.</p><p>Two.</p>'
    notes = '<aside epub:type="footnote" id="n1"><p><a href="c0.xhtml#r1">1</a> A note.</p></aside>'
    assert blocks(book(text, f"<p>Three.</p>{notes}")) == [
        ("body", "One."),
        ("footnote", "A note."),
        ("body", "Two."),
        ("body", "Three."),
    ]


def test_a_box_beside_the_text_is_text_of_a_book() -> None:
    assert blocks(book("<aside><p>A box.</p></aside><header><p>A saying.</p></header>")) == [
        ("body", "A box."),
        ("body", "A saying."),
    ]


def test_pages_are_those_of_the_printed_book() -> None:
    first = (
        '<p>a</p><span epub:type="pagebreak" title="iv"/>'
        '<p>b <span role="doc-pagebreak" aria-label="5"/>c</p><p>d</p>'
    )
    second = '<p>e</p><div epub:type="pagebreak">6</div><p>f</p>'
    assert [(block.text, block.page, block.part) for block in read(book(first, second)).blocks] == [
        ("a", "", "body"),
        ("b c", "iv", "body"),
        ("d", "5", "body"),
        ("e", "5", "body"),
        ("6", "6", "boilerplate"),
        ("f", "6", "body"),
    ]


def test_a_chapter_is_read_leniently_and_its_names_of_characters_become_characters() -> None:
    body = "<p>a&nbsp;b&zwnj;c &eacute;<br></br>d<a id='x'/><i/>e<![CDATA[ < f]]></p><p>g"
    assert [text for _, text in blocks(book(body))] == ["a\u00a0b\u200cc é\nde < f", "g"]


def test_entities_that_a_chapter_declares_are_neither_put_in_nor_shown() -> None:
    doctype = '<!DOCTYPE html [ <!ENTITY a "b"> ]>'
    data = book("<p>x</p>", **{"OPS/c0.xhtml": f"{doctype}<html><body><p>x &a;</p></body></html>"})
    assert [text for _, text in blocks(data)] == ["x &a;"]


@pytest.mark.parametrize(
    ("metadata", "properties"),
    [
        (
            "<dc:title> A\n b </dc:title><dc:title>c</dc:title>"
            "<dc:creator>D</dc:creator><dc:creator>E</dc:creator>"
            "<dc:language>fa</dc:language><dc:date>2019-05-12T00:00:00Z</dc:date><dc:subject>War</dc:subject>",
            {"title": "A b", "author": "D; E", "date": "2019-05-12", "language": "fa", "keywords": "War"},
        ),
        (
            '<dc:date opf:event="creation">2001</dc:date><dc:date opf:event="publication">2003-04</dc:date>',
            {"date": "2003-04"},
        ),
        ('<dc:date opf:event="modification">2001</dc:date><dc:title/>', {}),
    ],
)
def test_a_book_says_of_itself(metadata: str, properties: dict[str, str]) -> None:
    assert read(book("<p>a</p>", metadata=metadata)).properties == properties


def test_a_chapter_that_is_missing_is_named_in_a_warning() -> None:
    manifest = item("a", "a.xhtml") + item("b", "../../../b.xhtml")
    spine = '<itemref idref="a"/><itemref idref="b"/>'
    members = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf(manifest, spine),
        "OPS/a.xhtml": chapter("<p>a</p>"),
    }
    source = read(packed(members))
    assert source.blocks == (Block("a"),)
    assert source.warnings == ("its chapter b.xhtml is missing; compare the book with another copy",)


def test_a_chapter_in_another_encoding_than_it_declares_is_named_in_a_warning() -> None:
    wrong = '<?xml version="1.0" encoding="utf-8"?><p>“Öl für die Häfen, Brot für Fünf”, hieß es.</p>'.encode(
        "cp1252"
    )
    source = read(book("<p>a</p>", **{"OPS/c0.xhtml": wrong}))  # type: ignore[arg-type]
    assert source.blocks == (Block("“Öl für die Häfen, Brot für Fünf”, hieß es."),)
    assert source.warnings == (
        "its chapter OPS/c0.xhtml is not in the encoding that it declares; compare its letters with the book",
    )


def test_a_book_whose_fonts_alone_are_scrambled_is_read() -> None:
    fonts = ENCRYPTION.format("http://www.idpf.org/2008/embedding")
    assert read(book("<p>a</p>", **{"META-INF/encryption.xml": fonts})).blocks == (Block("a"),)


def test_a_protected_book_is_refused() -> None:
    locked = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    assert refused(book("<p>a</p>", **{"META-INF/encryption.xml": locked})) == (
        "is protected against copying (DRM); ask the publisher for a copy without it"
    )


def test_a_damaged_book_is_refused() -> None:
    whole = book("<p>a</p>")
    assert refused(b"") == "is empty"
    assert refused(whole[:-30]) == "is no sound .epub file, or cut off; fetch or save it again"
    assert refused(b"no book") == "is no sound .epub file, or cut off; fetch or save it again"
    assert "no META-INF/container.xml" in refused(packed({"a": "b"}))
    nameless = CONTAINER.replace("full-path", "path")
    assert "names no book" in refused(packed({"META-INF/container.xml": nameless}))
    assert "no OPS/book.opf" in refused(packed({"META-INF/container.xml": CONTAINER}))
    broken = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package>"}
    assert refused(packed(dict(broken))).startswith("holds XML that cannot be read in OPS/book.opf")
    assert "c0.xhtml is no text" in refused(book("<p>a</p>", **{"OPS/c0.xhtml": "a\0b"}))


def test_a_book_without_text_is_refused() -> None:
    assert refused(book()) == "holds no text"
    assert refused(book("<img src='a.png'/>", "")) == "holds no text"


def test_a_chapter_nested_beyond_reason_is_refused() -> None:
    assert refused(book("<div>" * 100_000)).startswith("its elements are nested too deeply")
