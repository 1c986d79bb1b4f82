"""What to look for: the codebook, its language, and reading and checking its files."""

from rubricate.codebooks.codebook import Code, Codebook, Entry, Example
from rubricate.codebooks.errors import CodebookError
from rubricate.codebooks.yaml_file import parse_codebook, read_codebook

__all__ = ["Code", "Codebook", "CodebookError", "Entry", "Example", "parse_codebook", "read_codebook"]
