"""Where documents wait for their turn: in memory while they are few, in a file without a name when not."""

from __future__ import annotations

import pickle
import tempfile
from typing import IO, TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import explain

if TYPE_CHECKING:
    from types import TracebackType

    from rubricate.corpus.document import Source

HELD = 64 * 1024**2
"""How many characters of text wait in memory; what comes later waits on the disk."""

_PIECE = 100  # characters whose room a document, a block or a variable takes besides its text


class Spool:
    """Keeps sources until they are taken, each once.

    The file lies in the system's folder for temporary files, has no name there, and is gone when the spool
    is closed or the program ends, however it ends.
    """

    def __init__(self, held: int = HELD) -> None:
        """At most about ``held`` characters are kept in memory."""
        self._left = held
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def keep(self, source: Source) -> Source | int:
        """Keep a source; what is returned is handed to ``take``."""
        size = _size(source)
        if size <= self._left:
            self._left -= size
            return source
        try:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 (closed with the spool)
            place = self._file.seek(0, 2)
            pickle.dump(source, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            folder = tempfile.gettempdir()
            raise CorpusError(
                f"{folder}: the documents find no room to wait in: {explain(error)}; make room there, or "
                "set TMPDIR to a folder that has some"
            ) from None
        return place

    def forget(self, kept: Source | int) -> None:
        """A source that was kept will not be taken."""
        if not isinstance(kept, int):
            self._left += _size(kept)

    def take(self, kept: Source | int) -> Source:
        """The source that was kept."""
        self.forget(kept)
        if not isinstance(kept, int):
            return kept
        assert self._file
        self._file.seek(kept)
        source: Source = pickle.load(self._file)  # noqa: S301 (what we wrote into it ourselves)
        return source


def _size(source: Source) -> int:
    texts = len(source.text) + sum(len(block.text) for block in source.blocks)
    values = sum(map(len, source.variables.values())) + _PIECE * (len(source.blocks) + len(source.variables))
    return texts + values + _PIECE
