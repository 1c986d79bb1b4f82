"""What is known of every match of a regex: words and signs that it must hold, or nothing."""

import unicodedata

import pytest

from rubricate.codebooks.regex_elements import elements
from rubricate.codebooks.regex_needs import needs_of
from rubricate.codebooks.regexes import compiled, parse_regex
from rubricate.corpus.words.characters import kind_of


def known(pattern):
    """The needs of a pattern, each written as ``{a|b}``: ^ and $ where a word begins or ends, ~ any case."""
    return " ".join("{" + "|".join(pieces(need)) + "}" for need in needs_of(elements(pattern)))


def pieces(need):
    for one in need.stretches:
        yield f"{'^' * one.begins}{one.text}{'$' * one.ends}{'~' * one.any_case}"
    yield from need.signs


NEEDS = [
    ("sanction", "{sanction}"),
    (r"\bsanctions?\b", "{^sanctions$|^sanction$}"),
    (r"(?i)\bUS\b", "{^us$~}"),
    (r"\bUNSCR? ?\d{4}\b", "{^UNSCR$|^UNSCR|^UNSC$|^UNSC}"),
    (r"defen[cs]e", "{defence|defense}"),
    (r"a|b c|\bd", "{a|b$|^d}"),
    # words that follow each other are needed both
    (r"\barms\s+embargo\b", "{^embargo$} {^arms$}"),
    (r"\bIran\s+(?:\w+\s+){0,3}rogue\b", "{^rogue$} {^Iran$}"),
    (r"Iran\W+rogue", "{rogue} {Iran}"),
    (r"US(?i: troops)", "{^troops~}"),
    (r"(?i:the)\s+West", "{^West} {the$~}"),
    # of characters that make no words one is needed where no word is
    (r"\bP5\s?\+\s?1\b", "{^P5$} {^1$} {+}"),
    (r"[€£]\s?\d+", "{€|£}"),
    (r"\d+\s?(?:%|per\s?cent)", "{cent|%}"),
    # what may be left out is not needed
    (r"(?:not )?sold", "{^sold|sold}"),
    (r"(?:very\s+)*sold", "{sold}"),
    (r"(?:very\s+)+sold", "{very$} {^sold}"),
    (r"x{0}sold", "{sold}"),
    (r"(?:ab){2}c?", "{ab}"),
    (r"a??b", "{ab|b}"),
    # a word border, or none
    ("co-op", "{co$}"),
    ("’s", "{^s}"),
    ("(?i)K\\w", "{k~}"),
    ("制裁", "{制$}"),
    ("a\u00adb", "{a}"),
    ("\u00adab\u00ad", "{ab}"),
    ("ab\u200d+", "{ab}"),
    (r"^ab$|\Acd\z", "{ab|cd}"),
    ("a\u0301b", "{a\u0301b}"),
    ("\u0301ab", "{ab}"),
    (r"\b\x{301}ab", "{ab}"),
    ("(?i)ſt|ß", "{st~|ss~}"),
    ("U\\.S\\.", "{U$}"),
    # nothing is certain
    (r"\d+", ""),
    (r"a|\w", ""),
    (r"(?:a|\W)b?", ""),
    ("\u00ad", ""),
    (r"\s+", ""),
    (r"[^a]", ""),
    (r"(?i)ƛ", ""),  # a letter whose capital came later
    (r"(?i)ι", ""),  # also a mark below another letter
]


@pytest.mark.parametrize(("pattern", "needs"), NEEDS)
def test_every_match_holds_what_is_certain_of_it(pattern, needs):
    assert known(pattern) == needs


def test_two_hundred_strings_in_one_place_are_told_apart_and_more_are_not():
    assert known("(?:" + "|".join(f"w{number}" for number in range(200)) + r")x\b").count("|") == 199
    assert [len(need.stretches) for need in needs_of(elements("[ab]" * 9))] == [128, 4]


def test_a_pattern_nested_as_deep_as_re2_allows_is_understood():
    assert known("(" * 900 + "a" + ")" * 900) == "{a}"


CASED = [
    character
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x110000)))
    if len({character.casefold(), character.upper(), character.lower(), character}) > 1
]


def test_letters_that_re2_takes_for_one_in_any_case_are_folded_to_one():
    later = r"[\p{Lu}\p{Ll}\p{Lt}\pM\p{Nl}]"  # what the tables of RE2 know and those of Python do not
    unassigned = "".join(c for c in map(chr, range(0x10000)) if unicodedata.category(c) == "Cn")
    letters = "".join(CASED) + "".join(match[0] for match in compiled(later).finditer(unassigned))
    for character in CASED:
        if needs_of(elements(f"(?i)\\x{{{ord(character):x}}}")):
            found = {match[0] for match in compiled(f"(?i)\\x{{{ord(character):x}}}").finditer(letters)}
            assert {one.casefold() for one in found} == {character.casefold()}
            assert {kind_of(one) for one in found} == {kind_of(character)}


LONG = [r"(?:x\w){240}", r"(?:x\W){80}", r"(?:x[\w-]){180}", r"(?:x\D){100}", "(?:x.){100}", r"(?:x\d){490}"]


@pytest.mark.parametrize("pattern", LONG)
def test_what_is_small_in_ascii_is_small_enough_for_re2_in_any_form(pattern):
    regex = parse_regex(pattern)
    assert compiled(regex.narrow).programsize <= 1000
    assert compiled(regex.loose).programsize < compiled(regex.marked).programsize < 500_000


def test_a_regex_that_is_too_large_beyond_ascii_is_refused_when_it_is_read():
    with pytest.raises(ValueError, match="too large"):
        parse_regex(r"(?:x\w){500}")
