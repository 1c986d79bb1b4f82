"""Which entry of a bibliography is about which document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.corpus.metadata.table import Metadata

    Claim = tuple[str, tuple[int, int]]

_DEEPEST = 16
"""So many folders of a path are compared at most."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The ids of documents by what they may be named by; None where it fits several."""

    ids: Mapping[str, str]
    names: Mapping[str, str | None]
    paths: Mapping[str, str | None]


def match_entries(metadata: Metadata, documents: Iterable[tuple[str, str]]) -> Metadata:
    """Put the ids of documents in the place of citekeys; a table is returned as it is.

    ``documents`` are pairs of a document's id and the path of its file, one document a file. An entry is
    about the document whose id is its citekey, else about the one whose id ends in it (``papers/smith2019``);
    and about those whose files it names. Among files of one name it is the one that has more of the folders
    before it in common. Where several documents or several entries fit equally well, none is matched. Entries
    without a document keep their citekey.
    """
    if metadata.attachments is None:
        return metadata
    index = _index(documents)
    claims: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for citekey, paths in metadata.attachments.items():
        for document, rank in _claims(citekey, paths, index):
            claims.setdefault(document, []).append((rank, citekey))
    matched = {document: winner for document, made in claims.items() if (winner := _winner(made))}
    rows = {same_form(document): metadata.rows[citekey] for document, citekey in matched.items()}
    used = set(matched.values())
    rows |= {citekey: row for citekey, row in metadata.rows.items() if citekey not in used}
    return replace(metadata, rows=rows, attachments=None)


def _index(documents: Iterable[tuple[str, str]]) -> _Index:
    ids: dict[str, str] = {}
    names: dict[str, str | None] = {}
    paths: dict[str, str | None] = {}
    for document, file in documents:
        form = same_form(document)
        ids[form] = document
        _note(names, form.rpartition("/")[2], document)
        path = same_form(file)
        for each in {path, path.removesuffix(".gz")}:
            for ending in _endings(each):
                _note(paths, ending, document)
    return _Index(ids, names, paths)


def _note(index: dict[str, str | None], name: str, document: str) -> None:
    index[name] = None if index.get(name, document) != document else document


def _endings(path: str) -> Iterator[str]:
    """A path, then without its first folder, and so on to the name of the file.

    >>> list(_endings("files/12/paper.pdf"))
    ['files/12/paper.pdf', '12/paper.pdf', 'paper.pdf']
    """
    parts = path.split("/")[-_DEEPEST:]
    return ("/".join(parts[first:]) for first in range(len(parts)))


def _claims(citekey: str, paths: Sequence[str], index: _Index) -> Iterator[Claim]:
    """The documents that an entry may be about, each with how well it fits (higher is better)."""
    if citekey in index.ids:
        yield index.ids[citekey], (2, 0)
    elif named := index.names.get(citekey):
        yield named, (1, 0)
    for path in paths:
        ending = next((ending for ending in _endings(path) if ending in index.paths), "")
        if document := index.paths.get(ending):
            yield document, (0, ending.count("/"))


def _winner(claims: Sequence[tuple[tuple[int, int], str]]) -> str:
    """The citekey that fits a document best; empty if several do."""
    best = max(rank for rank, _ in claims)
    citekeys = {citekey for rank, citekey in claims if rank == best}
    return citekeys.pop() if len(citekeys) == 1 else ""
