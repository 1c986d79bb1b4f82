"""``rubricate codebook schema``: the form of a codebook file, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rubricate.cli.errors import one_line_errors, printing

Target = Annotated[
    str,
    typer.Option("-o", "--output", metavar="FILE", help="Write it into this file.", show_default=False),
]


def schema(output: Target = "") -> None:
    """Print the JSON Schema of codebook files, with which editors complete keys and underline mistakes.

    Write it beside the codebook, and as the first line of the codebook
    "# yaml-language-server: $schema=codebook.schema.json".

    Example: rubricate codebook schema -o codebook.schema.json
    """
    with one_line_errors():
        from rubricate.codebooks.schema import codebook_schema

        text = json.dumps(codebook_schema(), ensure_ascii=False, indent=1) + "\n"
        if output:
            _write(Path(output), text)
            typer.echo(f"{output} is written", err=True)
        else:
            with printing():
                typer.echo(text, nl=False)


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all; only an earlier schema is replaced."""
    from rubricate.corpus.errors import CorpusError, shown

    if path.exists() and not _is_ours(path):
        raise CorpusError(f"{shown(path)}: is there and is no schema that rubricate wrote; name another file")
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    from rubricate.codebooks.schema import TITLE

    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("title") == TITLE
