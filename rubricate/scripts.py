"""Documents that are written in another script than that of their language: it was probably named wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.corpus.document import Document

_LANGUAGES = {
    "Latin": "cs da de en es fi fr hu id it nl no pl pt ro sv tr vi",
    "Arabic": "ar fa ps ur",
    "Cyrillic": "bg ru uk",
    "Han": "zh",
}
_LETTERS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Cyrillic": "\u0400-\u052f",
    "Han": "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_SCRIPTS = {language: script for script, names in _LANGUAGES.items() for language in names.split()}
_OF_SCRIPT = {script: re.compile(f"[{letters}]") for script, letters in _LETTERS.items()}
_LETTER = re.compile(r"[^\W\d_]")

_SAMPLE = 400  # characters of a document, evenly spread
_FEWEST = 20  # letters that say something of a text
_HARDLY = 0.05  # of the letters: names and numbers stand in other scripts everywhere


class Foreign(NamedTuple):
    """A document with hardly a letter of ``script``, in which its ``language`` is written."""

    document: str
    script: str
    language: str


def script_of(language: str) -> str:
    """The script of a language (``en``, ``fa-AF``); empty where it is not known.

    >>> script_of("fa-AF"), script_of("tlh")
    ('Arabic', '')
    """
    return _SCRIPTS.get(language.partition("-")[0].lower(), "")


def is_foreign(text: str, script: str) -> bool:
    """Whether a text has letters, but hardly one of a script that is known.

    >>> is_foreign("Сегодня в Москве начались переговоры.", "Latin")
    True
    """
    if not script or (script == "Latin" and text.isascii()):  # as most texts are
        return False
    sample = text[:: max(len(text) // _SAMPLE, 1)]
    letters = len(_LETTER.findall(sample))
    return letters >= _FEWEST and len(_OF_SCRIPT[script].findall(sample)) < _HARDLY * letters


def watch_scripts(documents: Iterable[Document], foreign: list[Foreign]) -> Iterator[Document]:
    """The same documents; those in another script than that of their language are added to ``foreign``."""
    for document in documents:
        script = script_of(document.language)
        if is_foreign(document.text, script):
            foreign.append(Foreign(document.id, script, document.language))
        yield document
