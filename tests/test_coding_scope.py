"""What cues reach where a parser has read: only what their head governs."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from rubricate.codebooks import parse_codebook
from rubricate.coding.flags import Flags
from rubricate.coding.match import find_terms
from rubricate.coding.pipeline_tokens import heads_of, tokens_of
from rubricate.coding.plan import compile_codebook
from rubricate.coding.scope import UNPARSED, governs, top_of
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary
from tests.flagged import document

CODEBOOK = parse_codebook("codes: {x: {terms: [word: sanctions, word: arms embargo]}}")


def judged(tokens, parsed=True):
    """The flags of the segments of a sentence; ``tokens`` are (word, space behind it, number of its head)."""
    words, spaces, heads = zip(*tokens, strict=True)
    doc = Doc(
        spacy.blank("en").vocab,
        words,
        [bool(space) for space in spaces],
        heads=heads,
        deps=["dep"] * len(words),
    )
    reading = read_words([document(doc.text)], Vocabulary())
    segments = find_terms(compile_codebook(CODEBOOK, "en").terms, reading)
    everywhere = np.ones(1, bool)
    known = heads_of(reading, tokens_of(doc, 0, None), everywhere) if parsed else None
    found = Flags("en").find(reading, segments, find_sentences(reading, everywhere), known)
    return [
        " ".join(flag for flag in found if found[flag][index])
        for index in np.argsort(segments.start).tolist()
    ]


NEGLECT = [  # Those who never spoke lifted the sanctions.
    *[("Those", 1, 4), ("who", 1, 3), ("never", 1, 3), ("spoke", 1, 0), ("lifted", 1, 4)],
    *[("the", 1, 6), ("sanctions", 0, 4), (".", 0, 4)],
]
LIFTED = [  # He didn't lift the sanctions.
    *[
        ("He", 1, 3),
        ("did", 0, 3),
        ("n't", 1, 3),
        ("lift", 1, 3),
        ("the", 1, 5),
        ("sanctions", 0, 3),
        (".", 0, 3),
    ]
]
MAY = [  # Talks that may fail and sanctions
    *[("Talks", 1, 0), ("that", 1, 3), ("may", 1, 3), ("fail", 1, 0), ("and", 1, 0), ("sanctions", 0, 0)]
]
CLAIM = [  # Iran, which claims that sanctions fail, resists the arms embargo.
    *[("Iran", 0, 8), (",", 1, 0), ("which", 1, 3), ("claims", 1, 0), ("that", 1, 6), ("sanctions", 1, 6)],
    *[
        ("fail", 0, 3),
        (",", 1, 0),
        ("resists", 1, 8),
        ("the", 1, 11),
        ("arms", 1, 11),
        ("embargo", 0, 8),
        (".", 0, 8),
    ],
]


@pytest.mark.parametrize(
    ("tokens", "by_window", "by_scope"),
    [
        (NEGLECT, ["negated"], [""]),
        (LIFTED, ["negated"], ["negated"]),
        (MAY, ["hedged"], [""]),
        (CLAIM, ["attributed", "attributed"], ["attributed", ""]),
    ],
)
def test_a_cue_reaches_only_what_its_head_governs(tokens, by_window, by_scope):
    assert judged(tokens, parsed=False) == by_window
    assert judged(tokens) == by_scope


def test_where_nothing_is_parsed_the_window_decides():
    reading = read_words([document("Those who never spoke lifted the sanctions.")], Vocabulary())
    segments = find_terms(compile_codebook(CODEBOOK, "en").terms, reading)
    sentences = find_sentences(reading, np.ones(1, bool))
    unparsed = np.full(len(reading.words), UNPARSED)
    assert Flags("en").find(reading, segments, sentences, unparsed)["negated"].tolist() == [True]


def test_a_parser_does_not_lengthen_the_reach_of_a_cue():
    far = [("not", 1, 7), *[("x", 1, 7)] * 6, ("sanctions", 0, 7)]
    assert judged(far) == [""]


def test_of_several_words_the_highest_decides():
    heads = np.array([1, 3, 1, 3])
    assert top_of(heads, np.array([0, 1, 2, 0]), np.array([2, 2, 1, 4])).tolist() == [1, 1, 2, 3]
    assert top_of(np.full(4, UNPARSED), np.array([2]), np.array([2])).tolist() == [2]


def test_a_cue_governs_what_hangs_on_its_head_directly_or_not():
    heads = np.array([1, 3, 1, 3, UNPARSED])
    assert governs(heads, np.array([0] * 4), np.arange(4)).tolist() == [True, True, True, False]
    assert governs(heads, np.array([1] * 4), np.arange(4)).tolist() == [True] * 4
    assert governs(heads, np.array([4]), np.array([0])).tolist() == [
        True
    ]  # an unparsed cue: its window decides


def test_a_broken_tree_is_left_in_the_end():
    assert governs(np.array([1, 0, 2]), np.array([2]), np.array([0])).tolist() == [False]
