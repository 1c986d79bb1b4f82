"""Reading a codebook file: YAML in, a checked Codebook or all its mistakes at once out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Codebook
from rubricate.codebooks.errors import CodebookError, Problems
from rubricate.codebooks.yaml_codes import CodeReader
from rubricate.codebooks.yaml_fields import Fields, node_name, shown
from rubricate.codebooks.yaml_terms import is_language
from rubricate.codebooks.yaml_text import read_text
from rubricate.codebooks.yaml_tree import BrokenNode, MappingNode, read_tree

if TYPE_CHECKING:
    from os import PathLike

    from rubricate.codebooks.yaml_tree import Node


def read_codebook(path: str | PathLike[str]) -> Codebook:
    """Read a codebook from a UTF-8 YAML file; CodebookError holds all that is wrong with it."""
    problems = Problems(os.fspath(path))
    return _codebook(read_text(path, problems), problems)


def parse_codebook(text: str, file: str = "codebook.yaml") -> Codebook:
    """Read a codebook from YAML text; ``file`` is its name in messages.

    >>> codebook = parse_codebook("codes: {trade: {terms: [tariff, trade war]}}")
    >>> [(entry.id, entry.text) for entry in codebook.entries]
    [('trade.1', 'tariff'), ('trade.2', 'trade war')]
    """
    return _codebook(text, Problems(file))


def _codebook(text: str, problems: Problems) -> Codebook:
    return codebook_of(read_tree(text, problems), problems)


def codebook_of(root: Node, problems: Problems) -> Codebook:
    """Read a codebook from the tree of a YAML text; CodebookError holds all that is wrong with it."""
    if isinstance(root, BrokenNode):
        raise CodebookError(problems.found)
    if not isinstance(root, MappingNode):
        problems.stop(
            root.mark, f"a codebook begins with keys such as `codes:`; {node_name(root)} stands here"
        )
    codebook = _root(root, problems)
    problems.raise_if_any()
    return codebook


def _root(root: MappingNode, problems: Problems) -> Codebook:
    fields = Fields(root, keys.CODEBOOK, problems)
    language = _language(fields, problems)
    within = fields.choice("within", keys.WITHIN)
    reader = CodeReader(language, within, problems)
    reader.read(fields.node("codes"), root.mark)
    reader.check_references()
    return Codebook(
        name=fields.text("name"),
        codes=tuple(reader.codes),
        version=fields.text("version"),
        language=language,
        within=within,
        hyphens=fields.choice("hyphens", keys.HYPHENS),
    )


def _language(fields: Fields, problems: Problems) -> str:
    language = fields.text("language", "en")
    node = fields.node("language")
    if node and not is_language(language):
        wrong = f"{shown(language)} is no language code"
        problems.add(node.mark, f"{wrong}; write one such as en, fa or pt-BR")
    return language
