"""A corpus whose words are stored is coded as its texts are."""

import tempfile
from dataclasses import fields
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import apply_codebook, parse_codebook
from rubricate.coding.apply import NEAR, apply_to_readings
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.passages import UNITS
from rubricate.corpus.storage.marking import stored_marks
from rubricate.corpus.storage.readings import stored_readings
from rubricate.reports.tally import tally
from tests.studies import stored

CODEBOOK = parse_codebook(
    r"""
language: en
codes:
  war: {terms: [war, arms race, {regex: 'W\w+ \d'}, ':)'], negated: drop}
  arms: {terms: [arms, lemma: weapon, arm*, U.S.], codes: {deal: {terms: [arms deal, 'SALT II']}}}
  jang: {terms: {fa: [جنگ], any: [OPEC]}}
"""
)
PIECES = (
    *"War war wars arms arms-race race No not U.S. deal deals weapon weapons SALT II OPEC".split(),
    *"جنگ 制裁 :) 3 He said".split(),
    *(
        "“the",
        "war”",
        ", ",
        ". ",
        "? ",
        "—",
        "...",
        "arms-\nrace",
        "that",
        "may",
        "\u200c",
        "É",
        "𝒳",
        "“",
        "\n",
    ),
)


@st.composite
def paragraphs(draw):
    text = " ".join(draw(st.lists(st.sampled_from(PIECES), max_size=14))).strip()
    return (
        text,
        draw(st.sampled_from(["body", "body", "heading", "title"])),
        draw(st.sampled_from(["", "A", "B"])),
    )


@st.composite
def corpora(draw):
    return [
        document(f"d{number:02}", some, draw(st.sampled_from(["en", "en", "fa", ""])))
        for number, some in enumerate(
            draw(st.lists(st.lists(paragraphs(), max_size=5), min_size=1, max_size=5))
        )
    ]


def document(name, some, language="en"):
    """A document of (text, part, speaker)."""
    found, start = [], 0
    for text, part, speaker in some:
        found.append(Paragraph(start, start + len(text), part, speaker=speaker))
        start += len(text) + 2
    return Document(
        name, "\n\n".join(text for text, *_ in some), tuple(found), language=language, variables={"x": name}
    )


def warm(folder, store, chosen, codebook=CODEBOOK):
    marks = stored_marks(
        folder, store, chosen.unit, chosen.parts, near=NEAR[chosen.duplicates], language=codebook.language
    )
    return list(apply_to_readings(codebook, stored_readings(store), chosen, marks.mark))


def rows(batches):
    """Every segment of some batches with the text of its document, and every mark of a duplicate."""
    found, marks = [], []
    for batch in batches:
        names = [one.name for one in fields(batch.segments) if one.name not in ("pieces", "hits")]
        columns = [getattr(batch.segments, name).tolist() for name in names]
        for hit, *row in zip(batch.segments.hits.column().to_pylist(), *columns, strict=True):
            cells = dict(zip(names, row, strict=True))
            one = batch.documents[cells["document"]]
            assert hit == one.text[cells["start"] : cells["end"]]
            cells["document"] = one.id, one.text, one.paragraphs, one.variables
            for name in ("word", "passage"):  # both count within the batch
                cells.pop(name)
            found.append(cells)
        marks += [
            (batch.marks.originals[original], similarity)
            for original, similarity in zip(
                batch.marks.original.tolist(), batch.marks.similarity.tolist(), strict=True
            )
            if original >= 0
        ]
    return found, marks


def sums(batches, codebook=CODEBOOK):
    """The tally, as something that can be compared."""
    total = tally(batches, codebook)
    return {
        one.name: value.dense().tolist()
        if hasattr(value, "dense")
        else np.array(value).tolist()
        if isinstance(value, np.ndarray)
        else value
        for one in fields(total)
        for value in [getattr(total, one.name)]
    }


@settings(max_examples=40, deadline=None)
@given(corpora(), st.sampled_from(sorted(UNITS)), st.sampled_from(["keep", "exact"]), st.booleans())
def test_stored_words_give_what_texts_give(documents, unit, duplicates, headings):
    parts = ("title", "body", "heading") if headings else ("title", "body")
    chosen = Settings(unit, parts, duplicates)
    cold = list(apply_codebook(CODEBOOK, documents, chosen))
    with tempfile.TemporaryDirectory() as name, stored(Path(name), documents) as store:
        found = warm(Path(name), store, chosen)
        again = warm(Path(name), store, chosen)  # now with the marks that were kept
        assert rows(found) == rows(cold)
        assert rows(again) == rows(cold)
        assert sums(found) == sums(again) == sums(cold)
