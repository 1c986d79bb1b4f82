from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Document, Paragraph
from rubricate.corpus.reading import Reading, find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary, words_of

PIECES = st.lists(
    st.sampled_from(
        ["He left.", "Mr. Lee", "U.S.", "No. 1929", "“Go!”", "制裁。武器", "😀", "تحریم؟", "\u00ad", "a"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
TEXTS = st.lists(st.lists(PIECES, max_size=3), max_size=4)


def document(paragraphs: list[str], name: str = "d", language: str = "en", part: str = "body") -> Document:
    found, start = [], 0
    for text in paragraphs:
        found.append(Paragraph(start, start + len(text), part))
        start += len(text) + 2
    return Document(name, "\n\n".join(paragraphs), tuple(found), language=language)


def read(*documents: Document) -> Reading:
    return read_words(documents, Vocabulary())


def sentences(reading: Reading) -> list[tuple[str, int]]:
    found = find_sentences(reading, np.ones(len(reading.paragraph_start), bool))
    rows = zip(found.start.tolist(), found.end.tolist(), found.paragraph.tolist(), strict=True)
    return [(reading.words.text[start:end], paragraph) for start, end, paragraph in rows]


def test_no_documents_hold_nothing() -> None:
    reading = read()
    assert len(reading.words) == len(reading.offset) == len(reading.paragraph_start) == 0
    assert reading.languages == ()
    assert sentences(reading) == []


def test_a_document_may_hold_nothing() -> None:
    reading = read(document([]), document(["One word."]), document([]))
    assert reading.offset.tolist() == [0, 2, 13]
    assert reading.paragraph_document.tolist() == [1]
    assert sentences(reading) == [("One word.", 0)]
    assert sentences(read(document([""]))) == [("", 0)]


def test_paragraphs_are_columns() -> None:
    reading = read(document(["Ab cd.", "Ef."]), document(["Gh"], part="heading"))
    text = reading.words.text
    spans = zip(reading.paragraph_start.tolist(), reading.paragraph_end.tolist(), strict=True)
    assert [text[start:end] for start, end in spans] == ["Ab cd.", "Ef.", "Gh"]
    assert reading.paragraph_document.tolist() == [0, 0, 1]
    assert reading.paragraph_index.tolist() == [0, 1, 0]
    assert [PARTS[part] for part in reading.paragraph_part.tolist()] == ["body", "body", "heading"]
    assert reading.word_paragraph.tolist() == [0, 0, 1, 2]
    assert reading.paragraph_at(np.array([0, 5, 8])).tolist() == [0, 0, 1]


def test_words_of_some_paragraphs() -> None:
    reading = read(document(["Ab cd.", "—", "Ef gh"]))
    assert reading.words_in(np.array([True, True, False])).tolist() == [0, 1]
    assert reading.words_in(np.array([False, True, True])).tolist() == [2, 3]
    assert reading.words_in(np.array([False, False, False])).tolist() == []


def test_each_document_has_sentences_by_its_language() -> None:
    reading = read(document(["Mr. Lee"], language="en"), document(["Mr. Lee"], language="xx"))
    assert reading.languages == ("en", "xx")
    assert sentences(reading) == [("Mr. Lee", 0), ("Mr.", 1), ("Lee", 1)]


def test_sentences_of_some_paragraphs_only() -> None:
    reading = read(document(["One. Two.", "Three. Four.", "Five."]))
    found = find_sentences(reading, np.array([False, True, False]))
    assert found.paragraph.tolist() == [1, 1]
    assert found.at(found.start).tolist() == [0, 1]
    assert len(find_sentences(reading, np.zeros(3, bool)).start) == 0


@given(TEXTS)
def test_sentences_partition_what_can_be_seen_of_each_paragraph(texts: list[list[str]]) -> None:
    reading = read(*(document(paragraphs) for paragraphs in texts))
    seen = [""] * len(reading.paragraph_start)
    for text, paragraph in sentences(reading):
        seen[paragraph] += "".join(text.split())
    assert seen == ["".join(text.split()) for paragraphs in texts for text in paragraphs]


def test_an_abbreviation_at_the_end_asks_no_word_of_the_next_paragraph() -> None:
    assert sentences(read(document(["He left the U.S. 😀"]), document(["He left."]))) == [
        ("He left the U.S. 😀", 0),
        ("He left.", 1),
    ]


@given(TEXTS)
def test_what_a_document_holds_does_not_depend_on_its_neighbours(texts: list[list[str]]) -> None:
    together = read(*(document(paragraphs) for paragraphs in texts))
    found: list[str] = []
    cut: list[str] = []
    for paragraphs in texts:
        alone = read(document(paragraphs))
        found += words_of(alone.words.text)
        cut += [text for text, _ in sentences(alone)]
    spans = zip(together.words.start.tolist(), together.words.end.tolist(), strict=True)
    assert [together.words.text[start:end] for start, end in spans] == found
    assert [text for text, _ in sentences(together)] == cut
