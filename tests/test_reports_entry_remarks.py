"""What is remarkable of entries: never matched, more than half of a code, under several codes."""

from rubricate import parse_codebook
from rubricate.cli.entry_lines import lines_of_entries
from rubricate.coding.apply import apply_codebook
from rubricate.corpus.document import Document, Paragraph
from rubricate.reports.entries import entries
from rubricate.reports.entry_remarks import Dominant, Remarks, remarks
from rubricate.reports.tally import tally


def told(codebook, text):
    book = parse_codebook(codebook)
    document = Document("d", text, (Paragraph(0, len(text)),), language="en")
    return remarks(entries(tally(apply_codebook(book, [document]), book), book), book)


BOOK = """\
codes:
  war: {terms: [war, battle, siege]}
  trade: {terms: [tariff, "quota*"]}
  arms: {terms: [rifle]}
  talks: {terms: {fr: [paix]}}
"""


def test_entries_that_were_looked_for_and_matched_nothing_are_named_with_their_code():
    found = told(BOOK, "War.")
    assert found.looked_for == 6  # not the French one
    assert found.unmatched == (
        ("war", "battle"),
        ("war", "siege"),
        ("trade", "tariff"),
        ("trade", "quota*"),
        ("arms", "rifle"),
    )


def test_an_entry_dominates_its_code_from_more_than_half_of_its_mentions_on():
    assert told(BOOK, "War, war and a battle.").dominant == (Dominant("war", "war", 2, 3),)
    assert told(BOOK, "War, war, a battle and a siege.").dominant == ()
    assert [one.text for one in told(BOOK, "A tariff. War and war.").dominant] == ["war", "tariff"]


def test_the_only_entry_of_a_code_does_not_dominate_it():
    assert told(BOOK, "A rifle.").dominant == ()


def test_entries_with_the_same_text_kind_and_language_are_shared():
    found = told("codes: {a: {terms: [war, oil]}, b: {terms: [war, {word: oil}]}, c: {terms: [war]}}", "")
    assert found.shared == (("war", ("a", "b", "c")),)


def test_a_codebook_without_entries_gives_no_remarks():
    assert told("codes: {a: {coded_by: hand}}", "War.") == Remarks(0, (), (), ())
    assert list(lines_of_entries(Remarks(0, (), (), ()))) == []


def test_the_lines_have_as_many_examples_as_fit_into_80_columns():
    many = tuple(("code", f"an entry with number {number}") for number in range(40))
    assert list(lines_of_entries(Remarks(50, many, (), ()))) == [
        "Entries: 40 of 50 never matched: an entry with number 0 (code), …"
    ]
    long = (("c" * 60, "x"), ("c", "y"))
    assert list(lines_of_entries(Remarks(50, long, (), ()))) == ["Entries: 2 of 50 never matched"]
    assert list(lines_of_entries(Remarks(2, (), (), ()))) == ["Entries: all 2 matched"]


def test_right_to_left_entries_are_set_apart_for_eyes_only():
    found = Remarks(2, (("c", "جنگ"),), (), ())
    assert list(lines_of_entries(found)) == ["Entries: 1 of 2 never matched: جنگ (c)"]
    assert list(lines_of_entries(found, watched=True)) == [
        "Entries: 1 of 2 never matched: \u2067جنگ\u2069 (c)"
    ]
