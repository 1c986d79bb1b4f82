"""Where a study has what: the names of its files and folders."""

from __future__ import annotations

SOURCES = "sources"
"""The folder that has copies of the original files."""

CORPUS = "corpus"
"""The folder that has what was read from them, and what people decided about it."""

PRIVATE = (SOURCES, CORPUS, "passes", "decisions", "history")
"""The folders of a study that hold no sources to be added."""
