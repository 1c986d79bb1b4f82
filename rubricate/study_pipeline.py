"""The pipeline of a pass of a study: a folder is named as seen from the study, so that both can move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.replaying import applied_codebook
from rubricate.coding.rules.plan import read_by_pipeline
from rubricate.corpus.errors import shown
from rubricate.corpus.storage.record import relative

if TYPE_CHECKING:
    from rubricate.coding.pass_folders.folder import Pass


def name_in_study(pipeline: str, study: Path) -> str:
    """A pipeline as a record of the study names it: a folder by its path from the study."""
    return relative(Path(pipeline), study) if _is_folder(Path(pipeline)) else pipeline


def pipeline_of(one: Pass, study: Path) -> str:
    """The pipeline with which a pass of a study was made, as it is named from here; empty where none was.

    PassError where it is needed and is neither installed nor in its folder.
    """
    name: str = one.content.get("pipeline", "")
    for folder in (study / name, Path(name)):  # a path from here is what earlier versions wrote
        if name and _is_folder(folder):
            return str(folder)
    if name and not _is_installed(name) and read_by_pipeline(applied_codebook(one)):
        raise PassError(
            f"{one.path.name}: was made with the pipeline {shown(name)}, which is neither installed nor, "
            "seen from the study, a folder; install it or put it back, or say with --pipeline where it is now"
        )
    return name


def _is_folder(path: Path) -> bool:
    return (path / "config.cfg").is_file()


def _is_installed(name: str) -> bool:
    import spacy

    return spacy.util.is_package(name)
