"""Words that are stored are those of the text, whether all of them are asked for or a few."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.readings import stored_readings
from rubricate.corpus.storage.stored import Store
from rubricate.corpus.storage.word_file import StoredWords, WordFile, word_batch, write_words
from rubricate.corpus.words.borders import Vocabulary, Words, find_words
from rubricate.corpus.words.joints import joints
from tests.studies import add, new_study, write

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


def test_a_file_that_is_not_as_it_was_written_is_damaged(tmp_path):
    words, _, _ = stored("war and peace")
    path = tmp_path / "words.arrow"
    with write_words(path) as file:
        file.write_batch(word_batch(words))
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    with WordFile(path, sha256) as file:
        assert file.batch(0).equals(word_batch(words))
        with pytest.raises(ValueError, match="out of range"):
            file.batch(1)
    flipped = bytes([*data[:-200], data[-200] ^ 1, *data[-199:]])
    for damaged in (data[:-20], b"", flipped):
        path.write_bytes(damaged)
        with WordFile(path, sha256) as file, pytest.raises(ValueError, match="not as it was written"):
            file.batch(0)


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rubricate.corpus.storage.writing.BATCH", 20)
    write({"texts/a.txt": "War and peace. Arms.", "texts/b.txt": "No war here."})
    folder = new_study()
    add(folder, "texts", language="en")
    return folder


def test_wherever_a_byte_of_the_words_is_another_a_pass_and_an_addition_say_so(study):
    path = study / "corpus/words.arrow"
    data = path.read_bytes()
    write({"texts/c.txt": "New."})
    for place in range(0, len(data), len(data) // 12):
        path.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
        with Store(study) as store, pytest.raises(CorpusError, match="study/corpus: its tables are damaged"):
            next(stored_readings(store))
        with pytest.raises(CorpusError, match="its tables are damaged"):
            add(study, "texts", language="en")
    path.write_bytes(data)
    assert add(study, "texts", language="en").new == ("c",)


def test_words_of_an_earlier_version_are_made_anew_and_go(study):
    corpus = study / "corpus"
    known = (corpus / "words.arrow").read_bytes()
    (corpus / "words.arrow").rename(corpus / "words.parquet")
    with Store(study) as store:
        assert not store.worded
    assert add(study, "texts", language="en").unchanged == 2
    assert (corpus / "words.arrow").read_bytes() == known
    assert not (corpus / "words.parquet").exists()


def test_words_of_which_no_hash_is_known_are_made_anew(study):
    import pyarrow.parquet as pq

    path = study / "corpus/vocabulary.parquet"
    table = pq.read_table(path)
    about = {b"rubricate": table.schema.metadata[b"rubricate"]}
    pq.write_table(table.replace_schema_metadata(about), path)
    with Store(study) as store:
        assert not store.worded
    add(study, "texts", language="en")
    with Store(study) as store:
        assert store.worded


@pytest.mark.parametrize("name", ["vocabulary", "documents", "sentences"])
def test_a_damaged_table_gives_no_other_words_but_is_told(study, name):
    def read():
        with Store(study) as store:
            return [(document, document.text) for document in store.documents()], [
                (reading.words.start.tolist(), reading.sentences().start.tolist())
                for reading in stored_readings(store)
            ]

    path, known = study / f"corpus/{name}.parquet", read()
    data = path.read_bytes()
    told = 0
    for place in range(4, len(data) - 8, len(data) // 40):
        path.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
        try:
            assert read() == known
        except CorpusError as error:
            assert "its tables are damaged" in str(error)
            told += 1
    assert told > 10
