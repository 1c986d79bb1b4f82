"""The file that ``--metadata`` names: a table or a bibliography, told by its extension."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.bibtex import read_bibtex
from rubricate.corpus.metadata.csl_json import read_csl_json
from rubricate.corpus.metadata.table import OPENERS, read_table_of_variables
from rubricate.corpus.readers.raw import ReadOptions, read_raw, source_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.readers.raw import RawFile

_DEFAULTS = ReadOptions()
_LARGEST = 256 * 1024**2  # far beyond any that people keep; the whole is held in memory

READERS: dict[str, Callable[[RawFile, ReadOptions], Metadata]] = {
    **dict.fromkeys(OPENERS, read_table_of_variables),
    ".bib": read_bibtex,
    ".json": read_csl_json,
}
"""Extension → the function that reads the variables in such a file."""


def read_metadata(path: str | Path, options: ReadOptions = _DEFAULTS) -> Metadata:
    """Read the variables of documents; of the options, only the encoding counts.

    CorpusError if the file cannot be read or trusted.
    """
    source = source_file(Path(path), str(path))
    if source.extension not in READERS:
        known = ", ".join(sorted(READERS))
        raise CorpusError(f"{path}: cannot be read as metadata; known formats: {known} (each also with .gz)")
    return READERS[source.extension](read_raw(source, largest=_LARGEST), options)
