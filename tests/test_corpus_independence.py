"""Adding a document to a corpus changes nothing about another: not its text, nor its parts, nor its hits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import Settings, apply_codebook, parse_codebook
from rubricate.corpus.document import ANALYSED, PARTS, Document, Source
from rubricate.corpus.making import make_document, make_documents
from rubricate.corpus.passages import UNITS

if TYPE_CHECKING:
    from rubricate.codebooks import Codebook

TRAPS = Path(__file__).parents[1] / "corpus" / "traps" / "texts"
TEXTS = st.lists(
    st.sampled_from(
        [
            *(path.read_text("utf-8") for path in sorted(TRAPS.iterdir())),
            "Sanctions. No sanctions were lifted in the U.S. ",
            "The ministers who met in the harbour town agreed that the sanctions\n\n12\n\nwould be kept.",
            "Home / The War\n\nThe War\n\nBy Mira Solenne\n\nA war of three aims: to sell arms, to buy time",
            "جنگ و تحریم‌های تازه",
            "1. War.",
            "War;",
        ]
    ),
    max_size=4,
)


@cache
def codebook() -> Codebook:
    return parse_codebook(
        "codes:\n"
        "  war: {terms: {any: [war, arms, deter*, 'ship*', regex: '\\b[A-Z]{2,}\\b']}}\n"
        "  sanctions: {terms: {en: [sanction, arms embargo], fa: [تحریم]}}\n"
    )


def corpus(**texts: str) -> list[Document]:
    sources = [Source(name, "", "", "", text=text) for name, text in texts.items()]
    return list(make_documents((source, "en") for source in sources))


def named(texts: list[str], prefix: str) -> dict[str, str]:
    return {f"{prefix}{index}": text for index, text in enumerate(texts)}


def hits(documents: list[Document], choice: Settings, wanted: str) -> list[tuple[object, ...]]:
    """Place, passage, code and flag of every segment of one document."""
    found = []
    for batch in apply_codebook(codebook(), documents, choice):
        segments, passages = batch.segments, batch.passages
        columns = (segments.document, segments.passage, segments.start, segments.end, segments.code)
        rows = zip(*(column.tolist() for column in columns), segments.negated.tolist(), strict=True)
        for document, passage, *rest in rows:
            if batch.documents[document].id == wanted:
                place = (int(passages.start[passage]), int(passages.end[passage]))
                found.append((place, *rest))
    return found


@settings(max_examples=60, deadline=None)
@given(
    TEXTS,
    TEXTS,
    TEXTS.filter(bool).map(lambda texts: texts[0]),
    st.sampled_from(list(UNITS)),
    st.sampled_from([ANALYSED, PARTS]),
)
def test_no_document_depends_on_another(
    before: list[str], behind: list[str], text: str, unit: str, parts: tuple[str, ...]
) -> None:
    choice = Settings(unit, parts)
    alone = corpus(m=text)
    together = corpus(**named(before, "a"), m=text, **named(behind, "z"))
    assert together[len(before)] == alone[0] == make_document(Source("m", "", "", "", text=text), "en")
    assert hits(together, choice, "m") == hits(alone, choice, "m")


@pytest.mark.parametrize("unit", list(UNITS))
def test_the_documents_of_this_test_have_hits(unit: str) -> None:
    (document,) = corpus(m="Sanctions. No sanctions were lifted in the U.S. ")
    assert len(hits([document], Settings(unit), "m")) == 2
