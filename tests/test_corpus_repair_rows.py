from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.corrections import read_corrections
from rubricate.corpus.study.repair_rows import (
    RepairRow,
    Repairs,
    find_repairs,
    line_by_line,
    read_repairs,
    unused,
)


def repairs(*rows):
    return Repairs("repairs.csv", tuple(RepairRow(line, *row) for line, row in enumerate(rows, 2)))


def repaired(text, rows, document="d"):
    for start, end, after, _ in reversed(find_repairs(text, document, rows)):
        text = text[:start] + after + text[end:]
    return text


def message(function, *arguments):
    with pytest.raises(CorpusError) as error:
        function(*arguments)
    return str(error.value)


def test_repairs_are_read_verbatim(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_text(
        'document,before,after,reason\n,lran,Iran,OCR\nun/a,"a ""b"", c",\n'.replace(",\n", ",,\n")
    )
    assert read_repairs(path) == Repairs(
        str(path), (RepairRow(2, "", "lran", "Iran", "OCR"), RepairRow(3, "un/a", 'a "b", c', "", ""))
    )


def test_the_reason_of_a_repair_may_be_missing_and_other_columns_are_the_studys_own(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_text("After,before,document,who\nIran,lran,,me\n")
    assert read_repairs(path).rows == (RepairRow(2, "", "lran", "Iran"),)


def test_repairs_may_be_in_another_encoding(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_bytes("document,before,after\n,café,cafés\n".encode("utf-16"))
    assert read_repairs(path, ReadOptions(encoding="utf-16")).rows[0].before == "café"


def test_every_mistake_of_a_repairs_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_text(
        'document,before,after\n,lran,Iran\n, ,x\nd,same,same\n"","two\nlines",x\n,lran,IRAN\n'
        ',two  lines,y\n,a b,"a\nb"\n,c,"d\u2029"\n',
        "utf-8",
    )
    assert message(read_repairs, path).splitlines() == [
        f"{path}: line 3: before is empty; write the words to be repaired",
        f"{path}: line 4: before and after are both 'same'; write what should stand there",
        f"{path}: line 7: 'lran' is already repaired in line 2; keep one row",
        f"{path}: line 8: 'two  lines' is already repaired in line 5; keep one row",
        f"{path}: line 9: after is 'a\\nb', with a line break; write a space",
        f"{path}: line 11: after is 'd\\u2029', with a line break; write a space",
    ]


FILES = {
    "no column": ("before,after\na,b\n", "has no column 'document'; its columns are before, after; add"),
    "cells too many": ("document,before,after\n,a,b,c\n", "line 2 has 4 cells, but there are 3 columns"),
    "empty": ("", "is empty"),
}


@pytest.mark.parametrize(("content", "problem"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_table_of_repairs_is_one_line(tmp_path, content, problem):
    path = tmp_path / "repairs.csv"
    path.write_text(content)
    told = message(read_repairs, path)
    assert told.startswith(f"{path}: {problem}")
    assert "\n" not in told


def test_a_missing_file_and_a_spreadsheet_are_named(tmp_path):
    assert message(read_repairs, tmp_path / "no.csv").endswith(
        "no.csv: cannot be read: no such file or directory"
    )
    assert message(read_corrections, tmp_path / "c.xlsx").endswith("c.xlsx: must be a .csv or .tsv file")


REPAIRED = {
    "a word": (("", "lran", "Iran"), "lran, and lran.", "Iran, and Iran."),
    "no part of a word": (("", "ran", "Iran"), "lran ran, rand, ran_ ran", "lran Iran, rand, ran_ Iran"),
    "between dashes and quotes": (("", "lran", "Iran"), "in lran—and “lran”", "in Iran—and “Iran”"),
    "capitals count": (("", "lran", "Iran"), "LRAN Lran", "LRAN Lran"),
    "several words": (("", "f lagrant", "flagrant"), "a f lagrant breach", "a flagrant breach"),
    "over a line break": (("", "the lran war", "the Iran war"), "the lran\n  war", "the Iran\n  war"),
    "a line break that goes": (("", "f lagrant", "flagrant"), "a f\nlagrant breach", "a flagrant breach"),
    "not over a blank line": (("", "the lran", "Iran"), "the\n\nlran", "the\n\nlran"),
    "over a line of Windows": (("", "the lran", "the Iran"), "the\r\nlran", "the\r\nIran"),
    "over a line separator": (("", "the lran", "the Iran"), "the\u2028lran", "the\u2028Iran"),
    "not over a page and a blank line": (("", "the lran", "Iran"), "the\n\x0clran", "the\n\x0clran"),
    "not over a paragraph separator": (("", "the lran", "Iran"), "the\u2029lran", "the\u2029lran"),
    "a space before": (("", " ,", ","), "so , and\n , and ,", "so, and, and,"),
    "beside a note's number": (("", "lran", "Iran"), "lran¹ ²lran", "Iran¹ ²Iran"),
    "beside a character that is a word": (("", "lran", "Iran"), "制lran裁", "制Iran裁"),
    "beyond the first plane": (("", "𐐀b", "x"), "a 𐐀b 𐐀bc", "a x 𐐀bc"),
    "signs have no borders": (("", "(sic)", ""), "a(sic)b", "ab"),
    "a sign at one end": (("", "%p", "pp"), "5%p 5%px", "5pp 5%px"),
    "marks belong to words": (("", "e", "a"), "e\u0301 e", "e\u0301 a"),
    "Persian": (("", "ایرن", "ایران"), "در ایرن، ایرنی", "در ایران، ایرنی"),
    "Han has no borders": (("", "制", "製"), "限制裁", "限製裁"),
    "only in its document": (("e", "lran", "Iran"), "lran", "lran"),
    "in its document": (("d", "lran", "Iran"), "lran", "Iran"),
    "a pattern is no pattern": (("", "a.c", "x"), "abc a.c", "abc x"),
    "the match that overlaps a rejected one": (("", "a a", "x"), "ba a a", "ba x"),
    "no words": (("", "lran", "Iran"), "", ""),
}


@pytest.mark.parametrize(("row", "text", "after"), REPAIRED.values(), ids=REPAIRED)
def test_a_repair_replaces_whole_words(row, text, after):
    assert repaired(text, repairs(row)) == after


def test_the_longest_of_overlapping_repairs_is_made_and_nothing_is_repaired_twice():
    rows = repairs(("", "b", "c"), ("", "a b", "b"), ("", "c", "d"))
    assert repaired("a b, b, c", rows) == "b, c, d"
    assert [place[:3] for place in find_repairs("a b, b, c", "d", rows)] == [
        (0, 3, "b"),
        (5, 6, "c"),
        (8, 9, "d"),
    ]


def test_a_documents_own_repair_beats_the_one_for_all():
    rows = repairs(("", "lran", "Iran"), ("d", "lran", "Lran"))
    assert (repaired("lran", rows), repaired("lran", rows, "e")) == ("Lran", "Iran")


def test_white_space_in_a_row_is_any_and_a_documents_own_row_beats_the_other():
    rows = repairs(("", "a b", "x"), ("d", "a  b", "y"))
    assert (repaired("a b a  b", rows), repaired("a b a  b", rows, "e")) == ("y y", "x x")


LINES = {
    "one line": (("", "the lran", "the Iran"), "see the lran", [(4, 12, "the Iran")]),
    "the second line": (("", "the lran", "the Iran"), "the \n lran", [(6, 10, "Iran")]),
    "both lines": (("", "teh lran", "the Iran"), "teh\nlran", [(0, 3, "the"), (4, 8, "Iran")]),
    "a break at the end": (("", "a ", "x y"), "a\nb", [(0, 2, "x y")]),
    "a break that goes": (("", "the lran", "Iran"), "the\nlran", [(0, 8, "Iran")]),
    "nothing but white space": (("", "a  b", "a b"), "a\nb", []),
}


@pytest.mark.parametrize(("row", "text", "changes"), LINES.values(), ids=LINES)
def test_what_a_repair_changes_is_told_line_by_line(row, text, changes):
    (place,) = find_repairs(text, "d", repairs(row))
    assert list(line_by_line(text, place)) == changes


def test_document_ids_may_be_composed_or_not(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_text("document,before,after\ncafe\u0301,lran,Iran\n", "utf-8")
    assert repaired("lran", read_repairs(path), "caf\u00e9") == "Iran"
    assert repaired("lran", read_repairs(path), "cafe\u0301") == "Iran"


def test_rows_that_replace_nothing_are_named():
    rows = repairs(("", "lran", "Iran"), ("e", "lraq", "Iraq"), ("", "lndia", "India"))
    texts = {"d": "lran", "e": "lran"}
    found = {place.row for name, text in texts.items() for place in find_repairs(text, name, rows)}
    assert unused(rows, found, rows.own("e")) == [
        "repairs.csv: line 3: 'lraq' replaces nothing in document 'e'"
    ]
    assert unused(rows, found, rows.rows) == [
        "repairs.csv: line 3: 'lraq' replaces nothing in document 'e'",
        "repairs.csv: line 4: 'lndia' replaces nothing",
    ]


@given(
    st.text(alphabet="ab \n.", max_size=40),
    st.lists(
        st.tuples(st.just(""), st.text(alphabet="ab .", min_size=1, max_size=4), st.text(max_size=3)),
        max_size=4,
    ),
)
def test_spans_are_sorted_apart_and_where_the_words_are(text, rows):
    rows = repairs(*{row[1]: row for row in rows if row[1].strip()}.values())
    spans = find_repairs(text, "d", rows)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[each.start : each.end].split() == each.row.before.split() for each in spans)
