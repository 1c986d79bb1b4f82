"""What of a study has changed since one of its passes was made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import unidata_version

from rubricate.codebooks import CodebookError, read_codebook
from rubricate.coding.passes import codebook_hash
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.layout import CODEBOOK
from rubricate.corpus.storage.stored import read_summary

if TYPE_CHECKING:
    from pathlib import Path

    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.study import Study


@dataclass(frozen=True, slots=True)
class Changes:
    """What has ``changed``: ``codebook``, ``corpus``, both or nothing; and of what that is ``unknown``, by
    name, because it cannot be read: the reason. ``unicode`` are the versions then and now of what tells words
    apart, if they differ.
    """

    changed: tuple[str, ...]
    unknown: dict[str, str]
    unicode: tuple[str, str] | None


def changes_since(study: Study, one: Pass) -> Changes:
    """What of a study has changed since a pass was made; a codebook's comments do not count."""
    now, unknown = {}, {}
    for name, read in (("codebook", _codebook), ("corpus", _corpus)):
        try:
            now[name] = read(study.folder, one)
        except (CodebookError, CorpusError) as error:
            unknown[name] = _reason(error)
    changed = tuple(name for name in now if now[name] != one.content[name]["sha256"])
    then = one.content["versions"].get("unicode", "")
    return Changes(changed, unknown, (then, unidata_version) if then != unidata_version else None)


def _codebook(study: Path, one: Pass) -> str:
    """The hash of the codebook, which need not be read where it is the file that was applied."""
    path = study / CODEBOOK
    with suppress(OSError):
        if path.read_bytes() == one.codebook():
            applied: str = one.content["codebook"]["sha256"]
            return applied
    return codebook_hash(read_codebook(path))


def _corpus(study: Path, _one: Pass) -> str:
    sha256: str = read_summary(study)["sha256"]
    return sha256


def _reason(error: Exception) -> str:
    """What is wrong, in one line: of a codebook the first mistake."""
    return str(error.problems[0] if isinstance(error, CodebookError) else error)
