from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Block
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.corrections import Correction, Corrections, correct, read_corrections
from rubricate.corpus.study.repair_rows import (
    RepairRow,
    Repairs,
    find_repairs,
    read_repairs,
    spans_to_repair,
    unused,
)


def repairs(*rows):
    return Repairs("repairs.csv", tuple(RepairRow(line, *row) for line, row in enumerate(rows, 2)))


def repaired(text, rows, document="d"):
    for start, end, after in reversed(spans_to_repair(text, document, rows)):
        text = text[:start] + after + text[end:]
    return text


def message(function, *arguments):
    with pytest.raises(CorpusError) as error:
        function(*arguments)
    return str(error.value)


# repairs.csv --------------------------------------------------------------------------------------------


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
    path.write_text('document,before,after\n,lran,Iran\n, ,x\nd,same,same\n"","two\nlines",x\n,lran,IRAN\n')
    assert message(read_repairs, path).splitlines() == [
        f"{path}: line 3: before is empty; write the words to be repaired",
        f"{path}: line 4: before and after are both 'same'; write what should stand there",
        f"{path}: line 7: 'lran' is already repaired in line 2; keep one row",
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
    assert spans_to_repair("a b, b, c", "d", rows) == [(0, 3, "b"), (5, 6, "c"), (8, 9, "d")]


def test_a_documents_own_repair_beats_the_one_for_all():
    rows = repairs(("", "lran", "Iran"), ("d", "lran", "Lran"))
    assert (repaired("lran", rows), repaired("lran", rows, "e")) == ("Lran", "Iran")


def test_document_ids_may_be_composed_or_not(tmp_path):
    path = tmp_path / "repairs.csv"
    path.write_text("document,before,after\ncafe\u0301,lran,Iran\n", "utf-8")
    assert repaired("lran", read_repairs(path), "caf\u00e9") == "Iran"
    assert repaired("lran", read_repairs(path), "cafe\u0301") == "Iran"


def test_rows_that_replace_nothing_are_named():
    rows = repairs(("", "lran", "Iran"), ("e", "lraq", "Iraq"), ("", "lndia", "India"))
    texts = {"d": "lran", "e": "lran"}
    found = {place.row for name, text in texts.items() for place in find_repairs(text, name, rows)}
    assert unused(rows, found) == [
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
    assert [tuple(each[:3]) for each in spans] == spans_to_repair(text, "d", rows)


# corrections.csv ----------------------------------------------------------------------------------------

HEADER = "document,paragraph,quotation,what,value,reason\n"


def corrections(tmp_path, *lines):
    path = tmp_path / "corrections.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_corrections_are_read(tmp_path):
    path = corrections(
        tmp_path,
        "a,p2,By Our,part,boilerplate,a byline",
        "a,a#p3,The end,border,Join,page break",
        "a,4,Results were,border,split: On the other hand,two glued",
        "b,1,The Title,Title,The Title of It,it has a subtitle",
    )
    assert read_corrections(path) == Corrections(
        str(path),
        (
            Correction(str(path), 2, "a", 2, "By Our", "part", "boilerplate", "a byline"),
            Correction(str(path), 3, "a", 3, "The end", "border", "join", "page break"),
            Correction(
                str(path), 4, "a", 4, "Results were", "border", "split", "two glued", "On the other hand"
            ),
            Correction(str(path), 5, "b", 1, "The Title", "title", "The Title of It", "it has a subtitle"),
        ),
    )
    read = read_corrections(path)
    assert [row.line for row in read.of("a")] == [2, 3, 4]
    assert (read.title("a"), read.title("b")) == ("", "The Title of It")
    assert [row.line for row in read.elsewhere(["b", "c"])] == [2, 3, 4]


MISTAKES = {
    ",1,x,part,body,r": "document is empty; write its id",
    "a,0,x,part,body,r": "paragraph is '0'; write its number from 1, such as p12",
    "a,p1.s2,x,part,body,r": "paragraph is 'p1.s2'; write its number from 1, such as p12",
    "a,b#p1,x,part,body,r": "paragraph 'b#p1' is none of document 'a'; correct one of them",
    "a,1,,part,body,r": "quotation is empty; write the first words of the paragraph",
    "a,1,…,part,body,r": "quotation is empty; write the first words of the paragraph",
    "a,1,x,part,body,": "reason is empty; write why",
    "a,1,x,parts,body,r": "what is 'parts'; write one of part, border, title",
    "a,1,x,part,bdy,r": "'bdy' is no part; write one of title, abstract, body, list,",
    "a,1,x,border,glue,r": "value is 'glue'; write join, or split: and the first words of the new paragraph",
    "a,1,x,border,split:,r": "value is 'split:'; write join, or split: and the first words",
}


@pytest.mark.parametrize(("line", "problem"), MISTAKES.items())
def test_a_wrong_field_is_named_with_file_and_line(tmp_path, line, problem):
    path = corrections(tmp_path, line)
    told = message(read_corrections, path)
    assert told.startswith(f"{path}: line 2: {problem}")
    assert "\n" not in told


def test_all_mistakes_are_named_at_once_and_repeated_decisions_too(tmp_path):
    path = corrections(
        tmp_path,
        "a,1,x,part,body,r",
        "a,1,,part,bdy,",
        "a,p1,X,part,body,s",
        "a,1,x,title,T,r",
        "a,2,y,title,U,r",
    )
    assert [line.split(": ")[1:] for line in message(read_corrections, path).splitlines()] == [
        ["line 3", "quotation is empty; write the first words of the paragraph"],
        [
            "line 3",
            f"'bdy' is no part; write one of {', '.join(PARTS)}",
        ],
        ["line 4", "the same was already decided in line 2; keep one row"],
        ["line 6", "the same was already decided in line 5; keep one row"],
    ]


def row(number, quotation, what, value="", reason="r", split_before="", line=2):
    return Correction("c.csv", line, "d", number, quotation, what, value, reason, split_before)


BLOCKS = [
    Block("A Title", "title", 0, "the first paragraph"),
    Block("By Our Man", "heading", 2, "few words"),
    Block("It was so. And then it"),
    Block("was not."),
    Block("It was  said: “Go”."),
]

CORRECTED = {
    "a part": (
        [row(2, "By Our", "part", "boilerplate")],
        {1: Block("By Our Man", "boilerplate", 0, "corrected: r")},
    ),
    "a heading keeps its level": (
        [row(2, "By", "part", "heading")],
        {1: Block("By Our Man", "heading", 2, "corrected: r")},
    ),
    "a new heading is of the first level": (
        [row(4, "was", "part", "heading")],
        {3: Block("was not.", "heading", 1, "corrected: r")},
    ),
    "a title": ([row(2, "By Our", "title", "Our Man")], {1: Block("By Our Man", "title", 0, "corrected: r")}),
    "capitals, quotes, spaces aside": (
        [row(5, 'IT was said: "go"…', "part", "list")],
        {4: Block("It was  said: “Go”.", "list", 0, "corrected: r")},
    ),
    "the quotation beats the number": (
        [row(1, "was not", "part", "list")],
        {3: Block("was not.", "list", 0, "corrected: r")},
    ),
    "a number beyond the end": (
        [row(99, "was not", "part", "list")],
        {3: Block("was not.", "list", 0, "corrected: r")},
    ),
    "the number decides between two": (
        [row(3, "It was", "part", "list")],
        {2: Block("It was so. And then it", "list", 0, "corrected: r")},
    ),
}


@pytest.mark.parametrize(("rows", "changed"), CORRECTED.values(), ids=CORRECTED)
def test_a_correction_changes_its_paragraph_and_no_other(rows, changed):
    assert correct(BLOCKS, rows) == [changed.get(index, block) for index, block in enumerate(BLOCKS)]


def test_paragraphs_are_joined_with_a_space_and_keep_the_part_of_the_first():
    blocks = correct(
        BLOCKS, [row(4, "was not", "border", "join", "cut"), row(5, "It was said", "border", "join", "too")]
    )
    assert blocks == [
        *BLOCKS[:2],
        Block("It was so. And then it was not. It was  said: “Go”.", "body", 0, "corrected: cut; too"),
    ]


def test_a_paragraph_is_split_and_the_rest_can_be_named_by_its_own_words():
    rows = [
        row(3, "And then", "part", "list", "an item"),
        row(3, "It was so", "border", "split", "glued", "And  then"),
    ]
    assert correct(BLOCKS, rows)[2:4] == [
        Block("It was so.", "body", 0, "corrected: glued"),
        Block("And then it", "list", 0, "corrected: glued; an item"),
    ]


WRONG = {
    "no such paragraph": (row(1, "Nothing", "part", "body"), "no paragraph begins with “Nothing”; quote"),
    "too short a quotation": (
        row(1, "It was", "part", "body"),
        "2 paragraphs begin with “It was”; quote more",
    ),
    "nothing to join to": (
        row(1, "A Title", "border", "join"),
        "there is no paragraph before the first; remove",
    ),
    "nothing to split before": (
        row(3, "It was so", "border", "split", "r", "Yet"),
        "the paragraph does not have “Yet”",
    ),
    "two places to split": (
        row(3, "It was so", "border", "split", "r", "t"),
        "the paragraph has more than once “t”",
    ),
    "a split at the beginning": (
        row(3, "It was so", "border", "split", "r", "It was"),
        "the paragraph begins with “It was”",
    ),
}


@pytest.mark.parametrize(("wrong", "problem"), WRONG.values(), ids=WRONG)
def test_a_correction_that_fits_nothing_names_its_line_and_quotation(wrong, problem):
    told = message(correct, BLOCKS, [wrong])
    assert told.startswith(f"c.csv: line 2: document 'd': {problem}")


def test_all_corrections_that_fit_nothing_are_named():
    rows = [row(1, "Nothing", "part", "body", line=2), row(1, "Nowhere", "border", "join", line=9)]
    assert [line.split(": ")[1] for line in message(correct, BLOCKS, rows).splitlines()] == [
        "line 2",
        "line 9",
    ]


def test_a_part_for_what_is_joined_is_refused():
    rows = [row(4, "was not", "part", "list"), row(4, "was not", "border", "join", line=3)]
    assert "line 3: document 'd': what is joined takes the part of the paragraph before" in message(
        correct, BLOCKS, rows
    )


def test_without_corrections_nothing_changes():
    assert correct(BLOCKS, []) == BLOCKS
    assert correct([], []) == []


@given(st.lists(st.text(alphabet="ab ", min_size=1).filter(str.strip), min_size=1, max_size=6), st.data())
def test_joins_and_splits_lose_no_letter(texts, data):
    blocks = [Block(text) for text in texts]
    index = data.draw(st.integers(0, len(texts) - 1))
    what = row(index + 1, texts[index], "border", "join")
    letters = [letter for text in texts for letter in text if letter != " "]
    try:
        corrected = correct(blocks, [what])
    except CorpusError:
        assert index == 0 or sum(text.lower().startswith(texts[index].strip()) for text in texts) != 1
    else:
        assert [letter for block in corrected for letter in block.text if letter != " "] == letters
        assert len(corrected) == len(blocks) - 1
