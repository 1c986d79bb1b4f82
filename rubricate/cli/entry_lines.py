"""What a person is told of the entries of a codebook after a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import display_width, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.reports.entry_remarks import Remarks

_LONGEST = 30  # columns of an entry
_WIDTH = 80


def lines_of_entries(found: Remarks, *, watched: bool = False) -> Iterator[str]:
    """How many entries matched nothing, make more than half of a code, and stand under several, each with as
    many examples as a line has room for. ``watched``: at a terminal, where right-to-left texts are set apart.

    >>> from rubricate.reports.entry_remarks import Dominant, Remarks
    >>> war = Dominant("war", "war", 7, 9)
    >>> found = Remarks(9, (("war", "warfare"),), (war,), (("arms", ("war", "peace")),))
    >>> print("\\n".join(lines_of_entries(found)))
    Entries: 1 of 9 never matched: warfare (war)
      1 makes more than half of its code: war (7 of 9 in war)
      1 stands under several codes: arms (war, peace)
    """
    if not found.looked_for:
        return

    def name(text: str) -> str:
        cut = shortened(text, _LONGEST)
        return isolate(cut) if watched else cut

    if found.unmatched:
        unmatched = [f"{name(text)} ({code})" for code, text in found.unmatched]
        yield _line(f"Entries: {len(unmatched):,} of {found.looked_for:,} never matched", unmatched)
    else:
        yield f"Entries: all {found.looked_for:,} matched"
    if found.dominant:
        most = [f"{name(one.text)} ({one.mentions:,} of {one.of:,} in {one.code})" for one in found.dominant]
        what = "makes more than half of its code" if len(most) == 1 else "make more than half of their code"
        yield _line(f"  {len(most):,} {what}", most)
    if found.shared:
        shared = [f"{name(text)} ({', '.join(codes)})" for text, codes in found.shared]
        yield _line(
            f"  {len(shared):,} {'stands' if len(shared) == 1 else 'stand'} under several codes", shared
        )


def _line(what: str, names: Sequence[str]) -> str:
    """What is told, with the first of the names as far as there is room."""
    line = f"{what}: {names[0]}"
    if len(names) > 1 and display_width(line) > _WIDTH - 3:
        return what
    for place, name in enumerate(names[1:], 2):
        more = f"{line}, {name}"
        if display_width(more) > _WIDTH - 3 * (place < len(names)):
            return f"{line}, …"
        line = more
    return line
