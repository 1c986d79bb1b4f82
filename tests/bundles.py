"""What is left of the words of a bundle when it has been read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rubricate.corpus.document import Source
from rubricate.corpus.readers.raw import Skipped
from tests.sources import read

FORMATS = Path(__file__).parent / "data" / "formats"


def read_fixture(name: str, **options: str) -> tuple[list[Source], list[Skipped]]:
    items = read(name, (FORMATS / name).read_bytes(), **options)
    documents = [item for item in items if isinstance(item, Source)]
    return documents, [item for item in items if isinstance(item, Skipped)]


def lost_words(name: str, encoding: str = "utf-8") -> set[str]:
    """The words of a file of which some are in no text, no variable and no reason."""
    documents, skipped = read_fixture(name, encoding=encoding)
    kept = [skip.reason.partition("“")[2] for skip in skipped]
    for document in documents:
        title = document.variables.get("title", "")
        assert document.text.startswith(title)  # which is in a variable and in the text: count it once
        kept += [document.text[len(title) :], *document.variables.values()]
    written = (FORMATS / name).read_bytes().decode(encoding)
    return set(Counter(words(written)) - Counter(words(" ".join(kept))))


def words(text: str) -> list[str]:
    return text.replace("“", " ").replace("”", " ").split()
