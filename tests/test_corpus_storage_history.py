"""However a corpus came about, it is what its sources would give if they were all added at once."""

import os
import shutil
import tempfile
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage import writing
from rubricate.corpus.storage.adding import refresh, restore_documents
from rubricate.corpus.storage.removing import remove_documents
from rubricate.corpus.storage.stored import Store
from tests.studies import add, documents, new_study, sha256, stamps, write

FILES = ("a.txt", "b/c.txt", "d.md", "é.txt")
IDS = ("a1", "c", "zz")
TEXTS = st.sampled_from(
    ["War.", "Peace at last.", "No\nsanctions\n\nyet.", "# Truce\n\n- one\n- two\n", "制裁。"]
)
TABLE = st.dictionaries(st.sampled_from(IDS), TEXTS, min_size=1).map(
    lambda rows: "id,text\n" + "".join(f'{name},"{text}"\n' for name, text in rows.items())
)
META = st.sampled_from(["document,outlet\na,irna\n", "document,outlet\na,mehr\nzz,fars\n"])
REPAIRS = st.sampled_from(
    ["", "document,before,after\n,War,Peace\n", "document,before,after\na,at last,now\n"]
)

STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(FILES), TEXTS),
    st.tuples(st.just("write"), st.just("t.csv"), TABLE),
    st.tuples(st.just("delete"), st.sampled_from((*FILES, "t.csv")), st.none()),
    st.tuples(st.just("metadata"), st.just("../meta.csv"), META),
    st.tuples(st.just("repairs"), st.just("../study/corpus/repairs.csv"), REPAIRS),
    st.tuples(st.just("remove"), st.integers(0, 9), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 9), st.none()),
    st.tuples(st.just("add"), st.sampled_from(["refresh", "folder", "files"]), st.none()),
)


class History:
    """A study and a folder of sources, in the folder in which we are."""

    def __init__(self):
        self.study = new_study()
        self.removed = []
        self.clock = 10**18
        write({"texts/a.txt": "War.", "meta.csv": "document,outlet\n"})
        self.add("folder")

    def do(self, what, where, text):
        if what in ("write", "metadata", "repairs"):
            self.write(Path("texts", where), text)
        elif what == "delete":
            Path("texts", where).unlink(missing_ok=True)
        elif what == "add":
            self.add(where)
        elif what == "remove":
            there = [document.id for document in documents(self.study)]
            if len(there) > 1:
                self.removed += remove_documents(self.study, [there[where % len(there)]])
        elif self.removed:
            self.undo(self.removed[where % len(self.removed)])

    def write(self, path, text):
        write({path: text})
        self.clock += 10**9
        os.utime(path, ns=(self.clock, self.clock))

    def add(self, how):
        files = [f"texts/{name}" for name in (*FILES, "t.csv") if Path("texts", name).exists()]
        if how == "refresh" or not files:
            refresh(self.study)
        elif how == "folder" or "texts/b/c.txt" in files:  # which would have another id
            add(self.study, "texts", metadata="meta.csv")
        else:
            add(self.study, *files, metadata="meta.csv")

    def undo(self, document):
        try:
            restore_documents(self.study, [document])
        except CorpusError as error:
            assert "is no longer in its source" in str(error)
        else:
            self.removed.remove(document)

    def settle(self):
        """Add all there is; take out what has no source any more."""
        if not any(Path("texts").rglob("*.*")):
            self.write(Path("texts/a.txt"), "War.")
        self.add("folder")
        added = refresh(self.study)
        with Store(self.study) as store:
            keys = {origin.key: origin.path for origin in store.record.origins}
            lost = [known.document for known in store.known() if not Path(keys[known.key][3:]).exists()]
        orphans = sorted({*lost, *added.vanished})
        if orphans:
            remove_documents(self.study, orphans)


def anew(removed):
    """A fresh study of the same sources and decisions, without those documents."""
    study = new_study("fresh")
    if Path("study/corpus/repairs.csv").exists():
        shutil.copy("study/corpus/repairs.csv", "fresh/corpus/repairs.csv")
    add(study, "texts", metadata="meta.csv")
    there = {document.id for document in documents(study)}
    gone = sorted(there & set(removed))
    if gone:
        remove_documents(study, gone)
    return study


@pytest.mark.parametrize("batch", [1, 30])
@settings(max_examples=12)
@given(steps=st.lists(STEP, max_size=12))
def test_any_history_gives_the_corpus_that_adding_everything_anew_gives(batch, steps):
    with tempfile.TemporaryDirectory() as folder, chdir(folder), patch.object(writing, "BATCH", batch):
        history = History()
        for step in steps:
            history.do(*step)
        history.settle()
        fresh = anew(history.removed)
        assert documents(history.study) == documents(fresh)
        assert sha256(history.study) == sha256(fresh)
        before = stamps(history.study)
        added = refresh(history.study)
        assert (added.new, added.changed, added.vanished, added.gone) == ((), (), (), ())
        assert stamps(history.study) == before
