"""frequency.csv and frequency_by_document.csv: how often each code occurs, and out of how many."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rubricate.reports.columns import frame, masked, ratio
from rubricate.reports.tally import branches

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.reports.tally import Tally


def frequency(tally: Tally, codebook: Codebook) -> pd.DataFrame:
    """Return one row per code, in codebook order.

    The cells of a code that was looked for nowhere are empty, from ``passages`` to ``negated``; the columns
    ``…_with_subcodes`` are filled if it or a code below it was. Shares out of nothing are empty.
    """
    import numpy as np

    silent = ~tally.applies
    silent_branch = branches(codebook).T @ tally.applies.astype("int64") == 0
    applied_to = tally.passages @ tally.applicable
    passages, size = tally.both.diagonal(), len(codebook.codes)
    documents = np.bincount(tally.document_passages.column, minlength=size)
    mentions = tally.document_mentions.column_sums()
    totals = {
        "passages_total": tally.passages.sum(),
        "documents_total": np.count_nonzero(tally.counted),
        "words_total": tally.words.sum(),
    }
    return frame(
        "frequency",
        {
            "code": [code.id for code in codebook.codes],
            "label": [code.label for code in codebook.codes],
            "parent": [code.parent for code in codebook.codes],
            "coded_by": [code.coded_by for code in codebook.codes],
            "passages": masked(passages, silent),
            "passage_share": ratio(passages, applied_to),
            "documents": masked(documents, silent),
            "document_share": ratio(documents, tally.looked_for.sum(axis=0)),
            "mean_document_share": _mean_document_share(tally),
            "mentions": masked(mentions, silent),
            "mentions_per_1000_words": ratio(1000 * mentions, tally.words @ tally.applicable),
            "negated": masked(tally.negated, _unjudged(tally, mentions)),
            "passages_with_subcodes": masked(tally.passages_with_subcodes, silent_branch),
            "documents_with_subcodes": masked(tally.documents_with_subcodes, silent_branch),
            "applied_to_passages": applied_to,
            **{name: [total] * len(codebook.codes) for name, total in totals.items()},
        },
    )


def _unjudged(tally: Tally, mentions: Any) -> Any:
    """For each code whether nothing says how many of its mentions are negated: it was looked for in no
    document, or has mentions in no document, of a language in which negation is judged.
    """
    somewhere = tally.looked_for[tally.judged].any(axis=0)
    return ~somewhere | ((mentions > 0) & (tally.judged_mentions == 0))


def _mean_document_share(tally: Tally) -> Any:
    """Average the codes' shares of passages over the documents in which they were looked for.

    Exactly rounded sums (math.fsum), so that the order of the documents does not matter.
    """
    import numpy as np

    found = tally.document_passages
    order = np.argsort(found.column, kind="stable")
    shares = (found.count / tally.passages[found.row])[order].tolist()
    bounds = np.searchsorted(found.column[order], np.arange(found.columns + 1)).tolist()
    sums = [math.fsum(shares[first:last]) for first, last in pairwise(bounds)]
    return ratio(sums, tally.looked_for.sum(axis=0))


def frequency_by_document(tally: Tally, codebook: Codebook) -> pd.DataFrame:
    """Return one row per document and code, also where there is none (0) or can be none (empty).

    A document without passages that count has empty cells too: nothing was looked for there.
    """
    import numpy as np

    size = len(codebook.codes)
    silent = ~tally.looked_for.ravel()
    mentions = tally.document_mentions.dense().ravel()
    words = np.where(silent, 0, np.repeat(tally.words, size))
    return frame(
        "frequency_by_document",
        {
            "document": np.repeat(np.array(tally.documents, dtype=object), size),
            "code": [code.id for code in codebook.codes] * len(tally.documents),
            "passages": masked(tally.document_passages.dense().ravel(), silent),
            "mentions": masked(mentions, silent),
            "mentions_per_1000_words": ratio(1000 * mentions, words),
            "passages_total": np.repeat(tally.passages, size),
        },
    )
