from __future__ import annotations

import numpy as np
import pytest

from rubricate.corpus.document import ANALYSED, Document, Paragraph
from rubricate.corpus.passages import (
    UNITS,
    Passages,
    analysed_paragraphs,
    cut_passages,
    passages_at,
    words_between,
)
from rubricate.corpus.reading import Reading, read_words
from rubricate.corpus.words.borders import Vocabulary


def document(*paragraphs: tuple[str, ...]) -> Document:
    found, start = [], 0
    for part, text, *heading in paragraphs:
        found.append(Paragraph(start, start + len(text), part, *heading))
        start += len(text) + 2
    return Document("d", "\n\n".join(text for _, text, *_ in paragraphs), tuple(found), language="en")


def read(*documents: Document) -> Reading:
    return read_words(documents, Vocabulary())


SHORES = document(("title", "Two Shores"), ("body", "One is here. The other is not."), ("heading", "Method"))
LISTS = document(
    ("references", "Katz."), ("body", "Lists grew."), ("boilerplate", "12"), ("list", "- Fleets. Ships.")
)
NOTHING = document(("references", "Hurrell."))
SECTIONS = document(
    ("title", "Ships"),
    ("body", "We sail."),
    ("heading", "Ports"),
    ("heading", "Old Ports", "Ports"),
    ("body", "Rome.", "Ports > Old Ports"),
    ("boilerplate", "12", "Ports > Old Ports"),
    ("list", "- Bern.", "Ports > Old Ports"),
    ("heading", "Notes"),
    ("references", "Lee.", "Notes"),
    ("heading", "Notes"),
    ("body", "None.", "Notes"),
)


def rows(passages: Passages, *documents: Document) -> list[tuple[int, str, int, int, int]]:
    columns = (
        passages.document,
        passages.start,
        passages.end,
        passages.paragraph,
        passages.sentence,
        passages.words,
    )
    return [
        (owner, documents[owner].text[start:end], paragraph, sentence, words)
        for owner, start, end, paragraph, sentence, words in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def cut(unit: str, *documents: Document) -> list[tuple[int, str, int, int, int]]:
    return rows(cut_passages(read(*documents), unit, ANALYSED), *documents)


@pytest.mark.parametrize("unit", list(UNITS))
def test_nothing_analysed_has_no_passages(unit: str) -> None:
    assert cut(unit) == cut(unit, NOTHING) == cut(unit, document()) == []
    assert len(cut_passages(read(SHORES), unit, ())) == 0


def test_paragraphs_of_analysed_parts_are_passages() -> None:
    assert cut("paragraph", SHORES, NOTHING, LISTS) == [
        (0, "Two Shores", 0, -1, 2),
        (0, "One is here. The other is not.", 1, -1, 7),
        (2, "Lists grew.", 1, -1, 2),
        (2, "- Fleets. Ships.", 3, -1, 2),
    ]


def test_sentences_are_numbered_within_their_paragraph() -> None:
    assert cut("sentence", SHORES, NOTHING, LISTS) == [
        (0, "Two Shores", 0, 0, 2),
        (0, "One is here.", 1, 0, 3),
        (0, "The other is not.", 1, 1, 4),
        (2, "Lists grew.", 1, 0, 2),
        (2, "- Fleets.", 3, 0, 1),
        (2, "Ships.", 3, 1, 1),
    ]


@pytest.mark.parametrize("unit", ["sentence", "item"])
def test_a_piece_without_words_belongs_to_the_one_before_or_if_it_is_the_first_behind(unit: str) -> None:
    seen = ("body", "We came. ... And we saw. *** [...] Then sanctions. !!!")
    assert cut(unit, document(seen, ("body", "... *** We won. It was (...) good."), ("body", "*** ..."))) == [
        (0, "We came. ...", 0, 0, 2),
        (0, "And we saw. *** [...]", 0, 1, 3),
        (0, "Then sanctions. !!!", 0, 2, 2),
        (0, "... *** We won.", 1, 0, 2),
        (0, "It was (...) good.", 1, 1, 3),
        (0, "*** ...", 2, 0, 0),
    ]


def test_a_document_reaches_from_its_first_analysed_paragraph_to_its_last_and_counts_analysed_words() -> None:
    assert cut("document", SHORES, NOTHING, LISTS) == [
        (0, "Two Shores\n\nOne is here. The other is not.", -1, -1, 9),
        (2, "Lists grew.\n\n12\n\n- Fleets. Ships.", -1, -1, 4),
    ]


def test_what_stands_under_one_heading_is_a_passage_and_so_is_what_stands_before_the_first() -> None:
    assert cut("heading", SECTIONS, NOTHING, LISTS) == [
        (0, "Ships\n\nWe sail.", 1, 0, 3),
        (0, "Rome.\n\n12\n\n- Bern.", 6, 2, 2),
        (0, "None.", 10, 4, 1),
        (2, "Lists grew.\n\n12\n\n- Fleets. Ships.", 3, 0, 4),
    ]


def test_a_heading_that_is_analysed_begins_its_passage_and_changes_no_number() -> None:
    passages = cut_passages(read(SECTIONS), "heading", (*ANALYSED, "heading"))
    assert rows(passages, SECTIONS) == [
        (0, "Ships\n\nWe sail.", 1, 0, 3),
        (0, "Ports", 2, 1, 1),
        (0, "Old Ports\n\nRome.\n\n12\n\n- Bern.", 6, 2, 4),
        (0, "Notes", 7, 3, 1),
        (0, "Notes\n\nNone.", 10, 4, 2),
    ]


def test_another_path_of_headings_begins_a_passage_though_no_heading_stands_between() -> None:
    one = document(("body", "We sail.", "Ports"), ("body", "Rome.", "Ships"), ("body", "Bern.", "Ships"))
    assert cut("heading", one) == [(0, "We sail.", 0, 0, 2), (0, "Rome.\n\nBern.", 2, 1, 2)]


def test_a_document_without_headings_is_one_passage_of_the_unit_heading() -> None:
    assert [row[:2] for row in cut("heading", LISTS)] == [row[:2] for row in cut("document", LISTS)]


@pytest.mark.parametrize("unit", list(UNITS))
def test_passages_know_their_unit(unit: str) -> None:
    assert cut_passages(read(SHORES), unit, ANALYSED).unit == unit


@pytest.mark.parametrize("unit", list(UNITS))
def test_no_unit_loses_or_doubles_a_word(unit: str) -> None:
    assert sum(words for *_, words in cut(unit, SHORES, NOTHING, LISTS)) == 13


@pytest.mark.parametrize("unit", list(UNITS))
def test_every_analysed_word_lies_in_one_passage(unit: str) -> None:
    reading = read(SHORES, NOTHING, LISTS)
    passages = cut_passages(reading, unit, ANALYSED)
    words = reading.words_in(analysed_paragraphs(reading, ANALYSED))
    found = passages_at(reading, passages, reading.words.start[words])
    assert np.bincount(found, minlength=len(passages)).tolist() == passages.words.tolist()


def test_other_parts_can_be_asked_for() -> None:
    passages = cut_passages(read(SHORES), "paragraph", ("heading",))
    assert rows(passages, SHORES) == [(0, "Method", 2, -1, 1)]


def test_words_between_counts_the_words_that_begin_there() -> None:
    reading = read(document(("body", "ab cd ef")))
    assert words_between(reading, np.array([0, 1, 3, 8]), np.array([8, 4, 3, 8])).tolist() == [3, 1, 0, 0]


DEBATE = Document(
    "d",
    "A. B. C. D. E.",
    (
        Paragraph(0, 2, "heading"),
        Paragraph(3, 5, speaker="Ito"),
        Paragraph(6, 8, "boilerplate"),
        Paragraph(9, 11, speaker="Ito"),
        Paragraph(12, 14, speaker="Cruz"),
    ),
    language="en",
)


def test_a_turn_is_what_one_speaker_says_until_another_does() -> None:
    assert rows(cut_passages(read(DEBATE), "turn", ("body", "heading")), DEBATE) == [
        (0, "A. B. C. D.", 3, 0, 3),
        (0, "E.", 4, 1, 1),
    ]
    assert rows(cut_passages(read(DEBATE), "turn", ("body",)), DEBATE)[0] == (0, "B. C. D.", 3, 0, 2)


def test_a_document_without_speakers_is_one_turn_and_one_without_text_is_none() -> None:
    assert cut("turn", SHORES, NOTHING) == [(0, "Two Shores\n\nOne is here. The other is not.", 1, 0, 9)]
