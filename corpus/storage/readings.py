"""A stored corpus as readings, a row group each: words and borders come from its tables, and texts are read
only where somebody looks at them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from rubricate.corpus.document import PARTS, Document, Paragraph, Repair
from rubricate.corpus.reading import BETWEEN, Sentences, find_sentences, side_by_side
from rubricate.corpus.storage.tables import by_document
from rubricate.corpus.words.borders import characters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.storage.stored import Group, Store
    from rubricate.corpus.words.borders import Characters, Ints


_ALWAYS = ("document", "language", "encoding", "characters")
"""The columns of the documents that every reading asks for."""


class _Rows:
    """The tables of a row group, any other column read when it is first asked for."""

    def __init__(self, store: Store, group: Group) -> None:
        self._store, self.group = store, group
        self._columns = dict(zip(_ALWAYS, group.columns(*_ALWAYS), strict=True))
        self._children: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        self._text: pa.ChunkedArray | None = None
        self._texts: dict[int, str] = {}
        self._repairs: Counter[str] | None = None

    def table(self, name: str, *columns: str) -> pa.Table:
        return self._store.tables(self.group, {name: list(columns)})[name]

    def column(self, name: str) -> list[Any]:
        """A column of the documents."""
        if name not in self._columns:
            self._columns[name] = self.table("documents", name).column(0).to_pylist()
        return self._columns[name]

    def text(self, place: int) -> str:
        """The text of the document at a place; of a few documents the others are not made."""
        if place not in self._texts:
            if self._text is None:
                self._text = self.table("documents", "text").column(0)
            self._texts[place] = self._text[place].as_py()
        return self._texts[place]

    def repairs_of(self, document: str) -> int:
        """The number of repairs in a document."""
        if self._repairs is None:
            owner, names = _numbered(self.table("cleaning", "document").column(0))
            self._repairs = Counter(names[number] for number in owner.tolist())
        return self._repairs[document]

    def children(self, name: str, fields: tuple[str, ...], document: str) -> list[tuple[Any, ...]]:
        """The rows of ``paragraphs`` or ``cleaning`` of a document."""
        if name not in self._children:
            self._children[name] = by_document(self.table(name, "document", *fields), fields)
        return self._children[name].get(document, [])


class _Cell:
    """What the table ``documents`` has of a document in the column of this name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, document: StoredDocument, owner: type) -> Any:
        return document.rows.column(self._name)[document.place]


class StoredDocument(Document):
    """A document in the store, of which nothing is read before it is asked for."""

    __slots__ = ("place", "rows")

    rows: _Rows
    place: int
    file: Any = _Cell()
    sha256: Any = _Cell()
    title: Any = _Cell()
    date: Any = _Cell()
    citekey: Any = _Cell()
    line_joins: Any = _Cell()

    def __init__(self, rows: _Rows, place: int) -> None:
        for name, value in (
            ("rows", rows),
            ("place", place),
            ("id", rows.column("document")[place]),
            ("language", rows.column("language")[place]),
            ("encoding", rows.column("encoding")[place]),
        ):
            object.__setattr__(self, name, value)  # documents are frozen

    @property
    def text(self) -> str:
        """Its text."""
        return self.rows.text(self.place)

    @property
    def variables(self) -> dict[str, str]:
        """The columns that the user brought."""
        return dict(self.rows.column("variables")[self.place])

    @property
    def warnings(self) -> tuple[str, ...]:
        """The reader's doubts about the text."""
        return tuple(self.rows.column("warnings")[self.place])

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs."""
        return tuple(map(Paragraph._make, self.rows.children("paragraphs", Paragraph._fields, self.id)))

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was changed in the source's text."""
        return tuple(map(Repair._make, self.rows.children("cleaning", Repair._fields, self.id)))

    @property
    def repair_count(self) -> int:
        """The number of its repairs, which are not read for that."""
        return self.rows.repairs_of(self.id)


def stored_documents(store: Store, group: Group) -> list[StoredDocument]:
    """The documents of one row group, of which nothing is read before it is asked for."""
    rows = _Rows(store, group)
    return [StoredDocument(rows, place) for place in range(len(rows.column("document")))]


def stored_readings(store: Store) -> Iterator[Reading]:
    """The documents of a store of which the words are stored, a row group at a time."""
    for group in store.groups:
        yield read_group(store, group)


def read_group(store: Store, group: Group) -> Reading:
    """The documents of one row group."""
    import numpy as np

    documents = stored_documents(store, group)
    rows = documents[0].rows
    lengths = np.array(rows.column("characters"), np.int64)
    counts, start, end, part, counted = _paragraphs(rows)
    words = store.words(group, _reader_of(documents))
    reading = side_by_side(documents, store.vocabulary, words, lengths, counts, (start, end, part))
    return replace(reading, sentences=cache(lambda: _sentences(rows, reading)), counted=counted)


def _reader_of(documents: list[StoredDocument]) -> Callable[[], Characters]:
    @cache
    def characters() -> Characters:
        return characters_of(BETWEEN.join(document.text for document in documents))

    return characters


def _paragraphs(rows: _Rows) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """How many paragraphs each document has; start, end, part and number of words of each."""
    import numpy as np

    table = rows.table("paragraphs", "document", "start", "end", "part", "words")
    start, end, words = (_whole(table.column(name)) for name in ("start", "end", "words"))
    part, parts = _numbered(table.column("part"))
    known = np.array([PARTS.index(name) for name in parts], np.int64)
    owner, ids = _numbered(table.column("document"))
    place = {name: place for place, name in enumerate(rows.column("document"))}
    counts = np.zeros(len(place), np.int64)
    counts[[place[name] for name in ids]] = np.bincount(owner, minlength=len(ids))
    return counts, start, end, known[part], words


def _numbered(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """A column of texts as numbers, and the texts that they stand for."""
    encoded = column.combine_chunks().dictionary_encode()
    return encoded.indices.to_numpy(), encoded.dictionary.to_pylist()


def _sentences(rows: _Rows, reading: Reading) -> Sentences:
    """All sentences; every paragraph has one, even if nothing is in it."""
    import numpy as np

    table = rows.table("sentences", "paragraph", "start", "end")
    number, start, end = (_whole(table.column(name)) for name in ("paragraph", "start", "end"))
    opens = np.append(True, (number[1:] != number[:-1]) | (start[1:] <= start[:-1]))[: len(number)]
    paragraph = np.cumsum(opens) - 1
    if np.count_nonzero(opens) != len(reading.paragraph_start):  # no file of ours is like that
        return find_sentences(reading, np.ones(len(reading.paragraph_start), np.bool_))
    offset = reading.offset[reading.paragraph_document][paragraph]
    return Sentences(start + offset, end + offset, paragraph)


def _whole(column: pa.ChunkedArray) -> Ints:
    import numpy as np

    found: Ints = column.to_numpy().astype(np.int64)
    return found
