"""rubricate: apply a codebook of themes to a corpus, and get tables that lead back to the words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rubricate.codebooks import (
        Code,
        Codebook,
        CodebookError,
        Entry,
        Example,
        parse_codebook,
        read_codebook,
    )
    from rubricate.codebooks.formats.exchange import export_codebook, import_codebook
    from rubricate.coding.apply import apply_codebook
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document, Paragraph
    from rubricate.corpus.errors import CorpusError
    from rubricate.corpus.reader import read_corpus
    from rubricate.reports.errors import ReportError

__all__ = [
    "Code",
    "Codebook",
    "CodebookError",
    "CorpusError",
    "Document",
    "Entry",
    "Example",
    "Paragraph",
    "ReportError",
    "Settings",
    "apply_codebook",
    "export_codebook",
    "import_codebook",
    "parse_codebook",
    "read_codebook",
    "read_corpus",
]

_MODULES = {
    "rubricate.codebooks": (
        *("Code", "Codebook", "CodebookError", "Entry", "Example"),
        *("parse_codebook", "read_codebook"),
    ),
    "rubricate.codebooks.formats.exchange": ("export_codebook", "import_codebook"),
    "rubricate.coding.apply": ("apply_codebook",),
    "rubricate.coding.settings": ("Settings",),
    "rubricate.corpus.document": ("Document", "Paragraph"),
    "rubricate.corpus.errors": ("CorpusError",),
    "rubricate.corpus.reader": ("read_corpus",),
    "rubricate.reports.errors": ("ReportError",),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, not before: the command starts at once, and can be stopped as soon."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
