"""Settings of all tests."""

import os

from hypothesis import settings

# How long an example takes depends on the machine: timing is a benchmark, never a test. In CI the
# examples are the same in every run, so that it judges the change; everywhere else they are new ones.
settings.register_profile("rubricate", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("rubricate")
