"""spaCy pipelines: found by name and loaded once.

Only codebooks with ``pos:``, ``entity:`` or ``tokens:`` entries come here, so that nobody else waits for the
import of spaCy.
"""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.errors import CodebookError, Problem
from rubricate.coding.plan import ANY_LANGUAGE
from rubricate.coding.rules.plan import read_by_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

    from rubricate.codebooks.codebook import Codebook

MULTILINGUAL = "xx"
"""spaCy's language of pipelines that are made for no single one."""

_SPACY_NAMES = {"no": "nb"}
_TAKING_PART = ("spacy", "thinc")
"""Distributions whose version can change what a pipeline finds."""


def pipeline_for(language: str, name: str = "") -> Language:
    """The pipeline for documents of a language: the one of this name where it reads the language, else
    spaCy's blank one.

    Raises CodebookError where there is no such pipeline.
    """
    primary = spacy_language(language)
    if name:
        named = load_pipeline(name)
        if named.lang in (primary, MULTILINGUAL):
            return named
    return blank_pipeline(primary)


def spacy_language(language: str) -> str:
    """What spaCy calls the language of a document, without its region.

    >>> spacy_language("en-GB"), spacy_language("no")
    ('en', 'nb')
    """
    primary = language.partition("-")[0].lower()
    return _SPACY_NAMES.get(primary, primary)


@cache
def load_pipeline(name: str) -> Language:
    """The pipeline of this name, an installed package or a folder; CodebookError where there is none."""
    import spacy

    if not spacy.util.is_package(name) and not (Path(name) / "config.cfg").is_file():
        raise _error(name, f"is no installed pipeline and no folder of one; {installed()}")
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError, KeyError, TypeError, AttributeError) as error:
        raise _error(name, f"cannot be loaded ({_first_line(error)}); install it anew") from None
    nlp.max_length = sys.maxsize  # a paragraph is as long as it is
    return nlp


@cache
def blank_pipeline(language: str) -> Language:
    """spaCy's pipeline without any training, for a language by spaCy's name: it knows tokens only.

    Languages that spaCy does not know are read by its rules for any language. Raises CodebookError for those
    that it reads only with a package of their own, which is not installed.
    """
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError as error:
        if "E048" in str(error):  # no such language
            return blank_pipeline(MULTILINGUAL)
        hint = "install what it asks for, or leave out the entries that need spaCy"
        place = f"documents in {language!r}"
        raise _error(place, f"spaCy cannot read them: {_first_line(error)}; {hint}") from None
    nlp.max_length = sys.maxsize
    return nlp


def installed() -> str:
    """The installed pipelines, as a message lists them."""
    from spacy.util import get_installed_models

    names = sorted(get_installed_models())
    return f"installed: {', '.join(names)}" if names else "no pipeline is installed"


def pipeline_versions(codebook: Codebook, name: str) -> dict[str, Any]:
    """What a pass records of spaCy: nothing where no entry needs it; of a trained pipeline its name,
    version and the SHA-256 of its files.
    """
    entries = read_by_pipeline(codebook)
    if not entries:
        return {}
    versions: dict[str, Any] = {distribution: version(distribution) for distribution in _TAKING_PART}
    if name and any(_may_read(name, entry.language) for entry in entries):
        meta = load_pipeline(name).meta
        full = f"{meta['lang']}_{meta['name']}"
        versions["pipeline"] = {"name": full, "version": meta["version"], "sha256": _files_hash(name)}
    return versions


def _may_read(name: str, language: str) -> bool:
    lang = load_pipeline(name).lang
    return lang == MULTILINGUAL or language == ANY_LANGUAGE or spacy_language(language) == lang


@cache
def _files_hash(name: str) -> str:
    """The hash of all files of a pipeline, by their names below its folder."""
    folder = Path(load_pipeline(name).path)
    digest = sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0].strip() if lines else type(error).__name__


def _error(place: str, message: str) -> CodebookError:
    return CodebookError([Problem(place, 0, 0, message)])
