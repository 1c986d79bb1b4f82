"""However a study came about, its passes are those of one that was made at once, byte for byte."""

import tempfile
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubricate.corpus.storage import writing
from rubricate.study_pass import apply_in_study, replay_in_study
from rubricate.study_report import export_pass, find_source
from tests.command import contents
from tests.study_histories import CHANGE, CODEBOOK, METADATA, NAMES, SETTINGS, TEXT, History

BEGINNING = st.tuples(st.lists(TEXT, min_size=2, max_size=len(NAMES)), METADATA, CODEBOOK, SETTINGS)
SIZES = st.tuples(*[st.sampled_from((1, 60, 10**6))] * 2)
"""Characters in a row group of the study, and of the one that is made at once."""


def changes(most, workers):
    """Changes, each with the number of workers of the pass that is made then."""
    return st.lists(st.tuples(CHANGE, st.sampled_from(workers)), min_size=1, max_size=most)


def files(folder):
    """What a pass or its tables say, without when and by whom."""
    return {name: data for name, data in contents(folder).items() if name != "run.json"}


def applied(study, chosen, workers=1):
    """The number of a pass, and the files of its folder and of its tables."""
    done = apply_in_study(study, "", chosen, out="out", workers=workers)
    return str(done.folder.number), files(done.folder.path), files("out")


def check(beginning, steps, sizes):
    """Go through a history; each pass is replayed, exported, and made in a study that was made at once."""
    with tempfile.TemporaryDirectory() as name, chdir(name), patch.object(writing, "BATCH", sizes[0]):
        history = History(*beginning)
        apply_in_study(history.study(), "", history.settings)
        for change, workers in steps:
            history.do(*change)
            number, kept, tables = applied(history.study(), history.settings, workers)
            assert replay_in_study(history.study(), number)[1].identical
            export_pass(history.study(), Path("exported"), find_source(history.study(), number))
            assert files("exported") == tables
            with patch.object(writing, "BATCH", sizes[1]):
                assert applied(history.fresh(), history.settings)[1:] == (kept, tables)


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(BEGINNING, changes(3, [1]), SIZES)
def test_a_pass_does_not_depend_on_how_its_study_came_about(beginning, steps, sizes):
    check(beginning, steps, sizes)


@pytest.mark.slow
@settings(max_examples=32, suppress_health_check=[HealthCheck.too_slow])
@given(BEGINNING, changes(6, [1, 1, 1, 2, 4]), SIZES)
def test_nor_does_any_of_many_and_longer_histories(beginning, steps, sizes):
    check(beginning, steps, sizes)
