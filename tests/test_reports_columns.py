import math

import numpy as np
import pandas as pd
import pytest

from rubricate.reports.columns import DTYPES, TABLES, columns_of, frame, masked, ratio
from rubricate.reports.errors import ReportError

CONTRACT = {
    "documents": "document, citekey, title, date, language, file, sha256, words, paragraphs, passages, "
    "passages_coded",
    "passages": "passage, document, part, heading, page, speaker, start, end, words, duplicate_of, "
    "similarity, text",
    "segments": "segment, document, citekey, paragraph, passage, part, heading, page, speaker, code, hit, "
    "sentence, entry, entry_text, matched_words, negated, hedged, attributed, question, start, end",
    "frequency": "code, label, parent, coded_by, passages, passage_share, documents, document_share, "
    "mean_document_share, mentions, mentions_per_1000_words, negated, passages_with_subcodes, "
    "documents_with_subcodes, applied_to_passages, passages_total, documents_total, words_total",
    "frequency_by_document": "document, code, passages, mentions, mentions_per_1000_words, passages_total",
    "cooccurrence": "code_a, code_b, linked, both, both_apart, a, b, total, expected, jaccard, dice, cosine, "
    "lift, npmi, phi, log_likelihood",
    "cooccurrence_matrix": "code",
    "passages_wide": "passage, document",
    "documents_wide": "document",
    "entries": "code, entry, kind, text, matches, mentions, passages, documents, share_of_code, only_here",
    "expansions": "code, entry, form, matches",
    "exclusive": "document, paragraph, parent, code_a, hit_a, code_b, hit_b",
    "parts": "part, analysed, paragraphs, words, hits",
    "skipped": "file, reason",
    "cleaning": "document, kind, start, source_start, before, after, count",
}


def test_every_table_has_the_promised_columns_in_order():
    assert {
        name: ", ".join(column.name for column in columns) for name, columns in TABLES.items()
    } == CONTRACT


def test_every_column_has_a_type_a_meaning_and_every_number_a_unit():
    for column in (column for columns in TABLES.values() for column in columns):
        assert column.type in DTYPES
        assert column.meaning
        assert bool(column.unit) == (column.type != "text")


def test_variables_come_before_codes_and_only_where_they_belong():
    names = [column.name for column in columns_of("documents_wide", ["year"], ["war"])]
    assert names == ["document", "year", "war"]
    assert len(columns_of("frequency", ["year"], ["war"])) == len(TABLES["frequency"])


@pytest.mark.parametrize("table", ["documents", "documents_wide"])
def test_a_variable_that_would_hide_a_column_is_refused(table):
    with pytest.raises(ReportError, match=f'{table}.csv: the variable "document"'):
        columns_of(table, ["document"])


def test_a_table_has_exactly_the_types_of_its_columns():
    table = frame("skipped", {"file": ["a.pdf"], "reason": None})
    assert [str(dtype) for dtype in table.dtypes] == ["string", "string"]
    assert table.loc[0, "reason"] == ""
    table = frame("expansions", {"code": ["a"], "entry": ["b"], "form": ["c"], "matches": None})
    assert table["matches"].dtype == pd.Int64Dtype()
    assert table["matches"].isna().all()


def test_masked_cells_are_empty():
    assert pd.array([1, None, 3], dtype="Int64").equals(masked([1, 2, 3], [False, True, False]))


def test_a_ratio_out_of_nothing_is_undefined():
    values = ratio(np.array([1, 0, 1]), np.array([2, 0, 0])).tolist()
    assert values[0] == 0.5
    assert all(math.isnan(value) for value in values[1:])
