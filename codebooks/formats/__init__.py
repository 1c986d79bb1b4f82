"""The formats that codebooks are exchanged in: one module each, and one dict that says which does what.

To add a format, write a module with a function that turns a Reading into a Codebook, a function that turns a
Writing into bytes, or both; enter them in FORMATS; put the smallest real file of its kind into
tests/data/codebooks, and say in docs/formats.md what is kept and how it counts. What has no place is never
dropped silently: each such thing is a Loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing

    Reader = Callable[[Reading], Codebook]
    Writer = Callable[[Writing], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its title in messages, the endings of its files, and where its functions are.

    ``module`` has ``read``, ``write`` or both; ``reads`` and ``writes`` say which.
    """

    title: str
    endings: tuple[str, ...]
    module: str
    reads: bool = True
    writes: bool = True

    @property
    def read(self) -> Reader:
        """The function that reads the format, imported when it is first asked for."""
        reader: Reader = self._module().read
        return reader

    @property
    def write(self) -> Writer:
        """The function that writes the format, imported when it is first asked for."""
        writer: Writer = self._module().write
        return writer

    def _module(self) -> Any:
        return import_module(f"rubricate.codebooks.formats.{self.module}")


FORMATS: dict[str, Format] = {
    "rubricate": Format("rubricate YAML", (".yaml",), "rubricate_yaml"),
    "quanteda": Format("quanteda YAML", (".yml",), "quanteda"),
    "liwc": Format("LIWC dictionary", (".dic",), "liwc"),
    "liwc22": Format("LIWC-22 dictionary", (".dicx",), "liwc_table"),
    "wordstat": Format("WordStat dictionary", (".cat",), "wordstat"),
    "yoshikoder": Format("Yoshikoder dictionary", (".ykd", ".lcd"), "yoshikoder"),
    "lexicoder": Format("Lexicoder 3 dictionary", (".lc3",), "lexicoder"),
    "khcoder": Format("KH Coder coding rules", (".txt",), "khcoder"),
    "refi-qda": Format("REFI-QDA codebook", (".qdc",), "refi_qda"),
    "csv": Format("CSV table", (".csv", ".tsv"), "csv_table"),
    "xlsx": Format("Excel workbook", (".xlsx",), "workbook"),
    "markdown": Format("Markdown", (".md",), "markdown", reads=False),
    "docx": Format("Word document", (".docx",), "word", reads=False),
}
"""Name → format. The name is what ``--from`` and ``--to`` take."""

ENDINGS: dict[str, str] = {ending: name for name, form in FORMATS.items() for ending in form.endings}
"""Ending of a file → name of its format."""


def format_of(path: str, named: str = "") -> str:
    """The name of the format of a file, which ``named`` overrules; nothing if neither is known."""
    return named if named in FORMATS else "" if named else ENDINGS.get(PurePath(path).suffix.lower(), "")
