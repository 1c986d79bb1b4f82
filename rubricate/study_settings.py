"""study.toml: what holds in a study unless a command is told otherwise."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.yaml_terms import is_language
from rubricate.coding.settings import DUPLICATES, Settings
from rubricate.corpus.document import PARTS
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TEMPLATE = """\
# What holds in this study unless a command is told otherwise.

name = {name}

# The language of documents whose language nobody names and of which no guess is sure.
language = {language}

# What passes count, as the options of rubricate apply; take away the # in front to set one.
# unit = "sentence"
# parts = ["title", "abstract", "body"]
# duplicates = "near"
# pipeline = "en_core_web_sm"

# Whether the documents are a sample of those that are meant: the tables then say so.
# sample = true
"""


def read_settings(path: Path) -> dict[str, Any]:
    """What a study.toml says, by key of KEYS; ``parts`` in the order of PARTS.

    CorpusError, with the line where there is one, where it says anything else or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise CorpusError(f"{shown(path)}: cannot be read: {explain(error)}") from None
    except UnicodeDecodeError:
        raise CorpusError(f"{shown(path)}: is no UTF-8; save it anew") from None
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{shown(path)}: is no sound TOML: {error}") from None
    for key, value in content.items():
        if problem := _problem(key, value):
            raise CorpusError(f"{shown(path)}{_line(text, key)}: {problem}")
    if "parts" in content:
        content["parts"] = tuple(part for part in PARTS if part in content["parts"])
    return content


def pass_settings(content: Mapping[str, Any], folder: Path) -> Settings:
    """The settings of passes in a study; ``pipeline`` may be a folder in that of the study."""
    chosen = {key: content[key] for key in ("unit", "parts", "duplicates", "pipeline") if key in content}
    if (pipeline := chosen.get("pipeline", "")) and (folder / pipeline).is_dir():
        chosen["pipeline"] = str(folder / pipeline)
    return Settings(**chosen)


def _problem(key: str, value: Any) -> str:
    """What is wrong with a key or its value; empty if nothing is."""
    if key == "subsets":
        return "subsets are not there yet: every pass is over the whole corpus; take them out"
    if key not in KEYS:
        return f"{key!r} is not known; there are {', '.join(KEYS)}"
    return KEYS[key](key, value)


def _text(key: str, value: Any) -> str:
    good = isinstance(value, str) and value.strip()
    return "" if good else f"{key} must be a text in quotation marks"


def _language(key: str, value: Any) -> str:
    if problem := _text(key, value):
        return problem
    return "" if is_language(value) else f"{value!r} is no language code; write one such as en, fa or pt-BR"


def _unit(key: str, value: Any) -> str:
    from rubricate.corpus.passages import UNITS

    return _text(key, value) or (
        "" if value in UNITS else f"{value!r} is no unit; write one of {', '.join(UNITS)}"
    )


def _parts(key: str, value: Any) -> str:
    if not isinstance(value, list) or not value:
        return f'{key} must be a list, such as ["title", "body"]'
    unknown = [part for part in value if part not in PARTS]
    return f"{unknown[0]!r} is no part; write some of {', '.join(PARTS)}" if unknown else ""


def _duplicates(key: str, value: Any) -> str:
    known = value in DUPLICATES
    return _text(key, value) or (
        "" if known else f"{value!r} is no choice; write one of {', '.join(DUPLICATES)}"
    )


def _truth(key: str, value: Any) -> str:
    return "" if isinstance(value, bool) else f"{key} must be true or false"


KEYS: Mapping[str, Callable[[str, Any], str]] = {
    "name": _text,
    "language": _language,
    "unit": _unit,
    "parts": _parts,
    "duplicates": _duplicates,
    "pipeline": _text,
    "sample": _truth,
}
"""What a study.toml may say, each with what finds its mistakes."""


def _line(text: str, key: str) -> str:
    """Where a key stands, as ``:3``; empty where no line begins with it."""
    begins = re.compile(rf"\s*\[*\s*(['\"]?){re.escape(key)}\1\s*[=\].]")
    numbers = (number for number, line in enumerate(text.splitlines(), 1) if begins.match(line))
    return next((f":{number}" for number in numbers), "")
