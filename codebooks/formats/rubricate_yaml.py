"""Codebooks of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.yaml_file import parse_codebook
from rubricate.codebooks.yaml_writing import codebook_yaml

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing


def read(reading: Reading) -> Codebook:
    """The codebook; its language is what the file says."""
    return parse_codebook(reading.text(), reading.file)


def write(writing: Writing) -> bytes:
    """The codebook without comments, its keys in the order of the language."""
    return codebook_yaml(writing.book).encode()
