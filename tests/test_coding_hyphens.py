"""``hyphens: keep``: a hyphen between letters joins a word, as imported dictionaries have it."""

import pytest

from rubricate import Document, Paragraph, apply_codebook, parse_codebook
from rubricate.corpus.words.borders import Vocabulary, find_words, word_edges


def coded(keys, text, hyphens="keep"):
    """The hits of the codes of a codebook, as they stand in the text."""
    codebook = parse_codebook(f"hyphens: {hyphens}\ncodes:\n  a:\n" + "".join(f"    {key}\n" for key in keys))
    document = Document("d", text, (Paragraph(0, len(text)),), language="en")
    (batch,) = apply_codebook(codebook, [document])
    return [text[s:e] for s, e in zip(batch.segments.start, batch.segments.end, strict=True)], batch


@pytest.mark.parametrize(
    ("term", "text", "split", "keep"),
    [
        ("sanction", "an anti-sanction bill", ["sanction"], []),
        ("anti-sanction", "an anti-sanction bill", ["anti-sanction"], ["anti-sanction"]),
        ("anti-sanction", "an anti sanction bill", ["anti sanction"], []),
        ("anti-sanction", "an anti‑sanction bill", ["anti‑sanction"], ["anti‑sanction"]),
        ("arms control", "arms control, arms-control", ["arms control", "arms-control"], ["arms control"]),
        ("arms control", "arms-\ncontrol", ["arms-\ncontrol"], []),
        ("anti*", "anti-sanction and antiwar", ["anti", "antiwar"], ["anti-sanction", "antiwar"]),
        ("*sanction", "an anti-sanction bill", ["sanction"], ["anti-sanction"]),
        ("Iran–Russia", "Iran–Russia ties, Iran Russia", ["Iran–Russia", "Iran Russia"], ["Iran–Russia"]),
        ("Iran", "Iran–Russia ties", ["Iran"], ["Iran"]),
        ("COVID-19", "COVID-19 and COVID 19", ["COVID-19", "COVID 19"], ["COVID-19"]),
        ("sanction", "sanction- or tariff-based", ["sanction"], ["sanction"]),
        ("می شود", "می\u200cشود", ["می\u200cشود"], ["می\u200cشود"]),
    ],
)
def test_a_hyphen_between_letters_joins_a_word_where_it_is_kept(term, text, split, keep):
    keys = [f"terms: {{any: [{term!r}]}}"]
    assert coded(keys, text, "split")[0] == split
    assert coded(keys, text, "keep")[0] == keep


def test_distances_and_overlap_count_the_words_of_the_codebook():
    rule = ["rules: [talks NEAR/1 arms]"]
    assert coded(rule, "talks on-the-record arms", "split")[0] == []
    assert coded(rule, "talks on-the-record arms", "keep")[0] == ["talks on-the-record arms"]


def test_pieces_forms_and_the_words_counted_are_told_as_they_stand():
    hits, batch = coded(["rules: [no-fly NEAR/3 zone]"], "The no-fly and buffer zone is long-term.")
    assert hits == ["no-fly and buffer zone"]
    assert [(one.word, one.words) for one in batch.segments.pieces[0]] == [(1, 2), (5, 1)]
    assert batch.forms == {(0, "no-fly … zone"): 1}
    assert batch.passages.words.tolist() == [9]


@pytest.mark.parametrize(
    "text",
    ["no-fly", "-a-b--c d-", "制-a", "é-1", "a\u00ad-b", "a-", "-", "", "a-b-c_d", "x‑y–z", "e\u0301-f"],
)
def test_words_are_the_same_by_array_and_by_character(text):
    words = find_words(text, Vocabulary(), "keep")
    assert list(zip(words.start.tolist(), words.end.tolist(), strict=True)) == word_edges(text, "keep")
