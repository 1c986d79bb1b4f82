"""What an RTF file becomes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.raw import RawFile, ReadOptions
from rubricate.corpus.readers.rtf import read_rtf

FORMATS = Path(__file__).parent / "data" / "formats"

CELL = "a cell of a table"
ITEM = "an item of a list"

EMBARGO = (
    Block("Working paper 7", "boilerplate", 0, "a running header"),
    Block("Page 1", "boilerplate", 0, "a running footer"),
    Block("An embargo and its end", "title", 0, "marked as the title"),
    Block("The embargo", "heading", 1, "marked as a heading"),
    Block(
        "The council met on Tuesday – without a quorum.\nA second line follows \U0001f30d. The envoy left."
    ),
    Block("See the minutes of 3 March.", "footnote", 0, "a footnote"),
    Block("Later the minister.", "footnote", 0, "an endnote"),
    Block("Two measures", "heading", 2, "marked as a heading"),
    Block("1. Freeze the assets", "list", 0, ITEM),
    Block("2. Recall the envoy", "list", 0, ITEM),
    Block("within a week", "list", 0, ITEM),
    Block("State", "table", 0, CELL),
    Block("Vote", "table", 0, CELL),
    Block("Malta\n(observer)", "table", 0, CELL),
    Block("Beside the text stands a box."),
    Block("A box with a quotation."),
    Block(
        "نمایندگان می\u200cخواهند مذاکره کنند. Переговоры продолжаются; 協議は続く. "
        "Ein “Embargo” für Öl – ½ Jahr."
    ),
)


def read(data: bytes | str) -> Source:
    content = data if isinstance(data, bytes) else data.encode("latin-1")
    (source,) = read_rtf(RawFile("a.rtf", "a", ".rtf", "", content), ReadOptions())
    return source


def blocks(content: str) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in read(rf"{{\rtf1\ansi {content}}}").blocks]


def texts(content: str) -> list[str]:
    return [text for _, text in blocks(content)]


def reason(data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        read(data)
    assert caught.value.file == "a.rtf"
    return caught.value.reason


# A whole file --------------------------------------------------------------------------------------------


def test_a_file_of_a_word_processor_becomes_blocks() -> None:
    source = read((FORMATS / "rtf_embargo.rtf").read_bytes())
    assert source.blocks == EMBARGO
    assert source.encoding == ""
    assert source.warnings == ()
    assert source.properties == {
        "title": "The embargo of 1998",
        "author": "A. Researcher",
        "created": "2024-03-05",
        "keywords": "embargo",
    }


def test_no_printed_character_is_lost() -> None:
    printed = (FORMATS / "rtf_embargo.printed.txt").read_text("utf-8")
    shown = "".join(block.text for block in read((FORMATS / "rtf_embargo.rtf").read_bytes()).blocks)
    assert characters(printed) - characters(shown) == Counter("11ii•")  # marks of notes and of an item
    assert characters(shown) - characters(printed) == Counter()


def characters(text: str) -> Counter[str]:
    kept = unicodedata.normalize("NFC", text)
    return Counter(char for char in kept if unicodedata.category(char) not in ("Cf", "Cc", "Zs"))


# Characters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"caf\'e9 and na\'EFve", "café and naïve"),
        ("caf\xe9", "café"),
        (r"\'93Never\'94 \endash  \emdash\~x\_y\-z", "“Never” – —\u00a0x\u2011y\u00adz"),
        (r"\lquote a\rquote  \ldblquote b\rdblquote\bullet", "‘a’ “b”•"),
        (r"\{a\}\\b", r"{a}\b"),
        (r"a\tab b\line c", "a\tb\nc"),
        (r"\uc0\u1605\u1740\zwnj\u1585\zwj\rtlmark\ltrmark x", "می\u200cر\u200d\u200f\u200ex"),
        (r"a\emspace b\enspace c\qmspace d\zwbo e\zwnbo f", "a\u2003b\u2002c\u2005d\u200be\u2060f"),
        ("one\r\nword", "oneword"),
        ("a\x00\x01b\\'02c", "abc"),
    ],
)
def test_characters_are_read_as_they_are_shown(rtf: str, text: str) -> None:
    assert texts(rtf) == [text]


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"\u8211?x", "–x"),
        (r"\u8211\'96x", "–x"),
        (r"\u8211 -x", "–x"),
        (r"\u-4000 ?", "\uf060"),
        (r"\uc2\u21332\'8b\'a6x", "協x"),
        (r"\uc0\u8211x", "–x"),
        (r"{\uc0\u8211}\u8211?x", "––x"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\u128512?", "\U0001f600"),
        (r"\u8211\endash x", "–x"),
        (r"\u8211\b x", "–x"),
        (r"{\u8211}x", "–x"),
        (r"\u8211" "\r\n?x", "–x"),
        (r"\u x", "x"),
        (r"\uc\u8211x", "–x"),
        (r"\uc999999999\u8211 12345678x", "–x"),
    ],
)
def test_what_stands_for_a_unicode_character_elsewhere_is_left_out(rtf: str, text: str) -> None:
    assert texts(rtf) == [text]


def test_half_a_surrogate_pair_is_shown_as_unreadable_and_warned_of() -> None:
    source = read(rb"{\rtf1 a\u-10179?b\u99999999999999999999?}")
    assert [block.text for block in source.blocks] == ["a\ufffdb\ufffd"]
    (warning,) = source.warnings
    assert warning.startswith("characters that could not be read: 2,")


@pytest.mark.parametrize(
    ("head", "rtf", "text"),
    [
        (r"\ansicpg1251", r"\'cc\'e8\'f0", "Мир"),
        (r"\mac", r"\'8e", "é"),
        (r"\pc", r"\'82", "é"),
        (r"\pca", r"\'b5", "Á"),
        (r"\ansicpg932", r"\'8b\'a6c", "協c"),
        (r"\ansicpg99999", r"\'e9", "é"),
        (r"{\fonttbl{\f0 A;}{\f1\fcharset178 B;}}", r"\f1\'d5\'e1\'cd\f0\'e9", "صلحé"),
        (r"\deff1{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}", r"{\f0\'e9}\'cc", "éМ"),
        (r"\deff1{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}", r"\f0\'e9\plain\'cc", "éМ"),
        (r"{\fonttbl\f0 A;\f1\fcharset238 B;}", r"\f1\'f8", "ř"),
        (r"{\fonttbl{\f0\cpg1253 A;}}", r"\'e1", "α"),
        (r"{\fonttbl{\f0\fcharset2 Symbol;}}", r"ab\'b7\u-3999?", "αβ•α"),
        (r"{\fonttbl{\f0\fcharset2;}}", "a", "α"),
        (r"{\fonttbl{\f0\fcharset2{\*\panose 05}Wingdings;}}", r"\'fc \'01\'f9", "✔ \ufffd"),
    ],
)
def test_bytes_are_letters_of_the_code_page_of_their_font(head: str, rtf: str, text: str) -> None:
    assert texts(rf"{head} {rtf}") == [text]


# What is shown -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"a {\v hidden }b", "a b"),
        (r"a \v hidden \v0 b", "a b"),
        (r"a \v hidden \plain b", "a b"),
        (r"a {\deleted gone }b", "a b"),
        (r"a {\deleted gone {\footnote\plain note}}b", "a b"),
        (r"a {\deleted\par}b", "a b"),
        (r"a {\revised\revauth1 kept }b", "a kept b"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the treaty}}", "the treaty"),
        (r"{\field{\fldinst PAGE}{\fldrslt 7}}", "7"),
        (r"a{\xe index}{\tc contents}{\*\bkmkstart b}", "a"),
        (r"a{\pict\wmetafile8 0102ff}{\*\shppict{\pict 0102}}{\nonshppict{\pict 01}}b", "ab"),
        (r"a{\*\unknown one {two} three}b", "ab"),
        (r"a{\unknown b}", "ab"),
        (r"a{\upr{b}{\*\ud{\u1587?}}}", "aس"),
        (r"a{\object{\*\objdata 01}{\result shown}}", "ashown"),
        (r"{\mmath{\*\moMath{\mf{\mfPr\mtype lin}{\mr x}}}}", "x"),
        (r"a\bin3 {{{b", "ab"),
        (r"a\author b\title c\fonttbl d", "abcd"),
        (r"{\b\i0\fs24\cf1\highlight7 a}", "a"),
    ],
)
def test_only_what_is_shown_is_read(rtf: str, text: str) -> None:
    assert texts(rtf) == [text]


def test_a_text_box_stands_behind_the_paragraph_it_is_anchored_in() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard One.\par Two.\par}}{\shprslt One. Two.}}"
    assert blocks(rf"Before {box}and after.\par Next.") == [
        ("body", "Before and after."),
        ("body", "One."),
        ("body", "Two."),
        ("body", "Next."),
    ]
    assert texts(r"a{\*\do\dptxbx{\dptxbxtext\pard Box.\par}}b") == ["ab", "Box."]


def test_running_headers_are_kept_as_boilerplate() -> None:
    assert blocks(r"{\headerr\pard Draft\par}{\footer\pard Page {\field{\fldrslt 1}}\par}Text.") == [
        ("boilerplate", "Draft"),
        ("boilerplate", "Page 1"),
        ("body", "Text."),
    ]


def test_comments_are_no_part_of_the_text() -> None:
    rtf = r"The vote{\*\atnid AB}{\*\atnauthor A}\chatn{\*\annotation\pard\chatn Which?} failed.\par"
    assert blocks(rtf) == [("body", "The vote failed.")]


# Structure -----------------------------------------------------------------------------------------------

STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 Kop 1;}{\s2 heading 2;}{\s9 heading 9;}{\s3 Title;}"
    r"{\s4 caption;}{\s5 toc 1;}{\*\cs6 Character;}{\s7 List{\*\keycode \shift}Paragraph;}}"
)


@pytest.mark.parametrize(
    ("rtf", "part", "level"),
    [
        (r"\s1 Text", "heading", 1),
        (r"\s2 Text", "heading", 2),
        (r"\s9 Text", "heading", 6),
        (r"\outlinelevel2 Text", "heading", 3),
        (r"\outlinelevel9 Text", "body", 0),
        (r"\s3 Text", "title", 0),
        (r"\s4 Text", "caption", 0),
        (r"\s5 Text", "boilerplate", 0),
        (r"\s0 Text", "body", 0),
        (r"\s7 Text", "body", 0),
        (r"\s99 Text", "body", 0),
        (r"\ls3 Text", "list", 0),
        (r"\ls0 Text", "body", 0),
        (r"{\listtext\f2\'b7\tab}\s1 Text", "heading", 1),
    ],
)
def test_styles_say_what_a_paragraph_is(rtf: str, part: str, level: int) -> None:
    first, second = read(rf"{{\rtf1{STYLES}\pard {rtf}\par\pard Plain.}}").blocks
    assert (first.text, first.part, first.level) == ("Text", part, level)
    assert (first.reason == "") == (part == "body")
    assert second == Block("Plain.")


def test_the_number_of_a_list_item_stays_and_its_bullet_goes() -> None:
    rtf = r"\pard{\listtext\pard 1.\tab}One\par{\pntext\f3\'b7\tab}Two\par\pard{\*\pn{\pntxtb (}}Three"
    assert blocks(r"{\listtext 2)\par}Two") == [("list", "2) Two")]
    assert blocks(rtf) == [("list", "1. One"), ("list", "Two"), ("body", "Three")]


def test_footnotes_stand_behind_the_paragraph_without_their_marks() -> None:
    rtf = (
        r"\pard Peace{\super\chftn{\footnote\pard{\super\chftn} One.\par Two.}} "
        r"holds{\super\chftn{\*\footnote\ftnalt\pard{\chftn} Three.}}.\par Next.\par"
    )
    assert read(rf"{{\rtf1 {rtf}}}").blocks == (
        Block("Peace holds."),
        Block("One.", "footnote", 0, "a footnote"),
        Block("Two.", "footnote", 0, "a footnote"),
        Block("Three.", "footnote", 0, "an endnote"),
        Block("Next."),
    )


def test_a_table_is_one_block_per_cell() -> None:
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl "
    first, second = r"a\par b{\footnote n}\cell\cell c\cell\row", r"d\cell e\cell f\cell\row"
    rtf = rf"Before.\par{row}{first}{row}{second}\pard After.\par"
    assert blocks(rtf) == [
        ("body", "Before."),
        ("table", "a\nb"),
        ("footnote", "n"),
        ("table", "c"),
        ("table", "d"),
        ("table", "e"),
        ("table", "f"),
        ("body", "After."),
    ]


def test_a_nested_table_comes_between_the_words_around_it() -> None:
    rtf = (
        r"\pard\intbl outer\par\pard\intbl\itap2 x\nestcell y\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl more\cell\row\pard"
    )
    assert blocks(rtf) == [("table", text) for text in ("outer", "x", "y", "more")]


def test_a_table_that_is_never_ended_is_not_lost() -> None:
    assert blocks(r"\intbl a\par b") == [("table", "a\nb")]
    assert blocks(r"\intbl a\par\pard b\par") == [("table", "a"), ("body", "b")]
    assert blocks(r"\trowd a\cell b\cell\row c") == [("table", "a"), ("table", "b"), ("body", "c")]


@pytest.mark.parametrize("end", [r"\par ", r"\sect ", r"\page ", r"\column ", "\\\n"])
def test_paragraphs_end_where_the_page_shows_it(end: str) -> None:
    assert texts(f"One{end}Two") == ["One", "Two"]


# Properties ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("info", "properties"),
    [
        (r"{\title A \'93peace\'94}{\author B}", {"title": "A “peace”", "author": "B"}),
        (r"{\title }{\author  }", {}),
        (r"{\creatim\yr2024\mo2\dy29\hr1}", {"created": "2024-02-29"}),
        (r"{\creatim\yr2024\mo2\dy30}", {}),
        (r"{\creatim\yr99999999999\mo1\dy1}", {}),
        (r"{\upr{\title ?}{\*\ud{\title \u1589?}}}", {"title": "ص"}),
        (r"{\operator C}{\*\company D}", {}),
    ],
)
def test_properties_are_what_the_file_says_of_itself(info: str, properties: dict[str, str]) -> None:
    source = read(rf"{{\rtf1{{\info{info}}}Text.}}")
    assert source.properties == properties
    assert source.blocks == (Block("Text."),)


# Damage --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"Dear colleagues", "is no RTF file, in spite of its name; open it and save it anew as RTF"),
        (b"PK\x03\x04", "is no RTF file, in spite of its name; open it and save it anew as RTF"),
        (rb"{\rtf1}", "holds no text"),
        (rb"{\rtf1\pard\par{\v a}{\pict 00}}", "holds no text"),
        (rb"{\rtf1 a", "is cut off: its end is missing; fetch or save it again"),
        (rb"{\rtf1 a\bin999999999999 }", "is cut off: its end is missing; fetch or save it again"),
        (
            rb"{\rtf1 " + b"{" * 100_000 + b"}" * 100_000,
            "is damaged: its groups are nested too deeply; save it anew",
        ),
    ],
)
def test_what_is_wrong_is_said(data: bytes, words: str) -> None:
    assert reason(data) == words


@pytest.mark.parametrize(
    "rtf",
    [
        r"a\bin-5 b",
        r"a\b" + "9" * 10_000 + " b",
        r"a\'zzb",
        r"a\fcharset5 b",
        r"a{\fonttbl{\f" + "9" * 99 + "}}b",
    ],
)
def test_nonsense_does_no_harm(rtf: str) -> None:
    assert texts(rtf)[0][0] == "a"
    assert texts(rtf)[0][-1] == "b"


def test_what_follows_the_end_is_no_text() -> None:
    assert texts(r"a}}}\par b") == ["a"]
    assert read(b"\xef\xbb\xbf\r\n{\\rtf1 a}\0\0").blocks == (Block("a"),)


def test_a_file_cut_off_anywhere_is_said_to_be() -> None:
    data = (FORMATS / "rtf_embargo.rtf").read_bytes().rstrip()
    for end in range(5, len(data) - 1, 211):
        assert reason(data[:end]).startswith(("is cut off", "is no RTF"))


@given(st.binary(max_size=200))
def test_bytes_at_random_are_read_or_refused(noise: bytes) -> None:
    for data in (noise, b"{\\rtf1 " + noise, b"{\\rtf1 " + noise + b"}"):
        try:
            read(data)
        except FileError as error:
            assert error.reason


WORDS = [
    *(
        r"\par ",
        r"\cell ",
        r"\row ",
        r"\nestcell ",
        r"\intbl ",
        r"\itap2 ",
        r"\pard ",
        r"\plain ",
        r"\v ",
        r"\v0 ",
    ),
    *(
        r"\u1587?",
        r"\u-10179?",
        r"\uc2 ",
        r"\'e9",
        r"\*",
        r"\upr ",
        r"\ud ",
        r"\footnote ",
        r"\shpinst ",
        r"\do ",
    ),
    *(
        r"\shptxt ",
        r"\fonttbl ",
        r"\stylesheet ",
        r"\info ",
        r"\title ",
        r"\creatim ",
        r"\yr7 ",
        r"\fcharset2 ",
    ),
    *(
        r"\f3 ",
        r"\s1 ",
        r"\outlinelevel1 ",
        r"\listtext ",
        r"\ls1 ",
        r"\bin2 ",
        r"\header ",
        r"\moMath ",
        "a b ",
    ),
    *("{", "}", "{", "}", "\\", "\r\n", ";"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_words_at_random_are_read_or_refused(words: list[str]) -> None:
    try:
        source = read("{\\rtf1 " + "".join(words) + "}" * (1 + words.count("{")))
    except FileError as error:
        assert error.reason
    else:
        assert all(block.text for block in source.blocks)


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1), min_size=1))
def test_every_paragraph_comes_back_as_it_was_written(paragraphs: list[str]) -> None:
    written = "".join(map(_written, paragraphs))
    stripped = [text.strip(" ") for text in paragraphs]
    wanted = [text for text in stripped if text]
    if wanted:
        assert texts(written) == wanted


def _written(paragraph: str) -> str:
    units = re.findall("..", paragraph.encode("utf-16-be").hex(), re.DOTALL)
    codes = [int(high + low, 16) for high, low in zip(units[::2], units[1::2], strict=True)]
    return "".join(rf"\u{code - 0x10000 if code > 0x7FFF else code}?" for code in codes) + "\\par\n"
