from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.words.borders import Vocabulary, find_words
from rubricate.corpus.words.sentences import sentence_starts

WORDS = [
    "He",
    "left",
    "Mr.",
    "U.S.",
    "No.",
    "1929",
    "al.",
    "p.",
    "9",
    "1.",
    "e.g.",
    "Smith",
    "J.",
    "3.5",
    "A.",
]
MARKS = [".", "?!", "…", "...", "。", "؟", "”", ")", "“", "(", '"', "'", "*", "\u00ad", "😀", "تحریم", "制裁"]
PIECES = st.sampled_from([*WORDS, *MARKS, *[" "] * 8, "  ", "\n"])
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def starts(text: str, language: str = "en") -> list[int]:
    vocabulary = Vocabulary()
    return sentence_starts(find_words(text, vocabulary), vocabulary, language).tolist()


def sentences(text: str, language: str = "en") -> list[str]:
    edges = [0, *starts(text, language), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(edges)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "...",
        " \n",
        "No end",
        "Customs held it under Resolution No. 1929 for a week.",
        "So did Katz et al. (2012).",
        "He thanked Mr. Ravanshid, Ms. Jones, Dr. Lee and Gen. Soleimani.",
        "The U.S. Navy asked the U.N. Security Council.",
        "J. R. R. Tolkien met George W. Bush and M.N. Katz.",
        "He came at 5 p.m. and left.",
        "It fell by 3.5 per cent to 1,200.75 rials.",
        "Use some, e.g. Rome, i.e. Italy, vs. Greece, cf. Sparta.",
        "See Vol. XIX, No. 3, pp. 54-64, para. 146 and Art. 5.",
        "It may come... or it may not… after all.",
        "“Stop!” he said. "[:-1],
        "Why? asked the crowd.",
        "1. Introduction to the theme",
        "(1. Peace) and bread",
        "“1. Peace",
        "Acme Inc. said so.",
        "Sailors, etc. were heard.",
        "She left.He came.",
        "Ph.D. students of the D.C. Circuit",
        "نام او م. الف بود",
    ],
)
def test_this_is_one_sentence(text: str) -> None:
    assert starts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It ended.|He left.",
        "No.|It is not.",
        "They left the U.S.|The end came.",
        "It was reported by Katz et al.|The others agreed.",
        "What?!|Really!?|Yes.",
        "Perhaps…|It did.",
        "Perhaps...|It did.",
        "“Go!”|She went.",
        "(He was late.)|She was not.",
        "He cited “peace.”¹|Then he sat.",
        "“We are not.”|“We are.”",
        'He said "no."|"Yes," said she.',
        "He said so.)|[Laughter.]|He sat.",
        "It was 2014.|We were young.",
        "It rose by 5.|The others fell.",
        "In all, 43.|7 were lost.",
        "Below 1.5°C.|Failure is certain.",
        "The goals: 1. Peace.|2. Bread.|3. Rest.",
        "See Vol. 2.|Then rest.",
        "It was 5 p.m.|The sun set.",
        "Was it he?|It was.\n|New lines count as space.",
        "First.\u00a0|Second.",
        "制裁。|武器！|終",
        "Das war’s.|Ötzi kam.",
    ],
)
def test_these_are_sentences(text: str) -> None:
    assert sentences(text.replace("|", " ") if "。" not in text else text.replace("|", "")) == [
        piece.strip() for piece in text.split("|")
    ]


def test_persian_sentences_end_with_persian_marks() -> None:
    assert sentences("آیا چنین است؟ بله. خیر! «می‌گوید.» او رفت", "fa") == [
        "آیا چنین است؟",
        "بله.",
        "خیر!",
        "«می‌گوید.»",
        "او رفت",
    ]
    assert sentences("یہ ہے۔ وہ نہیں۔", "ur") == ["یہ ہے۔", "وہ نہیں۔"]


def test_abbreviations_are_those_of_the_language() -> None:
    assert sentences("Mr. Smith", "en") == ["Mr. Smith"]
    assert sentences("Mr. Smith", "xx") == ["Mr.", "Smith"]
    assert sentences("Mr. Smith", "") == ["Mr.", "Smith"]
    assert sentences("Mr. Smith", "en-GB") == ["Mr. Smith"]


def test_capitals_do_not_hide_an_abbreviation() -> None:
    assert sentences("MR. PRESIDENT, DR. LEE") == ["MR. PRESIDENT, DR. LEE"]


@settings(max_examples=300)
@given(TEXTS)
def test_sentences_begin_with_something_and_in_order(text: str) -> None:
    found = starts(text)
    assert found == sorted(set(found))
    assert all(0 < start < len(text) and not text[start].isspace() for start in found)


@settings(max_examples=300)
@given(TEXTS)
def test_sentences_partition_what_can_be_seen(text: str) -> None:
    assert "".join("".join(sentence.split()) for sentence in sentences(text)) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_a_paragraph_has_the_sentences_that_it_has_alone(one: str, other: str) -> None:
    first = f"{one} end."
    alone = starts(first)
    together = [start for start in starts(f"{first}\n\n{other}") if start < len(first)]
    assert together == alone


def test_the_number_of_a_note_stands_behind_its_sentence() -> None:
    assert sentences("The war ended.12 Peace came.[3] Nobody cared.”4 They left.") == [
        "The war ended.12",
        "Peace came.[3]",
        "Nobody cared.”4",
        "They left.",
    ]
    for text in ("It was in 1991.12 Ships left.", "See No.12 Ships left.", "It rose by 3.5 Ships left."):
        assert sentences(text) == [text]
