"""A stored corpus read back: its documents one after the other, or only what is known of each."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.document_hash import corpus_hash
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.record import read_record
from rubricate.corpus.storage.replacing import settled
from rubricate.corpus.storage.tables import TABLES, documents_from, schemas
from rubricate.corpus.storage.word_file import WORDS, StoredWords
from rubricate.corpus.storage.words import VOCABULARY, open_vocabulary, vocabulary_from
from rubricate.corpus.study.tables import same_form
from rubricate.corpus.words.borders import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from rubricate.corpus.document import Document
    from rubricate.corpus.storage.record import Key
    from rubricate.corpus.storage.writing import Writer
    from rubricate.corpus.words.borders import Characters

SUMMARY = "corpus.json"
_MOST_NAMES = 4
_NOT_SHOWN = ("text", "inputs", "hash", "line_joins")


_HELD = ("document", "hash", "characters", "language", "encoding")
"""What every pass asks of all documents."""


class Known(NamedTuple):
    """What the store knows of a document without its text: see ``tables.schemas``."""

    document: str
    source: str
    member: str
    inputs: str
    hash: str
    characters: int
    language: str
    encoding: str

    @property
    def key(self) -> Key:
        """Its Origin's."""
        return self.source, self.member


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one row group, in order. What is known of them is held as columns, or read when it is
    asked for: a large corpus has many.
    """

    number: int
    _held: pa.Table
    _read: Callable[[int, Sequence[str]], pa.Table]

    def columns(self, *names: str) -> list[list[Any]]:
        """What is known of each document under some names of Known's, name by name."""
        further = [name for name in names if name not in _HELD]
        rest = self._read(self.number, further) if further else self._held
        return [(self._held if name in _HELD else rest).column(name).to_pylist() for name in names]

    def column(self, name: str) -> list[Any]:
        """The same under one name."""
        return self.columns(name)[0]

    @property
    def documents(self) -> tuple[Known, ...]:
        """What is known of each document."""
        return tuple(map(Known._make, zip(*self.columns(*Known._fields), strict=True)))

    @property
    def characters(self) -> int:
        """The length of all their texts."""
        return sum(self.column("characters"))


class Store:
    """The corpus of a study, open for reading; one that is still empty has no groups.

    What is read is one state of the corpus, though another command may replace it meanwhile. ``worded`` says
    whether its words are stored as they are told today.
    """

    def __init__(self, study: Path) -> None:
        """Open it; CorpusError where its files are damaged."""
        self._corpus = study / CORPUS
        self._stack = ExitStack()
        self._files: dict[str, Any] = {}
        self.groups: tuple[Group, ...] = ()
        self.worded = False
        with settled(study):
            self.record = read_record(study)
            if (self._corpus / SUMMARY).exists():
                self._open()

    def _open(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            if stored := open_vocabulary(self._corpus):
                for name, file in zip((VOCABULARY, WORDS), stored, strict=True):
                    self._files[name] = self._stack.enter_context(file)
                self.worded = True
            for name in TABLES:
                path = self._corpus / f"{name}.parquet"
                file = pq.ParquetFile(path, page_checksum_verification=True)
                self._files[name] = self._stack.enter_context(file)
            count = self._files["documents"].num_row_groups
            self.groups = tuple(
                Group(number, self._known(number, _HELD), self._known) for number in range(count)
            )
        except (OSError, ValueError, KeyError, pa.ArrowException):
            self.close()
            raise self._damaged() from None

    def _damaged(self) -> CorpusError:
        return CorpusError(
            f"{shown(self._corpus)}: its tables are damaged; delete the .parquet, .arrow and .json files "
            "there, and add the sources again"
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """That of its words; an empty one where these are not stored."""
        import pyarrow as pa

        if not self.worded:
            return Vocabulary()
        try:
            return vocabulary_from(self._files[VOCABULARY])
        except (OSError, ValueError, KeyError, pa.ArrowException):
            raise self._damaged() from None

    def known(self) -> Iterator[Known]:
        """What is known of each document, in the order of ids."""
        return (one for group in self.groups for one in group.documents)

    def column(self, name: str) -> Iterator[Any]:
        """What is known of each document under a name of Known's, in the order of ids."""
        return (one for group in self.groups for one in group.column(name))

    def _known(self, group: int, names: Sequence[str]) -> pa.Table:
        """Columns of the documents of a row group; CorpusError where they are damaged."""
        import pyarrow as pa

        try:
            table = self._files["documents"].read_row_group(group, columns=list(names), use_threads=False)
            return table.select(names)
        except (OSError, ValueError, KeyError, pa.ArrowException):
            raise self._damaged() from None

    def tables(
        self, group: Group, columns: Mapping[str, list[str] | None] | None = None
    ) -> dict[str, pa.Table]:
        """The rows of a group by table; CorpusError where they are damaged."""
        import pyarrow as pa

        chosen = columns or dict.fromkeys(TABLES)
        try:
            return {
                name: self._files[name].read_row_group(group.number, columns=some, use_threads=False)
                for name, some in chosen.items()
            }
        except (OSError, ValueError, KeyError, pa.ArrowException):
            raise self._damaged() from None

    def word_batch(self, group: Group) -> pa.RecordBatch:
        """The words of a group as they are stored; CorpusError where they are damaged."""
        import pyarrow as pa

        try:
            return self._files[WORDS].batch(group.number)
        except (OSError, ValueError, KeyError, pa.ArrowException):
            raise self._damaged() from None

    def words(self, group: Group, characters: Callable[[], Characters]) -> StoredWords:
        """The words of a group, of which ``characters`` reads the text."""
        try:
            return StoredWords(self.word_batch(group), self.vocabulary.lengths, characters)
        except (ValueError, KeyError, IndexError):
            raise self._damaged() from None

    def find(self, name: str) -> Known:
        """What is known of the document with this id; CorpusError, with ids like it, if there is none."""
        found = self._by_form.get(same_form(name))
        if found is None:
            near = get_close_matches(name, self._by_form, _MOST_NAMES, 0.5) or list(self._by_form)
            there = f"there are {', '.join(near[:_MOST_NAMES])}" if near else "the corpus is empty"
            raise CorpusError(f"there is no document {name!r}; {there}")
        return found

    @cached_property
    def _by_form(self) -> dict[str, Known]:
        return {same_form(one.document): one for one in self.known()}

    def document(self, name: str) -> Document:
        """The document with this id, as ``find`` finds it."""
        wanted = self.find(name)
        group = next(group for group in self.groups if wanted.document in group.column("document"))
        return next(one for one in documents_from(self.tables(group)) if one.id == wanted.document)

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the table ``documents`` says of each document, but for its text."""
        columns = [name for name in schemas()["documents"].names if name not in _NOT_SHOWN]
        for group in self.groups:
            for row in self.tables(group, {"documents": columns})["documents"].to_pylist():
                yield row | {"variables": dict(row["variables"])}

    def documents(self) -> Iterator[Document]:
        """All documents in the order of their ids, a group of them in memory at a time."""
        for group in self.groups:
            yield from documents_from(self.tables(group))


def write_summary(folder: Path, writer: Writer) -> None:
    """Write corpus.json: what ``read_summary`` reads."""
    content = {"documents": writer.documents, "words": writer.words, "sha256": writer.sha256}
    (folder / SUMMARY).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_summary(study: Path) -> dict[str, Any]:
    """What corpus.json says: ``documents``, ``words`` and the ``sha256`` of the corpus."""
    path = study / CORPUS / SUMMARY
    try:
        with settled(study):
            content: dict[str, Any] = json.loads(path.read_bytes())
            return {name: content[name] for name in ("documents", "words", "sha256")}
    except FileNotFoundError:
        return {"documents": 0, "words": 0, "sha256": corpus_hash(())}
    except (OSError, ValueError, TypeError, KeyError):
        raise CorpusError(f"{shown(path)}: is damaged; add the sources again") from None
