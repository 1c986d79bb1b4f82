"""Settings of all tests."""

from hypothesis import settings

# How long an example takes depends on the machine: timing is a benchmark, never a test.
settings.register_profile("rubricate", deadline=None)
settings.load_profile("rubricate")
