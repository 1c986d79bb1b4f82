"""Two codings of one corpus side by side: what was gained and lost, and which numbers moved."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import Settings, apply_codebook, parse_codebook
from rubricate.codebooks.difference import difference
from rubricate.coding import apply
from rubricate.coding.comparing.codebooks import compare_codebooks
from rubricate.coding.comparing.segments import Comparing
from rubricate.coding.comparing.totals import SHARES
from rubricate.coding.pass_folders.tables import segment_table
from rubricate.corpus.document import Document, Paragraph
from rubricate.reports.cooccurrence import cooccurrence
from rubricate.reports.frequency import frequency
from rubricate.reports.tally import tally

BEFORE = "codes: {sanctions: {terms: [sanction, arms embargo]}, war: {terms: [war]}}"
TEXTS = ("The sanctions and the arms embargo.", "No war, no embargo. Peace.", "Snapback and war.")


def documents(*texts):
    return [
        Document(f"d{number}", text, (Paragraph(0, len(text)),), language="en")
        for number, text in enumerate(texts)
    ]


def compared(before, after, *texts, most=None, **options):
    one, other = parse_codebook(before), parse_codebook(after)
    return compare_codebooks(one, other, difference(one, other), documents(*texts), Settings(**options), most)


def rows(table, *columns):
    return [
        tuple(row)
        for row in table[list(columns)].astype(object).where(table.notna(), None).to_numpy().tolist()
    ]


def test_segments_gained_and_lost_are_told_by_entry():
    found = compared(BEFORE, BEFORE.replace("arms embargo", "embargo, snapback"), *TEXTS)
    columns = ("document", "paragraph", "entry", "entry_text", "start", "end", "hit")
    assert rows(found.gained, *columns) == [
        ("d0", 1, "sanctions.2", "embargo", 27, 34, "embargo"),
        ("d1", 1, "sanctions.2", "embargo", 11, 18, "embargo"),
        ("d2", 1, "sanctions.3", "snapback", 0, 8, "Snapback"),
    ]
    assert rows(found.lost, *columns) == [("d0", 1, "sanctions.2", "arms embargo", 22, 34, "arms embargo")]
    assert rows(found.entries, "code", "entry", "entry_text", "gained", "lost", "changed", "documents") == [
        ("sanctions", "sanctions.2", "embargo", 2, 0, 0, 2),
        ("sanctions", "sanctions.3", "snapback", 1, 0, 0, 1),
        ("sanctions", "sanctions.2", "arms embargo", 0, 1, 0, 1),
    ]
    assert (found.count("gained"), found.count("lost"), found.count("changed")) == (3, 1, 0)
    assert found.documents() == {"d0", "d1", "d2"}


def test_numbers_that_moved_are_told_before_and_after():
    found = compared(BEFORE, BEFORE.replace("arms embargo", "embargo"), *TEXTS)
    names = ("passages", "documents", "mentions", "negated")
    counts = [f"{name}_{side}" for name in names for side in ("before", "after")]
    assert rows(found.frequency, "code", *counts) == [("sanctions", 1, 2, 1, 2, 2, 3, 0, 1)]
    shares = ("passage_share", "document_share", "mentions_per_1000_words")
    shares = [f"{name}_{side}" for name in shares for side in ("before", "after")]
    assert rows(found.frequency, *shares) == [(0.333333, 0.666667, 0.333333, 0.666667, 142.857, 214.286)]
    assert list(found.frequency)[:4] == ["code", "passages_before", "passages_after", "passage_share_before"]
    assert rows(found.cooccurrence, *found.cooccurrence.columns) == [("sanctions", "war", 0, 1)]


def test_a_share_may_move_where_no_count_does():
    before = "codes: {war: {terms: [war]}}"
    after = "codes: {war: {terms: [war], only_in: document != d0}}"
    (row,) = compared(before, after, *TEXTS).frequency.to_dict("records")
    assert (row["passages_before"], row["passages_after"]) == (2, 2)
    assert (row["passage_share_before"], row["passage_share_after"]) == (0.666667, 1.0)


def test_tables_of_segments_alone_have_no_shares():
    one, other = parse_codebook(BEFORE), parse_codebook(BEFORE.replace("[war]", "[war, peace]"))
    tables = [
        segment_table(*apply_codebook(book, documents(*TEXTS)), book).to_pandas() for book in (one, other)
    ]
    comparing = Comparing(one, other, difference(one, other))
    comparing.add(*tables)
    (row,) = rows(comparing.result().frequency, "mentions_after", "passage_share_after")
    assert row == (3, None)


def test_an_entry_that_has_another_number_is_the_same_entry():
    found = compared(BEFORE, BEFORE.replace("[sanction", "[peace, sanction"), *TEXTS)
    assert rows(found.gained, "entry", "hit") == [("sanctions.1", "Peace")]
    assert found.lost.empty
    assert found.changed.empty


def test_a_code_that_was_renamed_is_the_same_code():
    found = compared(BEFORE, BEFORE.replace("sanctions:", "penalties:"), *TEXTS)
    assert all(table.empty for table in (found.gained, found.lost, found.changed, found.frequency))


def test_a_segment_that_another_entry_finds_is_changed():
    found = compared(BEFORE, BEFORE.replace("sanction,", "{lemma: sanction},"), *TEXTS)
    assert found.changed.empty  # the entry is the same, of another kind
    found = compared(BEFORE, BEFORE.replace("sanction,", "sancti*,"), *TEXTS)
    assert rows(found.changed, "document", "hit", "entry_text_before", "entry_text_after") == [
        ("d0", "sanctions", "sanction", "sancti*")
    ]
    assert rows(found.entries, "entry_text", "gained", "lost", "changed") == [("sancti*", 0, 0, 1)]
    assert found.frequency.empty


def test_a_code_that_one_codebook_lacks_has_no_numbers_there():
    after = BEFORE.replace("{sanctions", "{peace: {terms: [peace]}, never: {terms: [xyz]}, sanctions")
    found = compared(BEFORE, after, *TEXTS)
    assert rows(found.frequency, "code", "mentions_before", "mentions_after") == [
        ("peace", None, 1),
        ("never", None, 0),
    ]
    assert rows(found.cooccurrence, *found.cooccurrence.columns) == [("peace", "war", None, 1)]
    back = compared(after, BEFORE, *TEXTS)
    assert rows(back.frequency, "code", "mentions_before", "mentions_after") == [
        ("peace", 1, None),
        ("never", 0, None),
    ]


def test_a_code_that_is_gone_is_told_apart_from_a_new_one_of_its_name():
    before = "codes: {a: {guid: '1', terms: [war]}, b: {terms: [peace]}}"
    after = "codes: {b: {guid: '1', terms: [war]}}"
    found = compared(before, after, *TEXTS)
    assert rows(found.lost, "code", "hit") == [("b (removed)", "Peace")]
    assert rows(found.frequency, "code", "mentions_before", "mentions_after") == [("b (removed)", 1, None)]


def test_codes_above_each_other_are_no_pair():
    below = "codes: {war: {terms: [war], codes: {peace: {terms: [peace]}}}}"
    beside = "codes: {war: {terms: [war]}, peace: {terms: [peace]}}"
    assert compared(below, below.replace("[peace]", "[xyz]"), *TEXTS).cooccurrence.empty
    found = compared(below, beside, *TEXTS)
    assert rows(found.cooccurrence, *found.cooccurrence.columns) == [("war", "peace", None, 1)]


def test_words_stand_around_a_hit_within_its_paragraph():
    text = "A first paragraph.\n\n" + "word " * 20 + "war " + "more " * 20
    middle = text.index("\n\n")
    document = Document("d", text, (Paragraph(0, middle), Paragraph(middle + 2, len(text))), language="en")
    one, other = (
        parse_codebook("codes: {a: {terms: [xyz]}}"),
        parse_codebook("codes: {a: {terms: [war, first]}}"),
    )
    found = compare_codebooks(one, other, difference(one, other), [document], Settings())
    assert rows(found.gained, "paragraph", "left", "right") == [
        (1, "A ", " paragraph."),
        (2, "…" + " word" * 11 + " ", " " + "more " * 11 + "…"),
    ]


def test_examples_come_from_different_documents_first():
    texts = ("War. War. War.", "War.", "War and war.")
    found = compared("codes: {a: {terms: [xyz]}}", "codes: {a: {terms: [war]}}", *texts, most=3)
    assert rows(found.gained, "document", "start") == [("d0", 0), ("d1", 0), ("d2", 0)]
    assert found.count("gained") == 6
    found = compared("codes: {a: {terms: [xyz]}}", "codes: {a: {terms: [war]}}", *texts, most=4)
    assert rows(found.gained, "document", "start") == [("d0", 0), ("d0", 5), ("d1", 0), ("d2", 0)]


@pytest.mark.parametrize("texts", [(), ("",), ("Nothing here.",)])
def test_where_nothing_is_found_nothing_differs(texts):
    found = compared(BEFORE, BEFORE.replace("war]", "peace]"), *texts)
    assert all(table.empty for table in (found.gained, found.lost, found.changed, found.entries))
    assert found.count("gained") == 0


def test_settings_hold_for_both():
    after = BEFORE.replace("[war]", "[war, embargo]")
    assert compared(BEFORE, after, *TEXTS, negated="drop").count("gained") == 1
    assert compared(BEFORE, after, *TEXTS).count("gained") == 2
    assert (
        compared(BEFORE, after, "An embargo it was.", "An embargo it was.", duplicates="exact").count(
            "gained"
        )
        == 2
    )
    long = "An embargo it was, and nobody in the harbour knew for how long it would last."
    assert compared(BEFORE, after, long, long, duplicates="exact").count("gained") == 1


TERMS = st.lists(
    st.sampled_from(["war", "wars", "arms", "arms race", "peace", "no*"]), min_size=1, max_size=3, unique=True
)
BOOKS = st.lists(TERMS, min_size=1, max_size=3)
WORDS = st.lists(st.sampled_from(["war", "wars", "arms", "race", "peace", "no", "and."]), max_size=12).map(
    " ".join
)


def book(codes):
    text = ", ".join(f"c{number}: {{terms: [{', '.join(terms)}]}}" for number, terms in enumerate(codes))
    return parse_codebook(f"codes: {{{text}}}")


@settings(max_examples=8)
@given(BOOKS, BOOKS, st.lists(WORDS, max_size=4), st.integers(1, 40))
def test_the_numbers_are_those_of_the_tables_however_documents_are_batched(before, after, texts, size):
    one, other = book(before), book(after)
    changes, some = difference(one, other), documents(*texts)
    whole = compare_codebooks(one, other, changes, some, Settings())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apply, "BATCH", size)
        pieces = compare_codebooks(one, other, changes, some, Settings())
    for name in ("gained", "lost", "changed", "entries", "frequency", "cooccurrence"):
        assert rows(getattr(whole, name), *getattr(whole, name)) == rows(
            getattr(pieces, name), *getattr(pieces, name)
        )
    sums = {
        side: tally(apply_codebook(each, some), each) for side, each in (("before", one), ("after", other))
    }
    for side, each in (("before", one), ("after", other)):
        table = frequency(sums[side], each).set_index("code")
        names = changes.code_names if side == "before" else {code.id: code.id for code in other.codes}
        for code, name in names.items():
            row = whole.frequency[whole.frequency["code"] == name]
            for column in ("passages", "documents", "mentions") if len(row) and some else ():
                assert row[f"{column}_{side}"].item() == table.at[code, column]
            for column in SHARES if len(row) and some else ():
                share = row[f"{column}_{side}"].item()
                found = table.at[code, column]
                assert share is pd.NA if pd.isna(found) else share == float(f"{found:.6g}")
        pairs = cooccurrence(sums[side], each)
        both = {
            frozenset((names.get(a, a), names.get(b, b))): count
            for a, b, count in rows(pairs, "code_a", "code_b", "both")
        }
        for a, b, count in rows(whole.cooccurrence, "code_a", "code_b", f"both_{side}"):
            assert both.get(frozenset((a, b))) == count
    gained, lost = whole.count("gained"), whole.count("lost")
    mentions = {side: int(sums[side].document_mentions.column_sums().sum()) for side in sums}
    assert mentions["after"] - mentions["before"] == gained - lost


@settings(max_examples=5)
@given(BOOKS, BOOKS, st.lists(WORDS, max_size=3))
def test_the_other_way_round_what_was_gained_is_lost(before, after, texts):
    one, other = book(before), book(after)
    there = compare_codebooks(one, other, difference(one, other), documents(*texts), Settings())
    back = compare_codebooks(other, one, difference(other, one), documents(*texts), Settings())
    columns = ("document", "start", "end", "hit")
    assert sorted(rows(there.gained, *columns)) == sorted(rows(back.lost, *columns))
    assert sorted(rows(there.lost, *columns)) == sorted(rows(back.gained, *columns))
    assert len(there.changed) == len(back.changed)
