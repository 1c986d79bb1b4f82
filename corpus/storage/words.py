"""The vocabulary of a stored corpus: vocabulary.parquet.

Batch k of words.arrow has the words of the documents in row group k of the tables, numbered as here. New
documents only add to the vocabulary, so that row groups and batches can be copied unread; of documents that
are gone, words may stay, which no result depends on.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any

from rubricate.corpus.storage.copies import hash_file
from rubricate.corpus.storage.word_file import WORDS, WordFile
from rubricate.corpus.words.borders import Vocabulary
from rubricate.corpus.words.lemmas import has_word_list, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow.parquet as pq

VOCABULARY = "vocabulary"
"""The name of the file, without ``.parquet``."""

AS_STORED: dict[str, Any] = {"compression": "zstd", "write_page_checksum": True}
"""How tables of a stored corpus are written: damage is noticed, and gives no other words or texts."""

BORDERS = 2
"""Raised whenever words, sentences, folded words or lemmas of a text become others than before: what is
stored of them is then of no use, and made anew."""

_MADE_BY = b"rubricate"
_WORDS_HASH = b"words"
_LEMMAS = "lemmas_"


@cache
def made_by() -> str:
    """What decides about words and sentences: stored ones hold only while it is the same."""
    return f"{BORDERS}, Unicode {unicodedata.unidata_version}, simplemma {version('simplemma')}"


def write_vocabulary(folder: Path, vocabulary: Vocabulary, languages: Iterable[str]) -> None:
    """Write the words, with their lemmas in those of the languages that have a word list, and the hash of
    words.arrow, which is in the folder already.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    columns = {"word": pa.array(vocabulary.words, text), "folded": pa.array(vocabulary.folded, text)}
    for language in sorted(languages):
        if has_word_list(language):
            columns[_LEMMAS + language] = pa.array(_lemmas(vocabulary, language), pa.list_(text))
    about = {_MADE_BY: made_by().encode(), _WORDS_HASH: hash_file(folder / WORDS).encode()}
    table = pa.table(columns).replace_schema_metadata(about)
    pq.write_table(table, folder / f"{VOCABULARY}.parquet", **AS_STORED)


def _lemmas(vocabulary: Vocabulary, language: str) -> list[list[str]]:
    """The lemmas of all words; those that are known are not looked up again."""
    found = [list(some) for some in vocabulary.lemmas.get(language, ())]
    found += (sorted(lemmas(word, language)) for word in islice(vocabulary.words, len(found), None))
    return found


def open_vocabulary(folder: Path) -> tuple[pq.ParquetFile, WordFile] | None:
    """The vocabulary of a stored corpus and its words; None where they are not stored, or where they were
    made by other rules.
    """
    import pyarrow.parquet as pq

    path = folder / f"{VOCABULARY}.parquet"
    if not path.exists() or not (folder / WORDS).exists():
        return None
    file = pq.ParquetFile(path, page_checksum_verification=True)
    about = file.schema_arrow.metadata or {}
    if about.get(_MADE_BY, b"").decode() == made_by() and _WORDS_HASH in about:
        return file, WordFile(folder / WORDS, about[_WORDS_HASH].decode())
    file.close()
    return None


def vocabulary_from(file: pq.ParquetFile) -> Vocabulary:
    """The vocabulary in an open file."""
    table = file.read()
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    known = {name.removeprefix(_LEMMAS): some for name, some in columns.items() if name.startswith(_LEMMAS)}
    return Vocabulary(columns["word"], columns["folded"], known)
