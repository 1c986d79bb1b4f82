"""The verbs that change a codebook, as a person types them."""

import json
import os
import stat
import sys
from datetime import datetime
from pathlib import Path

import pytest

from rubricate.codebooks import read_codebook
from tests.command import contents, rubricate

CODEBOOK = """\
name: Pressure
version: "1.0"
codes:

  # All without arms.
  pressure:
    label: Pressure
    see: {war: "with arms"}
    terms: [pressure, "a: b"]
    codes:
      sanctions: {terms: {en: [sanction], fa: [تحریم]}, guid: 11-22}

  war:
    label: War          # of states
    definition: >-
      Armed violence.
    not_inside: [price war]
    when_to_use: named wars
    terms:
      # nouns
      - war
      - term: battle
        note: also of ideas
    memo: |
      One.
      Two.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("codebook.yaml").write_text(CODEBOOK, "utf-8")
    return tmp_path


def edit(*words):
    """The text after a command."""
    result = rubricate("codebook", *words)
    assert result.exit_code == 0, result.output
    return Path("codebook.yaml").read_text("utf-8")


def refused(*words):
    """What a command says that changes nothing."""
    before = contents(".")
    result = rubricate("codebook", *words)
    assert (result.exit_code, result.stdout, contents(".")) == (1, "", before)
    [line] = result.stderr.splitlines()
    return line.removeprefix("codebook.yaml: ")


def code(name):
    return next(code for code in read_codebook("codebook.yaml").codes if code.id == name)


# Codes --------------------------------------------------------------------------------------------------


def test_a_code_is_added_where_it_is_wanted():
    text = edit("add", "peace", "--label", "Peace", "--term", "peace", "--after", "pressure")
    assert "  peace:\n    label: Peace\n    terms:\n      - peace\n\n  war:\n" in text
    text = edit("add", "trade", "--definition", "D: d", "--coded-by", "hand", "--under", "war")
    assert text.endswith('    codes:\n      trade:\n        definition: "D: d"\n        coded_by: hand\n')
    assert text.replace(text[text.index("    codes:\n      trade") :], "").count("trade") == 0


def test_a_code_without_terms_is_coded_by_hand_and_its_first_term_makes_it_both():
    result = rubricate("codebook", "add", "tone")
    assert "it has no terms, so it is coded by hand" in result.stderr
    result = rubricate("codebook", "term", "add", "tone", "harsh")
    assert "tone was coded by hand, and is coded by both now" in result.stderr
    assert (code("tone").coded_by, code("tone").entries[0].text) == ("both", "harsh")


def test_a_code_is_added_in_brackets_where_its_sisters_stand_in_brackets():
    text = edit("add", "embargo", "--term", "embargo", "--under", "sanctions")
    assert (
        "sanctions: {terms: {en: [sanction], fa: [تحریم]}, guid: 11-22, codes: {embargo: {terms: [embargo]}}}"
        in text
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("add war", "there is a code war already; write another id"),
        ("add x --under wat", "there is no code `wat`; write war"),
        ("add x --under war --after pressure", "pressure is not under war; leave one of the two out"),
        ("move war --top --before sanctions", "sanctions is not at the top; leave one of the two out"),
        ("rename war pressure", "there is a code pressure already; write another id"),
        ("move war --under war", "war cannot be moved beside or under itself"),
        ("move pressure --under sanctions", "sanctions is below pressure; move it out first"),
        ("move war", "say where to: --under CODE, --top, --after CODE or --before CODE"),
        ("remove pressure", "pressure has 1 below it (sanctions); move them, or give --with-subcodes"),
        (
            "remove war",
            "pressure speaks of war in line 8 (see); change that first, or give --with-references",
        ),
        (
            "merge pressure --into sanctions",
            "pressure cannot be merged into itself or below it; name another",
        ),
        ("term add war war", "`war` stands in war already"),
        ("term add war x --kind wrod", "`wrod` cannot be added here; --kind takes term, lemma, word,"),
        ("term add war x --kind tokens", "`x` is no token pattern: `tokens` takes a list such as [{LIKE_NUM"),
        ("term add war [{LOWR:x}] --kind tokens", "`[{LOWR:x}]` is no token pattern: "),
        ("term add war [ --kind tokens", "`[` is no token pattern: "),
        ("term add war x --id y", "an id is the name of one rule; give --id with --kind rule and one text"),
        ("term add war x y --kind rule --id z", "an id is the name of one rule; give --id with --kind rule"),
        ("set war label x --near-miss", "a near miss is an example; give --near-miss with examples only"),
        ("set name x --near-miss", "a near miss is an example; give --near-miss with examples only"),
        ("term remove war wars", "there is no entry `wars` in war; write `war`"),
        ("term move war.1 war", "war.1 stands in war already"),
        ("set war labl x", "`labl` cannot be set; write label"),
        ("set war terms x", "`terms` cannot be set; rubricate codebook term add and term remove change them"),
        ("set war label a b", "`label` takes one text; put it in quotation marks"),
        ("set war color --unset", "war has no `color`"),
        ("set version 1.0", "that is so already; nothing was changed"),
        ("undo", "there is nothing to undo"),
        ("undo --to 3", "there is no state or tag '3'; it was not edited yet"),
        ("tag 7", "'7' is no name of a tag; digits alone are the number of a state; write one such as 1.0"),
        ("tag ../x", "'../x' is no name of a tag; write one such as 1.0 or submitted-2026"),
        ("tag CON", "'CON' is no name of a tag; Windows has no files that are called so; write"),
        ("tag aux.1", "'aux.1' is no name of a tag; Windows has no files that are called so; write"),
        ("tag 1.0.", "'1.0.' is no name of a tag; Windows has no files that are called so; write"),
        ("tag 1-1f0c9a2b7d44", "'1-1f0c9a2b7d44' is no name of a tag; this is how states are called; write"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(command, said):
    assert refused(*command.split()).startswith(said)


def test_an_edit_that_would_make_the_codebook_invalid_is_refused():
    said = "nothing was changed, for the codebook would be invalid: "
    assert refused("term", "remove", "war", "war", "battle").startswith(f"{said}`war` has no `terms`")
    assert refused("set", "war", "coded_by", "hand").startswith(f"{said}`war` has `terms`")
    assert refused("rename", "war", "The War").startswith(f"{said}`The War` is no id")
    assert refused("term", "add", "war", "a(", "--kind", "regex").startswith(said)


def test_a_codebook_with_mistakes_is_not_edited_but_they_are_listed():
    Path("codebook.yaml").write_text("codes:\n  a: {labl: x, terms: [y]}\n")
    assert refused("rename", "a", "b").startswith("codebook.yaml:2:7: `labl` is not a key")


def test_a_renamed_code_is_remembered_and_what_speaks_of_it_goes_with_it():
    text = edit("rename", "war", "armed_conflict")
    assert 'see: {armed_conflict: "with arms"}' in text
    assert code("armed_conflict").was == ("war",)
    changed = [line for line in text.splitlines() if line not in CODEBOOK.splitlines()]
    assert changed == ['    see: {armed_conflict: "with arms"}', "  armed_conflict:", "    was: [war]"]
    edit("rename", "armed_conflict", "conflict")
    assert code("conflict").was == ("war", "armed_conflict")
    edit("rename", "conflict", "war")
    assert code("war").was == ("armed_conflict", "conflict")


def test_a_moved_code_takes_its_comment_along_and_keeps_its_form():
    text = edit("move", "war", "--under", "pressure", "--before", "sanctions")
    moved = CODEBOOK[CODEBOOK.index("  war:") :]
    inside = "".join(f"    {line}" for line in moved.splitlines(keepends=True))
    assert f"    codes:\n{inside}      sanctions: {{" in text
    text = edit("move", "sanctions", "--top")
    assert text.endswith("\n  sanctions: {terms: {en: [sanction], fa: [تحریم]}, guid: 11-22}\n")
    text = edit("move", "pressure", "--after", "sanctions")
    assert text.index("sanctions:") < text.index("  # All without arms.\n  pressure:")


def test_comments_that_have_no_place_in_brackets_are_told():
    result = rubricate("codebook", "move", "war", "--under", "sanctions")
    assert result.exit_code == 0
    assert result.stderr == (
        "codebook.yaml: these comments have no place any more (the state before keeps them): "
        "# of states, # nouns\n"
    )
    rubricate("codebook", "undo")
    result = rubricate("codebook", "move", "war", "--under", "pressure")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_comment_behind_a_term_that_goes_into_brackets_is_told():
    text = CODEBOOK.replace("- war\n", '- war  # of "states" #1\n      - "a # b"  # quoted\n')
    Path("codebook.yaml").write_text(text)
    result = rubricate("codebook", "term", "move", "war.1", "a # b", "sanctions")
    assert result.stderr == (
        "codebook.yaml: these comments have no place any more (the state before keeps them): "
        '# of "states" #1, # quoted\n'
    )


def test_comments_of_merged_codes_are_told():
    result = rubricate("codebook", "merge", "war", "--into", "pressure")
    assert "no place any more (the state before keeps them): # of states, # nouns" in result.stderr


def test_what_is_removed_goes_with_its_comments_and_no_word_is_made_of_it():
    result = rubricate("codebook", "remove", "war", "--with-references")
    assert "comment" not in result.stderr


def test_a_removed_code_leaves_the_others_as_they_were():
    result = rubricate("codebook", "remove", "war", "--with-references")
    assert result.stderr == "codebook.yaml: pressure spoke of war in see; that is gone, too\n"
    start = CODEBOOK.index("\n  war:")
    assert Path("codebook.yaml").read_text("utf-8") == CODEBOOK[:start].replace(
        '    see: {war: "with arms"}\n', ""
    )


def test_merged_codes_carry_all_that_was_written_and_say_what_they_leave_out():
    edit("term", "add", "war", "pressure")
    result = rubricate("codebook", "merge", "war", "sanctions", "--into", "pressure")
    assert "war.3 `pressure` is left out: it is pressure.1" in result.stderr
    found = code("pressure")
    assert [entry.text for entry in found.entries] == [
        "pressure",
        "a: b",
        "war",
        "battle",
        "sanction",
        "تحریم",
    ]
    assert found.entries[2].not_inside == ("price war",)
    assert found.entries[3].note == "also of ideas"
    assert found.was == ("war", "sanctions", "11-22")
    assert found.when_to_use == ("named wars",)
    assert found.memo == "Merged from war (War): Armed violence. One.\nTwo."
    assert found.see == {}
    assert len(read_codebook("codebook.yaml").codes) == 1


def test_a_split_code_gives_entries_to_a_new_one_and_what_holds_for_them():
    text = edit("split", "war", "battles", "--terms", "war.2", "--label", "Battles")
    assert text.endswith(
        "\n  battles:\n    label: Battles\n    not_inside: [price war]\n    terms:\n"
        "      - term: battle\n        note: also of ideas\n"
    )
    assert [entry.text for entry in code("war").entries] == ["war"]


# Rules --------------------------------------------------------------------------------------------------


def test_references_in_rules_are_carried_but_not_those_in_quotes():
    from rubricate.codebooks.editing.draft import read_draft
    from rubricate.codebooks.editing.references import rename_references

    rules = (
        "codes:\n  a:\n    unless: '@b/* OR \"@b\" OR @bc'\n    rules:\n"
        '      - "@b AND x"   # @b\n      - rule: \'regex:"\\"@b" NOT @b\'\n        note: about @b\n'
        "    terms: ['@b', {term: c, unless: x OR @b}]\n  b: {}\n"
    )
    draft, count = rename_references(read_draft(rules, "f"), {"b": "new"})
    assert count == 4
    assert draft.text == (
        "codes:\n  a:\n    unless: '@new/* OR \"@b\" OR @bc'\n    rules:\n"
        '      - "@new AND x"   # @b\n      - rule: \'regex:"\\"@b" NOT @new\'\n        note: about @b\n'
        "    terms: ['@b', {term: c, unless: x OR @new}]\n  b: {}\n"
    )


RULES = """\
codes:
  east:
    label: East
    terms: [east]
    codes:
      russia: {terms: [Russia]}
      china: {terms: [China]}
  west: {terms: [west]}
  turn:
    within: paragraph
    unless: "@west"
    only_in: year >= 2018
    rules:
      - (turn OR look) NEAR/3 @east/*    # either way
      - rule: >-
          @russia AND
          "@china"
        id: both
        only_in: outlet = "irna"
"""


def test_rules_that_speak_of_a_code_go_with_it_in_their_own_form():
    Path("codebook.yaml").write_text(RULES)
    text = edit("rename", "russia", "moscow")
    assert '          @moscow AND\n          "@china"\n' in text
    text = edit("rename", "east", "orient")
    assert "      - (turn OR look) NEAR/3 @orient/*    # either way\n" in text
    result = rubricate("codebook", "move", "west", "--under", "orient")
    assert result.stderr == (
        "codebook.yaml: turn looks for @orient/* (line 15); that now holds west, or no longer does\n"
    )
    assert refused("remove", "west") == "turn speaks of west in line 12 (@west); change that rule first"
    result = rubricate("codebook", "merge", "west", "moscow", "--into", "orient")
    assert "and 2 references to them" in result.stdout
    assert Path("codebook.yaml").read_text().count("@orient") == 3


def test_a_rule_that_moves_takes_along_what_held_for_all_of_its_code():
    Path("codebook.yaml").write_text(RULES)
    edit("term", "move", "turn.both", "east")
    [_, rule] = code("east").entries
    assert (rule.kind, rule.within, rule.unless) == ("rule", "paragraph", ("@west",))
    assert rule.only_in == ('year >= 2018 AND outlet = "irna"',)


def test_a_rule_keeps_its_language_wherever_it_goes():
    Path("codebook.yaml").write_text(
        "codes:\n  a: {rules: [x, {rule: y, language: fa}]}\n  b: {rules: {en: [z]}}\n  c: {terms: [w]}\n"
    )
    assert "b: {rules: {en: [z], fa: [{rule: y}]}}" in edit("term", "move", "y", "b")
    edit("term", "move", "y", "a")
    assert edit("term", "move", "a.r2", "c").count("fa") == 1
    assert [entry.language for entry in code("c").entries] == ["en", "fa"]


def test_rules_are_added_with_what_limits_them():
    text = edit(
        "term", "add", "war", "price NEAR/2 war", "--kind", "rule", "--unless", "trade", "--only-in", "y = 1"
    )
    assert (
        "    rules:\n      - rule: price NEAR/2 war\n        unless: trade\n        only_in: y = 1\n" in text
    )
    assert "war.r1  price NEAR/2 war [rule] (" in rubricate("codebook", "show", "war").stdout
    assert "rules: [war AND peace]" in edit("term", "add", "sanctions", "war AND peace", "--kind", "rule")
    assert refused("term", "add", "war", "price NEAR/2", "--kind", "rule").startswith(
        "nothing was changed, for"
    )


def test_rules_are_added_with_a_name_and_a_scope():
    text = edit(*"term add war".split(), "a AND b", *"--kind rule --id both --within paragraph".split())
    assert "      - rule: a AND b\n        id: both\n        within: paragraph\n" in text
    assert (code("war").entries[-1].id, code("war").entries[-1].within) == ("war.both", "paragraph")
    text = edit(*"term add war truce --unless ends --within document".split())
    assert code("war").entries[2].within == "document"
    assert refused(*"term add war armistice --within document".split()).startswith("nothing was changed, for")


def test_token_patterns_are_added_as_they_stand_in_a_file():
    pattern = "[{LIKE_NUM: true}, {LOWER: {IN: [million, billion]}}]"
    text = edit("term", "add", "war", pattern, "--kind", "tokens", "--note", "sums")
    assert f"      - tokens: {pattern}\n        note: sums\n" in text
    json = '[{"LIKE_NUM": true}, {"LOWER": {"IN": ["million", "billion"]}}]'
    assert code("war").entries[-1].text == json
    assert refused("term", "add", "war", json, "--kind", "tokens").endswith(" stands in war already")
    text = edit("term", "add", "sanctions", json, "--kind", "tokens")
    assert f"sanctions: {{terms: {{en: [sanction, {{tokens: {pattern}}}]," in text


@pytest.mark.parametrize(
    "terms",
    [
        ["--terms", "war", "battle"],
        ["--terms", "war", "--terms", "battle"],
        ["--terms=war", "--terms=battle"],
    ],
)
def test_several_terms_may_stand_behind_one_option(terms):
    edit("term", "add", "war", "x")
    edit("split", "war", "armed", *terms)
    assert [entry.text for entry in code("armed").entries] == ["war", "battle"]
    assert [entry.text for entry in code("war").entries] == ["x"]


def test_an_option_takes_no_words_that_the_command_has_a_place_for():
    edit("split", "--terms", "war", "war", "fights", "--label", "Fights")
    assert [entry.text for entry in code("fights").entries] == ["war"]
    edit("add", "peace", "--term", "peace", "truce", "--label", "Peace")
    assert [entry.text for entry in code("peace").entries] == ["peace", "truce"]
    result = rubricate("codebook", "add", "trade", "tariff", "--term", "quota")
    assert result.exit_code == 2
    assert "tariff" in result.stderr


# Keys and terms -----------------------------------------------------------------------------------------


def test_near_misses_are_set_and_added():
    text = edit(*"set war examples".split(), "War broke out.", "A battle.")
    text = edit(*"set war examples --add --near-miss".split(), "A price war.", "A war of words.")
    assert "      - text: A price war.\n        applies: false\n" in text
    found = [(example.text, example.applies) for example in code("war").examples]
    assert found == [
        ("War broke out.", True),
        ("A battle.", True),
        ("A price war.", False),
        ("A war of words.", False),
    ]
    assert refused(*"set war examples --add --near-miss".split(), "A price war.") == (
        "`examples` holds that already"
    )
    edit(*"set sanctions examples --near-miss".split(), "x")
    edit(*"set sanctions examples --add".split(), "y", "y")
    assert [(one.text, one.applies) for one in code("sanctions").examples] == [("x", False), ("y", True)]
    assert rubricate("codebook", "set", "war", "examples", "--unset", "--near-miss").exit_code == 2
    assert rubricate("codebook", "set", "war", "examples", "--unset", "--add").exit_code == 2


def test_a_key_keeps_its_place_its_quotation_marks_and_its_comment():
    assert "    label: Wars          # of states\n" in edit("set", "war", "label", "Wars")
    assert 'version: "1.1"\n' in edit("set", "version", "1.1")
    assert "    definition: Violence.\n    not_inside" in edit("set", "war", "definition", "Violence.")
    assert "    color: red\n" in edit("set", "war", "color", "red")
    assert edit("set", "war", "color", "--unset").count("color") == 0


def test_lists_are_replaced_or_added_to():
    edit("set", "war", "when_to_use", "--add", "great wars")
    assert code("war").when_to_use == ("named wars", "great wars")
    edit("set", "war", "when_to_use", "no wars")
    assert code("war").when_to_use == ("no wars",)
    edit("set", "war", "examples", "--add", "The war began.", "War: now")
    assert [example.text for example in code("war").examples] == ["The war began.", "War: now"]
    edit("set", "war", "see", "sanctions", "without arms")
    edit("set", "war", "see", "sanctions", "without any arms")
    assert code("war").see == {"sanctions": "without any arms"}


def test_the_codebooks_own_keys_are_told_from_codes_by_the_number_of_words():
    Path("codebook.yaml").write_text(
        "name: x\nversion: '1'\ncodes: {name: {label: N, memo: m, terms: [a]}}\n"
    )
    assert edit("set", "name", "y").startswith("name: y\n")
    assert "name: {label: M, " in edit("set", "name", "label", "M")
    assert "memo" not in edit("set", "name", "memo", "--unset")
    assert edit("set", "version", "--unset").startswith("name: y\ncodes:")
    for words in (["war"], ["war", "--unset"], ["war", "label"], ["name"], ["war", "label", "x", "--unset"]):
        assert rubricate("codebook", "set", *words).exit_code in (1, 2)
    assert rubricate("codebook", "set", "war", "label").exit_code == 2


def test_long_and_multi_line_texts_are_written_as_blocks():
    long = "word " * 40 + "end"
    text = edit("set", "pressure", "definition", long)
    assert "    definition: >-\n      word word" in text
    assert code("pressure").definition == long
    text = edit("set", "war", "memo", "a\n\nb: c")
    assert text.endswith("    memo: |-\n      a\n\n      b: c\n")
    assert code("war").memo == "a\n\nb: c"


def test_terms_go_to_the_list_of_their_language():
    text = edit("term", "add", "war", "جنگ", "--language", "fa")
    assert (
        "    terms:\n      en:\n        # nouns\n        - war\n        - term: battle\n"
        "          note: also of ideas\n      fa:\n        - جنگ\n"
    ) in text
    assert "terms: {en: [sanction, penalty], fa: [تحریم]}" in edit("term", "add", "sanctions", "penalty")
    assert 'terms: {en: [pressure, "a: b"], any: [x]}' in edit(
        "term", "add", "pressure", "x", "--language", "any"
    )


def test_a_term_says_its_kind_its_note_and_where_it_does_not_count():
    text = edit(
        "term", "add", "war", r"wars?\b", "--kind", "regex", "--note", "n", "--not-inside", "star wars"
    )
    assert "      - regex: 'wars?\\b'\n        not_inside: [star wars]\n        note: n\n" in text


def test_a_moved_term_takes_along_what_held_for_all_of_its_code():
    edit("term", "move", "battle", "pressure")
    [*_, entry] = code("pressure").entries
    assert (entry.text, entry.not_inside, entry.note) == ("battle", ("price war",), "also of ideas")
    edit("term", "move", "تحریم", "war")
    assert code("war").entries[-1].language == "fa"
    assert "sanctions: {terms: {en: [sanction]}, guid: 11-22}" in Path("codebook.yaml").read_text("utf-8")


# History ------------------------------------------------------------------------------------------------


def test_every_state_is_kept_with_its_reason_edits_by_hand_too():
    edit("rename", "war", "conflict", "--why", "as in the paper")
    by_hand = Path("codebook.yaml").read_text("utf-8") + "# mine\n"
    Path("codebook.yaml").write_text(by_hand, "utf-8")
    edit("set", "name", "Power")
    listed = json.loads(rubricate("codebook", "history", "--json").stdout)["states"]
    assert [(state["state"], state["what"], state["why"]) for state in listed] == [
        (1, "found as it is", ""),
        (2, "renamed war to conflict, and 1 reference to it", "as in the paper"),
        (3, "edited by hand", ""),
        (4, "set name", ""),
    ]
    lines = rubricate("codebook", "history").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["4", "3", "2", "1"]
    assert lines[2].endswith("renamed war to conflict, and 1 reference to it: as in the paper")
    assert edit("undo") == by_hand
    assert edit("undo") == by_hand.removesuffix("# mine\n")
    assert edit("undo") == CODEBOOK
    assert refused("undo") == "there is nothing to undo"
    assert edit("undo", "--to", "3") == by_hand
    edit("set", "name", "Force")
    assert edit("undo") == by_hand


def test_an_edit_by_hand_came_when_the_file_was_written():
    day, hour = 86_400, 3_600
    os.utime("codebook.yaml", (day, day))
    first = json.loads(rubricate("codebook", "history", "--json").stdout)["states"]
    assert datetime.fromisoformat(first[0]["time"]).timestamp() == day
    edit("rename", "war", "conflict")
    Path("codebook.yaml").write_text(CODEBOOK, "utf-8")
    os.utime("codebook.yaml", (day + hour, day + hour))  # put back, with the age that it had
    listed = json.loads(rubricate("codebook", "history", "--json").stdout)["states"]
    assert datetime.fromisoformat(listed[0]["time"]).timestamp() == day
    assert listed[1]["time"] <= listed[2]["time"]


def test_a_tag_freezes_a_state_and_is_never_moved():
    from rubricate.codebooks.editing.history import state_of

    result = rubricate("codebook", "tag", "1.0", "--why", "sent")
    assert (result.stdout, result.stderr) == ("codebook.yaml: state 1 is 1.0\n", "")
    edit("set", "name", "Power")
    assert refused("tag", "1.0") == "the tag 1.0 is there already, of state 1; a tag is never moved"
    assert state_of("codebook.yaml", "1.0").decode() == state_of("codebook.yaml", "1").decode() == CODEBOOK
    result = rubricate("codebook", "tag", "2.0")
    assert "the codebook itself says version 1.0" in result.stderr
    assert rubricate("codebook", "history").stdout.splitlines()[0].endswith("set name [2.0]")
    assert edit("undo", "--to", "1.0") == CODEBOOK


def test_the_states_of_a_codebook_are_found_behind_a_link_to_it():
    Path("elsewhere").mkdir()
    Path("elsewhere/link.yaml").symlink_to("../codebook.yaml")
    named = ("-c", "elsewhere/link.yaml")
    assert rubricate("codebook", "tag", "1.0", *named).exit_code == 0
    edit("set", "name", "Power")
    assert "Power" in rubricate("codebook", "diff", "1.0", *named).stdout
    assert edit("undo", "--to", "1.0", *named) == CODEBOOK


def test_a_state_that_is_no_utf_8_is_undone_and_said():
    edit("set", "name", "Power")
    Path("codebook.yaml").write_bytes(b"name: \xe9t\xe9\n")
    assert edit("undo").startswith("name: Power\n")
    assert edit("undo", "--to", "1") == CODEBOOK
    result = rubricate("codebook", "diff", "3")
    assert (result.exit_code, result.stderr) == (
        1,
        "codebook.yaml 3:1:7: byte 7 of the file (hex E9) is not UTF-8; save the file as UTF-8\n",
    )


def test_a_folder_is_no_codebook_whatever_it_is_called():
    Path("1.0").mkdir()
    edit("set", "name", "Power")
    assert rubricate("codebook", "tag", "1.0").exit_code == 0
    assert rubricate("codebook", "diff", "1.0").exit_code == 0
    result = rubricate("codebook", "diff", "1.0", "-c", ".")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_two_codebooks_in_a_folder_have_a_history_each():
    Path("themes.yaml").write_text("codes: {a: {terms: [b]}}\n")
    assert rubricate("codebook", "rename", "a", "c", "-c", "themes.yaml").exit_code == 0
    edit("set", "name", "x")
    assert {path.name for path in Path().iterdir()} == {
        "codebook.yaml",
        "history",
        "themes.yaml",
        "themes.history",
    }


def test_a_dry_run_shows_the_difference_and_writes_nothing(folder):
    result = rubricate("codebook", "rename", "war", "conflict", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith("--- codebook.yaml\n+++ codebook.yaml\n@@")
    assert "-  war:\n+  conflict:\n" in result.stdout
    assert contents(folder) == {"codebook.yaml": CODEBOOK.encode()}


# In a study, new, and in an editor ----------------------------------------------------------------------


def test_in_a_study_its_codebook_is_meant_wherever_one_stands_in_it(monkeypatch):
    assert rubricate("init", "study").exit_code == 0
    monkeypatch.chdir("study/sources")
    result = rubricate("codebook", "add", "x", "--term", "x")
    assert result.stdout == "../codebook.yaml: added x (state 2)\n"
    assert "../codebook.yaml: no errors; 2 codes, 3 entries" in rubricate("codebook", "check").stdout
    assert Path("../history").is_dir()


def test_new_writes_a_codebook_and_leaves_one_that_is_there():
    result = rubricate("codebook", "new", "-c", "themes.yaml", "--name", "My: themes", "--language", "fa")
    assert result.exit_code == 0
    book = read_codebook("themes.yaml")
    assert (book.name, book.language, len(book.codes)) == ("My: themes", "fa", 1)
    assert refused("new", "-c", "themes.yaml") == "themes.yaml: is there already; name another file with -c"
    assert rubricate("codebook", "new", "-c", "s.yaml", "--starter", "minimal").exit_code == 0
    assert len(read_codebook("s.yaml").codes) == 4
    assert "there is no 'x'" in refused("new", "-c", "t.yaml", "--starter", "x")
    assert rubricate("codebook", "new", "-c", "t.yaml", "--starter", "minimal", "--name", "n").exit_code == 2


def editor(monkeypatch, *commands):
    """An editor that does one thing after the other, each time that it is opened."""
    script = Path("editor.sh").absolute()
    script.write_text(
        'count=$(cat "$0.count" 2>/dev/null || echo 0); echo $((count + 1)) > "$0.count"\ncase $count in\n'
        + "".join(f"{number}) {command};;\n" for number, command in enumerate(commands))
        + "esac\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", f"sh {script}")


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_what_an_editor_makes_is_taken_over_when_it_is_valid(monkeypatch):
    editor(
        monkeypatch,
        "sed -i s/War/Wars/ $1",
        "true",
        "sed -i s/label/labl/ $1",
        "sed -i s/labl/label/ $1; echo '# x' >> $1",
    )
    result = rubricate("codebook", "edit", "--why", "more than one")
    assert result.stdout == "codebook.yaml: edited as a text (state 2)\n"
    assert "label: Wars " in Path("codebook.yaml").read_text("utf-8")
    assert rubricate("codebook", "edit").stderr == "codebook.yaml: nothing was changed\n"
    result = rubricate("codebook", "edit", stdin="y\n")
    assert "codebook.yaml:7:5: `labl` is not a key of a code; write `label`" in result.stderr
    assert result.stdout.endswith("edited as a text (state 3)\n")
    assert Path("codebook.yaml").read_text("utf-8").endswith("# x\n")


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
@pytest.mark.parametrize("answer", ["n\n", ""])
def test_who_gives_up_keeps_what_they_wrote(monkeypatch, answer):
    editor(monkeypatch, "sed -i s/label/labl/ $1")
    result = rubricate("codebook", "edit", stdin=answer)
    assert result.exit_code == 1
    kept = Path(result.stderr.split("what you wrote is in ")[1].strip())
    assert kept.read_text("utf-8") == CODEBOOK.replace("label", "labl")
    assert Path("codebook.yaml").read_text("utf-8") == CODEBOOK


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_a_codebook_that_changed_while_it_was_edited_stays(monkeypatch):
    editor(monkeypatch, f"echo '# mine' >> $1; echo '# theirs' >> {Path('codebook.yaml').absolute()}")
    result = rubricate("codebook", "edit")
    assert result.exit_code == 1
    assert "was changed by another program meanwhile; what you wrote is in" in result.stderr
    assert Path("codebook.yaml").read_text("utf-8") == CODEBOOK + "# theirs\n"


def test_an_editor_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert refused("edit") == "there is no editor 'no-such-editor'; set VISUAL or EDITOR to one"


def test_an_editor_whose_name_cannot_be_read_is_said(monkeypatch):
    monkeypatch.setenv("VISUAL", "vi 'x")
    assert refused("edit") == (
        'a quotation mark of the editor "vi \'x" is not closed; correct VISUAL or EDITOR'
    )
    monkeypatch.setenv("VISUAL", "  ")
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert refused("edit") == "there is no editor 'no-such-editor'; set VISUAL or EDITOR to one"


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_what_was_written_is_kept_where_the_history_cannot_take_it(monkeypatch):
    editor(monkeypatch, "echo '# mine' >> $1")
    Path("history").write_text("a file stands where the states should go")
    result = rubricate("codebook", "edit")
    assert result.exit_code == 1
    assert result.stderr.startswith("codebook.yaml: Not a directory; what you wrote is in ")
    copy = Path(result.stderr.strip().partition(" is in ")[2])
    assert Path("codebook.yaml").read_text("utf-8") == CODEBOOK
    assert copy.read_text("utf-8") == CODEBOOK + "# mine\n"


# Show ---------------------------------------------------------------------------------------------------


def test_show_prints_the_tree_or_a_code_as_it_is_read():
    assert rubricate("codebook", "show").stdout.splitlines() == [
        "Pressure 1.0 (en): 3 codes, 6 entries",
        "  pressure: Pressure, 2 entries",
        "    sanctions: Sanctions, 2 entries",
        "  war: War, 2 entries",
    ]
    assert rubricate("codebook", "show", "war").stdout == (
        "war: War\n\nDefinition\n  Armed violence.\n\nUse when\n  named wars\n\nEntries\n"
        "  war.1  war (not inside: price war)\n"
        "  war.2  battle (not inside: price war) – also of ideas\n\nMore\n  memo: One.\n    Two.\n"
    )
    listed = json.loads(rubricate("codebook", "show", "sanctions", "--json").stdout)
    [found] = listed["codes"]
    assert (found["id"], found["parent"], found["guid"]) == ("sanctions", "pressure", "11-22")
    assert [entry["text"] for entry in found["entries"]] == ["sanction", "تحریم"]
    assert refused("show", "wat") == "there is no code `wat`; write war"
