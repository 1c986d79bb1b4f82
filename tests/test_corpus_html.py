"""What a web page becomes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import ANALYSED, PARTS, Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.html import read_html
from rubricate.corpus.readers.html_properties import iso_day
from rubricate.corpus.readers.raw import RawFile, ReadOptions

FORMATS = Path(__file__).parent / "data" / "formats"


def page(content: str | bytes, extension: str = ".html", **options: object) -> Source:
    data = content if isinstance(content, bytes) else content.encode()
    raw = RawFile(f"a{extension}", "a", extension, "0" * 64, data)
    (source,) = read_html(raw, ReadOptions(**options))  # type: ignore[arg-type]
    return source


def blocks(content: str | bytes) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in page(content).blocks]


def texts(content: str | bytes) -> list[str]:
    return [block.text for block in page(content).blocks]


def refused(content: str | bytes) -> str:
    with pytest.raises(FileError) as error:
        page(content)
    return error.value.reason


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


# The page as a whole ------------------------------------------------------------------------------------


def test_a_news_page_becomes_these_blocks() -> None:
    source = page((FORMATS / "html_news.html").read_bytes())
    assert [(block.part, block.text) for block in source.blocks] == [
        ("boilerplate", "The Strait Gazette"),
        ("boilerplate", "World"),
        ("boilerplate", "Trade"),
        ("heading", "Two ports open again"),
        ("body", "By Ada Quill"),
        (
            "body",
            "The envoys signed at dawn. “No ship was turned back,” they said,\nand the market\u00a0rose.",
        ),
        ("footnote", "Minutes of the second meeting."),
        ("body", "Loose words beside a paragraph"),
        ("body", "and a block after them."),
        ("heading", "What was agreed"),
        ("list", "Grain passes freely."),
        ("list", "So does medicine."),
        ("list", "Arms do not."),
        ("caption", "Ships held"),
        *(("table", cell) for cell in ("Port", "Ships", "Marrow", "14", "9\nor 10")),
        ("caption", "The port of Marrow."),
        ("body", "We waited a long winter for this."),
        ("body", "Marrow   14\nFinch     9"),
        ("list", "Embargo"),
        ("list", "A ban on trade."),
        ("body", "How we know"),
        ("body", "We read the minutes."),
        ("body", "وزیر گفت که مردم صلح می\u200cخواهند."),
        ("boilerplate", "More on trade"),
        ("boilerplate", "The price of grain"),
        ("boilerplate", "Your letter"),
        ("boilerplate", "Send"),
        ("boilerplate", "© The Strait Gazette"),
    ]
    assert source.encoding == "utf-8"
    assert source.warnings == ()
    assert source.properties == {
        "title": "Two ports open again",
        "author": "Ada Quill",
        "date": "2021-03-09",
        "language": "en",
        "outlet": "The Strait Gazette",
    }


@pytest.mark.parametrize(
    ("name", "marks"), [("html_news", "1↩"), ("html_old", ""), ("html_libreoffice", "11")]
)
def test_the_blocks_hold_what_chromium_shows_but_the_marks_of_footnotes(name: str, marks: str) -> None:
    """The files ``.seen.txt`` are ``document.body.innerText`` of these pages in Chromium."""
    shown = characters((FORMATS / f"{name}.seen.txt").read_text("utf-8"))
    source = page((FORMATS / f"{name}.html").read_bytes())
    assert characters("".join(block.text for block in source.blocks)) == shown - Counter(marks)


def test_an_old_page_laid_out_by_a_table_is_prose_and_its_inner_table_a_table() -> None:
    source = page((FORMATS / "html_old.html").read_bytes())
    assert source.encoding == "cp1256"
    assert source.warnings == ()
    assert [(block.part, block.text) for block in source.blocks] == [
        ("body", "بيانيه شورا"),
        ("body", "خانه\nاخبار"),
        ("heading", "درباره صلح"),
        ("body", "شورا ديروز در بندر تشكيل شد."),
        ("body", "نمايندگان گفتند مردم صلح مي\u200cخواهند"),
        ("body", "بند اول: تحريم پايان مي\u200cيابد"),
        *(("table", cell) for cell in ("بندر", "كشتي", "مرو", "14")),
        ("body", "پايان پس از سند"),
    ]


# Blocks -------------------------------------------------------------------------------------------------


def test_headings_have_their_level() -> None:
    source = page("<h1>A</h1><h3>B</h3><p role=heading aria-level=4>C</p>")
    assert source.blocks == (
        Block("A", "heading", 1, "marked as a heading"),
        Block("B", "heading", 3, "marked as a heading"),
        Block("C", "heading", 4, "marked as a heading"),
    )


def test_a_plain_paragraph_is_body_without_a_reason() -> None:
    assert page("<p>War.").blocks == (Block("War."),)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p> the \n\t <b> old </b> treaty </p>", "the old treaty"),
        ("<p>one<br>two <br> three</p>", "one\ntwo\nthree"),
        ("<p>a&nbsp; b&zwnj;c&shy;d &amp; &lt;e&gt;", "a\u00a0 b\u200cc\u00add & <e>"),
        ("<p>سال۱۴۰۰ می‌خواهند", "سال۱۴۰۰ می‌خواهند"),
        ("<p>H<sub>2</sub>O<!-- not this --> here<wbr>after", "H2O hereafter"),
        ("<p>a\x01b\x0cc&#2;d&#12;e", "ab cd e"),
        ("<p>it cost &#128;5 &#150; or less", "it cost €5 – or less"),
        ("<p>see <img src=a alt=unseen>the map", "see the map"),
        ("<p><ruby>北<rp>(</rp><rt>kita</rt><rp>)</rp></ruby>", "北kita"),
    ],
)
def test_a_paragraph_is_shown_as_a_browser_shows_it(html: str, text: str) -> None:
    assert texts(html) == [text]


def test_two_line_breaks_in_a_row_end_a_paragraph() -> None:
    assert texts("<p>one<br><br>two<br> <br/>three") == ["one", "two", "three"]


def test_preformatted_text_keeps_its_blanks_and_ends_at_blank_lines() -> None:
    assert texts("<pre>\n  a   b\n    c\n\n d</pre>") == ["  a   b\n    c", " d"]


def test_an_item_and_the_items_below_it_are_blocks_of_their_own() -> None:
    assert blocks("<ul><li>one<ol><li>two</ol>three<li><p>four<p>five</ul>") == [
        ("list", text) for text in ("one", "two", "three", "four", "five")
    ]


def test_a_cell_is_one_block_and_empty_cells_are_left_out() -> None:
    html = (
        "<table><caption>Trade</caption><tr><th>a<td><p>b</p><p>c</p><tr><td><td>d<ul><li>e<li>f</ul></table>"
    )
    assert blocks(html) == [
        ("caption", "Trade"),
        ("table", "a"),
        ("table", "b\nc"),
        ("table", "d\ne\nf"),
    ]


def test_words_around_a_misplaced_end_of_a_paragraph_do_not_run_together() -> None:
    assert texts("<p>a<div>b</div>c</p>d") == ["a", "b", "c", "d"]
    assert texts("a</br>b<h2>c<p>d</h2>e") == ["a\nb", "c", "d", "e"]


def test_text_after_the_end_of_the_document_is_read() -> None:
    assert texts("<p>one</p></body></html><p>two</p><html><body>three") == ["one", "two", "three"]
    assert texts("<script>'</body>'</script><p>one") == ["one"]


def test_text_nested_beyond_what_parsers_allow_by_default_is_read() -> None:
    assert texts("<div>" * 1500 + "deep" + "</div>" * 1500 + "after") == ["deep", "after"]


def test_labels_of_a_drawing_are_captions() -> None:
    html = "<p>a</p><svg><title>unseen</title><text>North</text><text>South</text></svg>"
    assert blocks(html) == [("body", "a"), ("caption", "North"), ("caption", "South")]


# What is not seen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<p hidden>x</p>",
        "<p style='color: red; Display : NONE'>x</p>",
        "<p style=visibility:hidden>x<b>y</b></p>",
        "<title>x</title>",
        "<!-- x -->",
        "<iframe>x</iframe>",
        "<video>x</video>",
        "<input type=hidden value=x>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(unseen: str) -> None:
    assert texts(f"<p>a</p>{unseen}<p>b</p>") == ["a", "b"]


def test_a_page_that_hides_much_says_so() -> None:
    source = page(f"<p>a</p><div hidden>{'word ' * 60}</div>")
    assert source.warnings == (
        "hides 60 words, which were left out; if they belong to it, save it as plain text",
    )


def test_a_body_that_a_script_shows_later_is_read() -> None:
    assert texts("<body style='visibility:hidden'><p>a") == ["a"]


# Furniture ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<nav>x</nav>", "navigation of the page"),
        ("<div role=navigation>x</div>", "navigation of the page"),
        ("<header>x</header>", "header of the page"),
        ("<div role=banner><h1>x</h1></div>", "header of the page"),
        ("<footer><ul><li>x</ul></footer>", "footer of the page"),
        ("<div role=contentinfo>x</div>", "footer of the page"),
        ("<aside><h2>x</h2></aside>", "beside the text of the page"),
        ("<div role=search>x</div>", "search of the page"),
        ("<form>x</form>", "a form of the page"),
        ("<dialog>x</dialog>", "a pop-up of the page"),
        ("<button>x</button>", "a button or field of the page"),
        ("<select><option>x</select>", "a button or field of the page"),
        ("<input type=submit value=x>", "a button or field of the page"),
    ],
)
def test_furniture_of_the_page_is_kept_as_boilerplate(html: str, reason: str) -> None:
    source = page(f"<p>The text of the page.</p>{html}<p>Its end.</p>")
    assert source.blocks == (
        Block("The text of the page."),
        Block("x", "boilerplate", 0, reason),
        Block("Its end."),
    )


def test_header_and_footer_of_an_article_are_text() -> None:
    html = "<article><header><h1>A</h1>By B</header><p>c</p><footer>d</footer></article>"
    assert blocks(html) == [("heading", "A"), ("body", "By B"), ("body", "c"), ("body", "d")]


def test_a_header_with_the_title_and_no_navigation_is_text() -> None:
    assert blocks("<header><h1>A</h1><p>By B</p></header><p>c") == [
        ("heading", "A"),
        ("body", "By B"),
        ("body", "c"),
    ]


def test_a_form_around_the_whole_page_is_no_form() -> None:
    assert blocks("<form><h1>A</h1><p>b</p><input value=c></form>") == [
        ("heading", "A"),
        ("body", "b"),
        ("boilerplate", "c"),
    ]


def test_what_fields_show_is_kept_one_by_one() -> None:
    form = "<form>Name <input value=a><input placeholder=b><textarea> c\n d</textarea>"
    assert texts(f"<p>The text of the page.</p>{form}") == [
        "The text of the page.",
        "Name",
        "a",
        "b",
        " c\n d",
    ]


def test_a_button_in_a_sentence_comes_behind_it_and_one_in_a_heading_is_its_text() -> None:
    assert blocks("<h2><button>Why?</button></h2><p>The <button>i</button> embargo.") == [
        ("heading", "Why?"),
        ("body", "The embargo."),
        ("boilerplate", "i"),
    ]


# Footnotes ----------------------------------------------------------------------------------------------

TEXT = "<p>One{}, and more.</p><p>Two.</p>"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<sup><a href='#fn1'>1</a></sup>", "<ol><li id=fn1>Note. <a href='#r'>↩</a></ol>"),
        (
            "<a href='#fn:1'><sup>1</sup></a>",
            "<ol class=footnotes><li id='fn:1'><p>Note.&nbsp;<a href='#r'>↩</a>",
        ),
        ("<a href='#n' role=doc-noteref>*</a>", "<aside role=doc-footnote id=n>Note.</aside>"),
        ("<sup>[<a href='#x'>1</a>]</sup>", "<section role=doc-endnotes><p id=x>Note.</section>"),
        ("<a href='#_ftn1' name=_ftnref1>[1]</a>", "<p><a href='#_ftnref1' name=_ftn1>[1]</a> Note."),
        (
            "<a name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a>",
            "<div id=sdfootnote1><p><a name=sdfootnote1sym href='#sdfootnote1anc'>1</a>Note.</div>",
        ),
        ("<span class=sidenote>Note.</span>", ""),
    ],
)
def test_a_footnote_stands_behind_the_block_that_refers_to_it_and_the_marks_are_gone(
    mark: str, note: str
) -> None:
    assert [(part, text.strip()) for part, text in blocks(TEXT.format(mark) + note)] == [
        ("body", "One, and more."),
        ("footnote", "Note."),
        ("body", "Two."),
    ]


def test_a_note_of_two_paragraphs_stays_together_and_comes_once() -> None:
    one, two = "<sup><a href='#fn1'>1</a></sup>", "<sup><a href='#fn2'>2</a></sup>"
    items = "<ol><li id=fn1><p>d<p>e<li id=fn2>f<li id=fn3>g</ol>"
    notes = f"<section class=footnotes><h2>Notes</h2>{items}</section>"
    assert blocks(f"<p>a{two} b{one}</p><p>c{one}{notes}") == [
        ("body", "a b"),
        *(("footnote", text) for text in "fde"),
        ("body", "c"),
        ("heading", "Notes"),
        ("footnote", "g"),
    ]


def test_links_that_mark_no_footnote_stay_in_the_text() -> None:
    links = "<a href='#note3'>3</a> and<sup><a href='#s2'>2</a></sup> x<sup><a href='#no'>9</a></sup>"
    assert blocks(f"<p id=s2>See note {links}<p id=note3>Three. <a href='#s2'>↑</a>") == [
        ("body", "See note 3 and2 x9"),
        ("body", "Three. ↑"),
    ]


def test_notes_that_refer_to_each_other_alone_are_not_lost() -> None:
    html = (
        "<p>a<ol><li id=fn1>b<sup><a href='#fn2'>2</a></sup><li id=fn2>c<sup><a href='#fn1'>1</a></sup></ol>"
    )
    assert blocks(html) == [("body", "a"), ("footnote", "b"), ("footnote", "c")]


# Encoding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("<meta charset=windows-1251><p>мир".encode("cp1251"), "cp1251", "мир"),
        ("<meta charset='iso-8859-1'><p>“é”".encode("cp1252"), "cp1252", "“é”"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>мир'.encode("koi8-r"), "koi8-r", "мир"),
        ("<meta charset=windows-1251><p>صلح".encode("utf-8-sig"), "utf-8-sig", "صلح"),
        ("<meta charset=utf-8><p>صلح".encode("utf-16"), "utf-16", "صلح"),
        ("<!-- <meta charset=koi8-r> --><p>صلح".encode(), "utf-8", "صلح"),
        (b"<meta charset=no-such><p>a", "utf-8", "a"),
        (b"<meta charset=rot13><p>a", "utf-8", "a"),
    ],
)
def test_the_encoding_is_that_of_the_mark_then_the_declared_one(
    data: bytes, encoding: str, text: str
) -> None:
    source = page(data)
    assert (source.encoding, source.blocks[0].text, source.warnings) == (encoding, text, ())


def test_the_encoding_that_the_user_names_wins() -> None:
    data = "<meta charset=utf-8><p>мир".encode("cp1251")
    assert page(data, encoding="cp1251").blocks[0].text == "мир"


def test_a_page_that_is_not_in_the_encoding_it_declares_is_read_with_a_warning() -> None:
    source = page("<meta charset=iso-8859-1><p>صلح".encode())
    assert source.blocks[0].text == "صلح"
    assert source.warnings == (
        "declares to be cp1252 but is not; read as utf-8; if letters look wrong, name its encoding with"
        " --encoding",
    )


def test_in_xhtml_a_cdata_section_is_text_and_in_html_a_comment() -> None:
    content = "<p>a<![CDATA[ <b> & ]]>c</p>"
    assert page(content, ".xhtml").blocks[0].text == "a <b> & c"
    assert page("<p>a<![CDATA[b]]>c</p>").blocks[0].text == "ac"


# What the page says of itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "properties"),
    [
        ("<title> A\n b </title>", {"title": "A b"}),
        ("<title>A | Paper</title><meta property=og:title content=A>", {"title": "A"}),
        ("<meta name=DC.date content=2019-05>", {"date": "2019-05"}),
        ("<meta name=citation_publication_date content=2019/05/12>", {"date": "2019-05-12"}),
        ("<meta name=date content='12 May 2019'>", {}),
        ("<meta name=date content=2019-02-31>", {}),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2020-01-02T03:04:05Z",'
            ' "author": [{"name": "A. B."}]}]}</script>',
            {"date": "2020-01-02", "author": "A. B."},
        ),
        ('<script type="application/ld+json">{"broken</script>', {}),
        (f'<script type="application/ld+json">{"[" * 200_000}</script>', {}),
        ("<time pubdate datetime=2018-07-06></time>", {"date": "2018-07-06"}),
        ("<meta name=citation_author content=A><meta name=citation_author content=B>", {"author": "A; B"}),
        ("<meta property=article:author content=https://example.org/a>", {}),
        ("<meta name=keywords content='trade, war'>", {"keywords": "trade, war"}),
    ],
)
def test_a_page_says_of_itself(head: str, properties: dict[str, str]) -> None:
    assert page(f"<html><head>{head}</head><body>x</body></html>").properties == properties


def test_a_page_names_its_language() -> None:
    assert page("<html lang=pt-BR><p>x</html>").properties == {"language": "pt-BR"}
    assert page("<html><body lang=fa>x</html>").properties == {"language": "fa"}
    assert page("<html lang='{{ lang }}'><p>x</html>").properties == {}


def test_a_date_is_a_day_a_month_or_a_year() -> None:
    assert [iso_day(written) for written in ("2019", "2019-05", "2019-5-1", "20190512", "")] == [
        "2019",
        "2019-05",
        "2019",
        "",
        "",
    ]


# The article alone --------------------------------------------------------------------------------------


def test_the_article_is_kept_and_nothing_is_dropped() -> None:
    data = (FORMATS / "html_news.html").read_bytes()
    whole, article = page(data).blocks, page(data, main_content=True).blocks
    assert [block.text for block in article] == [block.text for block in whole]
    kept = [block.text for block in article if block.part in ANALYSED]
    assert "وزیر گفت که مردم صلح می\u200cخواهند." in kept
    assert (
        "The envoys signed at dawn. “No ship was turned back,” they said,\nand the market\u00a0rose." in kept
    )
    assert "Minutes of the second meeting." in kept
    assert ("heading", "What was agreed") in [(block.part, block.text) for block in article]
    assert {block.reason for block in article if block not in whole} <= {"not part of the article"}


def test_a_page_without_an_article_is_kept_whole_with_a_warning() -> None:
    source = page("<p>x", main_content=True)
    assert source.blocks == (Block("x"),)
    assert source.warnings == ("no article was found in it, so that all of it was kept; look it through",)


def test_no_article_is_looked_for_in_a_page_that_would_take_minutes() -> None:
    source = page("<p>War.</p>" + "<table><tr><td>a</table>" * 2001, main_content=True)
    assert source.blocks[0] == Block("War.")
    assert source.warnings == (
        "is too large to look for an article in it; all of it was kept, look it through",
    )


# Broken and hostile files -------------------------------------------------------------------------------


def test_a_page_without_text_is_refused() -> None:
    assert refused(b"") == "is empty"
    for html in (
        " ",
        "<!-- a -->",
        "<html><head><title>t</title></head><body></body></html>",
        "<p>&nbsp;&zwnj;</p>",
    ):
        assert refused(html) == "holds no text"


def test_a_binary_file_is_refused() -> None:
    assert refused(b"\x89PNG\r\n\x1a\n\0\0\0").startswith("looks like a binary file")


def test_a_page_that_ends_without_its_end_is_read_with_a_warning() -> None:
    source = page("<html><body><p>The first half of")
    assert source.warnings == ("may be cut off: its end (</html>) is missing; compare it with the page",)


def test_nesting_beyond_reason_is_refused() -> None:
    assert refused("<div>" * 100_000 + "x").startswith("its elements are nested too deeply")


def test_an_element_with_thousands_of_attributes_is_refused() -> None:
    assert "thousands of attributes" in refused("<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x")
    assert texts(f"<p title='{'a b ' * 50_000}'>x") == ["x"]


TAGS = st.sampled_from(
    (
        *"<p> </p> <div> </div> <b> </b> <li> <ul> </ul> <table> <tr> <td> </table> <h2> </h2> <br>".split(),
        *"<pre> </pre> <a> </a> <sup> </sup> </body> </html> <dl> <dt> <dd> <nav> </nav>".split(),
        *"<button> </button> <form> <hr> &lt;".split(),
    )
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text("abc می\u200c1 \n", max_size=4)), max_size=30))
def test_no_character_of_any_page_is_lost(pieces: list[str]) -> None:
    expected = characters(
        "".join("<" if piece == "&lt;" else piece for piece in pieces if not piece.startswith("<"))
    )
    html = "".join(pieces)
    if not any(character.isalnum() or character == "<" for character in expected):
        return
    source = page(html)
    found = characters("".join(block.text for block in source.blocks))
    invisible = Counter({"\u200c": expected["\u200c"]})
    assert found - invisible == expected - invisible
    assert {block.part for block in source.blocks} <= set(PARTS)


@pytest.mark.parametrize("mark", ['role="navigation"', 'epub:type="footnote" id="n"', 'role="heading"'])
def test_a_line_break_that_says_to_be_something_else_is_a_line_break(mark: str) -> None:
    assert "".join(texts(f"<p>War.<br {mark}>Peace.</p>")).replace("\n", "") == "War.Peace."
