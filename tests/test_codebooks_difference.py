"""Differences between codebooks: every code and entry stands in one pair, and nothing else differs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate import parse_codebook
from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.difference import difference

SANCTIONS = "codes: {sanctions: {label: S, terms: [sanction, arms embargo]}, war: {label: W, terms: [war]}}"


def found(before, after):
    """What differs, in short."""
    one = difference(parse_codebook(before), parse_codebook(after))
    codes = [
        (
            pair.before.id if pair.before else None,
            pair.after.id if pair.after else None,
            *(["moved"] if pair.moved else []),
            *(change.name for change in pair.fields),
        )
        for pair in one.codes
        if not pair.kept
    ]
    entries = [
        (
            f"{pair.code_before} {pair.before.text}" if pair.before else None,
            f"{pair.code_after} {pair.after.text}" if pair.after else None,
            *(change.name for change in pair.fields),
        )
        for pair in one.entries
        if not pair.kept
    ]
    return codes, entries


def test_comments_and_layout_are_no_difference():
    before = "codes:\n  a:\n    terms: [x, y]  # two\n"
    assert difference(parse_codebook(before), parse_codebook("codes: {a: {terms: [x, y]}}")).empty


@pytest.mark.parametrize(
    ("after", "codes", "entries"),
    [
        (SANCTIONS.replace("arms", "trade"), [],
         [(None, "sanctions trade embargo"), ("sanctions arms embargo", None)]),
        (SANCTIONS.replace("[sanc", "[x, sanc"), [], [(None, "sanctions x")]),
        (SANCTIONS.replace("[war]", "[war, arms embargo]").replace(", arms embargo]", "]", 1), [],
         [("sanctions arms embargo", "war arms embargo")]),
        (SANCTIONS.replace("[war]", "[{word: war}]"), [], [("war war", "war war", "kind")]),
        (SANCTIONS.replace("[war]", "[{term: war, note: n}]"), [], [("war war", "war war", "note")]),
        (SANCTIONS.replace("[war]", "{any: [war]}"), [], [("war war", "war war", "language")]),
        (SANCTIONS.replace("label: W", "label: X, definition: D"),
         [("war", "war", "label", "definition")], []),
        (SANCTIONS.replace("war:", "wars:"), [("war", "wars")], []),
        (SANCTIONS.replace("war: {label: W, terms: [war]", "wars: {was: war, terms: [wars]"),
         [("war", "wars", "label", "was")], [(None, "wars wars"), ("war war", None)]),
        (SANCTIONS.replace("war: {label: W, terms: [war]", "wars: {label: W, terms: [wars]"),
         [("war", "wars")], [(None, "wars wars"), ("war war", None)]),
        (SANCTIONS.replace("war: {label: W, terms: [war]", "wars: {terms: [wars]"),
         [(None, "wars"), ("war", None)], [(None, "wars wars"), ("war war", None)]),
        (SANCTIONS.replace("}, war: {label: W, terms: [war]}", ", codes: {war: {label: W, terms: [war]}}}"),
         [("war", "war", "moved")], []),
    ],
)  # fmt: skip
def test_what_differs_is_told(after, codes, entries):
    assert found(SANCTIONS, after) == (codes, entries)


def test_a_code_is_known_by_its_guid_whatever_its_id():
    before = "codes: {a: {guid: '1', terms: [x]}, b: {guid: '2', terms: [y]}}"
    after = "codes: {b: {guid: '1', terms: [x]}, a: {guid: '2', terms: [y]}}"
    assert found(before, after) == ([("a", "b", "label"), ("b", "a", "label")], [])


def test_a_code_below_a_renamed_one_is_not_moved():
    before = "codes: {a: {terms: [x], codes: {b: {terms: [y]}}}}"
    assert found(before, before.replace("a:", "c:")) == ([("a", "c", "label")], [])


def test_of_codes_that_find_the_same_none_is_taken_for_another():
    before = "codes: {a: {terms: [x]}, b: {terms: [x]}}"
    codes, _ = found(before, "codes: {c: {terms: [x]}, d: {terms: [y]}}")
    assert [(one, two) for one, two, *_ in codes] == [(None, "c"), (None, "d"), ("a", None), ("b", None)]


def test_a_rule_with_a_name_is_known_by_it_and_numbers_are_places():
    before = "codes: {a: {label: A, rules: [x AND y, {rule: p OR q, id: named}]}}"
    assert found(before, before.replace("p OR q", "p")) == ([], [("a p OR q", "a p", "text")])
    assert found(before, before.replace("[x AND", "[z, x AND")) == ([], [(None, "a z")])
    assert found(before, before.replace("named", "other")) == ([], [("a p OR q", "a p OR q", "id")])


def test_a_pattern_that_was_mended_is_the_same_one_changed():
    before = "codes: {a: {label: A, terms: [{regex: 'UNSCR \\d{4}'}, {regex: 'x{2}'}], rules: [p NEAR/3 q]}}"
    after = before.replace("UNSCR", "UNSCR?").replace("x{2}", "[abc]").replace("/3", "/5")
    assert found(before, after) == ([], [
        (r"a UNSCR \d{4}", r"a UNSCR? \d{4}", "text"),
        (None, "a [abc]"),
        ("a p NEAR/3 q", "a p NEAR/5 q", "text"),
        ("a x{2}", None),
    ])  # fmt: skip
    assert found(before, after.replace("regex: 'UNSCR", "word: 'UNSCR"))[1][0] == (None, r"a UNSCR? \d{4}")


def test_of_patterns_that_are_alike_the_most_alike_are_the_same():
    before = "codes: {a: {label: A, terms: [{regex: 'sanctions?'}, {regex: 'sanctioned'}]}}"
    after = "codes: {a: {label: A, terms: [{regex: '[Ss]anctioned'}, {regex: 'sanctions?\\b'}]}}"
    assert found(before, after)[1] == [
        ("a sanctioned", "a [Ss]anctioned", "text"),
        ("a sanctions?", r"a sanctions?\b", "text"),
    ]


def test_merging_moves_entries():
    after = "codes: {sanctions: {label: S, terms: [sanction, arms embargo, war]}}"
    assert found(SANCTIONS, after) == ([("war", None)], [("war war", "sanctions war")])


def test_another_order_is_a_difference_that_is_named():
    one = difference(
        *map(
            parse_codebook, (SANCTIONS, SANCTIONS.replace("sanction, arms embargo", "arms embargo, sanction"))
        )
    )
    assert (one.empty, one.reordered, one.codes_reordered) == (False, ("sanctions",), False)
    two = difference(
        *map(
            parse_codebook,
            ("codes: {a: {terms: [x]}, b: {terms: [y]}}", "codes: {b: {terms: [y]}, a: {terms: [x]}}"),
        )
    )
    assert (two.empty, two.reordered, two.codes_reordered) == (False, (), True)


def test_fields_of_the_codebook_are_told():
    (change,) = difference(parse_codebook("version: 1\n" + SANCTIONS), parse_codebook(SANCTIONS)).fields
    assert (change.name, change.before, change.after) == ("version", "1", "")


# Any two codebooks ----------------------------------------------------------------------------------------

ENTRIES = st.builds(
    Entry,
    st.just(""),
    st.sampled_from(["term", "word", "regex"]),
    st.sampled_from(["war", "peace", "arms", "wars?", "w[ae]r", "wa+rs"]),
    st.sampled_from(["en", "fa"]),
    st.sampled_from([(), ("star war",)]),
    st.sampled_from(["", "note"]),
)
CODES = st.builds(
    Code,
    st.sampled_from("abcde"),
    st.sampled_from(["", "A", "B"]),
    definition=st.sampled_from(["", "D"]),
    guid=st.sampled_from(["", "1", "2"]),
    was=st.sampled_from([(), ("a",), ("b", "c")]),
    entries=st.lists(ENTRIES, max_size=4).map(tuple),
)


def tree(codes, parents):
    """A codebook of these codes, each below the one before it or at the top; entries are numbered."""
    made, above = [], ""
    for code, below in zip(codes, parents, strict=False):
        entries = tuple(replace(entry, id=f"{code.id}.{n}") for n, entry in enumerate(code.entries, 1))
        made.append(replace(code, parent=above if below else "", entries=entries))
        above = code.id
    return Codebook("n", tuple(made))


BOOKS = st.builds(
    tree,
    st.lists(CODES, max_size=4, unique_by=lambda code: code.id),
    st.lists(st.booleans(), min_size=4, max_size=4),
)


@given(BOOKS, BOOKS)
def test_every_code_and_entry_stands_in_exactly_one_pair(before, after):
    one = difference(before, after)
    for pairs, first, second in (
        (one.codes, before.codes, after.codes),
        (one.entries, before.entries, after.entries),
    ):
        assert sorted(map(repr, (pair.before for pair in pairs if pair.before))) == sorted(map(repr, first))
        assert [pair.after for pair in pairs if pair.after] == list(second)
        assert all(pair.before or pair.after for pair in pairs)


@given(BOOKS, BOOKS)
def test_only_equal_codebooks_have_no_difference(before, after):
    assert difference(before, before).empty
    assert difference(before, after).empty == (before.canonical() == after.canonical())


@given(BOOKS, BOOKS)
def test_the_other_way_round_what_was_added_is_removed(before, after):
    one, back = difference(before, after), difference(after, before)
    assert one.codes_reordered == back.codes_reordered
    for name in ("codes", "entries"):
        there = sorted(repr((pair.before, pair.after, pair.moved)) for pair in getattr(one, name))
        assert there == sorted(repr((pair.after, pair.before, pair.moved)) for pair in getattr(back, name))


@given(BOOKS, BOOKS)
def test_the_changes_lead_from_one_codebook_to_the_other(before, after):
    for pair in (*(one := difference(before, after)).codes, *one.entries):
        if pair.before and pair.after:
            changed = replace(pair.before, **{change.name: change.after for change in pair.fields})
            rest = {"id": pair.after.id, "mark": pair.after.mark}
            if isinstance(changed, Code):
                rest |= {"entries": pair.after.entries}
                rest |= (
                    {"parent": pair.after.parent}
                    if pair.moved or one.code_names.get(pair.before.parent)
                    else {}
                )
            assert replace(changed, **rest) == pair.after
