"""Codebooks as CSV and as Excel workbooks, ours and those of other programs."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rubricate.codebooks import CodebookError, parse_codebook, read_codebook
from rubricate.codebooks.formats.exchange import import_codebook
from tests.exchanged import codes, imported, read, written

STARTERS = sorted((Path(__file__).parents[1] / "codebooks" / "starters").glob("*.yaml"))
TABLE = parse_codebook(
    """\
codes:
  economy:
    label: Economy
    codes:
      sanctions:
        label: Sanctions
        definition: "=Use, threat"
        when_to_use: [one, two]
        see: {economy: all else}
        examples: [An embargo followed., {text: The visit., applies: false}]
        terms: {en: [sanction, {word: embargoes}, "1.10", {term: "case: x"}], fa: [تحریم]}
        color: "#cc3300"
        was: [penalties]
"""
)
ROWS = [
    [
        *(
            "code",
            "label",
            "parent",
            "definition",
            "when_to_use",
            "when_not_to_use",
            "see",
            "terms",
            "terms_fa",
        ),
        *("examples", "near_misses", "coded_by", "negated", "color", "memo", "guid", "literature", "was"),
    ],
    ["economy", "Economy", "", "", "", "", "", "", "", "", "", "rules", "keep", "", "", "", "", ""],
    [
        *("sanctions", "Sanctions", "economy", "=Use, threat", "one\ntwo", "", "economy: all else"),
        *("sanction\nword: embargoes\n1.10\nterm: case: x", "تحریم", "An embargo followed.", "The visit."),
        *("rules", "keep", "#cc3300", "", "", "", "penalties"),
    ],
]


def sheet(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_row_per_code_holds_all_of_it():
    content, lost = written(TABLE, "csv")
    assert lost == []
    assert read("csv", content) == (TABLE, [])


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_the_starters_come_back_from_a_table_with_all_their_entries(path, name):
    book = read_codebook(path)
    content, lost = written(book, name)
    assert [line.partition(" `")[0] for line in lost] == ["the codebook's name", "the codebook's version"]
    in_order = [sorted(code.examples, key=lambda example: not example.applies) for code in book.codes]
    pairs = zip(book.codes, in_order, strict=True)
    codes = tuple(replace(code, examples=tuple(examples)) for code, examples in pairs)
    assert read(name, content) == (replace(book, name="", version="", codes=codes), [])


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("talks", ("term", "talks", (), "")),
        ("word: talks", ("word", "talks", (), "")),
        ("term: case: x", ("term", "case: x", (), "")),
        ("{term: x, not_inside: [a b], note: 'n: m'}", ("term", "x", ("a b",), "n: m")),
        ("rule: (a) NEAR/2 b", ("rule", "a NEAR/2 b", (), "")),
        ("{rule: a NEAR/2 b, id: near, note: n}", ("rule", "a NEAR/2 b", (), "n")),
    ],
)
def test_a_line_of_terms_is_an_entry_with_all_that_belongs_to_it(line, entry):
    book, lost = read("csv", 'code,terms\na,"{}"\n'.format(line.replace('"', '""')))
    (found,) = book.entries
    assert ((found.kind, found.text, found.not_inside, found.note), lost) == (entry, [])


@pytest.mark.parametrize(
    "line", ["{}", "{term: x, regex: y}", "{a: b}", "{term: (}, {term: y}", "{*x}", "{rule: '('}"]
)
def test_a_line_in_braces_that_is_no_entry_is_kept_as_text(line):
    book, lost = read("csv", f'code,terms\na,"{line}"\n')
    assert (book.entries, book.codes[0].memo) == ((), line)
    assert lost[0].startswith(f"line 2, a: `{line}` is no entry (")


def test_texts_stay_texts_in_a_workbook():
    content, lost = written(TABLE, "xlsx")
    assert lost == []
    assert sheet(content) == ROWS
    assert read("xlsx", content) == (TABLE, [])
    assert written(TABLE, "xlsx")[0] == content


def test_a_csv_can_be_made_safe_for_spreadsheets():
    assert b'"\'=Use, threat"' in written(TABLE, "csv", spreadsheet_safe=True)[0]
    assert b"'=" not in written(TABLE, "csv")[0]


def test_what_a_row_cannot_hold_is_listed():
    book = parse_codebook(
        "codes: {a: {terms: [{word: x, note: n, not_inside: [y]}], "
        'examples: [{text: e, from: f}], when_to_use: ["a\\nb"]}}'
    )
    assert written(book, "csv")[1] == [
        "a: the line breaks of `a b`: spaces instead",
    ]


def test_a_cell_longer_than_excel_allows_is_cut_and_listed():
    book = parse_codebook(f"codes: {{a: {{definition: {'x' * 32_770}, coded_by: hand}}}}")
    content, lost = written(book, "xlsx")
    assert lost == ["a: 3 characters beyond the longest cell of Excel: left out"]
    assert len(read("xlsx", content)[0].codes[0].definition) == 32_767


def test_a_table_that_people_made_is_read():
    text, lost = imported("codes.csv")
    assert (
        text
        == """\
  economy:
    label: Economy
    codes:
      sanctions:
        label: Sanctions
        definition: "Use, threat or relief"
        examples:
          - An embargo followed.
          - text: The council sanctioned the visit.
            applies: false
        terms:
          en:
            - sanction
            - word: embargoes
            - regex: '\\bUNSC\\b'
          fa:
            - تحریم
"""
    )
    assert lost == ["line 1: the column `Author`: left out"]


def test_tags_of_taguette_are_codes():
    assert imported("taguette.csv") == (
        """\
  trade:
    label: trade
    definition: "Goods, services"
    coded_by: hand
  trade_war:
    label: trade.war
    coded_by: hand
""",
        [],
    )


def test_paths_of_maxqda_become_a_tree_and_memos_definitions():
    assert imported("maxqda.xlsx") == (
        """\
  economy:
    label: Economy
    codes:
      sanctions:
        label: Sanctions
        definition: Use or threat
        coded_by: hand
      trade:
        label: Trade
        codes:
          tariffs:
            label: Tariffs
            coded_by: hand
  war:
    label: War
    definition: "=1+1"
    coded_by: hand
""",
        [],
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_first_line(delimiter):
    book, _ = read("csv", delimiter.join(("name", "description")) + "\n" + delimiter.join(("A", "D")) + "\n")
    assert (book.codes[0].label, book.codes[0].definition) == ("A", "D")


def test_parents_may_stand_behind_their_codes_and_be_named_by_id_or_label():
    book, lost = read("csv", "code,label,parent\nb,B,A\nc,C,b\na,A,\nd,D,nobody\n")
    assert [(code.id, code.parent) for code in book.codes] == [("a", ""), ("b", "a"), ("c", "b"), ("d", "")]
    assert lost == ["line 5, D: the parent `nobody` is no code: stands at the top"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n1,2\n", "f:1:1: no column has the names of codes; call it `code`, `name`, `tag` or `path`"),
        ("code,parent\na,b\nb,a\n", "f:2:1: `a` stands below itself; correct the parents"),
        ("code,parent\na,a\n", "f:2:1: `a` stands below itself; correct the parents"),
        ("code,label\na,A\na,B\n", "f:3:1: the id `a` stands twice; give one of the two another id"),
        ("code\n", "f: holds no categories"),
        ("", "f: is empty"),
        ("code,parent\nx,a\na,b\nb,a\n", "f:2:1: `x` stands below itself; correct the parents"),
    ],
)
def test_a_mistake_in_a_table_is_one_line_with_its_place(text, message):
    with pytest.raises(CodebookError) as caught:
        read("csv", text)
    assert str(caught.value).startswith(message)


def test_odd_cells_are_listed():
    book, lost = read(
        "csv", "code,coded_by,see,terms,memo\na,robots,x: y,(?=x)\n,,,b\nc,both,nothing,regex: (?=x)\n"
    )
    assert lost == [
        "line 2, a: `robots` is no value of coded_by: left out",
        "line 3: a row without the name of a code: left out",
        "line 4, c: `nothing` names no code in the column see: kept as text in the memo",
        "line 4, c: `regex: (?=x)` cannot be a term (lookahead (?=…) is not supported): "
        "kept as text in the memo",
        "line 2, a: `see` names `x`, which is no code: left out",
    ]
    assert "nothing" in codes(book)


def test_a_list_longer_than_a_cell_goes_on_in_a_column_of_the_same_name():
    words = ", ".join(f"{{word: {'x' * 900}{number}}}" for number in range(80))
    book = parse_codebook(f"codes: {{a: {{terms: [{words}]}}, b: {{terms: [y]}}}}")
    content, lost = written(book, "xlsx")
    assert lost == []
    assert sheet(content)[0].count("terms") == 3
    assert read("xlsx", content) == (book, [])


def test_rules_that_ask_for_nothing_or_share_an_id_are_listed():
    book, lost = read(
        "csv",
        'code,terms\na,"{rule: x, id: n}\n{rule: y, id: n}\n{term: z, unless: ""@none""}"\nb,rule: @b\n',
    )
    assert [(entry.id, entry.text) for entry in book.entries] == [("a.n", "x"), ("a.r2", "y")]
    assert [code.memo for code in book.codes] == ['{term: z, unless: "@none"}', "@b"]
    assert lost == [
        "line 2, a: the id of `{rule: y, id: n}` is another rule's: numbered",
        'line 2, a: `{term: z, unless: "@none"}` names a code with nothing to find: kept as text in the memo',
        "line 5, b: `@b` names a code with nothing to find: kept as text in the memo",
    ]


def test_rules_that_wait_for_each_other_are_one_line(tmp_path):
    (tmp_path / "a.csv").write_text("code,terms\na,rule: @b\nb,rule: @a\n")
    with pytest.raises(CodebookError, match=r"a\.csv: makes no codebook: @b asks about `a`, too"):
        import_codebook(tmp_path / "a.csv")


def test_carriage_returns_in_cells_are_line_breaks():
    text = (
        '<CodeBook><Codes><Code name="a"><Description>one&#13;&#10;two&#13;three</Description></Code></Codes>'
    )
    book, lost = read("refi-qda", f"{text}</CodeBook>")
    assert (book.codes[0].definition, lost) == ("one\ntwo\nthree", [])
