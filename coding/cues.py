"""The cues of each language, as data: one TOML file per language beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = files("rubricate.coding") / "cues"
_CUE = re.compile(r"(?P<case>case:)?(?P<text>.*?)(?: /(?P<window>\d+))?")
_LISTS = ("cues", "anybody", "behind", "closing", "own", "pseudo", "ends")
_WINDOWS = ("window", "window_behind", "subject")


class Cue(NamedTuple):
    """A cue: ``text`` as a term of this ``kind`` (word, case or glob), and how many words may stand between
    it and a segment.
    """

    text: str
    kind: str
    window: int


@dataclass(frozen=True, slots=True)
class Cues:
    """What raises a flag, in the sentence of a segment.

    ``cues`` and ``anybody`` stand before it and ``behind`` behind it. ``closing`` cues end a clause that says
    whose words stand before its comma: at least one and at most ``subject`` words stand between that comma
    and the cue ("…, the minister said."). A cue inside one of ``pseudo`` raises nothing, nor does one with
    one of ``own`` close before it ("I said") unless it is one of ``anybody`` ("I read reports of"); none
    reaches over one of ``ends``.
    """

    cues: tuple[Cue, ...] = ()
    anybody: tuple[Cue, ...] = ()
    behind: tuple[Cue, ...] = ()
    subject: int = 0
    closing: tuple[Cue, ...] = ()
    own: tuple[Cue, ...] = ()
    pseudo: tuple[Cue, ...] = ()
    ends: tuple[Cue, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cues or self.behind)


@cache
def read_cues(flag: str, language: str) -> Cues:
    """The cues of a flag (``negated``, ``hedged``, ``attributed``) in a language; where there are none yet,
    what is returned is false.

    In the file a cue is written as its words, in any case and in this form; ``*`` in a word stands for any
    characters, ``case:`` before it asks for these letters exactly, and ``/2`` behind it gives it a window of
    its own.
    """
    name = f"{language.partition('-')[0].lower()}.toml"
    data = _flags(name).get(flag, {}) if language else {}
    if unknown := data.keys() - {*_LISTS, *_WINDOWS}:
        raise ValueError(f"{name}: [{flag}] cannot have {', '.join(sorted(unknown))}")
    return _cues(data)


@cache
def _flags(name: str) -> dict[str, Any]:
    """What a file says of each flag; nothing, where there is no such file."""
    file = _FOLDER / name
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _cues(data: Mapping[str, Any]) -> Cues:
    before, behind = data.get("window", 0), data.get("window_behind", 0)
    windows = {"cues": before, "anybody": before, "behind": behind}
    lists = {name: tuple(_cue(text, windows.get(name, 0)) for text in data.get(name, ())) for name in _LISTS}
    return Cues(**lists, subject=data.get("subject", 0))


def _cue(written: str, window: int) -> Cue:
    parts = _CUE.fullmatch(written)
    assert parts
    kind = "case" if parts["case"] else "glob" if "*" in parts["text"] else "word"
    return Cue(parts["text"], kind, int(parts["window"] or window))
