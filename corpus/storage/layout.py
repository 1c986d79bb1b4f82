"""Where a study has what: the names of its files and folders."""

from __future__ import annotations

SETTINGS = "study.toml"
"""What holds in a study; the file that makes a folder one."""

CODEBOOK = "codebook.yaml"
"""The codebook that people edit."""

SOURCES = "sources"
"""The folder that has copies of the original files."""

CORPUS = "corpus"
"""The folder that has what was read from them, and what people decided about it."""

CACHE = ".rubricate-cache"
"""The folder that has what was computed and may be needed again; anybody may delete it at any time."""

PRIVATE = (SETTINGS, CODEBOOK, SOURCES, CORPUS, "passes", "decisions", "history", CACHE)
"""What of a study is no source to be added."""
