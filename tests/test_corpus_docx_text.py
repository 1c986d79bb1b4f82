"""What of a paragraph of a Word document is text, and what part of the document it is."""

from __future__ import annotations

import pytest

from tests.word_xml import docx, field, in_list, p, run, shown, source_of, style, text_of

# What is text and what is not ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (f"{run('a ')}<w:ins w:id='1'>{run('tracked ')}</w:ins>{run('word')}", "a tracked word"),
        (f"{run('moved ')}<w:moveTo>{run('here')}</w:moveTo>", "moved here"),
        (f"{run('kept')}<w:del><w:r><w:delText>, gone</w:delText></w:r></w:del>", "kept"),
        (f"{run('kept')}<w:moveFrom>{run(', moved')}</w:moveFrom>", "kept"),
        (f"{run('the ')}<w:smartTag w:uri='u' w:element='place'>{run('Hague')}</w:smartTag>", "the Hague"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>", "controlled"),
        (f"<w:hyperlink r:id='x'>{run('the treaty')}</w:hyperlink>", "the treaty"),
        (f"<w:customXml><w:customXmlPr/>{run('custom')}</w:customXml>", "custom"),
        (f"<w:unheardOf>{run('unheard of')}</w:unheardOf>", "unheard of"),
        (f"<w:fldSimple w:instr=' DATE '>{run('4 May')}</w:fldSimple>", "4 May"),
        (f"{run('on ')}{field('DATE', run('4 May'))}{run(' at last')}", "on 4 May at last"),
        (field(f"IF {field('PAGE', run('7'))} = 7", run("seven")), "seven"),
        (f'{run("open")}<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(" field")}', "open field"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>not seen </w:t></w:r>{run('seen')}", "seen"),
        (f'<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>no </w:t></w:r>{run("yes")}', "yes"),
        (
            '<w:r><w:rPr><w:rStyle w:val="Secret"/><w:vanish w:val="0"/></w:rPr><w:t>after all</w:t></w:r>',
            "after all",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\tb\nc\nd"),
        ("<w:r><w:t>re</w:t><w:softHyphen/><w:t>form co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>",
         "re\u00adform co‑op"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Nato</w:t></w:r>", "Nato"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "α✔"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/><w:sym w:char="zz"/></w:r>', "\ufffd\ufffd"),
        (f"<w:r><w:ruby><w:rt>{run('とうきょう')}</w:rt><w:rubyBase>{run('東京')}</w:rubyBase></w:ruby></w:r>",
         "東京(とうきょう)"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:d><m:e><m:r><m:t>b</m:t></m:r></m:e>"
            "</m:d></m:den></m:f></m:oMath>",
            "a/(b)",
        ),
        (run("می‌خواهند"), "می‌خواهند"),
        (f"<!-- no --><?no no?>{run('yes')}", "yes"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w:symEx/></mc:Choice>"
            "<mc:Fallback><w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "☺",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "yes",
        ),
    ],
)  # fmt: skip
def test_what_the_reader_of_the_final_text_sees_is_kept(paragraph: str, text: str) -> None:
    assert text_of(paragraph) == text


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert shown(p("Sanctions ", gone) + p("on banks")) == [("body", "Sanctions on banks")]
    assert shown(p("the last one", gone)) == [("body", "the last one")]
    row = "".join(f"<w:tc>{p(text, gone)}</w:tc>" for text in ("aye", "nay"))
    assert shown(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>") == [("table", "aye"), ("table", "nay")]


def test_paragraphs_in_content_controls_and_insertions_are_kept() -> None:
    control = f"<w:sdt><w:sdtContent>{p('one')}<w:customXml>{p('two')}</w:customXml></w:sdtContent></w:sdt>"
    assert shown(f"{control}<w:ins>{p('three')}</w:ins>") == [
        ("body", word) for word in ("one", "two", "three")
    ]


def test_comments_are_no_part_of_the_text() -> None:
    marked = f'<w:commentRangeStart w:id="1"/>{run("said")}<w:r><w:commentReference w:id="1"/></w:r>'
    assert shown(f"<w:p>{marked}</w:p>", {"comments": p("really?")}) == [("body", "said")]


# Parts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("", ("body", 0)),
        (style("H2"), ("heading", 2)),
        (style("Mine"), ("heading", 2)),
        (style("Foreign"), ("heading", 3)),
        (style("Heading1"), ("body", 0)),  # no such style: the name of an id says nothing
        (style("Round"), ("body", 0)),
        ('<w:outlineLvl w:val="7"/>', ("heading", 6)),
        (style("Mine") + '<w:outlineLvl w:val="9"/>', ("body", 0)),
        (style("Titel"), ("title", 0)),
        (style("Untertitel"), ("title", 0)),
        (style("Cap"), ("caption", 0)),
        (style("TOCHeading"), ("boilerplate", 0)),
        (in_list(2), ("list", 0)),
        (style("Numbered") + '<w:numPr><w:numId w:val="0"/></w:numPr>', ("body", 0)),
    ],
)
def test_a_style_says_what_a_paragraph_is(properties: str, kind: tuple[str, int]) -> None:
    (block,) = source_of(docx(p("Peace", properties))).blocks
    assert (block.part, block.level) == kind
    assert bool(block.reason) == (block.part != "body")


def test_a_paragraph_that_counts_figures_is_a_caption() -> None:
    counted = f"<w:p>{run('Figure ')}{field('SEQ Figure', run('2'))}{run(': Votes')}</w:p>"
    assert shown(counted) == [("caption", "Figure 2: Votes")]


def test_a_table_of_contents_is_boilerplate_by_its_field_or_control() -> None:
    begin, end = field("TOC \\o", "|").split("|")
    listed = f"<w:p>{begin}{run('War 1')}</w:p>{p('Peace 2')}<w:p>{end}</w:p>{p('Text')}"
    assert shown(listed) == [("boilerplate", "War 1"), ("boilerplate", "Peace 2"), ("body", "Text")]
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{p('Contents')}</w:sdtContent></w:sdt>{p('Text')}"
    assert shown(control) == [("boilerplate", "Contents"), ("body", "Text")]


def test_numbers_that_word_counts_are_shown_as_word_shows_them() -> None:
    levels = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (3, 0), (2, 0)]
    numbered = "".join(p("x", in_list(number, level)) for number, level in levels)
    assert [text for _, text in shown(numbered)] == [
        *("Article 1. x", "1(a) x", "1(b) x", "III x", "Article 2. x", "2(a) x", "Article 5. x", "x")
    ]
    assert shown(p("by its style", style("Numbered"))) == [("list", "Article 1. by its style")]
    assert shown(p("", in_list(1))) == [("list", "Article 1.")]
