"""What an OpenDocument text becomes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.odt import read_odt
from rubricate.corpus.readers.raw import RawFile, ReadOptions

FORMATS = Path(__file__).parent / "data/formats"
NOTE = FORMATS / "odt_note.odt"  # saved by LibreOffice
PRINTED = FORMATS / "odt_note_printed.txt"  # its pages as LibreOffice prints them without tracked deletions

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{name: name for name in ("office", "style", "text", "table", "chart", "manifest")},
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:math="http://www.w3.org/1998/Math/MathML"'
STYLES = """
<style:style style:name="Titel" style:display-name="Title" style:family="paragraph"/>
<style:style style:name="H2" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="Cap" style:display-name="Caption" style:family="paragraph"/>
<style:style style:name="Own" style:family="paragraph" style:parent-style-name="Cap"/>
<style:style style:name="Page" style:family="paragraph">
  <style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Gone" style:family="paragraph">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="Hidden" style:family="text">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="Shown" style:family="text">
  <style:text-properties text:display="true"/></style:style>
<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="§ "/>
  <text:list-level-style-number text:level="2" style:num-format="a"
    style:num-suffix=")" text:display-levels="2"/>
</text:list-style>
<text:list-style style:name="B">
  <text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
"""


def archive(members: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return data.getvalue()


def odt(body: str, members: dict[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content {NAMES}>"
        f"<office:automatic-styles>{STYLES.replace(chr(10), '')}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"content.xml": content, **(members or {})})


def source_of(data: bytes) -> Source:
    (source,) = read_odt(RawFile("note.odt", "note", ".odt", "5ha", data), ReadOptions())
    assert isinstance(source, Source)
    return source


def shown(body: str) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in source_of(odt(body)).blocks]


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


# A whole file ------------------------------------------------------------------------------------------


def test_a_file_saved_by_libreoffice_becomes_these_blocks() -> None:
    source = source_of(NOTE.read_bytes())
    assert (source.id, source.file, source.sha256, source.encoding) == ("note", "note.odt", "5ha", "")
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
        Block("Registry of the Desk, page 2", "boilerplate", 0, "a running footer"),
    )
    assert source.properties == {
        "title": "Sanctions after the summit",
        "author": "Ada Quill",
        "created": "2024-05-31",
        "language": "en-GB",
        "keywords": "sanctions; summit",
    }


def characters(text: str) -> Counter[str]:
    """Characters without white space and the marks by which pdftotext shows the direction of writing."""
    return Counter(re.sub(r"[\s\u202a-\u202e]", "", text))


def test_no_character_that_is_printed_is_lost() -> None:
    margins = "Desk note, for release Registry of the Desk, page"
    printed_only = f"{margins} 1 {margins} 3 • 1 1 i i"  # of the two other pages; a bullet; marks of notes
    read = sum((characters(block.text) for block in source_of(NOTE.read_bytes()).blocks), Counter())
    assert read + characters(printed_only) == characters(PRINTED.read_text("utf-8"))


# What is text and what is not ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("  white \n\t space ", "white space"),
        ("a <text:span> b</text:span> c", "a b c"),
        ("a<text:s/><text:s text:c='2'/>b", "a   b"),
        ("a<text:s text:c='999999999'/>b", f"a{' ' * 100}b"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("<text:a xlink:href='x'>the <text:span>treaty</text:span></text:a>", "the treaty"),
        ("kept<text:change text:change-id='1'/><text:change-start/>, new<text:change-end/>", "kept, new"),
        ("said<office:annotation><text:p>really?</text:p></office:annotation>.", "said."),
        ("<text:span text:style-name='Hidden'>not <text:span text:style-name='Shown'>seen</text:span>"
         "</text:span>", "seen"),
        ("<text:hidden-text text:is-hidden='true'>no</text:hidden-text>yes", "yes"),
        ("<text:hidden-text text:is-hidden='false'>after all</text:hidden-text>", "after all"),
        ("<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text>"
         "</text:ruby>", "東(とう)"),
        ("page <text:page-number>7</text:page-number>", "page 7"),
        ("<text:unheard-of>unheard of</text:unheard-of>", "unheard of"),
        ("a<!-- no -->b<?no no?>c", "abc"),
        ("می‌خواهند re\u00adform\u00a0", "می‌خواهند re\u00adform"),
        ("<text:script>alert()</text:script>x", "x"),
        ("x = <draw:frame><draw:object><math:math><math:mi>y</math:mi><math:mo>+</math:mo>"
         "<math:mn>1</math:mn><math:annotation>y</math:annotation></math:math></draw:object></draw:frame>",
         "x = y+1"),
    ],
)  # fmt: skip
def test_what_the_reader_of_the_final_text_sees_is_kept(paragraph: str, text: str) -> None:
    assert shown(p(paragraph)) == [("body", text)]


def test_what_is_hidden_or_deleted_is_left_out() -> None:
    deleted = (
        "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
    )
    section = f'<text:section text:display="none">{p("gone")}</text:section>'
    by_field = p('gone<text:hidden-paragraph text:is-hidden="true"/>')
    kept = f"<text:section>{p('kept')}</text:section>"
    assert shown(deleted + section + by_field + p("gone", "Gone") + kept) == [("body", "kept")]


# Parts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        (p("Peace"), ("body", 0)),
        (p("Peace", "Titel"), ("title", 0)),
        (p("Peace", "H2"), ("heading", 2)),
        (p("Peace", "Own"), ("caption", 0)),
        (p("<text:sequence>1</text:sequence> Peace"), ("caption", 0)),
        ('<text:h text:outline-level="3">Peace</text:h>', ("heading", 3)),
        ('<text:h text:outline-level="9">Peace</text:h>', ("heading", 6)),
        ("<text:h>Peace</text:h>", ("heading", 1)),
        (f"<text:alphabetical-index>{p('Peace')}</text:alphabetical-index>", ("boilerplate", 0)),
    ],
)
def test_an_element_and_its_style_say_what_a_paragraph_is(paragraph: str, kind: tuple[str, int]) -> None:
    (block,) = source_of(odt(paragraph)).blocks
    assert (block.part, block.level) == kind
    assert bool(block.reason) == (block.part != "body")


def test_list_items_have_the_numbers_that_are_shown() -> None:
    items = (
        f"<text:list-item>{p('one')}{p('goes on')}<text:list><text:list-item>{p('deep')}</text:list-item>"
        f"</text:list></text:list-item><text:list-header>{p('between')}</text:list-header>"
        f'<text:list-item text:start-value="7">{p("two")}</text:list-item>'
    )
    first = f'<text:list xml:id="a" text:style-name="L">{items}</text:list>'
    more = f"<text:list-item>{p('more')}</text:list-item></text:list>"
    anew = f'<text:list text:style-name="L">{more}'
    goes_on = f'<text:list text:continue-list="a" text:style-name="L">{more}'
    bullet = f'<text:list text:style-name="B">{more}'
    assert shown(first + anew + goes_on + bullet) == [
        ("list", text)
        for text in (
            *("§ 1 one", "goes on", "1.a) deep", "between", "§ 7 two", "§ 1 more", "§ 8 more", "more"),
        )
    ]


# Notes, tables, frames, margins -------------------------------------------------------------------------


def test_notes_stand_behind_the_block_that_refers_to_them() -> None:
    note = (
        '<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation>'
        f"<text:note-body>{p('At the end.')}</text:note-body></text:note>"
    )
    assert shown(p(f"Said{note}.") + p("Next.")) == [
        *(("body", "Said."), ("footnote", "At the end."), ("body", "Next."))
    ]


def test_a_table_is_read_cell_by_cell_and_empty_repetitions_are_not_blown_up() -> None:
    cell = f"<table:table-cell>{p('in')}</table:table-cell>"
    inner = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    rows = (
        f"<table:table-header-rows><table:table-row><table:table-cell>{p('wide')}{p('cell')}</table:table-cell>"
        f"<table:covered-table-cell>{p('covered')}</table:covered-table-cell></table:table-row>"
        "</table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f"<table:table-row><table:table-cell>{p('before')}{inner}{p('after')}</table:table-cell></table:table-row>"
    )
    assert shown(f"<table:table>{rows}</table:table>") == [
        ("table", text) for text in ("wide\ncell", "before", "in", "after")
    ]


def test_frames_and_shapes_are_read_behind_their_paragraph() -> None:
    frame = (
        f"<draw:frame><draw:text-box>{p('in the box')}</draw:text-box><svg:desc>a box</svg:desc></draw:frame>"
    )
    shape = f"<draw:custom-shape>{p('in the shape')}</draw:custom-shape>"
    assert shown(p(f"before{frame}{shape}, behind")) == [
        ("body", text) for text in ("before, behind", "in the box", "in the shape")
    ]


def test_the_titles_of_a_chart_are_captions() -> None:
    chart = (
        f"<office:document-content {NAMES}><office:body><office:chart><chart:chart><chart:title>{p('Votes')}"
        f"</chart:title></chart:chart></office:chart></office:body></office:document-content>"
    )
    frame = p('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>')
    source = source_of(odt(frame, {"Object 1/content.xml": chart}))
    assert source.blocks == (Block("Votes", "caption", 0, "text of a chart"),)


def test_headers_and_footers_are_kept_once_at_the_ends() -> None:
    pages = "".join(
        f"<style:master-page><style:header>{p('Desk')}</style:header><style:footer>{p(footer)}</style:footer>"
        f'<style:header-first style:display="false">{p("never")}</style:header-first></style:master-page>'
        for footer in ("left", "right")
    )
    styles = f"<office:document-styles {NAMES}><office:master-styles>{pages}</office:master-styles>"
    source = source_of(odt(p("Text"), {"styles.xml": f"{styles}</office:document-styles>"}))
    assert [(block.part, block.text) for block in source.blocks] == [
        *(("boilerplate", "Desk"), ("body", "Text"), ("boilerplate", "left"), ("boilerplate", "right"))
    ]


def test_pages_are_counted_where_the_program_marked_them() -> None:
    body = p("a<text:soft-page-break/>b", "Page") + p("c") + p("d", "Page")
    assert [(block.text, block.page) for block in source_of(odt(body)).blocks] == [
        *(("ab", "1"), ("c", "2"), ("d", "3"))
    ]
    unmarked = source_of(odt(p("a") + p("b", "Page"))).blocks
    assert [block.page for block in unmarked] == ["", ""]


# The package --------------------------------------------------------------------------------------------

ENCRYPTED = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"
SHEET = f"<office:document-content {NAMES}><office:body/></office:document-content>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"not a zip", "is no sound .odt file, or cut off; fetch or save it again"),
        (archive({"x": ""}), "is damaged: it has no content.xml; open it and save it anew"),
        (
            archive({"content.xml": "\x00", "META-INF/manifest.xml": ENCRYPTED}),
            "is protected by a password; remove it and save the file anew",
        ),
        (archive({"content.xml": SHEET}), "is no text document, but another kind; give it its own extension"),
        (odt(p(" ")), "holds no text"),
        (odt("<text:p>"), "holds XML that cannot be read in content.xml, line 1; save the file anew"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        source_of(data)
    assert str(caught.value) == f"note.odt: {reason}"


def test_a_manifest_that_is_no_sound_xml_does_no_harm() -> None:
    source = source_of(odt(p("Text"), {"META-INF/manifest.xml": "<manifest:manifest/>"}))
    assert source.blocks == (Block("Text"),)


def test_deep_lists_are_read_as_far_as_xml_may_go() -> None:
    deep = "<text:list><text:list-item>" * 120 + p("x") + "</text:list-item></text:list>" * 120
    assert source_of(odt(deep)).blocks == (Block("x", "list", 0, "an item of a list"),)


def read_or_refuse(data: bytes) -> tuple[Block, ...] | None:
    try:
        return source_of(data).blocks
    except FileError as error:
        assert "\n" not in error.reason
        return None


@given(st.data())
@settings(max_examples=60)
def test_a_file_cut_off_anywhere_is_refused_or_whole(data: st.DataObject) -> None:
    whole = NOTE.read_bytes()
    length = data.draw(st.integers(0, len(whole) - 1))
    assert read_or_refuse(whole[:length]) in (None, source_of(whole).blocks)


@given(st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=60)
def test_changed_bytes_never_end_in_another_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(NOTE.read_bytes())
    for place, value in changes:
        damaged[place % len(damaged)] = value
    read_or_refuse(bytes(damaged))


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "M", "Zs")), min_size=1))
)
@settings(max_examples=60)
def test_paragraphs_come_back_with_blanks_collapsed(paragraphs: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in paragraphs]
    blocks = read_or_refuse(odt("".join(map(p, escaped)))) or ()
    assert [block.text for block in blocks] == [
        re.sub(" +", " ", text).strip() for text in paragraphs if text.strip()
    ]
