"""Reading codebook files."""

import re

import pytest

from rubricate.codebooks import CodebookError, parse_codebook, read_codebook
from rubricate.codebooks.codebook import Mark
from tests.codebook_texts import GOOD, code


def texts(keys):
    return [entry.text for entry in parse_codebook(code(keys)).entries]


# What a good file says


def test_every_key_of_a_code_is_read():
    codebook = parse_codebook(GOOD)
    sanctions = codebook.codes[0]
    assert (codebook.name, codebook.version, codebook.language) == (
        "Iran–Russia defence diplomacy",
        "1.0",
        "en",
    )
    assert (codebook.within, codebook.hyphens) == ("sentence", "split")
    assert (sanctions.id, sanctions.label, sanctions.parent) == ("sanctions", "Sanctions", "")
    assert sanctions.definition == "Use, threat or relief of economic sanctions."
    assert sanctions.when_to_use == ("arms embargoes", "snapback")
    assert sanctions.when_not_to_use == ("in the sense of to approve",)
    assert sanctions.see == {"secondary_sanctions": "pressure on third parties"}
    assert (sanctions.coded_by, sanctions.negated, sanctions.color) == ("both", "drop", "#aa0000")
    assert (sanctions.memo, sanctions.literature) == ("Two\nlines.", ("Hufbauer 2007",))
    assert (sanctions.guid, sanctions.was) == ("0001", ("penalties",))


def test_examples_are_texts_or_mappings():
    first, second, third = parse_codebook(GOOD).codes[0].examples
    assert (first.text, first.applies, first.origin) == (
        "Western sanctions led to a decline.",
        True,
        "a report",
    )
    assert (second.applies, second.variables) == (False, {"year": "2018"})
    assert (third.text, third.applies, third.mark) == ("An embargo followed.", True, Mark(20, 9))


def test_entries_are_numbered_within_their_code_over_all_languages():
    entries = parse_codebook(GOOD).entries
    assert [(entry.id, entry.kind, entry.language) for entry in entries] == [
        ("sanctions.1", "term", "en"),
        ("sanctions.2", "term", "en"),
        ("sanctions.3", "lemma", "en"),
        ("sanctions.4", "regex", "en"),
        ("sanctions.5", "term", "en"),
        ("secondary_sanctions.1", "term", "fa"),
        ("secondary_sanctions.2", "term", "any"),
    ]
    assert entries[3].text == r"\bUNSCR? ?\d{4}\b"


def test_not_inside_of_a_term_adds_to_that_of_its_code_and_is_not_inherited_by_sub_codes():
    entries = parse_codebook(GOOD).entries
    assert entries[0].not_inside == ("travel sanction",)
    assert entries[4].not_inside == ("travel sanction", "speed restriction")
    assert entries[5].not_inside == ()


def test_a_sub_code_follows_its_parent_and_takes_its_label_from_its_id():
    sub = parse_codebook(GOOD).codes[1]
    assert (sub.id, sub.parent, sub.label) == ("secondary_sanctions", "sanctions", "Secondary sanctions")


def test_codes_stand_in_file_order_each_before_its_sub_codes():
    text = "codes: {a: {codes: {b: {codes: {c: {terms: [x]}}}, d: {terms: [y]}}}, e: {terms: [z]}}"
    found = [(each.id, each.parent) for each in parse_codebook(text).codes]
    assert found == [("a", ""), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "")]


def test_codes_and_entries_know_their_place():
    codebook = parse_codebook(code("terms:\n  - sanction\n  - term: embargo\n    note: x"))
    assert codebook.codes[0].mark == Mark(2, 3)
    assert [entry.mark for entry in codebook.entries] == [Mark(4, 9), Mark(5, 9)]


def test_the_defaults_are_those_of_the_language():
    codebook = parse_codebook("codes: {a: {terms: [x]}}")
    only = codebook.codes[0]
    assert (codebook.name, codebook.version, codebook.language) == ("", "", "en")
    assert (codebook.within, codebook.hyphens) == ("sentence", "split")
    assert (only.label, only.coded_by, only.negated, only.examples) == ("A", "rules", "keep", ())


def test_terms_in_a_plain_list_are_in_the_language_of_the_codebook():
    codebook = parse_codebook("language: pt-BR\ncodes: {a: {terms: [guerra]}}")
    assert codebook.entries[0].language == "pt-BR"


@pytest.mark.parametrize(
    "typed", ["no", "on", "Yes", "null", "~", "1990", "1.10", "0x1F", "1e3", "2015-07-14", "12:30:45", "="]
)
def test_nothing_is_taken_from_the_implicit_types_of_yaml(typed):
    assert texts(f"terms: [{typed}]") == [typed]


def test_values_and_language_codes_are_the_words_typed_too():
    codebook = parse_codebook("version: 1.10\nlanguage: no\ncodes: {a: {terms: {no: [x]}, label: 007}}")
    assert (codebook.version, codebook.language, codebook.codes[0].label) == ("1.10", "no", "007")
    assert codebook.entries[0].language == "no"


def test_quotes_keep_signs_that_mean_something_to_yaml():
    assert texts("""terms: ["*deceit*", '#tag', "a: b"]""") == ["*deceit*", "#tag", "a: b"]


@pytest.mark.parametrize("keys", ["coded_by: hand", "codes: {b: {terms: [x]}}"])
def test_a_hand_coded_code_and_a_group_need_no_terms(keys):
    assert parse_codebook(code(keys)).codes[0].entries == ()


def test_prose_may_be_folded_over_lines():
    text = code("terms: [x]\ndefinition: a\n  b\nwhen_to_use:\n  - c\n    d\nexamples:\n  - e\n    f")
    only = parse_codebook(text).codes[0]
    assert (only.definition, only.when_to_use, only.examples[0].text) == ("a b", ("c d",), "e f")


def test_windows_line_ends_and_a_byte_order_mark_are_accepted(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_codebook(path) == parse_codebook(GOOD)
    assert parse_codebook("\ufeff" + GOOD) == parse_codebook(GOOD)


# Files


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"codes:\n  a: \xe9\n", ":2:6", "byte 13 of the file (hex E9) is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfx\xe9", ":1:2", "byte 5 of the file"),
        ("é\r\nx".encode() + b"\xff", ":2:2", "byte 6 of the file"),
        ("codes: {}".encode("utf-16"), "", "the file is UTF-16, not UTF-8; save it as UTF-8"),
        (b"", ":1:1", "the codebook is empty"),
    ],
)
def test_a_file_that_is_not_utf_8_text_is_reported_with_the_byte(tmp_path, data, place, message):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(data)
    with pytest.raises(CodebookError, match=f"^{re.escape(f'{path}{place}: {message}')}"):
        read_codebook(path)


def test_a_file_that_cannot_be_opened_is_reported_without_a_line(tmp_path):
    for path, message in [
        (tmp_path / "none.yaml", "there is no such file"),
        (tmp_path, "this is a folder"),
        (tmp_path / "none.yaml" / "x\0", "the file cannot be read"),
    ]:
        with pytest.raises(CodebookError) as caught:
            read_codebook(path)
        assert str(caught.value).startswith(f"{path}: {message}")
