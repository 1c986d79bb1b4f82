"""A study folder: one corpus, one codebook and, later, the passes over them, as plain files."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from rubricate.codebooks.yaml_terms import is_language
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.layout import CORPUS, SOURCES

SETTINGS = "study.toml"
_KEYS = ("name", "language")
_TEMPLATE = """\
# What holds in this study unless a command is told otherwise.

name = {name}

# The language of documents whose language nobody names and of which no guess is sure.
language = {language}
"""
_CODEBOOK = """\
name: {name}
language: {language}

codes:
  deterrence:
    label: Deterrence
    definition: Someone is kept from acting by the fear of what would follow. Change this, and add your codes.
    terms:
      - deterrence
      - deter
"""


@dataclass(frozen=True, slots=True)
class Study:
    """A study folder and what its study.toml says."""

    folder: Path
    name: str
    language: str = "en"


def init_study(folder: Path, starter: str = "") -> Study:
    """Make a study folder with a codebook to begin with, whole or not at all.

    ``starter`` is one of ``starters()``; without one the codebook has a single code. CorpusError where the
    folder holds anything but hidden files, or where the starter is unknown.
    """
    if starter and starter not in starters():
        raise CorpusError(f"--starter: there is no {starter!r}; there are {', '.join(starters())}")
    if folder.exists() and not folder.is_dir():
        raise CorpusError(f"{shown(folder)}: is a file; name a folder")
    there = (
        sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        if folder.exists()
        else []
    )
    if there:
        raise CorpusError(f"{shown(folder)}: holds {shown(there[0])}; name a new or empty folder")
    study = Study(folder, folder.resolve().name)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for name in (SOURCES, CORPUS):
            (folder / name).mkdir(parents=True)
        (folder / "codebook.yaml").write_text(_codebook(study, starter), encoding="utf-8")
        settings = _TEMPLATE.format(name=_quoted(study.name), language=_quoted(study.language))
        _write_whole(folder / SETTINGS, settings)  # last: this file makes it a study
    except OSError as error:
        for path in made[:1]:
            shutil.rmtree(path, ignore_errors=True)
        raise CorpusError(f"{shown(folder)}: cannot be written: {explain(error)}") from None
    return study


def starters() -> tuple[str, ...]:
    """The codebooks that are shipped with rubricate."""
    folder = files("rubricate.codebooks") / "starters"
    return tuple(
        sorted(path.name.removesuffix(".yaml") for path in folder.iterdir() if path.name.endswith(".yaml"))
    )


def find_study(named: str = "") -> Study:
    """The study in the folder that was named; without a name, that in which the current folder lies.

    CorpusError where there is none, or where its study.toml is wrong.
    """
    if named:
        if not (Path(named) / SETTINGS).is_file():
            raise CorpusError(
                f"{shown(named)}: is no study: it has no {SETTINGS}; make one with rubricate init"
            )
        return _read_study(Path(named))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return _read_study(Path(os.path.relpath(folder)))
    raise CorpusError(
        "this folder is no study and lies in none; name one with --study, or make one with rubricate init"
    )


def _read_study(folder: Path) -> Study:
    path = folder / SETTINGS
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{shown(path)}: cannot be read: {explain(error)}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{shown(path)}: is no sound TOML: {error}") from None
    return Study(folder, **_checked(path, content))


def _checked(path: Path, content: dict[str, Any]) -> dict[str, str]:
    for key, value in content.items():
        if key not in _KEYS:
            raise CorpusError(f"{shown(path)}: {key!r} is not known; there are {', '.join(_KEYS)}")
        if not isinstance(value, str) or not value.strip():
            raise CorpusError(f"{shown(path)}: {key} must be a text in quotation marks")
    language = content.get("language", "en")
    if not is_language(language):
        raise CorpusError(
            f"{shown(path)}: {language!r} is no language code; write one such as en, fa or pt-BR"
        )
    return {"name": content.get("name", path.parent.resolve().name), "language": language}


def _codebook(study: Study, starter: str) -> str:
    if starter:
        return (files("rubricate.codebooks") / "starters" / f"{starter}.yaml").read_text(encoding="utf-8")
    return _CODEBOOK.format(name=_quoted(study.name), language=study.language)


def _quoted(text: str) -> str:
    """A text in quotation marks, as TOML and YAML read it."""
    return json.dumps(text, ensure_ascii=False)


def _write_whole(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
