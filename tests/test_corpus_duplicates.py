from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate import apply_codebook, parse_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.document import ANALYSED, Document, Paragraph
from rubricate.corpus.duplicates import search
from rubricate.corpus.duplicates.kept import _as_columns
from rubricate.corpus.duplicates.search import ALMOST, SHORTEST, THRESHOLD, Duplicates, Original
from rubricate.corpus.passages import UNITS, Passages, analysed_paragraphs, cut_passages
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary, words_of
from rubricate.corpus.words.folding import fold

Row = tuple[str, str, float, bool]


def document(name: str, *paragraphs: str, part: str = "body", language: str = "en") -> Document:
    found, start = [], 0
    for text in paragraphs:
        found.append(Paragraph(start, start + len(text), part))
        start += len(text) + 2
    return Document(name, "\n\n".join(paragraphs), tuple(found), language=language)


def place(name: str, paragraph: int, sentence: int) -> str:
    return (
        name + (f" {paragraph + 1}" if paragraph >= 0 else "") + (f".{sentence + 1}" if sentence >= 0 else "")
    )


def marks(*batches: list[Document], near: bool = True, unit: str = "paragraph") -> list[Row]:
    """Every duplicate with its original, similarity and whether it is exact."""
    duplicates, vocabulary, rows = Duplicates(near=near, language="en"), Vocabulary(), []
    for batch in batches:
        reading = read_words(batch, vocabulary)
        passages = cut_passages(reading, unit, ANALYSED)
        found = duplicates.mark(reading, passages, analysed_paragraphs(reading, ANALYSED))
        for index in np.flatnonzero(found.repeats).tolist():
            name = batch[passages.document[index]].id
            here = place(name, int(passages.paragraph[index]), int(passages.sentence[index]))
            original = found.originals[found.original[index]]
            rows.append((here, place(*original), float(found.similarity[index]), bool(found.exact[index])))
        assert np.isnan(found.similarity[~found.repeats]).all()
        assert not found.exact[~found.repeats].any()
    return rows


TEN = "one two three four five six seven eight nine ten"
FERRY = (
    "the ferry left the quiet harbour before dawn and nobody on the pier saw it go"  # 16 words, 14 shingles
)


def test_a_passage_with_the_same_words_is_an_exact_duplicate_of_the_first() -> None:
    again = "“The FERRY left the quiet harbour, before dawn; and nobody on the pier saw it go!”"
    assert marks([document("a", FERRY, again), document("b", FERRY)]) == [
        ("a 2", "a 1", 1.0, True),
        ("b 1", "a 1", 1.0, True),
    ]


@pytest.mark.parametrize(("words", "found"), [(9, 0), (10, 1)])
def test_passages_under_ten_words_are_never_duplicates(words: int, found: int) -> None:
    text = " ".join(TEN.split()[:words])
    assert len(marks([document("a", text, text)])) == found


def test_a_sentence_added_makes_a_near_duplicate_with_the_share_of_common_shingles() -> None:
    longer = f"{FERRY}, or so they said"  # 14 of 18 shingles
    assert marks([document("a", FERRY, longer)]) == [("a 2", "a 1", 14 / 18, False)]
    assert marks([document("a", longer, FERRY)]) == [("a 2", "a 1", 14 / 18, False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one TWICE three four five six seven eight nine ten", [("a 2", "a 1", 6 / 10, False)]),
        ("one two THRICE four five six seven eight nine ten", []),  # 5 of 11
        ("ten nine eight seven six five four three two one", []),
    ],
)
def test_near_begins_at_the_threshold(text: str, expected: list[Row]) -> None:
    assert marks([document("a", TEN, text)]) == expected


def test_a_shingle_counts_as_often_as_it_stands_there() -> None:
    three, four = "we say no to war " * 3, "we say no to war " * 4  # 13 and 18 shingles
    assert marks([document("a", three, four)]) == [("a 2", "a 1", 13 / 18, False)]
    assert marks([document("a", "we say no to war " * 2, four)]) == []  # 8 of 18


def test_the_same_words_in_another_order_are_no_copy_however_they_fall_into_batches() -> None:
    one = (
        "They said it was true and they said it was false "
        "and they said it was false and they said it was true and they said it was."
    )
    other = one.replace("true", "T").replace("false", "true").replace("T", "false")
    for near in (False, True):
        together = marks([document("a", one), document("b", other)], near=near)
        assert together == marks([document("a", one)], [document("b", other)], near=near)
        assert together == ([("b 1", "a 1", 25 / 27, False)] if near else [])


def test_of_texts_with_the_same_runs_of_words_only_a_copy_is_written_as_1() -> None:
    one = "no to war no to fear no to debt no to want"
    other = "no to war no to debt no to fear no to want"
    assert marks([document("a", one, other, other)]) == [
        ("a 2", "a 1", ALMOST, False),
        ("a 3", "a 1", ALMOST, True),
    ]
    assert f"{ALMOST:.6g}" != "1"


def test_texts_under_one_key_are_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the hashes are: here all texts have the same."""
    monkeypatch.setattr(search, "whole_keys", lambda shingles, first, last: np.zeros(len(first), np.uint64))
    other = " ".join(reversed(FERRY.split()))
    found = [("a 3", "a 1", 1.0, True), ("a 4", "a 2", 1.0, True), ("b 1", "a 2", 1.0, True)]
    first, second = document("a", FERRY, other, FERRY, other), document("b", other, TEN)
    assert marks([first, second], near=False) == marks([first], [second], near=False) == found


@pytest.mark.parametrize("near", [False, True])
def test_texts_of_different_languages_are_no_duplicates_of_each_other(near: bool) -> None:
    english, persian = document("a", FERRY), document("b", FERRY, language="fa")
    british, unnamed = document("c", FERRY, language="en-GB"), document("d", FERRY, language="")
    also_persian = document("e", FERRY, f"{FERRY} again", language="fa")
    found = [("c 1", "a 1", 1.0, True), ("d 1", "a 1", 1.0, True), ("e 1", "b 1", 1.0, True)]
    found += [("e 2", "b 1", 14 / 15, False)] * near
    documents = [english, persian, british, unnamed, also_persian]
    assert marks(*([one] for one in documents), near=near) == marks(documents, near=near) == found


def test_without_near_only_the_same_words_are_duplicates() -> None:
    assert marks([document("a", FERRY, f"{FERRY} alone", FERRY)], near=False) == [("a 3", "a 1", 1.0, True)]


def test_of_several_originals_the_most_similar_is_taken() -> None:
    one, two = f"{TEN} alpha beta gamma delta epsilon", f"{TEN} zeta eta theta iota kappa"
    assert marks([document("a", one, two, f"{TEN} zeta eta theta iota lambda")]) == [
        ("a 3", "a 2", 12 / 14, False)
    ]


def test_of_equals_the_first_is_taken() -> None:
    one, two = f"{TEN} alpha beta gamma delta", f"{TEN} zeta eta theta iota"  # 8 of 16 shingles in common
    assert marks([document("a", one, two, f"{TEN} one")]) == [("a 3", "a 1", 8 / 13, False)]


def test_an_original_is_never_a_duplicate_itself() -> None:
    texts = [
        f"{TEN} alpha beta gamma delta",
        f"{TEN} alpha beta",
        f"{TEN} alpha beta one two",
        f"{TEN} one two",
    ]
    assert marks([document("a", *texts)]) == [
        ("a 2", "a 1", 10 / 12, False),
        ("a 3", "a 1", 10 / 14, False),
    ]  # the last is like the second and third, but not like the first: 8 of 14


def test_a_copy_of_a_near_duplicate_has_its_original() -> None:
    longer = f"{FERRY} or so they said"
    for batches in (
        [[document("a", FERRY, longer, longer)]],
        [[document("a", FERRY, longer)], [document("b", longer)]],
    ):
        found = marks(*batches)
        assert [row[1:] for row in found] == [("a 1", 14 / 18, False), ("a 1", 14 / 18, True)]


def test_of_a_document_that_repeats_itself_the_first_passage_stays() -> None:
    assert [row[:2] for row in marks([document("a", *[FERRY] * 4)])] == [(f"a {n}", "a 1") for n in (2, 3, 4)]


def test_every_character_of_chinese_is_a_word() -> None:
    text = "制裁对港口的影响很大而且持久"
    assert marks(
        [document("a", text, text, "制裁对港口的影响很", "制裁对港口的影响很大而且深远", language="zh")]
    ) == [
        ("a 2", "a 1", 1.0, True),
        ("a 4", "a 1", 10 / 14, False),
    ]


def test_documents_and_sentences_can_be_duplicates() -> None:
    twins = [document("a", FERRY, TEN), document("b", FERRY, TEN)]
    assert marks(twins, unit="document") == [("b", "a", 1.0, True)]
    assert marks(twins, unit="sentence") == [("b 1.1", "a 1.1", 1.0, True), ("b 2.1", "a 2.1", 1.0, True)]


def test_only_analysed_words_are_compared() -> None:
    one = Document(
        "b",
        f"{FERRY}\n\n{TEN}",
        (Paragraph(0, len(FERRY)), Paragraph(len(FERRY) + 2, len(FERRY) + 2 + len(TEN), "references")),
    )
    assert marks([document("a", FERRY), one], unit="document") == [("b", "a", 1.0, True)]


@pytest.mark.parametrize("unit", list(UNITS))
@pytest.mark.parametrize("texts", [(), ("short", "short"), ("* * *",), (FERRY,)])
def test_nothing_to_compare_has_no_duplicates(texts: tuple[str, ...], unit: str) -> None:
    assert marks([], unit=unit) == marks([document("a", *texts)], [], unit=unit) == []
    assert marks([document("a", FERRY, part="references"), document("b", FERRY, part="references")]) == []


def test_passages_that_overlap_are_no_duplicates_of_each_other() -> None:
    text = f"{TEN} {TEN} {TEN}"
    reading = read_words([document("a", text), document("b", text)], Vocabulary())
    start = np.array([0, 10, 0])
    other = np.zeros(3, np.int64)
    windows = Passages(np.array([0, 0, 1]), start, start + 2 * len(TEN), other, np.array([0, 1, 0]), other)
    found = Duplicates().mark(reading, windows, np.ones(2, bool))
    assert found.original.tolist() == [-1, -1, 0]
    assert found.originals == (("a", 0, 0),)


def test_a_later_document_changes_no_earlier_mark() -> None:
    first = [document("a", FERRY, f"{FERRY} again"), document("b", TEN)]
    assert marks(first) == marks([*first, document("c", TEN, FERRY, f"{FERRY} once more")])[:1]


# Random texts: rows of a few words, so that they repeat each other, cut and joined.

WORDS = "war peace Ship ship’s oil 油 制 x1 تحریم تـحریم the of".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=7, max_size=12).map(" ".join)
CORPORA = st.lists(TEXTS, min_size=1, max_size=4).flatmap(
    lambda pieces: st.lists(
        st.lists(st.sampled_from(pieces), min_size=1, max_size=3).map(" ".join), max_size=12
    )
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = [fold(word) for word in words_of(text)]
    return Counter(tuple(words[at : at + 3]) for at in range(len(words) - 2))


def slowly(one: str, other: str) -> float:
    """The similarity of two texts that are not word for word the same."""
    left, right = shingles(one), shingles(other)
    return min((left & right).total() / (left | right).total(), ALMOST)


@given(CORPORA)
def test_every_mark_is_what_its_definition_says(texts: list[str]) -> None:
    found = {
        int(here[2:]): (int(original[2:]), *rest) for here, original, *rest in marks([document("a", *texts)])
    }
    folded = [[fold(word) for word in words_of(text)] for text in texts]
    for number, text in enumerate(texts, start=1):
        long = len(folded[number - 1]) >= SHORTEST
        assert (number in found and found[number][2]) == (long and folded[number - 1] in folded[: number - 1])
        if number in found:
            original, similarity, _ = found[number]
            assert long
            assert original < number
            assert original not in found
            same = folded[original - 1] == folded[number - 1]
            assert similarity == (1.0 if same else slowly(texts[original - 1], text)) >= THRESHOLD


@given(CORPORA, st.data())
def test_marks_do_not_depend_on_how_documents_fall_into_batches(
    texts: list[str], data: st.DataObject
) -> None:
    documents = [document(f"d{number}", text) for number, text in enumerate(texts)]
    cuts = sorted({0, len(texts), *data.draw(st.lists(st.integers(0, len(texts))))})
    assert marks(documents) == marks(*(documents[one:other] for one, other in pairwise(cuts)))


@pytest.mark.parametrize("size", [1, 7, 100])
def test_forms_that_differ_in_a_few_words_do_not_depend_on_batches_either(size: int) -> None:
    """More passages under one key than are compared with each other."""
    random = Random(5)
    names = "alpha beta gamma delta epsilon zeta".split()
    forms = [f"{TEN} {' '.join(random.choices(names, k=6))}" for _ in range(100)]
    documents = [document(f"d{number}", form) for number, form in enumerate(forms)]
    found = marks(*(documents[at : at + size] for at in range(0, len(documents), size)))
    assert found == marks(documents)
    assert 20 < len(found) < 40


def test_of_pairs_at_or_above_the_threshold_99_in_100_are_found() -> None:
    random = Random(7)
    names = [f"w{number}" for number in range(5000)]
    pairs = []
    while len(pairs) < 1000:
        one = random.choices(names, k=random.randint(10, 90))
        other = list(one)
        for _ in range(random.randint(1, 6)):
            at = random.randrange(len(other))
            other[at : at + random.randint(0, 2)] = random.choices(names, k=random.randint(0, 8))
        if len(other) >= SHORTEST and THRESHOLD <= slowly(" ".join(one), " ".join(other)) < ALMOST:
            pairs.append(document(f"d{len(pairs)}", " ".join(one), " ".join(other)))
    found = marks(pairs)
    assert {row[1] for row in found} <= {f"d{number} 1" for number in range(1000)}
    assert len(found) >= 990


def test_what_the_manual_says_is_so() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "duplicates.md").read_text("utf-8")
    first, table = manual.split('| passage, after "')[1].split('" | similarity |\n|---|---|\n')
    rows = [line.strip("| ").split(" | ") for line in table.split("\n\n")[0].splitlines()]
    assert len(rows) == 5
    for text, similarity in rows:
        found = marks([document("a", first, text)])
        assert [f"{row[2]:.6g}" for row in found] == ([similarity] if similarity != "not one" else [])


def test_marks_can_be_left_out_where_nothing_counts_on_them() -> None:
    codebook = parse_codebook("codes: {war: {terms: [war]}}")
    text = "The war of the two towns was over before any other town had heard of it."
    documents = [Document(name, text, (Paragraph(0, len(text)),), language="en") for name in "ab"]
    (marked,) = apply_codebook(codebook, documents)
    (unmarked,) = apply_codebook(codebook, documents, mark_duplicates=False)
    assert marked.marks.repeats.tolist() == [False, True]
    assert unmarked.marks.repeats.tolist() == [False, False]
    assert unmarked.counted.tolist() == marked.counted.tolist() == [True, True]
    (near,) = apply_codebook(codebook, documents, Settings(duplicates="near"), mark_duplicates=False)
    assert near.counted.tolist() == [True, False]


@pytest.mark.parametrize(
    "some",
    [slice(None), slice(None, None, -1), slice(None, None, 2), slice(3, 1), slice(-2, None), slice(0, 0)],
)
def test_kept_originals_are_sliced_as_every_sequence_is(some):
    originals = [Original(name, place, 0) for place, name in enumerate("abc")]
    assert list(_as_columns(originals)[some]) == originals[some]
    assert list(_as_columns([])[some]) == []
