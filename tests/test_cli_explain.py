"""``rubricate explain``: what a person and a program are told of a paragraph."""

import json
import re
from pathlib import Path

import pytest

from rubricate import parse_codebook
from rubricate.cli.explained import lines_of_explanations
from rubricate.coding.explain import explain_paragraphs
from rubricate.coding.nearly.near_miss import REASONS
from rubricate.corpus.document import Document, Paragraph
from tests.chapters import followed
from tests.command import contents, rubricate
from tests.studies import add, new_study

MANUAL = (Path(__file__).parents[1] / "docs" / "explain.md").read_text("utf-8")


def test_a_paragraph_is_told_with_its_segments_and_what_nearly_matched(study):
    result = rubricate("explain", "a#p2", "texts")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
a#p2  body
    An arms embargo, and then war.
  sanctions: “arms embargo” by sanctions.2, term arms embargo
  war: “war” by war.1, term war

2 segments, 0 near misses
"""
    )


def test_the_sentence_stands_where_it_is_not_the_whole_paragraph_and_the_cue_where_there_is_a_flag(study):
    Path("c.txt").write_text("Peace. Might there be no war?")
    assert (
        rubricate("explain", "c", "c.txt").stdout
        == """\
c#p1  body
    Peace. Might there be no war?
  war: “war” by war.1, term war
      negated: “no”
      hedged: “Might”
      in a question: “?”
      in: Might there be no war?

1 segment, 0 near misses
"""
    )


def test_of_a_document_the_paragraphs_in_which_there_is_something_are_told(study):
    Path("c.txt").write_text(
        "Peace at last, they wrote that day.\n\nThe arms trade had ended, and no embargo was kept.\n"
    )
    assert (
        rubricate("explain", "c", "c.txt").stdout
        == """\
c#p2  body
    The arms trade had ended, and no embargo was kept.
  nearly:
  sanctions: “arms trade had ended, and no embargo” by sanctions.2, term arms embargo
      5 other words stand between “arms” and “embargo”

0 segments, 1 near miss
"""
    )


def test_a_paragraph_without_anything_is_shown_when_it_is_asked_for(study):
    assert rubricate("explain", "b#p2", "texts").stdout == (
        "b#p2  body  [War]\n    Peace at last.\n\n0 segments, 0 near misses\n"
    )


def test_a_sentence_stands_for_its_paragraph(study):
    assert rubricate("explain", "a#p2.s1", "texts").stdout == rubricate("explain", "a#p2", "texts").stdout


def test_json_has_everything(study):
    content = json.loads(rubricate("explain", "b#p1", "texts", "--json").stdout)
    assert content == {
        "document": "b",
        "codebook": "codebook.yaml",
        "paragraphs": [
            {
                "paragraph": "b#p1",
                "part": "heading",
                "heading": "",
                "start": 0,
                "end": 3,
                "text": "War",
                "segments": [],
                "nearly": [
                    {
                        "code": "war",
                        "entry": "war.1",
                        "kind": "term",
                        "entry_text": "war",
                        "hit": "War",
                        "start": 0,
                        "end": 3,
                        "reason": "part",
                        "why": "the paragraph is of the part heading, which is not analysed; "
                        "name heading in --parts, too",
                        "apart": 0,
                    }
                ],
            }
        ],
        "skipped": [],
    }
    (first,) = json.loads(rubricate("explain", "a#p1", "texts", "--json").stdout)["paragraphs"]
    assert first["segments"] == [
        {
            "code": "sanctions",
            "entry": "sanctions.1",
            "kind": "term",
            "entry_text": "sanction",
            "hit": "sanctions",
            "start": 3,
            "end": 12,
            "flags": {"negated": "No"},
            "sentence": "No sanctions yet.",
        }
    ]


def test_the_choices_of_apply_are_taken(study):
    assert "1 segment, 0 near misses" in rubricate("explain", "b#p1", "texts", "--parts", "heading").stdout
    told = rubricate("explain", "a#p1", "texts", "--negated", "drop").stdout
    assert "      it is negated by “No”, and --negated drop leaves it out\n" in told


def test_duplicates_of_earlier_documents_are_known(study):
    text = "The council of ministers spoke about the coming war in the harbour of the city.\n"
    for name in ("k", "l"):
        Path(f"texts/{name}.txt").write_text(text)
    told = rubricate("explain", "l", "texts", "--duplicates", "exact").stdout
    assert "      the passage repeats k#p1, and --duplicates exact leaves it out\n" in told
    assert "1 segment, 0 near misses" in rubricate("explain", "k", "texts", "--duplicates", "exact").stdout


def test_without_sources_the_study_has_document_and_codebook(study, monkeypatch):
    folder = new_study()
    add(folder, "texts")
    Path(folder, "codebook.yaml").write_text("codes: {peace: {terms: [peace]}}")
    told = "peace: “Peace” by peace.1, term peace"
    assert told in rubricate("explain", "b#p2", "--study", folder).stdout
    monkeypatch.chdir(folder)
    before = contents(".")
    assert told in rubricate("explain", "b").stdout
    assert "0 segments" in rubricate("explain", "b", "-c", "../codebook.yaml").stdout
    assert contents(".") == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("a#p3 texts", 1, "a has no paragraph #p3; its paragraphs are #p1 to #p2"),
        ("a#p0 texts", 1, "a has no paragraph #p0; its paragraphs are #p1 to #p2"),
        ("aa texts", 1, "there is no document 'aa'; there are a"),
        ("a texts -c none.yaml", 1, "none.yaml: there is no such file; check the path"),
        ("a", 1, "this folder is no study"),
        ("a texts --study .", 2, "goes without SOURCE"),
        ("a texts --parts nose", 2, "'nose' is no part"),
        ("a texts --duplicates some", 2, "'some' is no choice"),
        ("- - --duplicates near", 2, "reads the sources twice; write a file for -"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(study, arguments, code, message):
    result = rubricate("explain", *arguments.split())
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_name_with_a_hash_is_a_document(study):
    Path("p#1.txt").write_text("War.")
    assert rubricate("explain", "p#1", "p#1.txt").stdout.startswith("p#1#p1  ")
    assert rubricate("explain", "p#1#p1", "p#1.txt").stdout.startswith("p#1#p1  ")


def test_files_that_cannot_be_read_are_told(study):
    Path("texts/0.txt").write_bytes(b"")
    result = rubricate("explain", "a#p1", "texts")
    assert result.exit_code == 3
    assert result.stdout.endswith("1 segment, 0 near misses\n")
    assert "skipped: " in result.stderr


# At a terminal

BOLD_RED = "\x1b[31m\x1b[1m\x1b[4m"


def lines(codes, text, width, language="en"):
    book = parse_codebook(f"language: {language}\ncodes: {{{codes}}}")
    document = Document("d", text, (Paragraph(0, len(text)),), language=language)
    return list(lines_of_explanations(book, document, explain_paragraphs(book, document), width))


def test_at_a_terminal_the_words_of_segments_are_marked_once_and_lines_are_broken():
    codes = "a: {terms: [arms embargo]}, b: {terms: [embargo]}"
    shown = lines(codes, "All of them want an arms embargo, and more of it.", 30)
    assert shown[:3] == [
        "d#p1  body",
        f"    All of them want an {BOLD_RED}arms\x1b[0m",
        f"    {BOLD_RED}embargo\x1b[0m, and more of it.",
    ]


def test_who_wants_no_colour_gets_none(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert lines("a: {terms: [war]}", "A war.", 30)[1] == "    A \x1b[1m\x1b[4mwar\x1b[0m."


def test_in_a_file_nothing_is_marked():
    assert lines("a: {terms: [war]}", "A war.\nMore.", None)[1:3] == ["    A war.", "    More."]


def test_at_a_terminal_right_to_left_text_is_set_apart():
    shown = lines("a: {terms: [تحریم, این تحریم]}", "این تحریم است", 80, language="fa")
    assert shown[1] == f"    \u2067{BOLD_RED}این تحریم\x1b[0m است\u2069"
    assert shown[2] == "  a: “\u2067این تحریم\u2069” by a.2, term \u2067این تحریم\u2069"
    assert shown[5].strip().startswith("it shares words with “\u2067این تحریم\u2069” (a.2) of the")


# The manual


def test_the_page_of_the_manual_shows_what_its_command_prints(tmp_path):
    assert followed(MANUAL, tmp_path) == MANUAL


def test_the_manual_has_every_reason():
    assert dict(re.findall(r"^\| (\w+) \| (.+) \|$", MANUAL, re.MULTILINE)) == {
        "reason": "what it means",
        **REASONS,
    }
