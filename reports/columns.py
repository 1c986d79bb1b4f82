"""Every table's columns, in order, with type, unit and meaning; and the making of tables from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.reports.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

DTYPES = {"text": "string[python]", "integer": "Int64", "number": "float64"}
"""The pandas dtype of each type of column; empty is "", <NA> and NaN."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``type`` is a key of DTYPES; ``unit`` is what the number counts, empty for text."""

    name: str
    type: str
    unit: str
    meaning: str


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", "", meaning)


def _count(name: str, unit: str, meaning: str) -> Column:
    return Column(name, "integer", unit, meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, "integer", "0 or 1", meaning)


def _number(name: str, unit: str, meaning: str) -> Column:
    return Column(name, "number", unit, meaning)


_DOCUMENT = _text("document", "id of the document")
_CITEKEY = _text("citekey", "citation key of the document")
_PASSAGE = _text("passage", "id of the passage")
_CODE = _text("code", "id of the code")
_ENTRY = _text("entry", "id of the codebook entry")
_PART = _text("part", "part of the document: title, abstract, body, list, caption, table, footnote, …")
_HEADING = _text("heading", "path of the headings of its section; a heading stands in the section it opens")
_PAGE = _text("page", "page on which it starts")
_SPEAKER = _text("speaker", "who is speaking")
_START = _count("start", "code points", "first character in the document's cleaned text, from 0")
_END = _count("end", "code points", "character after the last")
_MATCHES = _count("matches", "matches", "matches before the overlap policy")
_PER_1000 = "segments per 1000 words"

TABLES: Mapping[str, tuple[Column, ...]] = {
    "documents": (
        _DOCUMENT,
        _CITEKEY,
        _text("title", "title of the document"),
        _text("date", "date of the document, ISO 8601"),
        _text("language", "language in which the document was read"),
        _text("file", "file the document came from"),
        _text("sha256", "SHA-256 of that file"),
        _count("words", "words", "words of the analysed passages, without duplicates left out"),
        _count("paragraphs", "paragraphs", "all paragraphs, also those of parts that are not analysed"),
        _count("passages", "passages", "analysed passages, without duplicates left out"),
        _count("passages_coded", "passages", "of these, passages with at least one segment"),
    ),
    "passages": (
        _PASSAGE,
        _DOCUMENT,
        _PART,
        _HEADING,
        _PAGE,
        _SPEAKER,
        _START,
        _END,
        _count("words", "words", "words of the passage"),
        _text(
            "duplicate_of",
            "id of the earlier passage that this one repeats; in no other table unless duplicates are kept",
        ),
        _number(
            "similarity",
            "0 to 1",
            "how alike the two are: the runs of three words that both have / those that either has, each as "
            "often as it stands there; 1 only where all words are the same in the same order",
        ),
        _text("text", "the passage, verbatim"),
    ),
    "segments": (
        _text("segment", "id of the segment"),
        _DOCUMENT,
        _CITEKEY,
        _text("paragraph", "id of the paragraph in which the hit starts"),
        _text("passage", "id of the passage in which the hit starts"),
        _PART,
        _HEADING,
        _PAGE,
        _SPEAKER,
        _CODE,
        _text("hit", "the words from the first to the last that matched, verbatim"),
        _text(
            "sentence",
            "the sentence in which the hit starts, verbatim; if over 2000 characters, 500 on each side",
        ),
        _ENTRY,
        _text("entry_text", "the codebook entry as written"),
        _text("matched_words", "the words that matched, verbatim, joined by one space"),
        _flag(
            "negated",
            "a negating word stands near the hit, in its sentence (in English at most five words before it); "
            "empty: not judged, no such words are known of the document's language",
        ),
        _flag("hedged", "the sentence says it may be so: may, could, reportedly; empty: not judged"),
        _flag(
            "attributed",
            "the hit is what others say: claims that, according to, in quotation marks; empty: not judged",
        ),
        _flag("question", "its sentence ends in a question mark"),
        _START,
        _END,
    ),
    "frequency": (
        _CODE,
        _text("label", "label of the code"),
        _text("parent", "id of the code above"),
        _text("coded_by", "who applies the code: rules, hand or both"),
        _count("passages", "passages", "passages with at least one segment of the code"),
        _number("passage_share", "0 to 1", "passages / applied_to_passages"),
        _count("documents", "documents", "documents with at least one segment of the code"),
        _number("document_share", "0 to 1", "documents / documents in which the code was looked for"),
        _number(
            "mean_document_share",
            "0 to 1",
            "mean of the share of passages with the code, over documents in which it was looked for",
        ),
        _count("mentions", "segments", "segments of the code, after the overlap policy"),
        _number("mentions_per_1000_words", _PER_1000, "in documents in which the code was looked for"),
        _count(
            "negated",
            "segments",
            "of the mentions of which it was judged, those with a negating word near them; empty: judged of "
            "none",
        ),
        _count("passages_with_subcodes", "passages", "passages with the code or any code below it"),
        _count("documents_with_subcodes", "documents", "documents with the code or any code below it"),
        _count(
            "applied_to_passages",
            "passages",
            "analysed passages of documents in which the code was looked for",
        ),
        _count("passages_total", "passages", "analysed passages of the corpus, without duplicates left out"),
        _count(
            "documents_total",
            "documents",
            "documents with passages that count: not those in which nothing was analysed, nor those that "
            "only repeat others",
        ),
        _count("words_total", "words", "words of these passages"),
    ),
    "frequency_by_document": (
        _DOCUMENT,
        _CODE,
        _count("passages", "passages", "passages of the document with at least one segment of the code"),
        _count("mentions", "segments", "segments of the code in the document"),
        _number("mentions_per_1000_words", _PER_1000, "mentions per 1000 words of the analysed passages"),
        _count("passages_total", "passages", "analysed passages of the document"),
    ),
    "cooccurrence": (
        _text("code_a", "id of the code that stands first in the codebook"),
        _text("code_b", "id of the other code"),
        _flag(
            "linked",
            "one code is above the other or asks about it (@code), so that they co-occur by construction",
        ),
        _count("both", "passages", "passages with both codes"),
        _count("both_apart", "passages", "of these, passages in which they do not only share words"),
        _count("a", "passages", "passages with code_a"),
        _count("b", "passages", "passages with code_b"),
        _count("total", "passages", "analysed passages of the corpus, without duplicates left out"),
        _number("expected", "passages", "a × b / total: passages with both if the codes were independent"),
        _number("jaccard", "0 to 1", "both / (a + b − both)"),
        _number("dice", "0 to 1", "2 both / (a + b)"),
        _number("cosine", "0 to 1", "both / √(a b)"),
        _number("lift", "ratio", "both / expected"),
        _number("npmi", "−1 to 1", "normalised pointwise mutual information"),
        _number("phi", "−1 to 1", "correlation of the two codes over passages"),
        _number("log_likelihood", "G²", "log-likelihood ratio against independence, one degree of freedom"),
    ),
    "cooccurrence_matrix": (_CODE,),
    "passages_wide": (_PASSAGE, _DOCUMENT),
    "documents_wide": (_DOCUMENT,),
    "entries": (
        _CODE,
        _ENTRY,
        _text("kind", "term, lemma, word, case, glob, regex, pos, entity, tokens or rule"),
        _text("text", "the entry as written, a rule in its one form"),
        _MATCHES,
        _count("mentions", "segments", "segments that the entry made"),
        _count("passages", "passages", "passages with a segment that the entry made"),
        _count("documents", "documents", "documents with a segment that the entry made"),
        _number("share_of_code", "0 to 1", "mentions / mentions of the code"),
        _count("only_here", "passages", "passages of the code in which this entry made all its segments"),
    ),
    "expansions": (_CODE, _ENTRY, _text("form", "surface form that the entry matched"), _MATCHES),
    "cleaning": (
        _DOCUMENT,
        _text(
            "kind",
            "hyphen, dash, page_break, moved, control_character, repairs.csv; or line_join, only counted",
        ),
        _count("start", "code points", "where it stands in the document's cleaned text, from 0"),
        _count("source_start", "code points", "where it stood in the source's text, from 0"),
        _text("before", "what stood in the source"),
        _text("after", "what stands in the document instead; white space is not on record"),
        _count("count", "repairs", "1; for line_join the line breaks that became spaces"),
    ),
    "exclusive": (
        _DOCUMENT,
        _text("paragraph", "id of a paragraph in which codes meet that exclude each other"),
        _text("parent", "the code that says so of those below it (exclusive: true)"),
        _text("code_a", "id of one of the codes, or of one below it"),
        _text("hit_a", "its first hit there, verbatim"),
        _text("code_b", "id of the other code, or of one below it"),
        _text("hit_b", "its first hit there, verbatim"),
    ),
    "parts": (
        _PART,
        _flag("analysed", "the part is coded and counted"),
        _count("paragraphs", "paragraphs", "paragraphs of the part"),
        _count("words", "words", "words of the part"),
        _count("hits", "segments", "segments in the part; where it is not analysed, what would be found"),
    ),
    "skipped": (_text("file", "input that was not read"), _text("reason", "why")),
}

WITH_VARIABLES = ("documents", "documents_wide")
"""The tables that have a column for every variable of the corpus, after their own."""

WITH_CODES = {
    "cooccurrence_matrix": ("passages", "passages with this code and the code of the row"),
    "passages_wide": ("0 or 1", "the passage has a segment of this code"),
    "documents_wide": ("segments", "segments of this code in the document"),
}
"""The tables that have a column for every code, after all others: its unit and meaning."""


def columns_of(table: str, variables: Sequence[str] = (), codes: Sequence[str] = ()) -> tuple[Column, ...]:
    """Every column of a table, given the variables of the corpus and the ids of the codes.

    Raises ReportError where a variable or a code has the name of another column.
    """
    columns = {column.name: column for column in TABLES[table]}
    if table in WITH_VARIABLES:
        for name in variables:
            _refuse_clash(table, "variable", name, columns)
            columns[name] = _text(name, "variable of the corpus")
    if table in WITH_CODES:
        for name in codes:
            _refuse_clash(table, "code", name, columns)
            columns[name] = _count(name, *WITH_CODES[table])
    return tuple(columns.values())


def _refuse_clash(table: str, kind: str, name: str, columns: Mapping[str, Column]) -> None:
    if name in columns:
        taken = columns[name].meaning
        raise ReportError(
            f'{table}.csv: the {kind} "{name}" has the same name as the column "{name}" ({taken}): '
            f"rename the {kind}"
        )


def frame(
    table: str, data: Mapping[str, Any], variables: Sequence[str] = (), codes: Sequence[str] = ()
) -> pd.DataFrame:
    """Make a table from a value for each of its columns; None is a column of empty cells.

    At least one column must not be None. Raises ReportError like columns_of.
    """
    import pandas as pd

    columns = columns_of(table, variables, codes)
    rows = next(len(values) for values in data.values() if values is not None)
    return pd.DataFrame({column.name: _cells(column, data[column.name], rows) for column in columns})


def _cells(column: Column, values: Any, rows: int) -> Any:
    import pandas as pd

    if values is None:
        values = [{"text": "", "integer": pd.NA, "number": float("nan")}[column.type]] * rows
    return pd.array(values, dtype=DTYPES[column.type])


def masked(values: Any, empty: Any) -> Any:
    """Return the integers as a column whose cells are empty where ``empty`` is true."""
    import numpy as np
    import pandas as pd

    return pd.arrays.IntegerArray(np.asarray(values, dtype=np.int64), np.asarray(empty, dtype=np.bool_))


def ratio(numerator: Any, denominator: Any) -> Any:
    """Return numerator / denominator, element by element; NaN where the denominator is 0."""
    import numpy as np

    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    undefined = np.full(numerator.shape, np.nan)
    return np.divide(numerator, denominator, out=undefined, where=denominator != 0)


def as_markdown() -> str:
    """Every table with its columns, as docs/tables.md shows them."""
    lines = [
        "# Tables",
        "",
        "What each column of each file means; an empty cell is not applicable or not judged.",
        "[Duplicates](duplicates.md) that are left out stand in passages.csv, and count in no table.",
        "Segments that [filters](flags.md#filters) leave out stand in none, and are counted as matches only.",
        "",
        "A code is looked for in documents in whose language it has terms, if passages of theirs count. A",
        "document in which nothing was analysed, or all of which repeats others, has empty cells and is in",
        "no denominator.",
        "",
    ]
    for table, columns in TABLES.items():
        lines += [f"## {table}.csv", "", "| column | unit | meaning |", "|---|---|---|"]
        lines += [f"| {column.name} | {column.unit} | {column.meaning} |" for column in columns]
        if table in WITH_VARIABLES:
            lines.append("| *each variable* | | variable of the corpus |")
        if table in WITH_CODES:
            lines.append("| *each code* | {} | {} |".format(*WITH_CODES[table]))
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_markdown(), end="")
