import json
import sys

import pytest

from tests.command import make_study, rubricate

CODEBOOK = """\
codes:
  conflict:
    label: Conflict
    codes:
      war:
        label: War
        terms:
          en: [war, oil price, {glob: embargo*}, NATO]
          fa: [تحریم]
        examples:
          - text: The wars went on.
          - text: No oil prices.
            applies: false
      tone: {label: Tone, coded_by: hand}
"""

BROKEN = "codes:\n  a:\n    terms: [x]\n    labl: 3\n  A b:\n    terms: [q]\n"


@pytest.fixture(autouse=True)
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path))
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return tmp_path


def test_check_lists_every_form_that_each_entry_finds():
    result = rubricate("codebook", "check")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "conflict: Conflict",
        "  no terms of its own",
        "",
        "war: War",
        "  war.1  war  →  war | warred | warring | wars",
        "  war.2  oil price  →  (oil | oiled | oiling | oils) (price | priced | prices)",
        "  war.3  embargo* [glob]",
        "  war.4  NATO",
        "  war.5  تحریم [fa]  →  تحریم | تحریمها",
        "",
        "tone: Tone",
        "  coded by hand",
        "codebook.yaml: no errors; 3 codes, 5 entries, 1 warning",
    ]


def test_check_breaks_long_lines_at_a_terminal_only(monkeypatch):
    assert max(map(len, rubricate("codebook", "check").stdout.splitlines())) > 60
    monkeypatch.setattr(sys.modules["rubricate.cli.codebook.check"], "terminal_width", lambda: 40)
    lines = rubricate("codebook", "check").stdout.splitlines()
    assert max(map(len, lines[:-1])) <= 40
    first = lines.index("  war.2  oil price  →  (oil | oiled |")
    assert lines[first + 1] == "      oiling | oils) (price | priced |"


def test_check_tells_warnings_with_their_place_on_stderr(study):
    (study / "doubtful.yaml").write_text("codes:\n  a:\n    definition: A\n    terms: [xyzzying, xyzzying]\n")
    result = rubricate("codebook", "check", "-c", "doubtful.yaml")
    assert result.exit_code == 0
    assert all(line.startswith("doubtful.yaml:4:") for line in result.stderr.splitlines())
    count = len(result.stderr.splitlines())
    assert count >= 1
    assert result.stdout.endswith(f"1 code, 2 entries, {count} warning{'' if count == 1 else 's'}\n")


WITHOUT_RULES = {"within": "sentence", "unless": [], "only_in": [], "not_inside": [], "terms": []}


def test_check_as_json_holds_what_the_text_says():
    listing = json.loads(rubricate("codebook", "check", "--json").stdout)
    assert list(listing) == ["file", "errors", "codes", "warnings"]
    assert [(code["code"], code["parent"], len(code["entries"])) for code in listing["codes"]] == [
        ("conflict", "", 0),
        ("war", "conflict", 5),
        ("tone", "conflict", 0),
    ]
    assert listing["codes"][1]["entries"][2:4] == [
        {
            "entry": "war.3",
            "kind": "glob",
            "text": "embargo*",
            "language": "en",
            "needs": [],
            "forms": [["embargo*"]],
            **WITHOUT_RULES,
        },
        {
            "entry": "war.4",
            "kind": "term",
            "text": "NATO",
            "language": "en",
            "needs": [],
            "forms": [["NATO"]],
            **WITHOUT_RULES,
        },
    ]


def test_mistakes_are_lines_on_stderr():
    for command in ("check", "test"):
        result = rubricate("codebook", command, "-c", "broken.yaml")
        assert (result.exit_code, result.stdout) == (1, "")
        assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
            "broken.yaml:4:5",
            "broken.yaml:5:3",
        ]


@pytest.mark.parametrize(("command", "lists"), [("check", ["codes", "warnings"]), ("test", ["examples"])])
def test_mistakes_are_json_for_who_asked_for_json(command, lists):
    result = rubricate("codebook", command, "-c", "broken.yaml", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    listing = json.loads(result.stdout)
    assert list(listing) == ["file", "errors", *lists]
    assert [(error["line"], error["column"]) for error in listing["errors"]] == [(4, 5), (5, 3)]
    assert all(listing[name] == [] for name in lists)


def test_a_missing_codebook_is_told_in_both_ways():
    assert rubricate("codebook", "check", "-c", "none.yaml").stderr == (
        "none.yaml: there is no such file; check the path\n"
    )
    listing = json.loads(rubricate("codebook", "check", "-c", "none.yaml", "--json").stdout)
    assert listing["errors"] == [{"line": 0, "column": 0, "message": "there is no such file; check the path"}]


def test_test_tells_which_examples_went_wrong():
    result = rubricate("codebook", "test")
    assert result.exit_code == 1
    assert result.stderr == (
        "codebook.yaml:12:13: war must not be coded, but “oil prices” was found: No oil prices.\n"
    )
    assert result.stdout == "codebook.yaml: 1 of 2 examples passed\n"


def test_test_as_json_lists_every_example():
    result = rubricate("codebook", "test", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["examples"] == [
        {
            "code": "war",
            "line": 11,
            "text": "The wars went on.",
            "applies": True,
            "hits": ["wars"],
            "passed": True,
        },
        {
            "code": "war",
            "line": 12,
            "text": "No oil prices.",
            "applies": False,
            "hits": ["oil prices"],
            "passed": False,
        },
    ]


HAND = "codes:\n  tone: {label: Tone, coded_by: hand, examples: [{text: How kind.}]}\n"


@pytest.mark.parametrize("text", ["codes:\n  war: {label: War, terms: [war]}\n", HAND])
def test_without_examples_that_can_be_tested_nothing_passes(study, text):
    (study / "plain.yaml").write_text(text)
    problem = "has no examples; write some under examples:"
    result = rubricate("codebook", "test", "-c", "plain.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"plain.yaml: {problem}\n")
    result = rubricate("codebook", "test", "-c", "plain.yaml", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    errors = [{"line": 0, "column": 0, "message": problem}]
    assert json.loads(result.stdout) == {"file": "plain.yaml", "errors": errors, "examples": []}


# Schema ---------------------------------------------------------------------------------------------------


def test_schema_is_printed_or_written_over_an_earlier_one(study):
    printed = rubricate("codebook", "schema").stdout
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for _ in range(2):
        result = rubricate("codebook", "schema", "-o", "codebook.schema.json")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (study / "codebook.schema.json").read_text("utf-8") == printed


@pytest.mark.parametrize("content", ["war", "[]", '{"title": "mine"}'])
def test_schema_replaces_nothing_of_the_users(study, content):
    (study / "notes.json").write_text(content)
    result = rubricate("codebook", "schema", "-o", "notes.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "notes.json: is there and is no schema that rubricate wrote; name another file\n"
    assert (study / "notes.json").read_text() == content


def test_schema_says_in_one_line_where_it_cannot_be_written(study):
    result = rubricate("codebook", "schema", "-o", "none/x.json")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "none" in result.stderr
