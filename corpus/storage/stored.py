"""A stored corpus read back: its documents one after the other, or only what is known of each."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rubricate.corpus.document_hash import corpus_hash
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.replacing import finish
from rubricate.corpus.storage.tables import TABLES, documents_from, schemas
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from rubricate.corpus.document import Document
    from rubricate.corpus.storage.writing import Writer

SUMMARY = "corpus.json"
_MOST_NAMES = 4
_NOT_SHOWN = ("text", "inputs", "hash", "line_joins")
_KNOWN = ("document", "source", "member", "inputs", "hash", "characters")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a document without its text: see ``tables.schemas``."""

    document: str
    source: str
    member: str
    inputs: str
    hash: str
    characters: int


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one row group, in order."""

    number: int
    documents: tuple[Known, ...]

    @property
    def characters(self) -> int:
        """The length of all their texts."""
        return sum(one.characters for one in self.documents)


class Store:
    """The tables of a corpus, open for reading; a corpus that is still empty has no groups."""

    def __init__(self, corpus: Path) -> None:
        """Open the tables in a study's folder ``corpus``; CorpusError where they are damaged."""
        finish(corpus)
        self._corpus = corpus
        self._stack = ExitStack()
        self._files: dict[str, Any] = {}
        self.groups: tuple[Group, ...] = ()
        if (corpus / SUMMARY).exists():
            self._open()

    def _open(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            for name in TABLES:
                file = pq.ParquetFile(self._corpus / f"{name}.parquet")
                self._files[name] = self._stack.enter_context(file)
            documents = self._files["documents"]
            self.groups = tuple(
                Group(number, tuple(_known(documents.read_row_group(number, columns=list(_KNOWN)))))
                for number in range(documents.num_row_groups)
            )
        except (OSError, pa.ArrowException, KeyError):
            self._stack.close()
            raise CorpusError(
                f"{shown(self._corpus)}: its tables are damaged; delete them there, and add the sources again"
            ) from None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def tables(self, group: Group, columns: Mapping[str, list[str]] | None = None) -> dict[str, pa.Table]:
        """The rows of a group by table."""
        chosen = columns or dict.fromkeys(TABLES)
        return {
            name: self._files[name].read_row_group(group.number, columns=some)
            for name, some in chosen.items()
        }

    def find(self, name: str) -> Known:
        """What is known of the document with this id; CorpusError, with ids like it, if there is none."""
        ids = {same_form(one.document): one for group in self.groups for one in group.documents}
        if same_form(name) not in ids:
            near = get_close_matches(name, ids, _MOST_NAMES, 0.5) or sorted(ids)[:_MOST_NAMES]
            there = f"there are {', '.join(near)}" if near else "the corpus is empty"
            raise CorpusError(f"there is no document {name!r}; {there}")
        return ids[same_form(name)]

    def document(self, name: str) -> Document:
        """The document with this id, as ``find`` finds it."""
        wanted = self.find(name)
        group = next(group for group in self.groups if wanted in group.documents)
        return next(one for one in documents_from(self.tables(group)) if one.id == wanted.document)

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the table ``documents`` says of each document, but for its text."""
        for group in self.groups:
            columns = [name for name in schemas()["documents"].names if name not in _NOT_SHOWN]
            for row in self.tables(group, {"documents": columns})["documents"].to_pylist():
                yield row | {"variables": dict(row["variables"])}

    def documents(self) -> Iterator[Document]:
        """All documents in the order of their ids, a group of them in memory at a time."""
        for group in self.groups:
            yield from documents_from(self.tables(group))


def _known(table: pa.Table) -> Iterator[Known]:
    columns = [table.column(name).to_pylist() for name in _KNOWN]
    return (Known(*row) for row in zip(*columns, strict=True))


def write_summary(folder: Path, writer: Writer) -> None:
    """Write corpus.json: what ``read_summary`` reads."""
    content = {"documents": len(writer.hashes), "words": writer.words, "sha256": corpus_hash(writer.hashes)}
    (folder / SUMMARY).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_summary(corpus: Path) -> dict[str, Any]:
    """What corpus.json says: ``documents``, ``words`` and the ``sha256`` of the corpus."""
    finish(corpus)
    try:
        content: dict[str, Any] = json.loads((corpus / SUMMARY).read_bytes())
    except FileNotFoundError:
        return {"documents": 0, "words": 0, "sha256": ""}
    except (OSError, ValueError):
        raise CorpusError(f"{shown(corpus / SUMMARY)}: is damaged; add the sources again") from None
    return content
