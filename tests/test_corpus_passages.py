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


def document(*paragraphs: tuple[str, str]) -> Document:
    found, start = [], 0
    for part, text in paragraphs:
        found.append(Paragraph(start, start + len(text), part))
        start += len(text) + 2
    return Document("d", "\n\n".join(text for _, text in paragraphs), tuple(found), language="en")


def read(*documents: Document) -> Reading:
    return read_words(documents, Vocabulary())


SHORES = document(("title", "Two Shores"), ("body", "One is here. The other is not."), ("heading", "Method"))
LISTS = document(
    ("references", "Katz."), ("body", "Lists grew."), ("boilerplate", "12"), ("list", "- Fleets. Ships.")
)
NOTHING = document(("references", "Hurrell."))


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


def test_a_document_reaches_from_its_first_analysed_paragraph_to_its_last_and_counts_analysed_words() -> None:
    assert cut("document", SHORES, NOTHING, LISTS) == [
        (0, "Two Shores\n\nOne is here. The other is not.", -1, -1, 9),
        (2, "Lists grew.\n\n12\n\n- Fleets. Ships.", -1, -1, 4),
    ]


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
