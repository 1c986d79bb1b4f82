"""Why entries that a pipeline reads do not match: a tiny one is trained and used for real."""

import pytest
import spacy

from rubricate.coding.explain import explain_paragraphs
from rubricate.coding.settings import Settings
from tests.pipelines import codebook, document, trained


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The name of the pipeline."""
    return trained(tmp_path_factory)


def nearly(pipeline, term, *paragraphs):
    """The near misses of each paragraph: the words, and why they are none."""
    read = document(*paragraphs)
    explained = explain_paragraphs(codebook(term), read, Settings(pipeline=pipeline))
    return [
        [(read.text[miss.start : miss.end], miss.reason, miss.why) for miss in one.nearly]
        for one in explained
    ]


def test_a_word_with_another_part_of_speech_is_told_with_its_own(tiny):
    assert nearly(
        tiny, "pos: power/NOUN", "Engines power the ship.", "The power of Iran grew.", "Peace."
    ) == [
        [("power", "analysis", "to the pipeline “power” is VERB here, not NOUN")],
        [],
        [],
    ]


def test_an_entry_that_matches_in_a_paragraph_has_no_near_miss_there(tiny):
    (paragraph,) = nearly(tiny, "pos: power/NOUN", "The power of Russia fell. Two engines power the ship.")
    assert paragraph == []


@pytest.fixture(scope="session")
def ships(tiny, tmp_path_factory):
    """The same pipeline, but it knows ships too."""
    nlp = spacy.load(tiny)
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "SHIP", "pattern": "ship"}])
    folder = tmp_path_factory.mktemp("pipelines") / "ships"
    nlp.to_disk(folder)
    return str(folder)


def test_an_entity_with_another_label_is_told_with_its_own(ships):
    assert nearly(ships, "entity: SHIP", "The great powers met in Iran.") == [
        [("Iran", "analysis", "to the pipeline “Iran” is GPE, not SHIP")]
    ]
    assert nearly(ships, "entity: GPE", "The great powers met in Iran.") == [[]]


def test_a_pattern_is_told_which_attribute_keeps_it_from_matching(tiny):
    pattern = "tokens: [{LOWER: the}, {LOWER: power, POS: VERB}]"
    assert nearly(tiny, pattern, "The power of Iran grew.", "Engines power the ship.") == [
        [("The power", "analysis", "to the pipeline “power” has POS NOUN, not VERB")],
        [],
    ]
    pattern = "tokens: [{LOWER: the, OP: '?'}, {LOWER: power, POS: {IN: [VERB, ADJ]}}]"
    assert nearly(tiny, pattern, "The power of Iran grew.") == [
        [("The power", "analysis", "it would match without POS VERB or ADJ")]
    ]


def test_a_pattern_without_words_has_no_near_misses(tiny):
    assert nearly(tiny, "tokens: [{POS: ADJ}, {POS: NOUN}]", "The power of Iran grew.") == [[]]


def test_paragraphs_that_are_not_analysed_have_none(tiny):
    read = document("Engines power the ship.")
    explained = explain_paragraphs(
        codebook("pos: power/NOUN"), read, Settings(parts=("title",), pipeline=tiny)
    )
    assert [one.nearly for one in explained] == [()]
