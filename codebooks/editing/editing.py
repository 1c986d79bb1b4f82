"""An edit of a codebook file: read, changed, validated, and only then written."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import read_draft
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.history import find_state, place_of, state_before
from rubricate.codebooks.editing.replacing import held
from rubricate.codebooks.errors import CodebookError, Problems
from rubricate.codebooks.yaml_file import codebook_of
from rubricate.codebooks.yaml_text import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.editing.history import State
    from rubricate.codebooks.editing.places import Edit

EDITED = "edited as a text"


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that was made or tried: what it did, what is to be known besides, the text before and after.

    ``state`` is the new state of the file, None if nothing was written.
    """

    what: str
    notes: tuple[str, ...]
    before: str
    after: str
    state: State | None = None

    def diff(self, file: str) -> Iterator[str]:
        """Yield the lines of a unified diff of the file."""
        return difflib.unified_diff(_lines(self.before), _lines(self.after), file, file, lineterm="")


def edit_text(text: str, change: Callable[[Draft, Codebook], Edit], file: str = "codebook.yaml") -> Edit:
    r"""Change the text of a codebook; ``file`` is its name in messages.

    EditError where the edit cannot be made or would make the codebook invalid, CodebookError, with every
    mistake, where it is invalid as it is.

    >>> from rubricate.codebooks.editing.codes import rename_code
    >>> book = "codes:\n  war: {terms: [war]}  # of states\n"
    >>> print(edit_text(book, lambda draft, _: rename_code(draft, "war", "wars")).draft.text.strip())
    codes:
      wars: {terms: [war], was: [war]}  # of states
    """
    draft = read_draft(text, file)
    edit = change(draft, codebook_of(draft.root, Problems(file)))
    _validate(edit.draft)
    return edit


def edit_codebook(
    path: str | PathLike[str],
    change: Callable[[Draft, Codebook], Edit],
    *,
    why: str = "",
    dry_run: bool = False,
) -> Done:
    """Change a codebook file and keep its state before; with ``dry_run`` only say what would be changed.

    EditError and CodebookError as for ``edit_text``, OSError where the disk refuses; then nothing is written.
    """
    file = str(path)
    with held(path) as codebook:
        before = decoded(codebook.content, Problems(file))
        edit = edit_text(before, change, file)
        after = edit.draft.text
        if dry_run:
            return Done(edit.what, edit.notes, before, after)
        if after == before:
            raise EditError("that is so already; nothing was changed")
        state = codebook.replace(after.encode(), edit.what, why)
        return Done(edit.what, edit.notes, before, after, state)


def replace_codebook(path: str | PathLike[str], before: bytes, after: bytes, why: str = "") -> State:
    """Put what somebody wrote in place of a codebook file that still is as it was when they began.

    EditError where it is not, or where the text is the same; whether it is valid is the caller's concern.
    """
    with held(path) as codebook:
        if codebook.content != before:
            raise EditError("was changed by another program meanwhile")
        if after == before:
            raise EditError("that is so already; nothing was changed")
        return codebook.replace(after, EDITED, why)


def undo(path: str | PathLike[str], to: str = "", *, why: str = "", dry_run: bool = False) -> Done:
    """Bring an earlier state of a codebook file back, as a new state: the one before, or one that is named.

    What an undo brought back is undone to what was before that. EditError where there is no such state.
    """
    with held(path) as codebook:
        states = codebook.states()
        place = place_of(states)
        target = find_state(path, to) if to else state_before(states, place)
        content = target.content()
        if content == codebook.content:
            raise EditError(f"is as in state {target.number} already; nothing was changed")
        what = f"went back to state {target.number}" if to else f"undid state {place.number}: {place.what}"
        before, after = (part.decode(errors="replace") for part in (codebook.content, content))
        state = None if dry_run else codebook.replace(content, what, why, target.number)
        return Done(what, (), before, after, state)


def tag_codebook(path: str | PathLike[str], name: str, why: str = "") -> tuple[Codebook, State]:
    """Give the present state of a codebook file a name for good; return the codebook and the state.

    CodebookError where it has mistakes, EditError where the name cannot be had.
    """
    with held(path) as codebook:
        problems = Problems(str(path))
        book = codebook_of(read_draft(decoded(codebook.content, problems), str(path)).root, problems)
        return book, codebook.tag(name, why)


def states_of(path: str | PathLike[str]) -> list[State]:
    """All states of a codebook file; the present one is the last, also if nobody has kept it yet."""
    with held(path) as codebook:
        return codebook.states()


def _lines(text: str) -> list[str]:
    """The lines of a text; a last one that is not ended says so, as in the diffs of git."""
    *lines, rest = re.split("\r\n?|\n", text)
    return [*lines, f"{rest}\n\\ No newline at end of file"] if rest else lines


def _validate(draft: Draft) -> None:
    try:
        codebook_of(draft.root, Problems(draft.file))
    except CodebookError as error:
        first, *more = error.problems
        others = f" (and {len(more)} more)" if more else ""
        raise EditError(
            f"nothing was changed, for the codebook would be invalid: {first.message}{others}"
        ) from None
