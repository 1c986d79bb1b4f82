"""The units of counting, as docs/units.md shows them and as the command cuts them."""

import re
from pathlib import Path

import pytest

from rubricate.corpus.passages import UNITS
from tests.command import read_rows, rubricate

MANUAL = (Path(__file__).parents[1] / "docs" / "units.md").read_text("utf-8")
EXAMPLE = re.findall(r"^```markdown\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in MANUAL.split("| unit | passage | text |\n")[1].split("\n\n")[0].splitlines()[1:]
]


@pytest.mark.parametrize("unit", list(UNITS))
def test_the_manual_shows_the_passages_of_every_unit(study, unit):
    (study / "harbours.md").write_text(EXAMPLE)
    assert rubricate("apply", "codebook.yaml", "harbours.md", "--out", "out", "--unit", unit).exit_code == 0
    passages = read_rows(study / "out/passages.csv")
    assert [[unit, row["passage"], " ".join(row["text"].split())] for row in passages] == [
        row for row in ROWS if row[0] == unit
    ]


def test_hits_are_the_same_whatever_unit_is_counted_and_lie_in_a_passage_of_it(study):
    (study / "texts/c.md").write_text(
        "They feared: war at sea, an arms embargo\n\nand sanctions.\n\n# War\n\nWar.\n"
    )
    found = set()
    for unit in UNITS:
        rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--unit", unit)
        segments, passages = read_rows(study / "out/segments.csv"), read_rows(study / "out/passages.csv")
        found.add(tuple((row["segment"], row["paragraph"], row["sentence"]) for row in segments))
        places = {row["passage"]: (int(row["start"]), int(row["end"])) for row in passages}
        assert len(places) == len(passages)
        for row in segments:
            start, end = places[row["passage"]]
            assert start <= int(row["start"]) < end
    assert len(found) == 1
    assert len(found.pop()) == 7


def test_the_heading_of_a_passage_is_shown_for_every_unit_but_the_document(study):
    (study / "texts/c.md").write_text("# Sea\n\n## War\n\nShips sank.\n\n- Many.\n")
    shown = {}
    for unit in UNITS:
        rubricate("apply", "codebook.yaml", "texts/c.md", "--out", "out", "--unit", unit)
        shown[unit] = [(row["part"], row["heading"]) for row in read_rows(study / "out/passages.csv")]
    within = [("body", "Sea > War"), ("list", "Sea > War")]
    assert shown == {
        "paragraph": within,
        "sentence": within,
        "item": within,
        "heading": [("", "Sea > War")],
        "turn": [("", "")],
        "document": [("", "")],
    }
