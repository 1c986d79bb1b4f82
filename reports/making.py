"""How each table is made: batch by batch, from the sums of all batches, or when all variables are known."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rubricate.reports.cleaning import cleaning
from rubricate.reports.columns import TABLES, WITH_VARIABLES, columns_of
from rubricate.reports.cooccurrence import cooccurrence, cooccurrence_matrix
from rubricate.reports.documents import documents
from rubricate.reports.entries import entries, expansions
from rubricate.reports.errors import ReportError
from rubricate.reports.exclusive import exclusive
from rubricate.reports.frequency import frequency, frequency_by_document
from rubricate.reports.parts import parts
from rubricate.reports.passages import passages
from rubricate.reports.segments import segments
from rubricate.reports.tally import merge_all, tally_batch
from rubricate.reports.wide import documents_wide, passages_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.settings import Settings
    from rubricate.reports.tally import Tally

STREAMED: Mapping[str, Callable[[Batch, Tally, Codebook], pd.DataFrame]] = MappingProxyType(
    {
        "passages": lambda batch, _tally, _codebook: passages(batch),
        "segments": lambda batch, _tally, codebook: segments(batch, codebook),
        "passages_wide": lambda batch, _tally, codebook: passages_wide(batch, codebook),
        "frequency_by_document": lambda _batch, tally, codebook: frequency_by_document(tally, codebook),
        "cleaning": lambda batch, _tally, _codebook: cleaning(batch),
        "exclusive": lambda batch, _tally, codebook: exclusive(batch, codebook),
    }
)
"""The tables whose rows are known when a batch goes by, from it and its own sums, so that memory does not
grow with the corpus. Those with variables wait for the last document: only then are all variables known.
"""

SUMMED: Mapping[str, Callable[[Tally, Codebook, Settings], pd.DataFrame]] = MappingProxyType(
    {
        "frequency": lambda tally, codebook, _settings: frequency(tally, codebook),
        "cooccurrence": lambda tally, codebook, _settings: cooccurrence(tally, codebook),
        "cooccurrence_matrix": lambda tally, codebook, _settings: cooccurrence_matrix(tally, codebook),
        "entries": lambda tally, codebook, _settings: entries(tally, codebook),
        "expansions": lambda tally, codebook, _settings: expansions(tally, codebook),
        "parts": lambda tally, _codebook, settings: parts(tally, settings),
    }
)
"""The tables that are made from the sums of all batches."""

REPORTS = tuple(name for name in TABLES if name in {*STREAMED, *SUMMED, *WITH_VARIABLES})
"""Every table of a pass; skipped.csv is about what is in none."""


def streamed(codebook: Codebook) -> list[str]:
    """The names in STREAMED of the tables that a codebook has: one about codes that exclude each other only
    if it says so of some.
    """
    excludes = any(code.exclusive for code in codebook.codes)
    return [name for name in STREAMED if name != "exclusive" or excludes]


def refuse_unknown(name: str) -> None:
    """ReportError if this is none of REPORTS."""
    if name not in REPORTS:
        raise ReportError(f"there is no table {name!r}; there are {', '.join(REPORTS)}")


def make_table(
    name: str, batches: Iterable[Batch], codebook: Codebook, settings: Settings, *, linked: bool = False
) -> Iterator[pd.DataFrame]:
    """The rows of one of REPORTS, in order, in one DataFrame or several with the same columns; at least one.

    ``linked``: whether ``cooccurrence`` lists pairs that co-occur by construction, too.

    Raises ReportError where there is no such table, and where a variable or a code has the name of a column.
    """
    import pandas as pd

    refuse_unknown(name)
    columns = columns_of(name, codes=[code.id for code in codebook.codes])  # a clash comes first
    if name in WITH_VARIABLES:
        waiting = Waiting(codebook, [name])
        for batch in batches:
            waiting.add(batch, tally_batch(batch, codebook))
        yield from (table for _, table in waiting.tables())
    elif name in SUMMED:
        tally = merge_all((tally_batch(batch, codebook) for batch in batches), codebook)
        asked = linked and name == "cooccurrence"
        yield cooccurrence(tally, codebook, linked=True) if asked else SUMMED[name](tally, codebook, settings)
    else:
        batch = None
        for batch in batches:
            yield STREAMED[name](batch, tally_batch(batch, codebook), codebook)
        if batch is None:
            yield pd.DataFrame(columns=[column.name for column in columns])


class Waiting:
    """The rows of the tables that have a column for every variable, until all variables are known."""

    def __init__(self, codebook: Codebook, names: Iterable[str] = WITH_VARIABLES) -> None:
        self.variables: dict[str, None] = {}  # in the order in which documents bring them
        self._codebook = codebook
        self._rows: dict[str, list[pd.DataFrame]] = {name: [] for name in names}

    def add(self, batch: Batch, tally: Tally) -> None:
        """Add the rows of a batch, of which these are the sums."""
        names = tuple(dict.fromkeys(name for document in batch.documents for name in document.variables))
        self.variables |= dict.fromkeys(names)
        for name, rows in self._rows.items():
            rows.append(
                documents(batch, names)
                if name == "documents"
                else documents_wide(tally, batch.documents, self._codebook, names)
            )

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Each table with its name; a document that lacks a variable has an empty cell."""
        import pandas as pd

        codes = [code.id for code in self._codebook.codes]
        for name, rows in self._rows.items():
            columns = [column.name for column in columns_of(name, tuple(self.variables), codes)]
            table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
            yield name, table.reindex(columns=columns).fillna(dict.fromkeys(self.variables, ""))
