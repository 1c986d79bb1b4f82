"""The hash of a document and of a corpus: of all that any table shows of them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.corpus.document import Document


def document_hash(document: Document) -> bytes:
    """The SHA-256 of a document: id, file, text, paragraphs with their parts, variables, repairs."""
    described = (
        document.id,
        document.file,
        document.sha256,
        document.language,
        document.title,
        document.date,
        document.citekey,
        list(document.variables.items()),  # their order is that of the columns
        [
            (one.start, one.end, one.part, one.heading, one.page, one.speaker, one.time)
            for one in document.paragraphs
        ],
        document.repairs,
        document.line_joins,
        len(document.text),
    )
    digest = sha256(json.dumps(described).encode())
    digest.update(document.text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def corpus_hash(documents: Iterable[bytes]) -> str:
    """The SHA-256, in hexadecimal, of the hashes of a corpus's documents in the order of their ids."""
    digest = sha256()
    for one in documents:
        digest.update(one)
    return digest.hexdigest()
