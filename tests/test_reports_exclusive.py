"""Codes that exclude each other, and the paragraphs in which they meet all the same."""

import pytest

from rubricate import Document, Paragraph, apply_codebook, parse_codebook
from rubricate.reports.exclusive import exclusive
from rubricate.reports.tally import tally
from tests.codebook_texts import problems
from tests.command import rubricate

TONE = """
codes:
  tone:
    exclusive: true
    codes:
      warm: {terms: [friend], codes: {hot: {terms: [love]}}}
      cold: {terms: [enemy]}
      cool: {terms: [rival]}
  other: {terms: [friend]}
"""


def document(*paragraphs, parts=()):
    text = "\n\n".join(paragraphs)
    places, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        part = parts[number] if parts else "body"
        places.append(Paragraph(start, start + len(paragraph), part))
        start += len(paragraph) + 2
    return Document("d", text, tuple(places), language="en")


def rows(*documents, codebook=TONE):
    book = parse_codebook(codebook)
    (batch,) = apply_codebook(book, documents)
    assert tally([batch], book).clashes == len(exclusive(batch, book))
    return [tuple(row)[1:] for row in exclusive(batch, book).itertuples(index=False)]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["A friend.", "An enemy."], []),
        (["A friend and a friend, a love."], []),
        (["A friend and an enemy."], [("d#p1", "tone", "warm", "friend", "cold", "enemy")]),
        (["An enemy, once. A love, now."], [("d#p1", "tone", "hot", "love", "cold", "enemy")]),
        (
            ["No.", "A rival, an enemy, a friend."],
            [
                ("d#p2", "tone", "warm", "friend", "cold", "enemy"),
                ("d#p2", "tone", "warm", "friend", "cool", "rival"),
                ("d#p2", "tone", "cold", "enemy", "cool", "rival"),
            ],
        ),
        ([], []),
    ],
)
def test_codes_below_an_exclusive_one_are_reported_where_they_meet_in_a_paragraph(paragraphs, expected):
    assert rows(document(*paragraphs)) == expected


def test_what_is_not_analysed_is_not_reported():
    assert rows(document("A friend and an enemy.", parts=["references"])) == []


def test_a_codebook_without_exclusive_codes_has_no_such_table():
    assert rows(document("A friend and an enemy."), codebook=TONE.replace("exclusive: true", "memo: x")) == []


def test_apply_writes_the_table_and_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tone.yaml").write_text(TONE, "utf-8")
    (tmp_path / "a.txt").write_text("A friend and an enemy.\n", "utf-8")
    result = rubricate("apply", "tone.yaml", "a.txt", "--out", "out")
    assert result.exit_code == 0
    assert (
        "1 pair of codes that exclude each other meets in one paragraph; out/exclusive.csv has"
        in result.stderr
    )
    assert (tmp_path / "out/exclusive.csv").read_text("utf-8") == (
        "document,paragraph,parent,code_a,hit_a,code_b,hit_b\na,a#p1,tone,warm,friend,cold,enemy\n"
    )


def test_exclusive_needs_codes_that_exclude_each_other():
    assert problems("codes: {a: {terms: [x], exclusive: true}}\n") == [
        (
            1,
            25,
            "`exclusive` says that the codes below exclude each other, and there are none; "
            "move it to the code above them",
        )
    ]
    assert problems("codes: {a: {exclusive: yes, codes: {b: {terms: [x]}}}}\n")[0][2] == (
        "`yes` is no value of `exclusive`; write false or true"
    )
