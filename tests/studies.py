"""Study folders in tests: what is put beside them, what is added, and what they then hold."""

import os
from pathlib import Path

from rubricate.coding.passes import CorpusHash
from rubricate.corpus.reader import read_corpus
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.storage.adding import add_sources, refresh
from rubricate.corpus.storage.deciding import add_correction
from rubricate.corpus.storage.record import How, relative
from rubricate.corpus.storage.removing import remove_documents
from rubricate.corpus.storage.stored import Store, read_summary, write_summary
from rubricate.corpus.storage.writing import Entry, Writer
from rubricate.study import init_study

TEXTS = {"texts/a.txt": "No sanctions yet.", "texts/b.txt": "An arms embargo. Then war."}

WORKS = {
    "a first addition": lambda study: add_sources(study, ["texts", "t.csv"], How()),
    "a refresh": refresh,
    "a removal": lambda study: remove_documents(study, ["a", "x"]),
    "a correction": lambda study: add_correction(study, "b#p1", "part", "heading", "x"),
}
"""What changes a study, for tests that kill it."""


def new_study(folder="study"):
    return init_study(Path(folder)).folder


def write(files):
    """Write files, each by its path, as text or bytes."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def add(study, *arguments, metadata="", language="", name_pattern="", fallback="en", **options):
    """Add sources as the command does."""
    metadata = relative(Path(metadata), study) if metadata else ""
    how = How(ReadOptions(**options), language, metadata, name_pattern)
    return add_sources(study, arguments, how, fallback)


def documents(study):
    with Store(study) as store:
        return list(store.documents())


def texts(study):
    """The documents, each with its text."""
    return {document.id: document.text for document in documents(study)}


def sha256(study):
    return read_summary(study)["sha256"]


def afresh(*sources, **options):
    """The hash and the documents of a corpus that is read at once, without a study."""
    corpus = CorpusHash()
    found = list(corpus.follow(read_corpus(sources, **options)))
    return corpus.hexdigest(), found


def stamps(folder):
    """Every file below and when it was written."""
    return {path: path.stat().st_mtime_ns for path in Path(folder).rglob("*") if path.is_file()}


def touch(path):
    """Make a file newer than it was, whatever the clock of the disk."""
    status = Path(path).stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))


def change(path, text):
    """Write another text into a file that is then newer."""
    Path(path).write_text(text, encoding="utf-8")
    touch(path)


def names(folder):
    """The files below a folder that people see, and hidden ones."""
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def stored(folder, documents, size=2):
    """Write documents as a corpus, so many in a row group."""
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus" / "sources.json").write_text(
        '{"hows": [], "files": [], "refused": [], "removed": [], "vanished": [], "reading": 1}'
    )
    with Writer(folder / "corpus") as writer:
        for first in range(0, len(documents), size):
            writer.write([Entry(one, "", "", "") for one in documents[first : first + size]])
    write_summary(folder / "corpus", writer)
    return Store(folder)
