"""Settings and fixtures of all tests."""

import os

import pytest
from hypothesis import settings

from tests.command import make_study

# How long an example takes depends on the machine: timing is a benchmark, never a test. In CI the
# examples are the same in every run, so that it judges the change; everywhere else they are new ones.
settings.register_profile("rubricate", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("rubricate")


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A folder with a codebook and texts, in which the test runs."""
    monkeypatch.chdir(make_study(tmp_path))
    return tmp_path
