"""Sums over batches, from which the tables are made.

Everything is an integer and adding is all that happens to it, so that no result depends on how the
documents were divided into batches or in which order these were added up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from rubricate.coding.exclusive import clashes
from rubricate.coding.rules.variables import entries_looked_for
from rubricate.reports.counts import Counts, counted, numbered, pairs, summed, unrolled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Bools, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What some documents hold, D documents, K codes and E entries.

    ``documents`` are their ids; ``passages``, ``words`` (D) count their analysed passages and the words of
    these, without duplicates that are left out; ``repeated`` (D) says which documents had nothing else, and
    ``languages`` are those of documents that have passages. ``applicable`` (D×K) says where a code can
    apply, ``judged`` (D) where negation is judged. ``document_passages`` and ``document_mentions``
    (D×K) count passages with the code, and segments. ``negated``, ``judged_mentions`` (segments of which it
    is known whether they are negated), ``passages_with_subcodes`` and ``documents_with_subcodes`` are by code
    (K). ``both`` (K×K, symmetric) counts passages with both codes, on the diagonal those with the code;
    ``both_apart`` leaves out passages in which two codes meet only through shared words. ``matches``,
    ``mentions``, ``entry_passages``, ``entry_documents``, ``only_here`` are by entry (E), and
    ``entry_applies`` says which were looked for in a document that has passages. ``forms`` counts the
    matches of each (entry, surface form); ``parts`` holds paragraphs, words and segments by part.
    ``duplicates`` are the passages that were marked as such, left out or not, ``exact_duplicates`` those of
    them that repeat an earlier passage word for word, and ``duplicate_words`` the words of all of them.
    ``lengths`` counts the passages of each number of words, ``repairs`` is the number of repairs made in the
    documents, and ``filtered`` that of the segments that filters left out. ``clashes`` counts the pairs of
    codes that exclude each other and meet in a paragraph.
    """

    documents: tuple[str, ...]
    languages: frozenset[str]
    passages: Ints
    words: Ints
    repeated: Bools
    applicable: Bools
    judged: Bools
    document_passages: Counts
    document_mentions: Counts
    negated: Ints
    judged_mentions: Ints
    passages_with_subcodes: Ints
    documents_with_subcodes: Ints
    both: Counts
    both_apart: Counts
    matches: Ints
    mentions: Ints
    entry_passages: Ints
    entry_documents: Ints
    only_here: Ints
    entry_applies: Bools
    forms: Mapping[tuple[int, str], int]
    parts: Mapping[str, tuple[int, int, int]]
    duplicates: int
    exact_duplicates: int
    duplicate_words: int
    lengths: Mapping[int, int]
    repairs: int
    filtered: int
    clashes: int = 0

    @property
    def counted(self) -> Bools:
        """For each document (D): has it passages that count?"""
        counted: Bools = self.passages > 0
        return counted

    @property
    def looked_for(self) -> Bools:
        """Where a code (D×K) was looked for: it can apply, and the document has passages that count."""
        looked_for: Bools = self.applicable & self.counted[:, None]
        return looked_for

    @property
    def applies(self) -> Bools:
        """For each code (K): was it looked for in any document?"""
        applies: Bools = self.looked_for.sum(axis=0) > 0
        return applies


def tally(batches: Iterable[Batch], codebook: Codebook) -> Tally:
    """Add up all batches, in order."""
    return merge_all((tally_batch(batch, codebook) for batch in batches), codebook)


def merge_all(tallies: Iterable[Tally], codebook: Codebook) -> Tally:
    """Add up tallies in order, each with one of its own size, so that a thousand cost no thousand copies."""
    stack: list[tuple[int, Tally]] = []
    for last in tallies:
        size = 1
        while stack and stack[-1][0] == size:
            last = merge(stack.pop()[1], last)  # noqa: PLW2901
            size *= 2
        stack.append((size, last))
    return reduce(merge, (one for _, one in stack), _nothing(codebook))


def merge(first: Tally, second: Tally) -> Tally:
    """Add two tallies of one codebook; the documents of ``second`` follow those of ``first``."""
    import numpy as np

    by_code = ("negated", "judged_mentions", "passages_with_subcodes", "documents_with_subcodes")
    pairs = ("both", "both_apart")
    by_entry = ("matches", "mentions", "entry_passages", "entry_documents", "only_here")
    by_document = ("passages", "words", "repeated", "applicable", "judged")
    totals = ("duplicates", "exact_duplicates", "duplicate_words", "repairs", "filtered", "clashes")
    sums: dict[str, Any] = {
        name: getattr(first, name) + getattr(second, name) for name in by_code + pairs + by_entry + totals
    }
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in by_document
    }
    for name in ("document_passages", "document_mentions"):
        joined[name] = getattr(first, name).above(getattr(second, name))
    return Tally(
        documents=first.documents + second.documents,
        languages=first.languages | second.languages,
        entry_applies=first.entry_applies | second.entry_applies,
        forms=_added_forms(first.forms, second.forms),
        parts=_added_parts(first.parts, second.parts),
        lengths=Counter(first.lengths) + Counter(second.lengths),
        **sums,
        **joined,
    )


def _added_forms(
    first: Mapping[tuple[int, str], int], second: Mapping[tuple[int, str], int]
) -> Counter[tuple[int, str]]:
    added = Counter(first)
    added.update(second)
    return added


def _added_parts(
    first: Mapping[str, tuple[int, int, int]], second: Mapping[str, tuple[int, int, int]]
) -> dict[str, tuple[int, int, int]]:
    added = dict(first)
    for part, (paragraphs, words, hits) in second.items():
        before = added.get(part, (0, 0, 0))
        added[part] = (before[0] + paragraphs, before[1] + words, before[2] + hits)
    return added


def tally_batch(batch: Batch, codebook: Codebook) -> Tally:
    """Add up one batch.

    A cell is a passage and a code that has segments in it; cells are sorted by passage, then code.
    """
    import numpy as np

    codes, entries, documents = len(codebook.codes), len(codebook.entries), len(batch.documents)
    key = batch.segments.passage * codes + batch.segments.code
    cells, cell, mentions = numbered(key, len(batch.passages) * codes)
    passage, code = np.divmod(cells, max(codes, 1))
    document = batch.passages.document[passage]
    by_document = counted(document, code, (documents, codes))
    lines, judged = _lines(codebook), batch.judged["negated"]
    one, other = pairs(passage)
    both = counted(code[one], code[other], (codes, codes))
    return Tally(
        documents=tuple(one.id for one in batch.documents),
        **_by_document(batch, codebook),
        applicable=batch.applicable,
        judged=judged,
        document_passages=by_document,
        document_mentions=summed(document * codes + code, mentions, (documents, codes)),
        negated=np.bincount(batch.segments.code[batch.segments.negated], minlength=codes),
        judged_mentions=np.bincount(batch.segments.code[judged[batch.segments.document]], minlength=codes),
        passages_with_subcodes=_with_subcodes(passage, code, lines),
        documents_with_subcodes=_with_subcodes(by_document.row, by_document.column, lines),
        both=both,
        both_apart=both - _only_overlapping(batch, cell, passage, code, mentions, codes),
        matches=batch.matches,
        mentions=np.bincount(batch.segments.entry, minlength=entries),
        **_entry_passages(batch.segments.entry, cell, document, entries),
        forms=batch.forms,
        parts=batch.parts,
        duplicates=int(batch.marks.repeats.sum()),
        exact_duplicates=int(batch.marks.exact.sum()),
        duplicate_words=int(batch.passages.words[batch.marks.repeats].sum()),
        lengths=Counter(batch.passages.words[batch.counted].tolist()),
        repairs=sum(document.repair_count for document in batch.documents),
        filtered=batch.filtered,
        clashes=sum(1 for _ in clashes(batch, codebook)),
    )


def _by_document(batch: Batch, codebook: Codebook) -> dict[str, Any]:
    """Count passages and words by document; see which documents have only duplicates that are left out, and
    what is looked for in the others.
    """
    import numpy as np

    size, document = len(batch.documents), batch.passages.document
    passages = np.bincount(document[batch.counted], minlength=size)
    counted = [batch.documents[index] for index in np.flatnonzero(passages).tolist()]
    return {
        "languages": frozenset(document.language for document in counted),
        "entry_applies": np.array(entries_looked_for(codebook, counted), np.bool_),
        "passages": passages,
        "words": _sums(document[batch.counted], batch.passages.words[batch.counted], size),
        "repeated": (passages == 0) & (np.bincount(document, minlength=size) > 0),
    }


def branches(codebook: Codebook) -> Bools:
    """Return a K×K matrix that is true where the column's code is the row's code or above it."""
    import numpy as np

    lines = _lines(codebook)
    found = np.zeros((len(lines), len(lines)), np.bool_)
    for index, line in enumerate(lines):
        found[index, line] = True
    return found


def _lines(codebook: Codebook) -> list[list[int]]:
    """Of each code the codes above it, from the top, and itself."""
    place = {code.id: index for index, code in enumerate(codebook.codes)}
    lines: list[list[int]] = []
    for index, code in enumerate(codebook.codes):
        lines.append([*(lines[place[code.parent]] if code.parent else []), index])
    return lines


def _with_subcodes(row: Ints, code: Ints, lines: Sequence[Sequence[int]]) -> Ints:
    """Of each code the number of different rows that have it or one below it."""
    import numpy as np

    codes, cell = unrolled(code, lines)
    return np.bincount(counted(row[cell], codes, (0, len(lines))).column, minlength=len(lines))


def _entry_passages(entry: Ints, cell: Ints, document: Ints, entries: int) -> dict[str, Any]:
    """Count passages, documents and only_here by entry; ``document`` is by cell."""
    import numpy as np
    import pandas as pd

    made = pd.unique(cell * entries + entry)
    place, which = np.divmod(made, max(entries, 1))
    alone = np.bincount(place, minlength=len(document))[place] == 1
    in_documents = pd.unique(document[place] * entries + which) % max(entries, 1)
    return {
        "entry_passages": np.bincount(which, minlength=entries),
        "entry_documents": np.bincount(in_documents, minlength=entries),
        "only_here": np.bincount(which[alone], minlength=entries),
    }


def _only_overlapping(
    batch: Batch, cell: Ints, passage: Ints, code: Ints, mentions: Ints, codes: int
) -> Counts:
    """Count passages (K×K) in which every segment of one code shares a word with every one of the other.

    Then, and only then, as many pairs of segments overlap as there are pairs; so it is enough to
    count the pairs that do, and these are few.
    """
    import numpy as np

    one, other = _sharing(batch)
    left, right = cell[one], cell[other]
    meet = (passage[left] == passage[right]) & (left != right)
    left, right = left[meet], right[meet]
    key = np.minimum(left, right) * len(passage) + np.maximum(left, right)
    met, meetings = np.unique(key, return_counts=True)
    left, right = np.divmod(met, max(len(passage), 1))
    always = meetings == mentions[left] * mentions[right]
    one, other = code[left[always]], code[right[always]]
    return counted(np.append(one, other), np.append(other, one), (codes, codes))


def _sharing(batch: Batch) -> tuple[Ints, Ints]:
    """Find all pairs of segments that share a matched word, each once, as two arrays of their indices."""
    import numpy as np

    segments = batch.segments
    if not segments.pieces:
        return _overlaps(segments.word, segments.words)
    split = np.array(list(segments.pieces), np.int64)
    whole = np.delete(np.arange(len(segments)), split)
    pieces = [(index, one.word, one.words) for index, some in segments.pieces.items() for one in some]
    owner, word, words = np.array(pieces, np.int64).T
    owner = np.append(whole, owner)
    one, other = _overlaps(np.append(segments.word[whole], word), np.append(segments.words[whole], words))
    met = np.unique(np.sort(np.stack((owner[one], owner[other])), axis=0), axis=1)
    return met[0], met[1]


def _overlaps(word: Ints, words: Ints) -> tuple[Ints, Ints]:
    """Find all pairs of segments that share a matched word, as two arrays of their indices."""
    import numpy as np

    order = np.flatnonzero(words > 0)
    order = order[np.argsort(word[order], kind="stable")]
    start, end = word[order], (word + words)[order]
    here = np.arange(len(order))
    followers = np.searchsorted(start, end) - here - 1  # those that start inside, after this one in order
    one = np.repeat(here, followers)
    first = np.repeat(np.cumsum(followers) - followers, followers)
    other = np.arange(len(one)) - first + one + 1
    return order[one], order[other]


def _sums(index: Ints, values: Ints, size: int) -> Ints:
    import numpy as np

    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, index, values)
    return sums


def _nothing(codebook: Codebook) -> Tally:
    import numpy as np

    from rubricate.coding.batch import Batch, Segments
    from rubricate.coding.flags import FLAGS
    from rubricate.corpus.duplicates.search import no_marks
    from rubricate.corpus.passages import Passages

    none = np.zeros(0, dtype=np.int64)
    never = np.zeros(0, dtype=np.bool_)
    return tally_batch(
        Batch(
            documents=(),
            passages=Passages(none, none, none, none, none, none),
            marks=no_marks(0),
            counted=never,
            segments=Segments(*[none] * 11, *[never] * 4),  # type: ignore[arg-type]
            matches=np.zeros(len(codebook.entries), dtype=np.int64),
            forms={},
            applicable=np.zeros((0, len(codebook.codes)), dtype=np.bool_),
            judged=dict.fromkeys(FLAGS, never),
            filtered=0,
            parts={},
        ),
        codebook,
    )
