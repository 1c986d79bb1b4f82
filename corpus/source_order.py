"""From files to documents as read, in the order of their ids."""

from __future__ import annotations

from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import normalize

from rubricate.corpus.errors import CorpusError, FileError, shown
from rubricate.corpus.readers import READERS, TABLES, WEB_PAGES
from rubricate.corpus.readers.dates import DateError
from rubricate.corpus.readers.encoding import check_encoding
from rubricate.corpus.readers.raw import ReadOptions, Skipped, SourceFile, read_raw
from rubricate.corpus.readers.signatures import check_signature, extension_of_stream
from rubricate.corpus.sources import first_reasons
from rubricate.corpus.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import RawFile

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
    with Spool() as spool:
        for _, source in in_order(files, skipped, options, spool):
            yield source


def _refuse_idle_options(files: Sequence[SourceFile], options: ReadOptions) -> None:
    """CorpusError where a choice was made for formats that none of the files has."""
    if any(file.path is None for file in files):
        return  # what that is will be seen
    if options.split and all(file.extension in TABLES for file in files):
        raise CorpusError("--split: all sources are tables, whose rows are the documents; leave it out")
    if options.main_content and not any(file.extension in WEB_PAGES for file in files):
        raise CorpusError("--main-content: no web page is among the sources; leave it out")
    if any(file.extension in TABLES for file in files):
        return
    for option, column in (("--text-column", options.text_column), ("--id-column", options.id_column)):
        if column:
            raise CorpusError(
                f"{option}: no table is among the sources that could have a column {column!r}; "
                f"name one, or leave out {option}"
            )


def in_order(
    files: Iterable[SourceFile],
    skipped: list[Skipped],
    options: ReadOptions,
    spool: Spool,
    expect: Callable[[int], object] = int,
) -> Iterator[tuple[SourceFile, Source]]:
    """Yield the documents as ``read_sources`` does, each with its file; ``spool`` keeps those that wait.

    The rows of tables are read at first; then ``expect`` is told how many documents there are, as far as that
    is known. Any other file is read when its turn comes, and its documents, whose ids all begin with its own,
    wait for their turns.
    """
    files = list(files)
    check_encoding(options.encoding)
    if options.split:
        from rubricate.corpus.readers.bundles.splitting import check_split

        check_split(options.split)
    _refuse_idle_options(files, options)
    number = count()  # tells those with the same id apart
    waiting: list[_Waiting] = []
    for file in files:
        if file.extension in TABLES or file.path is None:  # whose ids need not begin with the file's
            waiting += ((name, next(number), file, one) for name, one in _kept(file, skipped, options, spool))
        else:
            waiting.append((file.id, next(number), file, None))
    _refuse_namesakes(waiting)
    expect(len(waiting))
    heapify(waiting)
    before: list[_Waiting] = []
    while waiting:  # taken off one by one, so that what was used can be forgotten
        document, place, file, kept = heappop(waiting)
        if kept is None:
            for name, one in _kept(file, skipped, options, spool):
                heappush(waiting, (name, next(number), file, one))
            continue
        now: _Waiting = (document, place, file, None)
        _refuse_namesakes([*before, now])
        before = [now]
        yield file, spool.take(kept)
    if not before:
        raise CorpusError(f"no document could be read; {first_reasons(skipped)}")


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


def _kept(
    file: SourceFile, skipped: list[Skipped], options: ReadOptions, spool: Spool
) -> list[tuple[str, Source | int]]:
    """Read a whole file or nothing of it: half a table would look like a table. The ids, and what is kept."""
    kept: list[tuple[str, Source | int]] = []
    left: list[Skipped] = []
    try:
        raw = read_raw(file)
        if file.path is None:
            raw = replace(raw, extension=extension_of_stream(raw.data))
        check_signature(raw)
        for item in _documents(raw, options):
            if isinstance(item, Skipped):
                left.append(replace(item, reason=shown(item.reason)))
            else:
                kept.append((item.id, spool.keep(item)))
    except FileError as error:
        reason = shown(error.reason)  # which may quote the file
        if file.outright or isinstance(error, DateError):
            raise CorpusError(f"{_called(file)}: {reason}") from None
        for _, one in kept:
            spool.forget(one)
        skipped.append(Skipped(file.file, reason))
        return []
    skipped += left
    return kept


def _documents(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """What a reader yields, and of a bundle each of its documents."""
    found = READERS[raw.extension](raw, options)
    if raw.extension in TABLES:
        return found
    from rubricate.corpus.readers.bundles.splitting import split_sources

    return split_sources(found, raw, options)


def _called(file: SourceFile) -> str:
    if file.path is None:
        return "standard input"
    return shown(f"{file.path}/{file.member}" if file.member else file.path)
