"""``rubricate codebook history``: the states that a codebook went through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.cli.codebook.changing import edit_errors
from rubricate.cli.codebook.reading import File
from rubricate.cli.corpus.printing import print_json, print_lines
from rubricate.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.editing.history import State


def history(file: File = "", as_json: Json = False) -> None:
    """List the states of a codebook, the last one first: when, who, what and why.

    Example: rubricate codebook history
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.editing import states_of

        states = states_of(place)
        if as_json:
            print_json(file=place, states=[_state(state) for state in states])
        else:
            print_lines(_lines(states))


def _state(state: State) -> dict[str, Any]:
    return {
        "state": state.number,
        "tags": list(state.tags),
        "time": state.time,
        "person": state.person,
        "what": state.what,
        "why": state.why,
        "sha256": state.sha256,
        "kept": state.folder.is_dir(),
    }


def _lines(states: Sequence[State]) -> Iterator[str]:
    width = len(str(states[-1].number))
    for state in reversed(states):
        tags = f" [{', '.join(state.tags)}]" if state.tags else ""
        person = f"  {state.person}" if state.person else ""
        why = f": {state.why}" if state.why else ""
        yield f"{state.number:>{width}}  {state.time[:16].replace('T', ' ')}{person}  {state.what}{why}{tags}"
