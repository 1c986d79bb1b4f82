"""Plain text: one file, one document, no marked structure; or a bundle of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.bundles.splitting import split_bundle
from rubricate.corpus.readers.encoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped


def read_plain_text(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield the file as one document, or those of a bundle; FileError if it holds nothing but blanks."""
    text, encoding = decode_text(raw, options.encoding)
    if not text.strip():
        raise FileError(raw.file, "holds no text")
    bundle = split_bundle(text, raw, encoding, options)
    yield from [Source(raw.id, raw.file, raw.sha256, encoding, text=text)] if bundle is None else bundle
