"""A study folder: one corpus, one codebook and, later, the passes over them, as plain files."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks.yaml_terms import is_language
from rubricate.coding.settings import Settings
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.layout import CODEBOOK, CORPUS, SETTINGS, SOURCES
from rubricate.study_settings import TEMPLATE, pass_settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """A study folder and what its study.toml says: ``settings`` are those of its passes, ``sample`` says
    whether its documents are a sample of those that are meant.
    """

    folder: Path
    name: str
    language: str = "en"
    settings: Settings = field(default_factory=Settings)
    sample: bool = False


def init_study(folder: Path, starter: str = "") -> Study:
    """Make a study folder with a codebook to begin with, whole or not at all.

    ``starter`` is one of ``starters()``; without one the codebook has a single code. CorpusError where the
    folder holds anything but hidden files, or where the starter is unknown.
    """
    _check_starter(starter)
    if folder.exists() and not folder.is_dir():
        raise CorpusError(f"{shown(folder)}: is a file; name a folder")
    there = sorted(_visible(folder))
    if there:
        raise CorpusError(f"{shown(folder)}: holds {shown(there[0])}; name a new or empty folder")
    study = Study(folder, shown(folder.resolve().name))
    first = next((path for path in reversed((folder, *folder.parents)) if not path.exists()), None)
    try:
        _write(study, starter)
    except BaseException as error:
        _clear(folder, first)
        if isinstance(error, OSError):
            raise CorpusError(f"{shown(folder)}: cannot be written: {explain(error)}") from None
        raise
    return study


def _visible(folder: Path) -> Iterator[str]:
    """The names of what lies in a folder, if it is there, but for hidden files."""
    names = os.listdir(folder) if folder.exists() else []  # noqa: PTH208 (names are all that is asked for)
    return (name for name in names if not name.startswith("."))


def _write(study: Study, starter: str) -> None:
    """Write all that a new study has; what makes the folder one comes last."""
    for name in (SOURCES, CORPUS):
        (study.folder / name).mkdir(parents=True)
    codebook = first_codebook(study.name, study.language, starter)
    (study.folder / CODEBOOK).write_text(codebook, encoding="utf-8")
    settings = TEMPLATE.format(name=_quoted(study.name), language=_quoted(study.language))
    new = study.folder / f".{SETTINGS}.new"
    new.write_text(settings, encoding="utf-8")
    new.replace(study.folder / SETTINGS)


def _clear(folder: Path, first: Path | None) -> None:
    """Take away what was written: the folders from ``first`` on, or what is in a folder that was there."""
    if first:
        shutil.rmtree(first, ignore_errors=True)
        return
    for name in (SOURCES, CORPUS):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (CODEBOOK, f".{SETTINGS}.new", SETTINGS):
        (folder / name).unlink(missing_ok=True)


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
    folder = _folder_around()
    if folder:
        return _read_study(folder)
    raise CorpusError(
        "this folder is no study and lies in none; name one with --study, or make one with rubricate init"
    )


def is_in_study() -> bool:
    """Whether the current folder lies in a study."""
    return _folder_around() is not None


def codebook_here() -> str:
    """The path of the codebook of the study in which the current folder lies; in none, of that in it."""
    return str((_folder_around() or Path()) / CODEBOOK)


def _folder_around() -> Path | None:
    """The study in which the current folder lies, as seen from it."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return Path(os.path.relpath(folder))
    return None


def _read_study(folder: Path) -> Study:
    content = read_settings(folder / SETTINGS)
    return Study(
        folder,
        name=content.get("name", folder.resolve().name),
        language=content.get("language", "en"),
        settings=pass_settings(content, folder),
        sample=content.get("sample", False),
    )


def first_codebook(name: str, language: str = "en", starter: str = "") -> str:
    """The text of a codebook to begin with: one of ``starters()``, or a single code."""
    if starter:
        return (files("rubricate.codebooks") / "starters" / f"{starter}.yaml").read_text(encoding="utf-8")
    return _CODEBOOK.format(name=_quoted(name), language=_quoted(language))


def new_codebook(path: str, name: str = "", language: str = "en", starter: str = "") -> Path:
    """Write a codebook to begin with: a starter as it is, or a single code.

    CorpusError where something is there already, or where the starter is unknown.
    """
    place = Path(path)
    _check_starter(starter)
    if not is_language(language):
        raise CorpusError(f"--language: {language!r} is no language code; write one such as en, fa or pt-BR")
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(first_codebook(name or shown(place.stem), language, starter))
    except FileExistsError:
        raise CorpusError(f"{shown(place)}: is there already; name another file with -c") from None
    except OSError as error:
        place.unlink(missing_ok=True)
        raise CorpusError(f"{shown(place)}: cannot be written: {explain(error)}") from None
    return place


def _check_starter(starter: str) -> None:
    if starter and starter not in starters():
        raise CorpusError(f"--starter: there is no {starter!r}; there are {', '.join(starters())}")


def _quoted(text: str) -> str:
    """A text in quotation marks, as TOML and YAML read it."""
    return json.dumps(text, ensure_ascii=False)
