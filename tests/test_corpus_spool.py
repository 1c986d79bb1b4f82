"""Documents that wait come back as they were, from memory or from the disk."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path

texts = st.lists(st.text(max_size=20), max_size=8)


@given(texts, st.integers(0, 1000), st.randoms())
def test_sources_come_back_as_they_were_in_any_order(contents, held, random) -> None:
    sources = [
        Source(str(number), "f", "s", "utf-8", text=text, blocks=(Block(text, "list", page="2"),))
        for number, text in enumerate(contents)
    ]
    with Spool(held) as spool:
        kept = [(spool.keep(source), source) for source in sources]
        random.shuffle(kept)
        assert [spool.take(place) for place, _ in kept] == [source for _, source in kept]


def test_room_in_memory_is_used_again() -> None:
    source = Source("a", "f", "s", "utf-8", text="12345")
    with Spool(held=105) as spool:
        first = spool.keep(source)
        assert isinstance(spool.keep(source), int)
        spool.take(first)
        assert spool.keep(source) is source


def test_a_full_disk_is_one_line_that_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with Spool(held=0) as spool, pytest.raises(CorpusError, match="find no room to wait in: no such file"):
        spool.keep(Source("a", "f", "s", "utf-8", text="Peace."))
