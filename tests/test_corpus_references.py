from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block
from rubricate.corpus.parts.assign import assign_parts, mark_sections
from rubricate.corpus.parts.references import is_entry, is_reference, mark_references

PROSE = "Governments that cannot agree on a war can very often agree on a list of ships instead."
MORE = "The fear is reasonable, and its remedy is old: count what is bought and publish every bit of it."
DATED = "In 2014 the towns along the river were asked for the first time what they had paid for the port."
SOLENNE = "Solenne, M. (2014). The price of silence. Harbour Quarterly, 12(4), 33-35."
BRANDT = "Brandt, I.R. (2016). Rivers and rates. Old Hall: River University Press, pp. 7-19."
REIS = "Reis, Ana L. 2011. A Town and its Port. Port: Lantern Publishing."
WEB = "Towns reject the plan of the council (2021), https://harbour.example/55"
ENTRIES = [SOLENNE, BRANDT, REIS]
REVIEW = [
    "Solenne (2014, p. 12) argues that silence has its price, and that the towns of the river have paid it.",
    "Brandt (2016, pp. 33-35) replies that nobody had asked them, which is true and does not help anybody.",
    "Reis (2018, p. 7) finds both of them wrong, and counts the ships that have left the port since then.",
]
LAW = [
    "The council recalls its resolution 19 (2010) on the port and the price of tugs in winter, pp. 2-5.",
    "By its resolution 22 (2015), adopted in autumn, it ended the contracts of the old port, pp. 7-9.",
    "Nothing in resolution 24 (2016) touches what the towns along the river have paid for it, pp. 3-4.",
]


def parts(*paragraphs: str, language: str = "en") -> list[str]:
    return [block.part for block in assign_parts(["A Title of Some Kind", PROSE, *paragraphs], language)][2:]


def marked(*blocks: Block) -> list[str]:
    return [block.part for block in mark_sections(list(blocks), "en")]


# Without a heading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        SOLENNE,
        BRANDT,
        REIS,
        f"- {SOLENNE}",
        f"[12] {BRANDT}",
        "Port Institute. (2012). Ships of the river, Vol. 2.",
        "Solenne, M., & van der Brandt, I. (2012). Ships of the river, Vol. 2.",
        "Solenne, Mira, 2012. Ships of the river, Vol. 2, 33-35.",
        "Council (n.d.). Ships and tugs. Retrieved in May.",
        WEB,
        "برومندی، سیما (۱۳۹۶). دریا و سکوت. رشت: نشر فانوس.",
        "Соленн М. И. Цена молчания (2014) // Гавань. № 3.",
    ],
)
def test_this_is_an_entry(text: str) -> None:
    assert is_entry(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        *REVIEW,
        *LAW,
        "Solenne, M. (2014) argues in the Harbour Quarterly that silence has its price.",
        "Solenne (2014), however, counts the ships of the Port Review of rates, pp. 3-4.",
        "The council said in 2014 (2014, p. 3) that all is said at https://harbour.example/5",
        "کشوری که در کنار رود است (۱۳۹۶). فصلنامه بندر، شماره ۳.",
        SOLENNE * 9,
    ],
)
def test_this_is_none(text: str) -> None:
    assert not is_entry(text)


@pytest.mark.parametrize("texts", [REVIEW, LAW])
def test_texts_that_cite_are_no_list(texts: list[str]) -> None:
    assert all(map(is_reference, texts))
    assert parts(*texts, MORE) == ["body"] * 4
    assert parts("Who Has Counted the Ships", *texts) == ["heading", *["body"] * 3]


def test_three_entries_in_a_row_are_a_list() -> None:
    assert parts(*ENTRIES, MORE) == ["references"] * 3 + ["body"]
    assert parts(SOLENNE, MORE, BRANDT, REIS) == ["body"] * 4


# Headings that say so, or only perhaps ------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Literature", "Sources", "NOTES", "4. Further Reading", "Endnotes"])
def test_sections_of_prose_can_be_called_so_too(heading: str) -> None:
    assert parts(heading, DATED, DATED, MORE) == ["heading", "body", "body", "body"]
    assert parts(heading, *REVIEW) == ["heading", "body", "body", "body"]
    assert parts(heading, MORE) == ["heading", "body"]
    assert parts(heading) == ["heading"]
    assert parts(heading, SOLENNE, "Harbour Publications", REIS, MORE, PROSE) == [
        "heading",
        *["references"] * 3,
        "body",
        "body",
    ]


@pytest.mark.parametrize("heading", ["References", "Bibliography", "Works Cited"])
def test_below_a_sure_heading_one_entry_is_enough(heading: str) -> None:
    assert parts(heading, "Harbour Papers of the Year 1931", SOLENNE) == [
        "heading",
        "boilerplate",
        "references",
    ]
    assert parts(heading, SOLENNE) == ["heading", "references"]


def test_a_section_of_prose_behind_the_list_ends_it() -> None:
    assert parts("References", SOLENNE, BRANDT, "Notes", MORE) == [
        "heading",
        "references",
        "references",
        "heading",
        "body",
    ]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "Literaturverzeichnis"),
        ("de", "Bibliographie"),
        ("fr", "BIBLIOGRAPHIE"),
        ("fr", "Références"),
        ("ru", "Список литературы"),
        ("tr", "KAYNAKÇA"),
        ("es", "Bibliografía"),
        ("ar", "المراجع"),
        ("ar", "قائمة المصادر والمراجع"),
        ("fa", "منابع"),
    ],
)
def test_bibliographies_have_names_in_every_language(language: str, heading: str) -> None:
    assert parts(heading, SOLENNE, "Old Hall: Lantern, 1931.", language=language) == [
        "heading",
        "references",
        "references",
    ]
    assert parts(heading, SOLENNE, language="xx")[1] != "references"


@pytest.mark.parametrize(
    ("language", "heading"),
    [("de", "Quellen"), ("fr", "Notes"), ("ru", "Литература"), ("tr", "Kaynaklar"), ("es", "Fuentes")],
)
def test_ordinary_words_need_entries_below_in_every_language(language: str, heading: str) -> None:
    assert parts(heading, *ENTRIES, language=language) == ["heading", *["references"] * 3]
    assert parts(heading, DATED, MORE, language=language) == ["heading", "body", "body"]


# Where a list ends --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (DATED, "body"),
        (f"- {MORE}", "list"),
        (f"(b) {DATED}", "list"),
        (REVIEW[0], "body"),
        (MORE * 9, "body"),
    ],
)
def test_two_sentences_without_signs_end_a_list(text: str, part: str) -> None:
    assert parts("References", SOLENNE, text, DATED) == ["heading", "references", part, "body"]
    assert parts("References", SOLENNE, text) == ["heading", "references", part]
    assert parts("References", SOLENNE, text, BRANDT) == ["heading", *["references"] * 3]


def test_cells_end_a_list() -> None:
    assert marked(
        Block("References", "heading", 1), Block(SOLENNE), Block(MORE, "table"), Block(PROSE, "table")
    ) == [
        "heading",
        "references",
        "table",
        "table",
    ]


def test_text_without_spaces_between_words_ends_a_list() -> None:
    chinese = "市长星期一表示，没有人问过沿河的城镇，也没有人为此感谢过他们。"
    assert parts("References", SOLENNE, chinese, chinese) == ["heading", "references", "body", "body"]


def test_a_sentence_above_another_heading_ends_a_list() -> None:
    assert parts("References", SOLENNE, MORE, "Who Has Counted the Ships", PROSE) == [
        "heading",
        "references",
        "body",
        "heading",
        "body",
    ]


def test_a_caption_below_a_list_stays_one() -> None:
    assert parts("References", SOLENNE, "Figure 3: Ships by year", BRANDT)[2] == "caption"


def test_headings_that_a_format_marks_are_trusted() -> None:
    assert marked(
        Block("Literature", "heading", 2),
        *map(Block, ENTRIES),
        Block("The realists", "heading", 3),
        Block(REVIEW[0]),
        Block(REVIEW[1]),
    ) == ["heading", *["references"] * 3, "heading", "body", "body"]
    assert marked(
        Block("References", "heading", 2),
        Block(SOLENNE),
        Block("Table of Events", "heading", 2),
        Block(f"{DATED} See Harbour Quarterly, 12(4), 33-35."),
    ) == ["heading", "references", "heading", "body"]
    assert marked(
        Block("References", "heading", 2),
        Block("Books", "heading", 3),
        Block(SOLENNE),
        Block("Papers", "heading", 3),
    ) == ["heading", "heading", "references", "heading"]
    assert marked(Block("References", "heading", 1), Block(SOLENNE), Block("The Old Port", "heading", 1)) == [
        "heading",
        "references",
        "heading",
    ]


def test_entries_in_a_row_are_no_headings_of_a_format() -> None:
    blocks = [Block(text, "heading", 2) for text in ENTRIES]
    assert marked(*blocks) == ["heading"] * 3


# Time and safety ----------------------------------------------------------------------------------------


def test_long_runs_are_read_in_one_pass() -> None:
    pages = [Block("12", "boilerplate")] * 20_000
    heading = Block("References", "heading", 1)
    assert (
        len(mark_references([heading, *pages, Block(SOLENNE), *[Block(MORE), *pages], Block(PROSE)], "en"))
        == 40_004
    )
    assert len(mark_references([Block("Notes", "heading", 1)] * 300 + pages, "en")) == 20_300


@pytest.mark.parametrize("character", ["a", "A", "1", "(", ".", ",", " a", "A. ", "A, ", "x, A. "])
def test_a_text_of_one_letter_takes_no_time(character: str) -> None:
    long = character * (40_000 // len(character))
    heading, below = mark_references([Block("References", "heading", 1), Block(long)], "en")
    assert (heading.part, below.part) == ("heading", "references")
    assert not is_reference(long)


@given(
    st.lists(st.sampled_from([PROSE, MORE, DATED, *REVIEW, *LAW]), max_size=8),
    st.sampled_from(["Sources", "Notes"]),
)
def test_prose_below_a_doubtful_heading_is_never_lost(texts: list[str], heading: str) -> None:
    assert "references" not in parts(heading, *texts)
    assert "references" not in parts(*texts)


@given(st.lists(st.sampled_from([PROSE, MORE, DATED]), min_size=1, max_size=8))
def test_prose_behind_a_list_is_never_lost(texts: list[str]) -> None:
    assert parts("References", *ENTRIES, *texts)[4:] == ["body"] * len(texts)


BIO = "Mira Solenne teaches at the School of Harbour Studies and has written on the towns of the river."


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "About the author"),
        ("en", "About the Author(s)"),
        ("en", "ABOUT THE AUTHORS:"),
        ("de", "Über die Autorin"),
        ("fr", "À propos de l'auteur"),
        ("es", "Sobre los autores"),
        ("ru", "Об авторе"),
        ("tr", "Yazar Hakkında"),
        ("ar", "عن الكاتب"),
        ("fa", "درباره نویسنده"),
    ],
)
def test_what_is_said_of_the_authors_is_no_text(language: str, heading: str) -> None:
    behind = ["heading", "boilerplate", "boilerplate"]
    assert parts(MORE, heading, BIO, SOLENNE, language=language) == ["body", *behind]
    assert parts("References", SOLENNE, heading, BIO, MORE, language=language) == [
        "heading",
        "references",
        *behind,
    ]


def test_what_is_said_of_the_authors_ends_at_the_next_heading() -> None:
    assert parts("About the Author", BIO, "Conclusion", MORE) == ["heading", "boilerplate", "heading", "body"]
    assert parts("About the Author", BIO, "What the Towns Have Paid", PROSE, "Conclusion", MORE) == [
        "heading",
        "boilerplate",
        "heading",
        "body",
        "heading",
        "body",
    ]
    assert parts("About the Author", BIO, "References", *ENTRIES)[:3] == ["heading", "boilerplate", "heading"]


def test_the_names_of_authors_do_not_end_what_is_said_of_them() -> None:
    assert parts(MORE, "About the Authors", "Mira Solenne", BIO, "Old Contracts", PROSE) == [
        "body",
        "heading",
        "boilerplate",
        "boilerplate",
        "heading",
        "body",
    ]
    assert marked(
        Block("A Title", "heading", 1),
        Block(PROSE),
        Block("About the authors", "heading", 2),
        Block("Mira Solenne", "heading", 3),
        Block(BIO),
        Block("The Towns", "heading", 2),
        Block(PROSE),
    ) == ["heading", "body", "heading", "boilerplate", "boilerplate", "heading", "body"]


def test_publications_of_the_authors_are_no_references() -> None:
    assert parts(MORE, "About the author", BIO, *ENTRIES)[1:] == ["heading", *["boilerplate"] * 4]


def test_an_author_above_a_text_without_headings_takes_none_of_it() -> None:
    texts = ["A Title", "About the author", BIO, PROSE, MORE, DATED]
    assert [block.part for block in assign_parts(texts, "en")] == ["title", "heading", *["body"] * 4]


def test_an_author_at_the_top_takes_no_long_text_above_the_references() -> None:
    texts = ["A Title", "About the author", BIO, PROSE, MORE, DATED, "References", SOLENNE]
    assert [block.part for block in assign_parts(texts, "en")][2:] == [*["body"] * 4, "heading", "references"]
    texts = ["A Title", "About the author", BIO, "Introduction", PROSE, MORE, DATED]
    assert [block.part for block in assign_parts(texts, "en")][1:4] == ["heading", "boilerplate", "heading"]


def test_what_somebody_has_decided_to_be_text_stays_it_below_an_author() -> None:
    texts = ["A Title", PROSE, PROSE, "About the author", BIO, MORE, DATED]
    blocks = assign_parts(texts, "en", {5: ("body", "corrected: by hand")})
    assert [block.part for block in blocks][4:] == ["boilerplate", "body", "body"]
