"""``rubricate codebook edit``: the codebook in an editor, taken over when it is valid."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rubricate.cli.codebook.changing import Why, edit_errors
from rubricate.cli.codebook.reading import File
from rubricate.cli.corpus.printing import notes, print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDITORS = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "nano", "vim", "vi")


def edit(file: File = "", why: Why = "") -> None:
    """Open the codebook in your editor ($VISUAL, else $EDITOR), and take it over if it is valid.

    Mistakes are shown, and you may go on or give up. What you wrote is never thrown away.

    Example: rubricate codebook edit --why "terms from the second pilot"
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.editing import replace_codebook
        from rubricate.codebooks.editing.errors import EditError

        before = Path(place).read_bytes()
        copy = Path(tempfile.mkdtemp(prefix="rubricate-")) / Path(place).name
        copy.write_bytes(before)
        after = _edited(copy, place)
        if after == before:
            notes([f"{place}: nothing was changed"])
        else:
            try:
                state = replace_codebook(place, before, after, why)
            except (EditError, OSError) as error:
                reason = getattr(error, "strerror", None) or error
                raise EditError(f"{reason}; what you wrote is in {copy}") from None
            print_lines([f"{place}: {state.what} (state {state.number})"])
        shutil.rmtree(copy.parent)


def _edited(copy: Path, place: str) -> bytes:
    """What the person made of a copy: valid, or as it was.

    EditError, which says where the copy is, if they give up.
    """
    from rubricate.codebooks import CodebookError
    from rubricate.codebooks.editing.errors import EditError
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_file import parse_codebook
    from rubricate.codebooks.yaml_text import decoded

    before = copy.read_bytes()
    while True:
        _run_editor(copy)
        after = copy.read_bytes()
        if after == before:
            return after
        try:
            parse_codebook(decoded(after, Problems(place)), place)
        except CodebookError as error:
            notes(str(error).splitlines())
            if not _wants_to_go_on():
                raise EditError(f"nothing was changed; what you wrote is in {copy}") from None
        else:
            return after


def _wants_to_go_on() -> bool:
    try:
        return typer.confirm("Go on editing?", default=True, err=True)
    except typer.Abort:  # nobody is there to answer
        return False


def _run_editor(copy: Path) -> None:
    from rubricate.codebooks.editing.errors import EditError

    words = _editor_words()
    try:
        with _interrupts_left_to_others():
            code = subprocess.run([*words, str(copy)], check=False).returncode  # noqa: S603 (the person's own)
    except OSError:
        raise EditError(f"there is no editor {words[0]!r}; set VISUAL or EDITOR to one") from None
    if code:
        raise EditError(f"nothing was changed, for {words[0]} ended with code {code}; your text is in {copy}")


def _editor_words() -> list[str]:
    """The command that starts the editor, as its words; EditError where it cannot be told what they are."""
    from rubricate.codebooks.editing.errors import EditError

    named = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        return shlex.split(named, posix=sys.platform != "win32") or [_some_editor()]
    except ValueError:
        raise EditError(
            f"a quotation mark of the editor {named!r} is not closed; correct VISUAL or EDITOR"
        ) from None


def _some_editor() -> str:
    return next(filter(shutil.which, _EDITORS), _EDITORS[-1])


@contextmanager
def _interrupts_left_to_others() -> Iterator[None]:
    """Ctrl-C in a terminal reaches us, too, but is meant for the editor that runs in it."""
    old = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, old)
