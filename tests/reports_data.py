"""Small coded batches, built by hand, for the tests of the reports."""

import io
import re

import numpy as np

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.coding.batch import Batch, Segments
from rubricate.coding.flags import FLAGS
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.duplicates.search import Marks
from rubricate.corpus.passages import Passages
from rubricate.reports.csv_table import write_header, write_rows


def code(name, *terms, parent="", language="en", coded_by="rules"):
    entries = tuple(Entry(id=term, kind="term", text=term, language=language) for term in terms)
    return Code(id=name, label=name.title(), parent=parent, coded_by=coded_by, entries=entries)


CODEBOOK = Codebook(
    name="Conflict",
    codes=(
        code("conflict"),
        code("sanctions", "sanction", "embargo*", "oil embargo", parent="conflict"),
        code("war", "war", parent="conflict"),
        code("energy", "oil", "gas"),
        code("persian", "جنگ", language="fa"),
        code("by_hand", coded_by="hand"),
    ),
)

TEXTS = {
    "a": ["Sanctions and an oil embargo.", "No sanctions on gas.", "Peace."],
    "b": ["War, and more war, over oil."],
    "c": [],
}

# document, paragraph (from 1), the hit, its code and entry, negated
FOUND = [
    ("a", 1, "Sanctions", "sanctions", "sanction", False),
    ("a", 1, "oil", "energy", "oil", False),
    ("a", 1, "oil embargo", "sanctions", "oil embargo", False),
    ("a", 2, "sanctions", "sanctions", "sanction", True),
    ("a", 2, "gas", "energy", "gas", False),
    ("b", 1, "War", "war", "war", False),
    ("b", 1, "war", "war", "war", False),
    ("b", 1, "oil", "energy", "oil", False),
]


def coded(texts=TEXTS, found=FOUND, codebook=CODEBOOK, *, unit="paragraph", language="en", **fields):
    """A batch of these documents with what was found in them; ``fields`` go into every document."""
    documents = tuple(document(name, texts[name], language=language, **fields) for name in texts)
    words = [[match.span() for match in re.finditer(r"\w+", one.text)] for one in documents]
    passages = cut(documents, unit, words)
    entries = [(one.id, entry.id) for one in codebook.codes for entry in one.entries]
    rows = [row for row in found if row[0] in texts]
    rows = sorted(segment(row, documents, passages, words, codebook, entries) for row in rows)
    applicable = [any(entry.language == language for entry in one.entries) for one in codebook.codes]
    analysed = sum(len(one.paragraphs) for one in documents)
    return Batch(
        documents=documents,
        passages=passages,
        marks=no_duplicates(len(passages)),
        counted=np.ones(len(passages), bool),
        segments=Segments(**segment_columns(rows)),
        matches=np.bincount(column(rows, 6), minlength=len(entries)),
        forms=forms(documents, rows),
        applicable=np.tile(np.array(applicable, bool), (len(documents), 1)),
        judged={flag: np.full(len(documents), language == "en" or flag == "question") for flag in FLAGS},
        filtered=0,
        parts={"body": (analysed, int(passages.words.sum()), len(rows))} if analysed else {},
    )


def no_duplicates(passages):
    return Marks(np.full(passages, -1), np.full(passages, np.nan), np.zeros(passages, bool), ())


def document(name, paragraphs, **fields):
    text, places = "", []
    for paragraph in paragraphs:
        start = len(text)
        text += paragraph + "\n\n"
        places.append(Paragraph(start, start + len(paragraph)))
    return Document(id=name, text=text, paragraphs=tuple(places), **fields)


def sentences(text, paragraph):
    found = re.finditer(r"\S[^.]*\.?", text[paragraph.start : paragraph.end])
    return [(paragraph.start + match.start(), paragraph.start + match.end()) for match in found]


def cut(documents, unit, words):
    rows = []
    for index, one in enumerate(documents):
        if unit == "document" and one.paragraphs:
            rows.append((index, one.paragraphs[0].start, one.paragraphs[-1].end, -1, -1))
        for number, paragraph in enumerate(one.paragraphs):
            if unit == "paragraph":
                rows.append((index, paragraph.start, paragraph.end, number, -1))
            elif unit == "sentence":
                rows += [
                    (index, start, end, number, place)
                    for place, (start, end) in enumerate(sentences(one.text, paragraph))
                ]
    counted = [sum(start <= first < end for first, _ in words[index]) for index, start, end, _, _ in rows]
    return Passages(*(column(rows, index) for index in range(5)), np.array(counted, np.int64), unit)


def segment(row, documents, passages, words, codebook, entries):
    name, number, hit, code_id, term, negated = row
    index = [one.id for one in documents].index(name)
    paragraph = documents[index].paragraphs[number - 1]
    start = documents[index].text.index(hit, paragraph.start)
    end = start + len(hit)
    inside = [place for place, (first, last) in enumerate(words[index]) if start <= first and last <= end]
    passage = np.flatnonzero(
        (passages.document == index) & (passages.start <= start) & (start < passages.end)
    )[0]
    whole = next(span for span in sentences(documents[index].text, paragraph) if span[0] <= start < span[1])
    before = sum(len(found) for found in words[:index])
    code_index = [one.id for one in codebook.codes].index(code_id)
    entry = entries.index((code_id, term))
    where = (index, start, end, code_index, int(passage), number - 1)
    return (*where, entry, before + inside[0], len(inside), *whole, negated)


SORTED = "document start end code passage paragraph entry word words sentence_start sentence_end negated"


def segment_columns(rows):
    columns = {name: column(rows, index) for index, name in enumerate(SORTED.split())}
    flags = dict.fromkeys(FLAGS, np.zeros(len(rows), bool))
    return columns | flags | {"negated": columns["negated"].astype(bool)}


def forms(documents, rows):
    counts = {}
    for row in rows:
        form = (row[6], documents[row[0]].text[row[1] : row[2]].lower())
        counts[form] = counts.get(form, 0) + 1
    return counts


def column(rows, index):
    return np.array([row[index] for row in rows], dtype=np.int64)


def as_csv(frame, **options):
    """The table as the lines of its CSV file."""
    handle = io.StringIO(newline="")
    write_header(handle, frame.columns, **options)
    write_rows(handle, frame, **options)
    return handle.getvalue().splitlines()
