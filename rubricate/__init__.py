"""rubricate: apply a codebook of themes to a corpus, and get tables that lead back to the words."""

from rubricate.codebooks import (
    Code,
    Codebook,
    CodebookError,
    Entry,
    Example,
    parse_codebook,
    read_codebook,
)
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
    "parse_codebook",
    "read_codebook",
    "read_corpus",
]
