"""The lines of tests/data/sentences/*.txt: a bar stands where a sentence begins within one."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest

from rubricate.corpus.words.borders import Vocabulary, find_words
from rubricate.corpus.words.sentences import sentence_starts

FOLDER = Path(__file__).parent / "data" / "sentences"
CASES = [
    pytest.param(file.stem, line, id=f"{file.stem}-{number}")
    for file in sorted(FOLDER.glob("*.txt"))
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(("language", "line"), CASES)
def test_sentences_begin_where_readers_of_the_language_say(language: str, line: str) -> None:
    pieces, vocabulary = line.split("|"), Vocabulary()
    found = sentence_starts(find_words("".join(pieces), vocabulary), vocabulary, language).tolist()
    assert found == list(accumulate(map(len, pieces[:-1]))), line


@pytest.mark.parametrize("language", ["ar", "de", "es", "fa", "fr", "ru", "tr", "zh"])
def test_every_language_has_its_cases(language: str) -> None:
    lines = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    assert len(set(lines)) >= 25
    assert any("|" in line for line in lines)
    assert not all("|" in line for line in lines)
