"""``codebook diff``: two codebooks in words and, on documents, what their difference does."""

import json

import pytest

from rubricate import Settings, parse_codebook, read_corpus
from rubricate.cli.differences import lines_of_segments
from rubricate.codebooks.difference import difference
from rubricate.coding.comparing.codebooks import compare_codebooks
from tests.command import contents, rubricate

OLD = """\
version: "1"
codes:
  sanctions:
    terms: [sanction]
  war:
    terms: [war]
"""
NEW = OLD.replace('"1"', '"2"').replace("[war]", "[war, embargo]")
WORDS = [
    "the codebook",
    "  version: `1`, now `2`",
    "war",
    "  entry added: `embargo`",
    "entries: 1 added",
]
EFFECT = [
    "1 segment gained",
    "  war",
    "    war.2 embargo: 1 gained in 1 document",
    "      + b#p1: The [embargo] was lifted, the sanctions stay.",
    "1 code with other numbers",
    "  code  passages           share  documents           share  mentions  per 1,000 words  negated",
    "  war      1 → 2  50.0% → 100.0%      1 → 2  50.0% → 100.0%     1 → 2   90.91 → 181.82        0",
    "1 pair of codes with other numbers",
    "  code       code   both",
    "  sanctions  war   0 → 1",
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("The war was over.\n")
    (tmp_path / "texts/b.txt").write_text("The embargo was lifted, the sanctions stay.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def study(folder, monkeypatch):
    rubricate("init", "study")
    (folder / "study/codebook.yaml").write_text(NEW)
    monkeypatch.chdir(folder / "study")
    return folder / "study"


def run(*arguments):
    result = rubricate("codebook", "diff", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def test_without_documents_the_codebooks_are_compared_in_words():
    assert run("old.yaml", "new.yaml") == WORDS
    assert run("old.yaml", "old.yaml") == ["The codebooks say the same."]


@pytest.mark.parametrize(
    "sources",
    [
        ["--on", "texts"],
        ["--on", "texts/a.txt", "texts/b.txt"],
        ["--on", "texts/a.txt", "--on", "texts/b.txt"],
        ["--on=texts"],
    ],
)
def test_on_documents_what_the_difference_does_is_shown(sources):
    assert run("old.yaml", "new.yaml", *sources, "--language", "en") == WORDS + EFFECT


@pytest.mark.parametrize(
    ("width", "heading"),
    [
        (
            120,
            "  code  passages           share  documents           share  mentions  per 1,000 words  negated",
        ),
        (80, "  code  passages           share  documents           share  mentions  negated"),
        (50, "  code  passages  documents  mentions  negated"),
    ],
)
def test_in_a_narrow_window_the_last_shares_are_left_out(folder, width, heading):
    one, other = parse_codebook(OLD), parse_codebook(NEW)
    texts = read_corpus(["texts"], language="en")
    found = compare_codebooks(one, other, difference(one, other), texts, Settings())
    assert heading in lines_of_segments(found, width, full=False)


def test_sources_end_at_the_next_option():
    assert run("old.yaml", "new.yaml", "--on", "texts/a.txt", "--unit", "document")[len(WORDS)] == (
        "No segment is gained, lost or changed."
    )


def test_in_a_study_its_codebook_and_corpus_are_meant(study):
    rubricate("corpus", "add", "../texts")
    assert run("../old.yaml") == WORDS + EFFECT
    assert run("../old.yaml", "../old.yaml")[0] == "The codebooks say the same."
    assert run("../old.yaml", "--on", "../texts/a.txt")[len(WORDS)].startswith("No segment is gained")


def test_a_tag_or_a_number_names_an_earlier_state(study):
    for verb in (["tag", "1.0"], ["term", "add", "war", "embargo*"], ["term", "add", "war", "peace"]):
        assert rubricate("codebook", *verb).exit_code == 0
    added = ["war", "  2 entries added: `embargo*`, `peace`", "entries: 2 added"]
    result = rubricate("codebook", "diff", "1.0")
    assert (result.exit_code, result.stdout.splitlines()) == (0, added)
    assert rubricate("codebook", "diff", "1.0", "2").stdout.splitlines()[1] == "  entry added: `embargo*`"
    result = rubricate("codebook", "diff", "2.0")
    assert result.exit_code == 1
    assert "there is no state or tag '2.0'; there are " in result.stderr
    assert "1.0" in result.stderr


def test_without_an_earlier_one_the_last_tag_or_else_the_last_state_is_meant(study):
    result = rubricate("codebook", "diff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "codebook.yaml: it was not edited with rubricate yet, so there is no earlier state; name a codebook\n"
    )
    for term in ("embargo*", "peace"):
        assert rubricate("codebook", "term", "add", "war", term).exit_code == 0
    result = rubricate("codebook", "diff")
    assert result.stdout.splitlines() == ["war", "  entry added: `peace`", "entries: 1 added"]
    assert result.stderr.startswith("codebook.yaml: compared with state 2, of 20")
    (study / "codebook.yaml").write_text(NEW)
    assert rubricate("codebook", "diff").stdout.splitlines()[1] == "  2 entries removed: `embargo*`, `peace`"
    rubricate("codebook", "tag", "1.0")
    result = rubricate("codebook", "diff")
    assert result.stdout == "The codebooks say the same.\n"
    assert result.stderr.startswith("codebook.yaml: compared with 1.0, of 20")
    rubricate("codebook", "term", "add", "war", "truce")
    rubricate("codebook", "term", "add", "war", "peace")
    assert rubricate("codebook", "diff").stdout.splitlines()[1] == "  2 entries added: `truce`, `peace`"


def test_the_codebook_of_a_study_that_is_named_is_meant(study, monkeypatch):
    monkeypatch.chdir(study.parent)
    assert rubricate("codebook", "diff", "old.yaml", "--study", "study").stdout.splitlines() == WORDS


def test_a_study_without_documents_compares_the_codebooks(study):
    result = rubricate("codebook", "diff", "../old.yaml")
    assert (result.exit_code, result.stdout.splitlines()) == (0, WORDS)
    assert result.stderr.startswith("the corpus of the study is empty, so only the codebooks are compared")


def test_json_holds_what_the_text_says():
    found = json.loads("\n".join(run("old.yaml", "new.yaml", "--on", "texts", "--json")))
    assert list(found) == ["codebook", "gained", "lost", "changed", "entries", "frequency", "cooccurrence"]
    assert found["codebook"]["fields"] == [{"field": "version", "before": "1", "after": "2"}]
    assert found["codebook"]["entries"] == [
        {
            "changes": ["added"],
            "before": None,
            "after": {"code": "war", "entry": "war.2", "kind": "term", "text": "embargo", "language": "en"},
            "fields": [],
        }
    ]
    assert [(row["document"], row["left"], row["hit"]) for row in found["gained"]] == [
        ("b", "The ", "embargo")
    ]
    assert found["cooccurrence"] == [
        {"code_a": "sanctions", "code_b": "war", "both_before": 0, "both_after": 1}
    ]
    assert list(json.loads("\n".join(run("old.yaml", "new.yaml", "--json")))) == ["codebook"]


def test_json_of_examples_and_see_is_sound(folder):
    after = OLD.replace(
        "terms: [war]",
        "see: {sanctions: x}\n    terms: [war]\n    examples: [War., {text: No., applies: false}]",
    )
    (folder / "new.yaml").write_text(after)
    (code,) = json.loads("\n".join(run("old.yaml", "new.yaml", "--json")))["codebook"]["codes"]
    assert [field["field"] for field in code["fields"]] == ["see", "examples"]
    assert code["fields"][0]["after"] == {"sanctions": "x"}
    assert [example["applies"] for example in code["fields"][1]["after"]] == [True, False]


def test_all_segments_are_shown_to_who_asks(folder):
    (folder / "texts/c.txt").write_text("\n\n".join(["Embargo."] * 5))
    assert sum(line.startswith("      + ") for line in run("old.yaml", "new.yaml", "--on", "texts")) == 3
    assert (
        sum(line.startswith("      + ") for line in run("old.yaml", "new.yaml", "--on", "texts", "--full"))
        == 6
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["old.yaml"], 1, "codebook.yaml: there is no such file; check the path"),
        (
            ["1.0", "new.yaml", "-c", "new.yaml"],
            1,
            "new.yaml: there is no state or tag '1.0'; it was not edited",
        ),
        (["old.yaml", "none.yaml"], 1, "none.yaml: there is no such file; check the path"),
        (["old.yaml", "new.yaml", "--on", "none"], 1, "none"),
        (["old.yaml", "new.yaml", "--study", "texts"], 1, "is no study"),
        (["old.yaml", "new.yaml", "--on"], 2, "--on"),
        (["old.yaml", "new.yaml", "--on", "texts", "--unit", "verse"], 2, "verse"),
    ],
)
def test_mistakes_are_told(folder, arguments, code, told):
    before = contents(folder)
    result = rubricate("codebook", "diff", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert contents(folder) == before


def test_what_is_skipped_is_told(folder):
    (folder / "texts/broken.docx").write_bytes(b"no zip")
    result = rubricate("codebook", "diff", "old.yaml", "new.yaml", "--on", "texts")
    assert result.exit_code == 3
    assert "broken.docx" in result.stderr
    assert result.stdout.splitlines() == WORDS + EFFECT


def test_an_entry_that_needs_a_pipeline_is_refused_only_where_it_is_applied(folder):
    (folder / "new.yaml").write_text(OLD.replace("[war]", "[{pos: war/NOUN}]"))
    assert run("old.yaml", "new.yaml")[0] == "war"
    result = rubricate("codebook", "diff", "old.yaml", "new.yaml", "--on", "texts")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "new.yaml" in result.stderr


# In words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("sanctions:", "penalties:",
         ["penalties", "  renamed, was sanctions", "  label: `Sanctions`, now `Penalties`"]),
        ("terms: [sanction]", "definition: D\n    terms: [sanction]",
         ["sanctions", "  definition added: `D`"]),
        ("  war:\n    terms: [war]\n", "", ["war", "  removed", "  entry removed: `war`"]),
        ("[war]", "[{term: war, not_inside: star war}]",
         ["war", "  entry changed: `war`: not_inside: added `star war`"]),
        ("[war]", "[{glob: war*}, peace]",
         ["war", "  2 entries added: glob `war*`, `peace`", "  entry removed: `war`"]),
        ("[sanction]\n  war:\n    terms: [war]", "[sanction, war]",
         ["sanctions", "  entry moved here from war: `war`", "war", "  removed"]),
        ("  war:\n    terms: [war]", "    codes: {war: {terms: [war]}}",
         ["war", "  moved from the top to below sanctions"]),
        ("[war]", "[war]\n  peace: {terms: [peace]}", ["peace", "  added", "  entry added: `peace`"]),
        ("[war]", "[war]\n    examples: [{text: No., applies: false, language: fa, variables: {year: 1}}]",
         ["war", "  examples: added `No. (does not apply, fa, year 1)`"]),
    ],
)  # fmt: skip
def test_changes_are_told_in_words(folder, before, after, words):
    (folder / "new.yaml").write_text(OLD.replace(before, after))
    assert run("old.yaml", "new.yaml")[:-1] == words


def test_rules_and_conditions_are_told_in_words(folder):
    (folder / "old.yaml").write_text(
        "codes: {a: {exclusive: false, rules: [x NEAR/3 y], codes: {b: {terms: [z]}}}}"
    )
    (folder / "new.yaml").write_text(
        "codes: {a: {exclusive: true, rules: [{rule: x NEAR/3 y, id: near}], "
        "codes: {b: {terms: [{term: z, unless: w, only_in: year > 2000}]}}}}"
    )
    assert run("old.yaml", "new.yaml") == [
        "a",
        "  exclusive: false, now true",
        "  entry changed: rule `x NEAR/3 y`: id added: `near`",
        "b",
        "  entry changed: `z`: unless: added `w`; only_in: added `year > 2000`",
        "codes: 1 changed; entries: 2 changed",
    ]


def test_entries_that_changed_alike_are_told_together(folder):
    terms = ", ".join(f"t{number}" for number in range(7))
    (folder / "old.yaml").write_text(f"codes: {{a: {{terms: [{terms}]}}}}")
    (folder / "new.yaml").write_text(f"codes: {{a: {{not_inside: not t, terms: [{terms}]}}}}")
    assert run("old.yaml", "new.yaml") == [
        "a",
        "  7 entries changed: `t0`, `t1`, `t2`, `t3`, `t4`, …: not_inside: added `not t`",
        "entries: 7 changed",
    ]


def test_another_order_is_told(folder):
    (folder / "old.yaml").write_text("codes: {a: {terms: [x, y]}, b: {terms: [z]}}")
    (folder / "new.yaml").write_text("codes: {b: {terms: [z]}, a: {terms: [y, x]}}")
    assert run("old.yaml", "new.yaml") == [
        "the codebook",
        "  its codes stand in another order",
        "a",
        "  its entries stand in another order",
    ]
