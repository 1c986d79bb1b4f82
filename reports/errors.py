"""What can go wrong while tables are made and written, said in one line."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rubricate.corpus.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class ReportError(Exception):
    """The user's mistake or misfortune: where, what, and what to do."""


@contextmanager
def writing(place: Path | str) -> Iterator[None]:
    """Turn an OSError of the block into a ReportError about ``place``, as the user knows it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(f"{shown(place)}: cannot be written ({reason}): {_advice(error.errno)}") from error


def _advice(number: int | None) -> str:
    if number in FULL:
        return "free some space or name a folder on another disk"
    if number in FORBIDDEN:
        return "name a folder that you may write to"
    if number == errno.ENAMETOOLONG:
        return "name a folder with a shorter path"
    return "name another folder, or close the programs that use this one"
