from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rubricate.corpus.document import ANALYSED, Document, Paragraph
from rubricate.corpus.items.cutting import find_items
from rubricate.corpus.items.enumerations import member_starts
from rubricate.corpus.items.habits import habits_of
from rubricate.corpus.passages import analysed_paragraphs, cut_passages, passages_at
from rubricate.corpus.reading import Reading, read_words
from rubricate.corpus.words.borders import Vocabulary


def document(*paragraphs: tuple[str, str], language: str = "en") -> Document:
    found, start = [], 0
    for part, text in paragraphs:
        found.append(Paragraph(start, start + len(text), part))
        start += len(text) + 2
    return Document("d", "\n\n".join(text for _, text in paragraphs), tuple(found), language=language)


def read(*documents: Document) -> Reading:
    return read_words(documents, Vocabulary())


def items(text: str, part: str = "body", language: str = "en") -> list[str]:
    reading = read(document((part, text), language=language))
    found = find_items(reading, np.ones(1, bool))
    return [text[start:end] for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True)]


def show(text: str, language: str = "en") -> str:
    return " | ".join(items(text, language=language))


@pytest.mark.parametrize(
    "text",
    [
        "The gains are: | raising output, | lowering the price, | and finally more trade.",
        "Three aims: | (a) peace; | (b) bread, butter; | and (c) work for all.",
        "We need | a) peace, | b) bread | and c) work.",
        "Two things matter: | 1) the harvest, | 2) the road.",
        "Two things matter: | 1- the harvest, | and 2- the road.",
        "It takes: | (i) time; | (ii) money.",
        "There were two reasons: | first, the ice was thin; | second, nobody looked.",
        "It failed because, | first, it rained | and, secondly, nobody came.",
        "We want, | firstly, peace; | secondly, bread; | and finally, rest.",
        "The plan has parts: | ships, boats and rafts; | harbours; | and lighthouses.",
        "They promised to build roads; | to mend bridges; | and to open schools.",
        "It rests on three pillars: | trade, | travel | and trust.",
        "They met in many towns: | Rome, | Bern, | Oslo.",
        "We saw a boat that leaked, which he sold: | an old tub, | a red hull | and a mast.",
        "It brought us: | a port for ships, | a road to the hills, | a bridge across the bay, | more trade.",
        "They are: | a port which may grow, | a road that is long, | and a bridge.",
        "All want one thing: | to eat well, | to sleep well, | to live well.",
        "It has: | ships (old, slow, and grey), | boats, | and rafts.",
        "Under (a) and (b) we need | 1) peace | and 2) bread.",
        "Under (a) and (b) we need | (a) peace | and (b) bread.",
        "Sections 1) and 2) name: | peace; | bread; | and work.",
    ],
)
def test_an_enumeration_is_cut_into_its_lead_in_and_its_members(text: str) -> None:
    assert show(text.replace(" | ", " ")) == text


@pytest.mark.parametrize(
    "text",
    [
        "We have one aim: peace.",
        "One thing is clear: we will stay, we will work, and they will come.",
        "The answer is simple: nobody came, although it rained, and we are late.",
        "Rome: the city, which is old, and large.",
        "He had two wishes: peace, and bread.",
        "She said: “Ships, boats, and rafts are late.”",
        "She said: 'Ships, boats, and rafts are late.'",
        "The talk “Water: rivers, lakes, and seas” was long.",
        "Their aim (to see: rivers, lakes, and seas) was met.",
        "They met at 10:30, 11:30, and 12:30.",
        "Mix it 2: 3, 4, or 5.",
        "See verse 3:16, 17, and 18.",
        "It cost 1,200,000, not more.",
        "One road is long; the other is short.",
        "One road is long: the other is short; that is all.",
        "As Smith (1), Jones (2), and Lee (3) say, it rained.",
        "The first ship and the second ship, both old, sank.",
        "First, it rained.",
        "Vitamin (b) is good, and vitamin (c) too.",
        "Resolution 2231 (a) and (b) apply.",
        "See section 1) and 2) of the annex.",
        "Articles (i), (ii) and (iii) of the treaty, and its annex, stand.",
        "They came first, second, and third.",
        "We want (a) peace as in (b).",
        "Take (a) the bread of (b) and (c) home.",
        "He names the following:",
        "Note: however, of course, they left.",
        "It brought peace: the town, after years of war, dust, and noise, was quiet.",
        "He built it alone: a long and patient work of many quiet years, stone, and sand.",
    ],
)
def test_other_sentences_stay_whole(text: str) -> None:
    assert items(text) == [text]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سه هدف داریم: | صلح، | نان | و کار.", "fa"),
        ("هدف‌ها: | الف) افزایش توان؛ | ب) کاهش تنش.", "fa"),
        ("پیامدها: | اولاً، افزایش تنش؛ | ثانیاً، کاهش تجارت.", "fa"),
        ("هدف‌ها: | ۱) صلح، | ۲) نان.", "fa"),
        ("بندهای (الف) و (ب) برقرار است.", "fa"),
        ("او گفت: ما می‌رویم، شما می‌مانید، و آنها می‌آیند.", "fa"),
        ("Drei Ziele: | Ruhe; | Brot, Butter; | Arbeit.", "de"),
        ("Drei Ziele: | Ruhe, | Brot, | Arbeit.", "de"),
        ("Drei Ziele: wir werden ruhen, man wird dann viel essen, es wird gebaut.", "de"),
        ("目标：| 和平，| 面包，| 工作。", "zh"),
    ],
)
def test_signs_of_other_scripts_count_and_without_a_language_commas_count_little(
    text: str, language: str
) -> None:
    members = [member.strip() for member in text.split("|")]
    assert items(("" if language == "zh" else " ").join(members), language=language) == members


def test_a_list_item_is_one_item_and_other_parts_are_not() -> None:
    text = "Ships sail. They carry: oil, gas, and coal."
    assert items(text, "list") == [text]
    assert items(text, "caption") == ["Ships sail.", "They carry:", "oil,", "gas,", "and coal."]


def test_items_are_numbered_within_their_paragraph() -> None:
    one = document(
        ("body", "We saw: ships, boats and rafts. It rained."),
        ("references", "Lee: a, b, and c."),
        ("list", "- One. Two."),
    )
    passages = cut_passages(read(one, one), "item", ANALYSED)
    assert passages.document.tolist() == [0] * 6 + [1] * 6
    assert passages.paragraph.tolist() == [0, 0, 0, 0, 0, 2] * 2
    assert passages.sentence.tolist() == [0, 1, 2, 3, 4, 0] * 2
    assert passages.words.tolist() == [2, 1, 1, 2, 2, 2] * 2


def test_a_document_is_cut_by_the_words_of_its_own_language() -> None:
    english = document(("body", "They want: old ships of war, boats and rafts."))
    unknown = document(("body", "They want: old ships of war, boats and rafts."), language="xx")
    passages = cut_passages(read(english, unknown), "item", ANALYSED)
    assert passages.document.tolist() == [0, 0, 0, 0, 1]


def test_nothing_has_no_items() -> None:
    assert len(find_items(read(), np.zeros(0, bool)).start) == 0
    assert member_starts("", [], "en") == []


def test_a_language_is_found_by_its_tag() -> None:
    assert habits_of("en-GB") == habits_of("EN") != habits_of("fa")
    assert habits_of("xx").conjunctions == frozenset()


PIECES = [
    *("first", "secondly", "and", "which", "is", "oil", "gas", "Ships sail", "(a)", "b)", "1-", "2-", "۲)"),
    *(
        ",",
        ";",
        ":",
        "،",
        "؛",
        "，",
        "：",
        "(",
        ")",
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        ". ",
        "! ",
        "—",
        "\n",
        " ",
    ),
    *("é", "\u0301", "\u200f", "\u200c", "漢", "٣", ""),
]
TEXTS = st.builds(
    lambda between, pieces: "Oil" + between.join(pieces),
    st.sampled_from(["", " "]),
    st.lists(st.sampled_from(PIECES), max_size=40),
)


@given(st.lists(st.tuples(st.sampled_from(["body", "list", "heading", "title"]), TEXTS), max_size=5))
@example([("body", "a: b,\u200fc, d"), ("list", "a: b, c, d")])
def test_items_tile_the_analysed_text_and_hold_every_word_once(paragraphs: list[tuple[str, str]]) -> None:
    reading = read(document(*paragraphs), document(*paragraphs, language="fa"))
    passages = cut_passages(reading, "item", ANALYSED)
    start = passages.start + reading.offset[passages.document]
    end = passages.end + reading.offset[passages.document]
    assert (start <= end).all()
    assert (end[:-1] <= start[1:]).all()
    words = reading.words_in(analysed_paragraphs(reading, ANALYSED))
    at = passages_at(reading, passages, reading.words.start[words])
    assert (reading.words.end[words] <= end[at]).all()
    assert np.bincount(at, minlength=len(passages)).tolist() == passages.words.tolist()


@given(TEXTS)
def test_items_refine_sentences(text: str) -> None:
    reading = read(document(("body", text)))
    sentences, found = (cut_passages(reading, unit, ANALYSED) for unit in ("sentence", "item"))
    assert set(sentences.start.tolist()) <= set(found.start.tolist())
    assert set(sentences.end.tolist()) <= set(found.end.tolist())


@given(st.lists(TEXTS, max_size=4))
def test_items_do_not_depend_on_the_documents_beside_them(texts: list[str]) -> None:
    documents = [document(("body", text)) for text in texts]
    together = cut_passages(read(*documents), "item", ANALYSED)
    alone = [cut_passages(read(one), "item", ANALYSED) for one in documents]
    assert together.start.tolist() == [start for one in alone for start in one.start.tolist()]
    assert together.words.tolist() == [words for one in alone for words in one.words.tolist()]


@pytest.mark.parametrize("piece", ["a, b, ", "and a; ", "1) a ", "(“‘ ", "a : ", "first, ", "a,   \n  "])
def test_an_endless_sentence_is_read_in_one_go(piece: str) -> None:
    text = "We want: " + piece * 20_000
    assert "".join(items(text)).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
