"""The words of a stored corpus: words.parquet and vocabulary.parquet.

Row group k of words.parquet has the words of the documents in row group k of the other tables, one row each.
They are numbered as in vocabulary.parquet, to which new documents only add, so that row groups can be copied
unread; of documents that are gone, words may stay, which no result depends on.
"""

from __future__ import annotations

import unicodedata
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING

from rubricate.corpus.words.borders import Vocabulary, Words
from rubricate.corpus.words.joints import joints
from rubricate.corpus.words.lemmas import has_word_list, lemmas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Characters

WORDS = "words"
VOCABULARY = "vocabulary"
"""The tables by the names of their files, without ``.parquet``."""

BORDERS = 2
"""Raised whenever words, sentences, folded words or lemmas of a text become others than before: what is
stored of them is then of no use, and made anew."""

_MADE_BY = b"rubricate"
_LEMMAS = "lemmas_"


def made_by() -> str:
    """What decides about words and sentences: stored ones hold only while it is the same."""
    return f"{BORDERS}, Unicode {unicodedata.unidata_version}, simplemma {version('simplemma')}"


def word_schema() -> pa.Schema:
    """The columns of words.parquet: ``word`` is its number in the vocabulary, ``gap`` how many characters
    stand before it, from the end of the word in front; below 0 where these do not join the two to a phrase.
    """
    import pyarrow as pa

    return pa.schema([("word", pa.int32()), ("gap", pa.int32())])


def word_table(words: Words) -> pa.Table:
    """Some words as rows."""
    import numpy as np
    import pyarrow as pa

    gap = words.start - np.append(0, words.end[:-1])[: len(words)]
    gap[1:][~joints(words, np.arange(1, len(words)))] *= -1
    return pa.table({"word": words.id, "gap": gap.astype(np.int32)}, schema=word_schema())


def words_from(table: pa.Table, lengths: NDArray[np.int32], characters: Callable[[], Characters]) -> Words:
    """The words of a row group; ``lengths`` are those of the vocabulary, ``characters`` reads their text."""
    import numpy as np

    number, gap = (_array(table.column(name)) for name in ("word", "gap"))
    length = lengths[number]
    end = np.cumsum(np.abs(gap) + length, dtype=np.int64)
    return Words(end - length, end, number, characters, gap > 0)


def _array(column: pa.ChunkedArray) -> NDArray[np.int32]:
    found: NDArray[np.int32] = column.to_numpy()
    return found


def write_vocabulary(folder: Path, vocabulary: Vocabulary, languages: Iterable[str]) -> None:
    """Write the words, with their lemmas in those of the languages that have a word list."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    columns = {"word": pa.array(vocabulary.words, text), "folded": pa.array(vocabulary.folded, text)}
    for language in sorted(languages):
        if has_word_list(language):
            columns[_LEMMAS + language] = pa.array(_lemmas(vocabulary, language), pa.list_(text))
    table = pa.table(columns).replace_schema_metadata({_MADE_BY: made_by().encode()})
    pq.write_table(table, folder / f"{VOCABULARY}.parquet", compression="zstd")


def _lemmas(vocabulary: Vocabulary, language: str) -> list[list[str]]:
    """The lemmas of all words; those that are known are not looked up again."""
    found = [list(some) for some in vocabulary.lemmas.get(language, ())]
    found += (sorted(lemmas(word, language)) for word in islice(vocabulary.words, len(found), None))
    return found


def open_vocabulary(folder: Path) -> pq.ParquetFile | None:
    """The vocabulary of a stored corpus; None where there is none, or where it was made by other rules."""
    import pyarrow.parquet as pq

    path = folder / f"{VOCABULARY}.parquet"
    if not path.exists() or not (folder / f"{WORDS}.parquet").exists():
        return None
    file = pq.ParquetFile(path)
    if (file.schema_arrow.metadata or {}).get(_MADE_BY, b"").decode() == made_by():
        return file
    file.close()
    return None


def vocabulary_from(file: pq.ParquetFile) -> Vocabulary:
    """The vocabulary in an open file."""
    table = file.read()
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    known = {name.removeprefix(_LEMMAS): some for name, some in columns.items() if name.startswith(_LEMMAS)}
    return Vocabulary(columns["word"], columns["folded"], known)
