"""entries.csv, expansions.csv and parts.csv: what the entries contributed, and what was left out."""

from dataclasses import replace

import numpy as np

from rubricate.codebooks.codebook import Codebook
from rubricate.coding.settings import Settings
from rubricate.reports.entries import entries, expansions
from rubricate.reports.parts import parts
from rubricate.reports.tally import tally, tally_batch
from tests.reports_data import CODEBOOK, as_csv, code, coded


def test_every_entry_with_what_it_contributed():
    assert as_csv(entries(tally_batch(coded(), CODEBOOK), CODEBOOK)) == [
        "code,entry,kind,text,matches,mentions,passages,documents,share_of_code,only_here",
        "sanctions,sanction,term,sanction,2,2,2,1,0.666667,1",
        "sanctions,embargo*,term,embargo*,0,0,0,0,0,0",
        "sanctions,oil embargo,term,oil embargo,1,1,1,1,0.333333,0",
        "war,war,term,war,2,2,1,1,1,1",
        "energy,oil,term,oil,2,2,2,2,0.666667,2",
        "energy,gas,term,gas,1,1,1,1,0.333333,1",
        "persian,جنگ,term,جنگ,,,,,,",
    ]


def test_an_entry_that_lost_every_overlap_has_matches_but_no_mentions():
    batch = coded()
    batch = replace(batch, matches=np.array([2, 1, 1, 2, 2, 1, 0]))
    assert (
        as_csv(entries(tally_batch(batch, CODEBOOK), CODEBOOK))[2]
        == "sanctions,embargo*,term,embargo*,1,0,0,0,0,0"
    )


def test_an_entry_of_a_language_that_no_document_has_was_not_looked_for():
    both = Codebook(
        "both",
        (
            replace(
                code("war", "war"), entries=code("e", "war").entries + code("f", "جنگ", language="fa").entries
            ),
        ),
    )
    lines = as_csv(entries(tally_batch(coded({"x": ["Peace."]}, [], both), both), both))
    assert lines[1:] == ["war,war,term,war,0,0,0,0,,0", "war,جنگ,term,جنگ,,,,,,"]


def test_an_entry_of_a_language_of_which_no_passage_counts_was_not_looked_for():
    persian = coded({"x": ["جنگ"]}, [], language="fa")
    left_out = replace(persian, counted=~persian.counted)
    lines = as_csv(entries(tally([coded(), left_out], CODEBOOK), CODEBOOK))
    assert lines[4] == "war,war,term,war,2,2,1,1,1,1"
    assert lines[-1] == "persian,جنگ,term,جنگ,,,,,,"


def test_expansions_list_the_most_frequent_form_first():
    batch = replace(
        coded(), forms={(4, "oil"): 2, (0, "sanctioned"): 1, (0, "sanction"): 1, (0, "sanctions"): 5}
    )
    assert as_csv(expansions(tally_batch(batch, CODEBOOK), CODEBOOK)) == [
        "code,entry,form,matches",
        "sanctions,sanction,sanctions,5",
        "sanctions,sanction,sanction,1",
        "sanctions,sanction,sanctioned,1",
        "energy,oil,oil,2",
    ]


def test_nothing_read_leaves_entries_empty_and_no_expansions():
    nothing = tally([], CODEBOOK)
    assert as_csv(entries(nothing, CODEBOOK))[1] == "sanctions,sanction,term,sanction,,,,,,"
    assert len(expansions(nothing, CODEBOOK)) == 0
    assert len(entries(tally([], Codebook("none", ())), Codebook("none", ()))) == 0


def test_parts_show_what_was_left_out_and_what_would_be_found_there():
    batch = replace(coded(), parts={"body": (4, 16, 8), "references": (30, 900, 12)})
    assert as_csv(parts(tally_batch(batch, CODEBOOK), Settings())) == [
        "part,analysed,paragraphs,words,hits",
        "title,1,0,0,0",
        "abstract,1,0,0,0",
        "body,1,4,16,8",
        "list,1,0,0,0",
        "caption,1,0,0,0",
        "table,1,0,0,0",
        "footnote,1,0,0,0",
        "heading,0,0,0,0",
        "references,0,30,900,12",
        "boilerplate,0,0,0,0",
    ]
