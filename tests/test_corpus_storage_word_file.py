"""Words that are stored are those of the text, whether all of them are asked for or a few."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.storage.word_file import StoredWords, open_words, word_batch, write_words
from rubricate.corpus.words.borders import Vocabulary, Words, find_words
from rubricate.corpus.words.joints import joints

PIECES = st.sampled_from(["war", "Arms", "制裁", "no", " ", " ", " ", "-", ", ", "\n\n", " " * 300])


def stored(text):
    """The words of a text, as found and as stored."""
    vocabulary = Vocabulary(["another"], ["another"])  # its words are not the first
    words = find_words(text, vocabulary)
    return words, StoredWords(word_batch(words), vocabulary.lengths, words.characters), vocabulary


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(0, 20), st.integers(1, 40))
def test_stored_words_are_those_of_the_text(text, first, step):
    words, again, vocabulary = stored(text * 12)
    at = np.arange(len(words))[first::step]
    assert [one.tolist() for one in again.edges(at)] == [words.start[at].tolist(), words.end[at].tolist()]
    chosen = np.zeros(len(vocabulary.words), bool)
    chosen[::2] = True
    assert again.those(chosen).tolist() == words.those(chosen).tolist()
    size = len(vocabulary.words)
    assert again.frequencies(size).tolist() == words.frequencies(size).tolist()
    for name in ("start", "end", "id"):
        assert getattr(again, name).tolist() == getattr(words, name).tolist()
    behind = np.arange(1, len(words))
    assert joints(again, behind).tolist() == joints(words, behind).tolist()


def test_few_words_are_placed_without_the_others():
    _, again, _ = stored("war and peace " * 1000)
    start, end = again.edges(np.array([2, 2999]))
    assert (start.tolist(), end.tolist()) == ([8, 13_994], [13, 13_999])
    assert "end" not in vars(again)


def test_a_group_may_have_more_words_than_two_bytes_can_number():
    count = 70_000
    number = np.arange(count, dtype=np.int32)[::-1]
    end = np.arange(count) * 2 + 1
    words = Words(end - 1, end, number, lambda: None, np.ones(count, bool))
    again = StoredWords(word_batch(words), np.ones(count, np.int32), lambda: None)
    assert again.id.tolist() == number.tolist()
    assert again.end.tolist() == end.tolist()


def test_words_that_do_not_fit_the_vocabulary_are_damaged():
    words, again, vocabulary = stored("war and peace")
    with pytest.raises(ValueError, match="do not fit"):
        StoredWords(word_batch(words), vocabulary.lengths[:2], words.characters)
    assert len(again) == 3


def test_a_file_that_was_cut_short_is_damaged(tmp_path):
    words, _, _ = stored("war and peace")
    with write_words(tmp_path / "words.arrow") as file:
        file.write_batch(word_batch(words))
    with open_words(tmp_path / "words.arrow") as batches:
        assert batches.get_batch(0).equals(word_batch(words))
    data = (tmp_path / "words.arrow").read_bytes()
    (tmp_path / "words.arrow").write_bytes(data[:-20])
    with pytest.raises(pa.ArrowException), open_words(tmp_path / "words.arrow"):
        pass
