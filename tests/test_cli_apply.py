import csv
import gzip
import json

import pytest
from python_calamine import CalamineWorkbook

from rubricate.cli.summary import MOST_ROWS, frequencies
from tests.command import command, contents, environment, make_study, read_rows, rubricate, user_folder


def test_apply_prints_the_frequencies_and_writes_every_table(study):
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    assert result.stdout == (
        "                                                   per 1,000\n"
        "code         passages  share  documents  mentions      words  negated\n"
        "---------------------------------------------------------------------\n"
        "conflict\n"
        "  sanctions         2  66.7%          1         2     166.67        1\n"
        "  war               1  33.3%          1         1      83.33        0\n"
        "No numbers (no terms of their own): conflict\n"
        "\n"
        "Analysed: 2 documents, 3 passages (paragraphs), 12 words.\n"
        "Words in a passage: median 3, longest 6.\n"
        "Not analysed, so these hits are not counted (--parts takes them in):\n"
        "  headings: 1 paragraph, 1 word, 1 hit\n"
        "Entries: all 3 matched\n"
        "\n"
        "Tables in out:\n"
        "  segments.csv      every hit, with its sentence\n"
        "  frequency.csv     every code, counted\n"
        "  cooccurrence.csv  every pair of codes\n"
        "  tables.json       what each column of each table means\n"
    )
    assert (result.stderr, result.exit_code) == ("", 0)
    listed = {row["file"] for row in json.loads((study / "out/tables.json").read_bytes())["files"]}
    assert {path.name for path in (study / "out").iterdir()} == listed | {"tables.json"}
    assert (study / "out/codebook.yaml").read_bytes() == (study / "codebook.yaml").read_bytes()


def test_tables_are_sheets_of_one_workbook_where_that_is_asked_for(study):
    (study / "texts/scan.exe").write_bytes(b"MZ")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--format", "xlsx")
    assert result.exit_code == 3
    assert sorted(contents(study / "out")) == ["codebook.yaml", "pass.json", "tables.json", "tables.xlsx"]
    assert result.stdout.partition("Tables in")[2] == (
        " out:\n"
        "  tables.xlsx       a sheet for every table:\n"
        "  segments          every hit, with its sentence\n"
        "  frequency         every code, counted\n"
        "  cooccurrence      every pair of codes\n"
        "  tables.json       what each column of each table means\n"
    )
    assert result.stderr.startswith(
        "1 input skipped, listed in the sheet skipped of out/tables.xlsx; the first"
    )
    sheets = CalamineWorkbook.from_path(study / "out/tables.xlsx").sheet_names
    assert {"segments", "frequency", "skipped"} <= {*sheets}


def test_both_formats_are_those_of_each_alone(study):
    for formats in ("csv", "xlsx", "csv,xlsx"):
        run = ("apply", "codebook.yaml", "texts", "--out", formats, "--format", formats)
        assert rubricate(*run).exit_code == 0
    both, csv_alone, xlsx_alone = (contents(study / formats) for formats in ("csv,xlsx", "csv", "xlsx"))
    del both["tables.json"], csv_alone["tables.json"], xlsx_alone["tables.json"]
    assert both == csv_alone | xlsx_alone


def test_a_table_too_large_for_the_workbook_is_told_and_written_beside_it(study):
    (study / "texts/long.txt").write_text("war " * 9000)
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--format", "xlsx")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == (
        "tables.xlsx is without passages, which has a cell of more than 32,767 characters, the most that "
        "Excel shows: it is out/passages.csv"
    )
    assert (study / "out/passages.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "out", "--format", "pdf"), "'pdf' is no format; write one of csv, xlsx, or both"),
        (("--format", "xlsx"), "is about the tables; name a folder with --out"),
        (("--spreadsheet-safe",), "is about the tables; name a folder with --out"),
    ],
)
def test_a_format_that_is_none_or_of_no_tables_is_wrong_usage(study, arguments, message):
    result = rubricate("apply", "codebook.yaml", "texts", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (study / "out").exists()


def test_nothing_outside_the_named_folder_is_written(study):
    before = contents(study)
    rubricate("apply", "codebook.yaml", "texts", "--out", "deep/out")
    after = contents(study)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("deep") for name in after.keys() - before.keys())


def test_a_second_run_replaces_the_first(study):
    rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--unit", "document")
    assert "2 passages (documents)" in result.stdout
    assert [row["passages"] for row in read_rows(study / "out/documents.csv")] == ["1", "1"]


def test_a_study_can_be_repeated_with_the_codebook_of_its_result(study):
    rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    first = contents("out")
    assert rubricate("apply", "out/codebook.yaml", "texts", "--out", "out").exit_code == 0
    assert contents("out") == first


def test_the_same_inputs_give_the_same_bytes_wherever_the_command_is_started(tmp_path):
    study, elsewhere = make_study(tmp_path / "study"), user_folder(tmp_path / "user")
    arguments = ("apply", study / "codebook.yaml", study / "texts", "--unit", "sentence", "--out")
    results = [
        command(*arguments, "out", cwd=study, env=environment(PYTHONHASHSEED="1")),
        command(
            *arguments,
            "out",
            cwd=elsewhere,
            env=environment(PYTHONHASHSEED="2", LC_ALL="C", TZ="Asia/Tehran"),
        ),
    ]
    assert [(result.stderr, result.returncode) for result in results] == [("", 0), ("", 0)]
    assert results[0].stdout == results[1].stdout
    assert contents(study / "out") == contents(elsewhere / "out")
    assert {"documents.csv", "segments.csv", "pass.json", "tables.json"} <= contents(study / "out").keys()


def test_standard_input_is_a_document(study):
    result = rubricate("apply", "codebook.yaml", "-", "--out", "out", stdin="War on sanctions.")
    assert result.exit_code == 0
    assert [row["hit"] for row in read_rows(study / "out/segments.csv")] == ["War", "sanctions"]
    assert [row["document"] for row in read_rows(study / "out/documents.csv")] == ["stdin"]


def test_packed_files_and_tables_are_read_with_their_variables(study):
    with gzip.open("speeches.csv.gz", "wt") as file:
        file.write("speech,body,year\ns2,War.,2001\ns1,Peace.,2000\n")
    options = ("--text-column", "body", "--id-column", "speech")
    result = rubricate("apply", "codebook.yaml", "speeches.csv.gz", "--out", "out", *options)
    assert result.exit_code == 0
    rows = read_rows(study / "out/documents.csv")
    assert [(row["document"], row["year"], row["passages_coded"]) for row in rows] == [
        ("s1", "2000", "0"),
        ("s2", "2001", "1"),
    ]


def test_skipped_files_are_listed_and_the_exit_code_is_3(study):
    (study / "texts/scan.exe").write_bytes(b"MZ")
    (study / "texts/noise.txt").write_bytes(bytes(range(256)) * 8)
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    assert result.exit_code == 3
    assert result.stderr.startswith(
        "2 inputs skipped, listed in out/skipped.csv; the first: scan.exe: .exe files"
    )
    assert result.stderr.count("\n") == 1
    assert [row["file"] for row in read_rows(study / "out/skipped.csv")] == ["scan.exe", "noise.txt"]


def test_metadata_that_do_not_fit_are_told(study):
    (study / "outlets.csv").write_text("document,outlet\na,Wire\nc,Post\n")
    result = rubricate("apply", "codebook.yaml", "texts", "--metadata", "outlets.csv", "--out", "out")
    assert result.stderr.splitlines() == [
        "1 row of outlets.csv without a document: c",
        "1 document without a row in outlets.csv: b",
    ]
    assert [row["outlet"] for row in read_rows(study / "out/documents.csv")] == ["Wire", ""]


def test_spreadsheet_safe_tables_hold_no_formulas(study):
    (study / "texts/a.txt").write_text("=WAR(1) is no war.\n\n+ sanctions\n")
    (study / "outlets.csv").write_text("document,outlet\na,@cmd\n")
    options = ("--metadata", "outlets.csv", "--spreadsheet-safe")
    assert rubricate("apply", "codebook.yaml", "texts", "--out", "out", *options).exit_code == 0
    cells = [
        cell
        for path in (study / "out").glob("*.csv")
        for row in csv.reader(path.read_text("utf-8").splitlines())
        for cell in row
    ]
    texts = [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [cell for cell in texts if not cell.lstrip("-").replace(".", "").isdigit()] == []
    assert "'@cmd" in cells
    assert "'=WAR(1) is no war." in cells


def test_documents_in_a_language_without_terms_are_told(study):
    (study / "languages.csv").write_text("document,language\na,fa\nb,en\n")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--language", "fa")
    assert "No numbers (no terms in the language of the documents, fa): sanctions, war" in result.stdout
    assert result.stderr == (
        "2 documents in a language for which no code has terms, so nothing can be found there: a, b\n"
        "1 document has hardly an Arabic letter, but its language is fa: a; "
        "name it in the metadata or with --language\n"
    )


def test_documents_in_another_script_than_that_of_their_language_are_told(study):
    for name in ("c", "d"):
        (study / f"texts/{name}.txt").write_text("Сегодня в Москве начались переговоры о санкциях.", "utf-8")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    assert result.stderr == (
        "2 documents have hardly a Latin letter, but their language is en: c, d; "
        "name it in the metadata or with --language\n"
    )
    (study / "languages.csv").write_text("document,language\na,en\nb,en\nc,ru\nd,ru\n")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--metadata", "languages.csv")
    assert result.stderr.startswith("2 documents in a language for which no code has terms")
    assert "letter" not in result.stderr


def test_a_corpus_without_analysed_words_has_empty_shares_and_a_note(study):
    result = rubricate("apply", "codebook.yaml", "texts/b.md", "--out", "out", "--parts", "table")
    assert "\n  war\n" in result.stdout
    assert (
        "No numbers (nothing was analysed in documents of their language): sanctions, war\n" in result.stdout
    )
    assert (
        "Analysed: 0 documents, 0 passages (paragraphs), 0 words; 1 document has nothing to analyse.\n"
        in result.stdout
    )
    assert result.stderr.startswith("no words were analysed")
    assert {row["documents_total"] for row in read_rows(study / "out/frequency.csv")} == {"0"}


def test_the_terminal_counts_the_documents_that_the_tables_count(study):
    for name in ("c", "d"):
        (study / f"texts/{name}.txt").write_text(REPEATED)
    (study / "texts/e.txt").write_text("***\n")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--duplicates", "exact")
    assert (
        "Analysed: 3 documents, 4 passages (paragraphs), 27 words; 1 document only repeats others, "
        "1 document has nothing to analyse.\n" in result.stdout
    )
    assert {row["documents_total"] for row in read_rows(study / "out/frequency.csv")} == {"3"}


def test_negated_is_empty_in_the_terminal_too_where_it_was_not_judged(study):
    codebook = "language: tr\ncodes:\n  war: {label: War, terms: [savaş]}\n"
    (study / "codebook.yaml").write_text(codebook, "utf-8")
    (study / "texts/c.txt").write_text("Savaş yok.", "utf-8")
    result = rubricate("apply", "codebook.yaml", "texts/c.txt", "--out", "out")
    assert result.stdout.splitlines()[3] == "war          1  100.0%          1         1     500.00"
    assert [row["negated"] for row in read_rows(study / "out/segments.csv")] == [""]


def test_cleaning_csv_is_named_where_something_was_repaired(study):
    (study / "r.csv").write_text("document,before,after\na,embargo,blockade\n")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--repairs", "r.csv")
    assert result.stdout.endswith(
        "  cooccurrence.csv  every pair of codes\n"
        "  cleaning.csv      every repair made on the way in\n"
        "  tables.json       what each column of each table means\n"
    )


def test_what_the_study_decided_is_kept_beside_the_tables(study):
    repairs = "document\tbefore\tafter\na\tembargo\tblockade\n"
    corrections = "document,paragraph,quotation,what,value,reason\na,p1,No,part,heading,=it is\n"
    (study / "r.tsv").write_text(repairs)
    (study / "mine.CSV").write_text(corrections)
    options = ("--repairs", "r.tsv", "--corrections", "mine.CSV", "--spreadsheet-safe")
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", *options)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert (study / "out/repairs.tsv").read_text() == repairs
    assert (study / "out/corrections.csv").read_text() == corrections
    listed = {row["file"]: row for row in json.loads((study / "out/tables.json").read_bytes())["files"]}
    record = json.loads((study / "out/pass.json").read_bytes())
    assert list(record["study"]) == ["repairs.tsv", "corrections.csv"]
    for name, kept in record["study"].items():
        assert listed[name] == {"file": name, "sha256": kept["sha256"], "columns": []}
    again = rubricate("apply", "codebook.yaml", "texts", "--out", "out", *options)  # the folder is still ours
    assert again.exit_code == 0


def test_rows_of_the_study_that_change_nothing_change_no_id(study):
    rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    first = json.loads((study / "out/pass.json").read_bytes())
    (study / "r.csv").write_text("document,before,after\na,nowhere,somewhere\n")
    rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--repairs", "r.csv")
    second = json.loads((study / "out/pass.json").read_bytes())
    assert first == {name: value for name, value in second.items() if name != "study"}


def test_sources_that_differ_in_line_breaks_only_are_another_pass(study):
    """Their texts are the same, but not documents.csv and cleaning.csv."""
    line = "The ferry left the quiet harbour before dawn, for there was a war on the other"
    for name, gap in (("one", " "), ("two", "\n")):
        (study / "texts/a.txt").write_text(f"{line}{gap}{line}{gap}shore.\n")
        rubricate("apply", "codebook.yaml", "texts", "--out", name)
    one, two = contents("one"), contents("two")
    assert {name for name in one if one[name] != two[name]} == {
        *("cleaning.csv", "documents.csv", "pass.json", "tables.json")
    }
    assert json.loads(one["pass.json"])["pass"] != json.loads(two["pass.json"])["pass"]


@pytest.mark.parametrize("option", ["--repairs", "--corrections"])
def test_a_table_of_the_study_that_cannot_be_read_twice_is_refused(study, option):
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", option, "/dev/null")
    assert result.exit_code == 1
    assert result.stderr == "/dev/null: is no file that can be read twice; save it as a file\n"


REPEATED = "At dawn the old harbour heard of war and of sanctions from one single ship"


@pytest.mark.parametrize(
    ("duplicates", "documents", "analysed", "told", "last"),
    [
        (
            "keep",
            5,
            6,
            "word for word, 1 nearly; all counted (--duplicates exact or near counts only",
            "c#p1",
        ),
        ("exact", 4, 5, "word for word; not counted.\n", ""),
        ("near", 3, 4, "word for word, 1 nearly; not counted.\n", "c#p1"),
    ],
)
def test_repeated_passages_are_told_and_counted_as_asked(study, duplicates, documents, analysed, told, last):
    for name, end in (("c", "."), ("d", "!"), ("e", " again.")):
        (study / f"texts/{name}.txt").write_text(REPEATED + end)
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--duplicates", duplicates)
    assert f"Analysed: {documents} documents, {analysed} passages (paragraphs), " in result.stdout
    assert f"\nRepeated: 1 passage {told}" in result.stdout
    repeats = [row["duplicate_of"] for row in read_rows(study / "out/passages.csv")]
    assert repeats == ["", "", "", "", "c#p1", last]


def test_paragraphs_that_are_suspiciously_long_are_told(study):
    (study / "texts/c.txt").write_text("War is bad. " * 400)
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    assert "Words in a passage: median 3, longest 1,200.\n" in result.stdout
    assert result.stderr == "1 passage is longer than 1,000 words; --unit sentence cuts such passages\n"
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--unit", "sentence")
    assert result.stderr == ""


def test_codes_that_people_apply_have_empty_cells_and_a_reason(study):
    (study / "codebook.yaml").write_text(
        "codes:\n  tone: {label: Tone, coded_by: hand}\n  war: {label: War, terms: [war]}\n"
    )
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    assert "\ntone\nwar  " in result.stdout
    assert "\nNo numbers (coded by hand, not judged yet): tone\n" in result.stdout


def test_the_demo_runs_in_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(user_folder(tmp_path))
    result = rubricate("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Analysed: 8 documents, " in result.stdout
    assert len(read_rows(tmp_path / "rubricate-demo/documents.csv")) == 8
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


# The table of frequencies -------------------------------------------------------------------------------


def row(code, passages=1, parent="", share=0.5):
    return {
        "code": code,
        "parent": parent,
        "passages": passages,
        "passage_share": share,
        "documents": passages,
        "mentions": passages,
        "mentions_per_1000_words": 0.001,
        "negated": 0,
    }


def test_a_narrow_window_gets_the_columns_that_fit():
    assert frequencies([row("war", 1234)], width=30) == [
        "code  passages  share",
        "---------------------",
        "war      1,234  50.0%",
        "(This window is too narrow for all columns; the table frequency has them.)",
    ]


def test_what_is_found_never_looks_like_nothing():
    line = frequencies([row("war", share=0.0001)])[-1]
    assert line.split() == ["war", "1", "<0.1%", "1", "1", "<0.01", "0"]


def test_of_a_large_codebook_the_most_frequent_codes_are_shown_in_their_order():
    rows = [row(f"code_{number:03}", passages=number % 50) for number in range(100)]
    lines = frequencies(rows)
    assert lines[-1] == f"The {MOST_ROWS} most frequent of 100 codes; 2 codes were not found."
    assert frequencies(rows[1:50] + rows[51:])[-1] == f"The {MOST_ROWS} most frequent of 98 codes."
    one = frequencies(rows[:50] + rows[51:])[-1]
    assert one == f"The {MOST_ROWS} most frequent of 99 codes; 1 code was not found."
    names = [line.split()[0] for line in lines[3:-1]]
    assert len(names) == MOST_ROWS
    assert names == sorted(names)
    assert names[0] == "code_035"
