"""What a Word document becomes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Block
from rubricate.corpus.errors import FileError
from tests.word_xml import NAMES, PACKAGE, STRICT, WORD, cell, docx, p, package, run, shown, source_of, style

NOTE = Path(__file__).parent / "data/formats/docx_note.docx"  # saved by LibreOffice


# A whole file ------------------------------------------------------------------------------------------


def test_a_file_saved_by_libreoffice_becomes_these_blocks() -> None:
    source = source_of(NOTE.read_bytes())
    assert (source.id, source.file, source.sha256, source.encoding) == ("note", "note.docx", "5ha", "")
    contents, item = "a table of contents or an index", "an item of a list"
    assert source.blocks == (
        Block("Desk note, for release", "boilerplate", 0, "a running header"),
        Block("Sanctions after the summit", "title", 0, "marked as the title"),
        Block("A note in two parts", "title", 0, "marked as the subtitle"),
        Block("Contents of the note", "boilerplate", 0, contents),
        Block("1. What was agreed\t1", "boilerplate", 0, contents),
        Block("1. What was agreed", "heading", 1, "marked as a heading"),
        Block("The envoys met for three days in Geneva. The text binds all parties."),
        Block("The first round was held in Vienna.", "footnote", 0, "a footnote"),
        Block("Except the observers.", "footnote", 0, "an endnote"),
        Block("1.1 Measures", "heading", 2, "marked as a heading"),
        Block("a) freeze the assets of the bank", "list", 0, item),
        Block("i. held abroad", "list", 0, item),
        Block("ii. held at home", "list", 0, item),
        Block("b) suspend the tariff", "list", 0, item),
        Block("no further quota", "list", 0, item),
        Block("Country", "table", 0, "a cell of a table"),
        Block("Vote", "table", 0, "a cell of a table"),
        Block("Norway\nand Iceland", "table", 0, "a cell of a table"),
        Block("in favour", "table", 0, "a cell of a table"),
        Block("The secret clause was  read\naloud.\tTwice. می‌خواهند صلح"),
        Block("Figure 1: Votes by region", "caption", 0, "marked as a caption"),
        Block("A box stands here."),
        Block("Words in a box."),
        Block("On the second page peace held."),
        Block("Registry of the Desk, page 3", "boilerplate", 0, "a running footer"),
    )
    assert source.properties == {
        "title": "Sanctions after the summit",
        "author": "Ada Quill",
        "created": "2024-05-31",
        "language": "en-GB",
        "keywords": "sanctions summit",
    }


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def test_no_visible_character_of_a_file_is_lost() -> None:
    """Read independently: every ``w:t`` but deleted and hidden ones and the older twin of the box."""
    expected: Counter[str] = Counter()
    with zipfile.ZipFile(NOTE) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes|header\d|footer\d)\.xml", name):
                root = ET.fromstring(archive.read(name))
                for parent in list(root.iter()):
                    for inner in list(parent):
                        hidden = inner.find(f"{{{WORD}}}rPr/{{{WORD}}}vanish") is not None
                        if inner.tag.endswith(("}Fallback", "}del")) or hidden:
                            parent.remove(inner)
                expected += characters("".join(text.text or "" for text in root.iter(f"{{{WORD}}}t")))
    numbers = characters("1.1.1a)i.ii.b)")  # counted, not stored
    read = sum((characters(block.text) for block in source_of(NOTE.read_bytes()).blocks), Counter())
    assert read == expected + numbers


# Notes, tables, boxes, margins --------------------------------------------------------------------------


def test_notes_stand_behind_the_block_that_refers_to_them() -> None:
    separator = '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    footnotes = separator + "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in [(2, "Ibid."), (3, "Unused.")]
    )
    endnotes = f'<w:endnote w:id="2">{p("At the end.")}</w:endnote>'
    marks = '<w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{run('Said')}{marks}{run('.')}</w:p>{p('Next.')}"
    assert shown(body, {"footnotes": footnotes, "endnotes": endnotes}) == [
        *(("body", "Said."), ("footnote", "At the end."), ("footnote", "Ibid."), ("body", "Next."))
    ]
    mark = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    assert shown(f"<w:p>{run('Said')}{mark}</w:p>", {"footnotes": footnotes}) == [
        ("body", "Said"),
        ("footnote", "Ibid."),
    ]


def test_a_table_is_read_cell_by_cell() -> None:
    inner = f"<w:tbl><w:tr>{cell(p('in'))}</w:tr></w:tbl>"
    rows = [
        cell(p("wide") + p("cell"), '<w:gridSpan w:val="2"/>')
        + cell(p("tall"), '<w:vMerge w:val="restart"/>'),
        cell(p(""))
        + f"<w:sdt><w:sdtContent>{cell(p('kept'))}</w:sdtContent></w:sdt>"
        + cell(p("covered"), "<w:vMerge/>"),
        cell(p("before") + inner + p("after")),
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p('gone'))}</w:tr>"
    assert shown(f"<w:tbl>{table}{deleted}</w:tbl>") == [
        ("table", text) for text in ("wide\ncell", "tall", "kept", "before", "in", "after")
    ]


def test_a_note_in_a_table_stands_behind_its_cell() -> None:
    marked = f'<w:p>{run("a")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    table = f"<w:tbl><w:tr>{cell(marked + p('b'))}{cell(p('c'))}</w:tr></w:tbl>"
    notes = f'<w:footnote w:id="1">{p("note")}</w:footnote>'
    assert shown(table, {"footnotes": notes}) == [("table", "a\nb"), ("footnote", "note"), ("table", "c")]


def test_a_text_box_that_is_stored_twice_is_read_once() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert shown(f"<w:p>{run('before')}{twice}{run(', behind')}</w:p>") == [
        *(("body", "before, behind"), ("body", "in the box"))
    ]
    old = f"<w:p><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r></w:p>"
    assert shown(old) == [("body", "in the box")]


def test_words_in_charts_and_diagrams_are_captions() -> None:
    chart = (
        "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Votes</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:cat><c:strRef><c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val></c:chart>"
    )
    diagram = (
        "<dgm:pt><dgm:t><a:p><a:r><a:t>First </a:t></a:r><a:r><a:t>step</a:t></a:r></a:p></dgm:t></dgm:pt>"
    )
    drawings = '<w:r><w:drawing><c:chart r:id="chart1"/><dgm:relIds r:dm="data1"/></w:drawing></w:r>'
    word_art = '<w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r>'
    assert shown(f"<w:p>{drawings}{word_art}</w:p>", {"chart1": chart, "data1": diagram}) == [
        ("caption", text) for text in ("Votes", "North", "First step", "DRAFT")
    ]


def test_each_distinct_header_and_footer_is_kept_once_at_the_ends() -> None:
    margins = [("header1", "Desk note"), ("header2", "Desk note"), ("footer1", "Page 1")]
    references = "".join(f'<w:{name[:6]}Reference r:id="{name}"/>' for name, _ in margins)
    body = f"{p('Text')}<w:sectPr>{references}</w:sectPr>"
    assert shown(body, {name: p(text, style("H2")) for name, text in margins}) == [
        *(("boilerplate", "Desk note"), ("body", "Text"), ("boilerplate", "Page 1"))
    ]


# Pages --------------------------------------------------------------------------------------------------

TURN = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def pages(body: str) -> list[tuple[str, str]]:
    return [(block.text, block.page) for block in source_of(docx(body)).blocks]


def test_pages_are_counted_where_word_marked_them() -> None:
    body = (
        f"<w:p>{run('a')}{TURN}{run('b')}</w:p><w:p>{TURN}{run('c')}</w:p>"
        f"<w:p>{BREAK}</w:p><w:p>{TURN}{run('d')}</w:p>"
    )
    assert pages(body) == [("ab", "1"), ("c", "3"), ("d", "4")]


def test_without_such_marks_there_are_no_pages() -> None:
    assert pages(f"{p('a')}<w:p>{BREAK}</w:p>{p('b')}") == [("a", ""), ("b", "")]


def test_the_cells_of_a_row_turn_the_page_together() -> None:
    turned = [f"<w:p>{run('a')}{TURN}{run('a')}</w:p>{p('a')}", f"<w:p>{run('b')}{TURN}{run('b')}</w:p>"]
    table = f"<w:tbl><w:tr>{''.join(map(cell, turned))}</w:tr><w:tr>{cell(p('c'))}</w:tr></w:tbl>"
    assert pages(table) == [("aa\na", "1"), ("bb", "1"), ("c", "2")]
    turns = f"<w:p>{TURN}{run('a')}</w:p>"
    begun = f"<w:tbl><w:tr>{cell(turns)}{cell(p('b'))}</w:tr></w:tbl>{p('c')}"
    assert pages(begun) == [("a", "2"), ("b", "2"), ("c", "2")]


# The package --------------------------------------------------------------------------------------------


def test_the_strict_variant_is_read() -> None:
    strict = docx(p("strictly", style("Titel")), names=NAMES.replace(WORD, STRICT))
    assert source_of(strict).blocks == (Block("strictly", "title", 0, "marked as the title"),)


def test_the_main_document_is_found_by_its_relation_or_its_type() -> None:
    document = f"<w:document {NAMES}><w:body>{p('Text')}</w:body></w:document>"
    assert source_of(package({"odd/place.xml": document}, "/odd/place.xml")).blocks == (Block("Text"),)
    typed = io.BytesIO()
    with zipfile.ZipFile(typed, "w") as archive:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        override = f'<Override PartName="/odd/place.xml" ContentType="{kind}"/>'
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{override}</Types>')
        archive.writestr("odd/place.xml", document)
    assert source_of(typed.getvalue()).blocks == (Block("Text"),)


def test_a_document_inside_the_document_is_named_in_a_warning() -> None:
    source = source_of(docx(p("Text") + '<w:altChunk r:id="x"/><w:altChunk r:id="y"/>'))
    assert source.warnings == (
        "holds another document inside, which was not read; open it in Word and save it anew",
    )


NESTED = "<w:tbl><w:tr><w:tc>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"not a zip", "is no sound .docx file, or cut off; fetch or save it again"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            "is in an older format under the name .docx, or protected; save it anew as docx",
        ),
        (package({}), "is damaged: it has no word/document.xml; open it and save it anew"),
        (package({"x.xml": "<w/>"}, ""), "holds no Word document; open it and save it anew as docx"),
        (
            package({"word/document.xml": "<worksheet/>"}),
            "is no Word document, but another Office file; give it its own extension",
        ),
        (docx(""), "holds no text"),
        (docx(p(" \u00a0\t")), "holds no text"),
        (docx("<w:p>"), "holds XML that cannot be read in word/document.xml, line 1; save the file anew"),
        (
            docx(NESTED * 90 + p("x") + "</w:tc></w:tr></w:tbl>" * 90),
            "holds XML that cannot be read in word/document.xml, line 1; save the file anew",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        source_of(data)
    assert str(caught.value) == f"note.docx: {reason}"


def test_deep_tables_are_read_as_far_as_xml_may_go() -> None:
    deep = docx(NESTED * 75 + p("x") + "</w:tc></w:tr></w:tbl>" * 75)
    assert source_of(deep).blocks == (Block("x", "table", 0, "a cell of a table"),)


def test_fields_inside_each_other_without_end_are_refused() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    deep = mark * 500 + run("x") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 500
    with pytest.raises(FileError, match="nested too deeply to be read"):
        source_of(docx(f"<w:p>{deep}</w:p>"))


def read_or_refuse(data: bytes) -> tuple[Block, ...] | None:
    try:
        return source_of(data).blocks
    except FileError as error:
        assert "\n" not in error.reason
        return None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_cut_off_anywhere_is_refused_or_whole(data: st.DataObject) -> None:
    whole = NOTE.read_bytes()
    length = data.draw(st.integers(0, len(whole) - 1))
    assert read_or_refuse(whole[:length]) in (None, source_of(whole).blocks)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_changed_bytes_never_end_in_another_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(NOTE.read_bytes())
    for place, value in changes:
        damaged[place % len(damaged)] = value
    read_or_refuse(bytes(damaged))


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "M", "Zs")), min_size=1))
)
@settings(max_examples=60, deadline=None)
def test_paragraphs_come_back_as_they_were_written(paragraphs: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in paragraphs]
    blocks = read_or_refuse(docx("".join(map(p, escaped)))) or ()
    assert [block.text for block in blocks] == [text.strip() for text in paragraphs if text.strip()]
