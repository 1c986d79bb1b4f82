"""What a person is told of variables that do not fit together: a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.metadata.merging import Conflict, Misfits

_MOST = 4
_LONGEST = 60  # characters of a value


def lines_of_misfits(misfits: Misfits, metadata: str, pattern: str) -> Iterator[str]:
    """The lines; ``metadata`` is the file with them and ``pattern`` that of the names of files."""
    yield from misfits.doubts[:_MOST]
    if len(misfits.doubts) > _MOST:
        yield f"… and {number(len(misfits.doubts) - _MOST, 'doubt')} more of that kind"
    if misfits.conflicts:
        listed = _some([_in_words(conflict) for conflict in misfits.conflicts], "; ")
        yield f"{number(len(misfits.conflicts), 'conflict')} between variables: {listed}"
    for names, one, problem in (
        (misfits.rows, "row", f"of {metadata} without a document"),
        (misfits.documents, "document", f"without a row in {metadata}"),
        (list(misfits.names), "file", f"with a name that does not fit {pattern}"),
    ):
        if names:
            yield f"{number(len(names), one)} {problem}: {_some(names)}"


def _in_words(conflict: Conflict) -> str:
    kept, other = _shortened(conflict.kept), _shortened(conflict.other)
    return (
        f"{conflict.document}: {conflict.variable} {kept} ({conflict.kept_from}) "
        f"not {other} ({conflict.other_from})"
    )


def _shortened(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def _some(names: Sequence[str], between: str = ", ") -> str:
    return between.join(names[:_MOST]) + (f"{between}…" if len(names) > _MOST else "")
