"""The cues of each language, as data: one TOML file per language beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FOLDER = files("rubricate.coding") / "cues"


@dataclass(frozen=True, slots=True)
class Cues:
    """What raises a flag: a cue at most ``window`` words before a segment, in the same sentence.

    A cue inside one of ``pseudo`` raises none, and none reaches over one of ``ends``.
    """

    window: int = 0
    cues: tuple[str, ...] = ()
    pseudo: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@cache
def read_cues(flag: str, language: str) -> Cues:
    """The cues of a flag (``negated``) in a language; none, where there are none yet."""
    file = _FOLDER / f"{language.partition('-')[0].lower()}.toml"
    if not language or not file.is_file():
        return Cues()
    data = tomllib.loads(file.read_text("utf-8")).get(flag, {})
    return Cues(
        window=data.get("window", 0),
        cues=tuple(data.get("cues", ())),
        pseudo=tuple(data.get("pseudo", ())),
        ends=tuple(data.get("ends", ())),
    )
