"""Every document comes from one file: two with one id are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.record import from_here
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from rubricate.corpus.storage.record import Key, Origin
    from rubricate.corpus.storage.stored import Known
    from rubricate.corpus.storage.writing import Entry


class _Claim(NamedTuple):
    document: str
    key: Key
    is_stored: bool


class Owners:
    """Which file each document is from; those that ``vanished`` from theirs may come from another."""

    def __init__(
        self, study: Path, origins: Mapping[Key, Origin], known: Iterable[Known], vanished: Collection[str]
    ) -> None:
        self._study, self._origins = study, origins
        self._claims = {
            same_form(one.document): _Claim(one.document, one.key, True)
            for one in known
            if one.document not in vanished
        }

    def check(self, entry: Entry) -> None:
        """Note which file a document is from; CorpusError where another has it, also if only Unicode can tell
        the ids apart.
        """
        mine = _Claim(entry.id, entry.key, False)
        other = self._claims.setdefault(same_form(entry.id), mine)
        if other[:2] == mine[:2]:
            return
        files = f"{self._shown(other.key)} and {self._shown(entry.key)}"
        if other.document != entry.id:
            problem = f"two documents look the same, {other.document!r} in {files}"
        else:
            problem = f"document {entry.id!r} is in two files, {files}"
        remove = f", or take it out of the corpus first: rubricate corpus remove {other.document}"
        raise CorpusError(f"{problem}; rename one{remove if other.is_stored else ''}")

    def _shown(self, key: Key) -> str:
        return shown(from_here(self._origins[key].path, self._study))
