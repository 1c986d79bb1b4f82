"""A coding pass: one codebook applied to one corpus, and the record by which it can be replayed."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rubricate.coding.pipeline import pipeline_versions
from rubricate.coding.settings import ENGINE
from rubricate.corpus.document_hash import document_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document

TAKING_PART = ("simplemma", "google-re2")
"""Distributions whose version can change what is found."""

_MADE_FROM = ("corpus", "codebook", "settings", "engine", "versions")
"""What of a record makes the id of the pass."""

_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@cache
def versions_taking_part() -> Mapping[str, str]:
    """The version of each distribution in TAKING_PART."""
    return {name: version(name) for name in TAKING_PART}


class CorpusHash:
    """The hash of a corpus (``corpus_hash``), taken while its documents go by."""

    def __init__(self) -> None:
        self._sha256 = sha256()
        self.documents = 0
        self.encodings: Counter[str] = Counter()

    def follow(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The same documents, each hashed on its way."""
        for document in documents:
            self.count(document_hash(document).hex(), document.encoding)
            yield document

    def count(self, document_hash: str, encoding: str) -> None:
        """Add a document of which the hash, in hexadecimal, is known."""
        self._sha256.update(bytes.fromhex(document_hash))
        self.documents += 1
        self.encodings[encoding] += 1

    def hexdigest(self) -> str:
        """The hash of all documents so far, in hexadecimal."""
        return self._sha256.hexdigest()


@dataclass(frozen=True, slots=True)
class PassRecord:
    """What a pass was made from; two passes with the same ``id`` have the same tables, byte for byte.

    That is but for what is no result: skipped.csv tells of input that is not in the corpus, and with
    ``--spreadsheet-safe`` cells that look like formulas are shown with a ' before them.
    """

    id: str
    content: dict[str, Any]

    def to_json(self) -> bytes:
        """The record as the bytes of pass.json."""
        text = json.dumps({"pass": self.id, **self.content}, ensure_ascii=False, indent=1)
        return text.encode() + b"\n"


def pass_id(content: Mapping[str, Any]) -> str:
    """The id of a pass, from the parts of its record that count; KeyError where one is not there."""
    counted = {name: content[name] for name in _MADE_FROM}
    return sha256(json.dumps(counted, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def codebook_hash(codebook: Codebook) -> str:
    """The SHA-256, in hexadecimal, of what a codebook says; its comments and layout do not count."""
    return sha256(codebook.canonical().encode()).hexdigest()


def record_pass(
    corpus: CorpusHash,
    codebook: Codebook,
    settings: Settings,
    study: Mapping[str, bytes] = _NO_FILES,
    *,
    pipeline: str = "",
) -> PassRecord:
    """The record of a pass over a corpus whose documents have all gone by.

    The id is the SHA-256 of corpus, codebook without its comments, settings, ENGINE and the versions of
    what takes part. ``study`` holds by name the files that changed the corpus on its way in: the record has
    their hashes, the id has what they did. ``pipeline`` is how it names the pipeline, if not as the settings.
    """
    content: dict[str, Any] = {
        "corpus": {"sha256": corpus.hexdigest(), "documents": corpus.documents},
        "codebook": {
            "name": codebook.name,
            "version": codebook.version,
            "sha256": codebook_hash(codebook),
        },
        "settings": {name: value for name, value in asdict(settings).items() if name != "pipeline"},
        "engine": ENGINE,
        "versions": {
            **versions_taking_part(),
            "unicode": unicodedata.unidata_version,
            **pipeline_versions(codebook, settings.pipeline),
        },
    }
    id_ = pass_id(content)
    if settings.pipeline:  # a name or path on this machine: no part of the id, which has its version
        content["pipeline"] = pipeline or settings.pipeline
    content["encodings"] = dict(sorted(corpus.encodings.items()))  # how bytes became texts: no part of the id
    if study:
        content["study"] = {name: {"sha256": sha256(data).hexdigest()} for name, data in study.items()}
    return PassRecord(id_, content)


def record_sample(record: PassRecord, sample: bool) -> PassRecord:
    """The record, saying or not that the documents are a sample of those meant: no part of the id."""
    content = {name: value for name, value in record.content.items() if name != "sample"}
    return PassRecord(record.id, content | ({"sample": True} if sample else {}))


def record_filtered(content: Mapping[str, Any], settings: Settings) -> PassRecord:
    """The record that a pass with this record (the content of its pass.json) has with other filters."""
    chosen = {name: value for name, value in asdict(settings).items() if name in content["settings"]}
    changed = {name: value for name, value in content.items() if name != "pass"} | {"settings": chosen}
    return PassRecord(pass_id(changed), changed)
