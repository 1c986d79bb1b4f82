"""From files to documents as read, in the order of their ids."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import normalize

from rubricate.corpus.errors import CorpusError, FileError, shown
from rubricate.corpus.readers import READERS, TABLES
from rubricate.corpus.readers.dates import DateError
from rubricate.corpus.readers.encoding import check_encoding
from rubricate.corpus.readers.raw import ReadOptions, Skipped, SourceFile, read_raw
from rubricate.corpus.sources import first_reasons
from rubricate.corpus.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.corpus.document import Source

    _Waiting = tuple[str, int, SourceFile, Source | int | None]

_DEFAULTS = ReadOptions()


def read_sources(
    files: Iterable[SourceFile], skipped: list[Skipped], options: ReadOptions = _DEFAULTS
) -> Iterator[Source]:
    """Yield the documents of ``files`` in the order of their ids (code points), no id twice.

    Tables are read at once, because their ids are inside; any other file only when its turn comes.
    A file named outright that cannot be read is a CorpusError; others are appended to ``skipped``, as
    are single rows. Nothing readable at all is a CorpusError, and so is a choice of columns without tables.
    """
    files = list(files)
    check_encoding(options.encoding)
    _refuse_idle_columns(files, options)
    empty = True
    with Spool() as spool:
        for source in _in_order(files, skipped, options, spool):
            empty = False
            yield source
    if empty:
        raise CorpusError(f"no document could be read; {first_reasons(skipped)}")


def _refuse_idle_columns(files: Sequence[SourceFile], options: ReadOptions) -> None:
    if any(file.extension in TABLES for file in files):
        return
    for option, column in (("--text-column", options.text_column), ("--id-column", options.id_column)):
        if column:
            raise CorpusError(
                f"{option}: no CSV or TSV is among the sources that could have a column {column!r}; "
                f"name one, or leave out {option}"
            )


def _in_order(
    files: Iterable[SourceFile], skipped: list[Skipped], options: ReadOptions, spool: Spool
) -> Iterator[Source]:
    """Yield the documents in the order of their ids.

    The rows of tables are read at first; any other file when its turn comes, and its documents, whose ids
    all begin with its own, wait for their turns.
    """
    number = count()  # tells those with the same id apart
    waiting: list[_Waiting] = []
    for file in files:
        if file.extension in TABLES:
            found = _read(file, skipped, options)
            waiting += ((row.id, next(number), file, spool.keep(row)) for row in found)
        else:
            waiting.append((file.id, next(number), file, None))
    _refuse_namesakes(waiting)
    heapify(waiting)
    before: list[_Waiting] = []
    while waiting:  # taken off one by one, so that what was used can be forgotten
        document, place, file, kept = heappop(waiting)
        if kept is None:
            for source in _read(file, skipped, options):
                heappush(waiting, (source.id, next(number), file, spool.keep(source)))
            continue
        now: _Waiting = (document, place, file, None)
        _refuse_namesakes([*before, now])
        before = [now]
        yield spool.take(kept)


def _refuse_namesakes(waiting: Iterable[_Waiting]) -> None:
    """Raise a CorpusError if two files hold one document, also if only Unicode can tell the ids apart."""
    owners: dict[str, _Waiting] = {}
    for entry in waiting:
        document, _, file, _ = entry
        earlier, _, other, _ = owners.setdefault(normalize("NFC", document), entry)
        if other is file:
            continue
        both = f"{_called(other)} and {_called(file)}"
        if earlier != document:
            raise CorpusError(f"two documents look the same, {earlier!r} in {both}; rename one")
        folder = ", or name the folder that holds both" if file.file == other.file else ""
        raise CorpusError(f"document {document!r} is in two files, {both}; rename one{folder}")


def _read(file: SourceFile, skipped: list[Skipped], options: ReadOptions) -> list[Source]:
    """Read a whole file or nothing of it: half a table would look like a table."""
    try:
        items = list(READERS[file.extension](read_raw(file), options))
    except FileError as error:
        if file.outright or isinstance(error, DateError):
            raise CorpusError(f"{_called(file)}: {error.reason}") from None
        skipped.append(Skipped(file.file, error.reason))
        return []
    skipped += (item for item in items if isinstance(item, Skipped))
    return [item for item in items if not isinstance(item, Skipped)]


def _called(file: SourceFile) -> str:
    return shown(file.path) if file.path else "standard input"
