"""Documents into the tables of a stored corpus, batch by batch, so that memory does not grow with it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.corpus.document_hash import document_hash
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.storage.tables import PLAIN, TABLES, cleaning_columns, paragraph_columns, schemas
from rubricate.corpus.storage.word_file import WORDS, word_batch, write_words
from rubricate.corpus.storage.words import AS_STORED, write_vocabulary
from rubricate.corpus.words.borders import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from rubricate.corpus.document import Document
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.storage.record import Key
    from rubricate.corpus.storage.tables import Columns

BATCH = 2_000_000
"""Characters of text in a row group: enough for arrays to pay, few enough to be held several times."""


def is_small(characters: int) -> bool:
    """Whether a row group of so many characters should rather be joined to another."""
    return 2 * characters < BATCH


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into the store: where it comes from below ``sources/``, and its ``inputs``."""

    document: Document
    source: str
    member: str
    inputs: str

    @property
    def id(self) -> str:
        """That of the document, by which all are ordered."""
        return self.document.id

    @property
    def key(self) -> Key:
        """Its Origin's."""
        return self.source, self.member


class Writer:
    """The tables of a corpus while they are written into ``folder``; documents come in the order of ids.

    ``documents`` and ``words`` are their numbers so far. ``vocabulary`` is that of an earlier corpus of which
    row groups are copied.
    """

    def __init__(self, folder: Path, vocabulary: Vocabulary | None = None) -> None:
        self._folder = folder
        self._schemas = schemas()
        self._vocabulary = vocabulary or Vocabulary()
        self._languages: set[str] = set()
        self._stack = ExitStack()
        self._sha256 = hashlib.sha256()
        self.documents = self.words = 0

    def __enter__(self) -> Writer:
        import pyarrow.parquet as pq

        self._files = {
            name: self._stack.enter_context(
                pq.ParquetWriter(self._folder / f"{name}.parquet", schema, **AS_STORED)
            )
            for name, schema in self._schemas.items()
        }
        self._words = self._stack.enter_context(write_words(self._folder / WORDS))
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        self._stack.close()
        if kind is None:
            write_vocabulary(self._folder, self._vocabulary, self._languages)

    def write(self, entries: Sequence[Entry]) -> None:
        """Write some documents as one row group."""
        import pyarrow as pa

        documents = [entry.document for entry in entries]
        reading = read_words(documents, self._vocabulary)
        columns = {
            "documents": _document_columns(entries, reading),
            "paragraphs": paragraph_columns(documents, reading.paragraph_words.tolist()),
            "sentences": _sentence_columns(documents, reading),
            "cleaning": cleaning_columns(documents),
        }
        tables = {name: pa.table(columns[name], schema=self._schemas[name]) for name in TABLES}
        self.copy(tables, word_batch(reading.words))

    def copy(self, tables: Mapping[str, pa.Table], words: pa.RecordBatch) -> None:
        """Write a row group of an earlier corpus, and its words, as they were."""
        for name, file in self._files.items():
            file.write_table(tables[name])
        self._words.write_batch(words)
        documents = tables["documents"]
        self._languages.update(documents.column("language").unique().to_pylist())
        self._sha256.update(bytes.fromhex("".join(documents.column("hash").to_pylist())))
        self.documents += documents.num_rows
        self.words += sum(documents.column("words").to_pylist())

    @property
    def sha256(self) -> str:
        """The hash of the corpus so far: ``corpus_hash``."""
        return self._sha256.hexdigest()


def in_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Cut a stream of documents into batches of about BATCH characters, none of them empty."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and size + len(entry.document.text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += len(entry.document.text)
    if batch:
        yield batch


def _document_columns(entries: Sequence[Entry], reading: Reading) -> Columns:
    import numpy as np

    documents = [entry.document for entry in entries]
    first = np.searchsorted(reading.words.start, reading.offset)
    words = np.diff(first, append=len(reading.words))
    columns: dict[str, list[Any]] = {
        name: [getattr(document, name) for document in documents] for name in (*PLAIN, "text")
    }
    return {
        "document": [document.id for document in documents],
        "source": [entry.source for entry in entries],
        "member": [entry.member for entry in entries],
        "inputs": [entry.inputs for entry in entries],
        "hash": [document_hash(document).hex() for document in documents],
        "variables": [list(document.variables.items()) for document in documents],
        "warnings": [list(document.warnings) for document in documents],
        "words": words.tolist(),
        "characters": [len(document.text) for document in documents],
        **columns,
    }


def _sentence_columns(documents: Sequence[Document], reading: Reading) -> Columns:
    import numpy as np

    sentences = find_sentences(reading, np.ones(len(reading.paragraph_start), np.bool_))
    owner = reading.paragraph_document[sentences.paragraph]
    names = [document.id for document in documents]
    return {
        "document": [names[index] for index in owner.tolist()],
        "paragraph": (reading.paragraph_index[sentences.paragraph] + 1).tolist(),
        "start": (sentences.start - reading.offset[owner]).tolist(),
        "end": (sentences.end - reading.offset[owner]).tolist(),
    }
