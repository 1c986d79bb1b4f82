"""What the readers make of a file."""

from __future__ import annotations

import hashlib

from rubricate.corpus.document import Source
from rubricate.corpus.readers import READERS
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped, split_extension


def read(name: str, content: str | bytes, **options: str) -> list[Source | Skipped]:
    data = content if isinstance(content, bytes) else content.encode()
    stem, extension = split_extension(name)
    raw = RawFile(name, stem, extension, hashlib.sha256(data).hexdigest(), data)
    return list(READERS[extension](raw, ReadOptions(**options)))


def one(name: str, content: str) -> Source:
    (source,) = read(name, content)
    assert isinstance(source, Source)
    return source
