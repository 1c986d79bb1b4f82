"""``rubricate corpus show`` and ``check``."""

import csv
import json
import sys

import pytest

from rubricate.corpus.study.repair_rows import find_repairs, read_repairs
from tests.command import command, contents, rubricate

PROSE = "The talks between the two governments went on for a week, and the people waited for the end.\n"
SLIPS = PROSE * 3 + "\nTrade with lran, and lran alone, changed the whole landstape of the valley.\n"
PERSIAN = (
    "نگاه به شرق\n\nامضای برنامه همکاری با پکن، بار دیگر بحث را به صفحه نخست روزنامه‌ها آورد و همه خواندند.\n"
)


@pytest.fixture(autouse=True)
def texts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts" / "b").mkdir(parents=True)
    (tmp_path / "texts" / "a.txt").write_text(SLIPS)
    (tmp_path / "texts" / "b" / "c.md").write_text("# Results\n\nPeace at last.\n\n- One.\n- Two.\n")
    (tmp_path / "texts" / "fa.txt").write_text(PERSIAN, "utf-8")
    (tmp_path / "facts.csv").write_text("document,language,year\na,en,2015\nfa,fa,2016\nz,en,2017\n")
    return tmp_path


def test_show_lists_the_documents_with_their_numbers():
    result = rubricate("corpus", "show", "texts/b")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "document  language  words  paragraphs  line joins  repairs  parts\n"
        "c         en            6           4           0        0  body 1, list 2, heading 1\n"
    )


def test_show_as_json_holds_what_the_text_says():
    listing = json.loads(rubricate("corpus", "show", "texts", "--json", "--metadata", "facts.csv").stdout)
    assert list(listing) == ["documents", "skipped"]
    assert [(row["document"], row["language"]) for row in listing["documents"]] == [
        ("a", "en"),
        ("b/c", "en"),
        ("fa", "fa"),
    ]
    assert listing["documents"][1] == {
        "document": "b/c",
        "file": "b/c.md",
        "language": "en",
        "words": 6,
        "paragraphs": 4,
        "parts": {"body": 1, "list": 2, "heading": 1},
        "line_joins": 0,
        "repairs": 0,
    }
    assert listing["skipped"] == []


def test_show_tells_each_paragraph_with_its_part_and_headings():
    result = rubricate("corpus", "show", "texts", "--document", "b/c")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in lines[:-1:2]] == ["b/c#p1", "b/c#p2", "b/c#p3", "b/c#p4"]
    assert lines[2:4] == ["b/c#p2  body  [Results]", "    Peace at last."]
    assert lines[-1] == "4 paragraphs, 0 line joins, 0 repairs"


def test_show_gives_the_reason_of_a_part_and_the_repairs():
    text = "A Short Title\n\n" + PROSE * 2 + "\n1\n"
    result = rubricate("corpus", "show", "-", "--document", "stdin", stdin=text)
    listing = json.loads(rubricate("corpus", "show", "-", "--document", "stdin", "--json", stdin=text).stdout)
    for row in listing["paragraphs"]:
        why = f": {row['reason']}" if row["reason"] else ""
        assert f"{row['paragraph']}  {row['part']}{why}" in result.stdout
    assert any(row["reason"] for row in listing["paragraphs"])
    assert listing["paragraphs"][0]["text"] == "A Short Title"


def test_show_shortens_paragraphs_unless_asked_for_all(monkeypatch):
    short = rubricate("corpus", "show", "texts", "--document", "a").stdout
    full = rubricate("corpus", "show", "texts", "--document", "a", "--full").stdout
    assert (short.count("The talks"), full.count("The talks")) == (1, 3)
    assert short.splitlines()[1].endswith(" …")
    monkeypatch.setattr(sys.modules["rubricate.cli.corpus.show"], "terminal_width", lambda: 40)
    narrow = rubricate("corpus", "show", "texts", "--document", "a", "--full").stdout
    assert max(map(len, narrow.splitlines()[1:3])) <= 40
    assert "".join(narrow.split()) == "".join(full.split())


def test_show_breaks_the_table_at_a_terminal_only(monkeypatch):
    whole = rubricate("corpus", "show", "texts").stdout
    monkeypatch.setattr(sys.modules["rubricate.cli.corpus.show"], "terminal_width", lambda: 60)
    broken = rubricate("corpus", "show", "texts").stdout
    assert max(map(len, whole.splitlines())) > 60 >= max(map(len, broken.splitlines()))
    assert broken.split() == whole.split()


def test_right_to_left_text_stands_on_lines_of_its_own():
    result = rubricate("corpus", "show", "texts/fa.txt", "--language", "fa", "--document", "fa")
    assert result.stdout.splitlines()[1] == "    نگاه به شرق"
    assert rubricate("corpus", "check", "texts/fa.txt", "--language", "fa").stdout == (
        "0 suspects in 0 of 1 document, 21 words.\n"
    )


def test_an_unknown_document_is_one_line_that_names_others():
    result = rubricate("corpus", "show", "texts", "--document", "c")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "there is no document 'c'; there are b/c\n"


def test_show_tells_which_rows_about_the_document_replace_nothing(texts):
    (texts / "repairs.csv").write_text(
        "document,before,after\na,lran,Iran\na,nowhere,here\n,nothing,all\nb/c,never,ever\n"
    )
    options = ("--repairs", "repairs.csv", "--metadata", "facts.csv")
    result = rubricate("corpus", "show", "texts", "--document", "a", *options)
    assert result.exit_code == 0
    assert result.stderr == "repairs.csv: line 3: 'nowhere' replaces nothing in document 'a'\n"
    assert rubricate("corpus", "show", "texts", "--document", "b/c", *options).stderr == (
        "1 document without a row in facts.csv: b/c\n"
        "repairs.csv: line 5: 'never' replaces nothing in document 'b/c'\n"
    )


def test_show_of_one_document_tells_what_was_skipped(texts):
    (texts / "texts" / "aa.txt").write_bytes(bytes(range(256)) * 8)
    for wanted, code in (("b/c", 3), ("aa", 1)):
        result = rubricate("corpus", "show", "texts", "--document", wanted)
        assert result.exit_code == code
        assert result.stderr.startswith("skipped: aa.txt: looks like a binary file")
    assert result.stderr.splitlines()[1].startswith("there is no document 'aa'; there are")
    listing = json.loads(rubricate("corpus", "show", "texts", "--document", "fa", "--json").stdout)
    assert [row["file"] for row in listing["skipped"]] == ["aa.txt"]


def test_a_repair_in_a_document_without_paragraphs_is_in_none(texts):
    (texts / "one.txt").write_text("x")
    (texts / "repairs.csv").write_text("document,before,after\n,x,\n")
    show = ("corpus", "show", "one.txt", "--repairs", "repairs.csv", "--document", "one")
    assert rubricate(*show).stdout == ('0 paragraphs, 0 line joins, 1 repair\n  repairs.csv: "x" → ""\n')
    assert json.loads(rubricate(*show, "--json").stdout)["repairs"] == [
        {"paragraph": "", "kind": "repairs.csv", "start": 0, "source_start": 0, "before": "x", "after": ""}
    ]


def test_check_lists_each_suspect_with_what_was_meant_and_where():
    result = rubricate("corpus", "check", "texts")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "a",
        "  lran → Iran  (2 times, first in p2; l for I)",
        "    Trade with lran, and lran alone, changed the whole…",
        "  landstape → landscape  (once in p2; one letter from a word in the word list)",
        "    …and lran alone, changed the whole landstape of the valley.",
    ]
    assert lines[5].startswith("2 suspects in 1 of 3 documents, ")
    assert lines[-2:] == ["document,before,after,reason", "a,lran,Iran,l for I"]


def test_the_row_that_check_shows_is_a_row_of_repairs(texts):
    shown = rubricate("corpus", "check", "texts").stdout.splitlines()[-2:]
    (texts / "repairs.csv").write_text("\n".join(shown) + "\n")
    found = find_repairs(SLIPS, "a", read_repairs("repairs.csv"))
    assert [(SLIPS[one.start : one.end], one.after) for one in found] == [("lran", "Iran")] * 2


def test_the_row_that_check_shows_is_quoted_where_it_must_be(texts):
    (texts / "texts" / 'a "b", c.txt').write_text(SLIPS)
    row = rubricate("corpus", "check", 'texts/a "b", c.txt').stdout.splitlines()[-1]
    assert next(csv.reader([row])) == ['a "b", c', "lran", "Iran", "l for I"]


def test_check_as_json_holds_what_the_text_says():
    listing = json.loads(rubricate("corpus", "check", "texts", "--json").stdout)
    assert list(listing) == ["documents", "words", "suspects", "repeated", "skipped"]
    assert listing["documents"] == 3
    assert listing["suspects"][0] == {
        "document": "a",
        "word": "lran",
        "suggestion": "Iran",
        "count": 2,
        "reason": "l for I",
        "paragraph": "a#p2",
        "start": len(PROSE) * 3 + 1 + len("Trade with "),
        "before": "Trade with ",
        "behind": ", and lran alone, changed the whole…",
    }


@pytest.mark.parametrize("verb", ["show", "check"])
def test_what_was_skipped_is_told_and_exits_with_3(texts, verb):
    (texts / "texts" / "bad.txt").write_bytes(bytes(range(256)) * 8)
    result = rubricate("corpus", verb, "texts")
    assert result.exit_code == 3
    assert result.stderr.startswith("skipped: bad.txt: looks like a binary file")
    listing = json.loads(rubricate("corpus", verb, "texts", "--json").stdout)
    assert [(row["file"], row["document"]) for row in listing["skipped"]] == [("bad.txt", "")]


@pytest.mark.parametrize("verb", ["show", "check"])
def test_metadata_that_fit_nothing_are_told(verb):
    result = rubricate("corpus", verb, "texts", "--metadata", "facts.csv")
    assert result.exit_code == 0
    assert result.stderr == (
        "1 row of facts.csv without a document: z\n1 document without a row in facts.csv: b/c\n"
    )


def test_tables_are_read_by_their_columns(texts):
    (texts / "rows.csv").write_bytes("key,words\nx,Trade with lran is caf\u00e9 talk.\n".encode("cp1252"))
    options = ("--text-column", "words", "--id-column", "key", "--encoding", "cp1252")
    listing = json.loads(rubricate("corpus", "check", "rows.csv", *options, "--json").stdout)
    assert [(row["document"], row["word"]) for row in listing["suspects"]] == [("x", "lran")]
    assert "café" in rubricate("corpus", "show", "rows.csv", *options, "--document", "x").stdout


@pytest.mark.parametrize("verb", ["show", "check"])
def test_a_mistake_is_one_line_and_nothing_is_written(texts, verb):
    before = contents(texts)
    result = rubricate("corpus", verb, "none.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "none.txt: no such file or folder; check the path\n"
    rubricate("corpus", verb, "texts")
    assert contents(texts) == before


USAGE = {
    "corpus show texts --full": "--full: goes with --document ID",
    "corpus show texts --language English": "'English' is no language code; write one such as",
    "corpus check --encoding utf-8": "these options go with SOURCE",
    "corpus check texts --study .": "goes without SOURCE",
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.items())
def test_wrong_usage_is_exit_code_2(arguments, message):
    result = rubricate(*arguments.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_it_works_as_a_command(texts):
    result = command("corpus", "check", "texts/a.txt", cwd=texts)
    assert (result.returncode, result.stderr) == (0, "")
    assert "lran → Iran" in result.stdout
