"""The examples of a codebook as its tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.apply import apply_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code, Codebook, Example


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """An example of a code and what the codebook's rules found in it: the words of its segments."""

    code: Code
    example: Example
    hits: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the example is coded as it says it must be."""
        return bool(self.hits) == self.example.applies


def run_examples(codebook: Codebook, pipeline: str = "") -> list[ExampleResult]:
    """The codebook applied to its own examples, in file order; ``pipeline`` is one of spaCy's.

    Examples of codes that only people apply are left out: there is nothing to run.
    """
    asked = [
        (code, example) for code in codebook.codes if code.coded_by != "hand" for example in code.examples
    ]
    documents = (_document(index, example, codebook.language) for index, (_, example) in enumerate(asked))
    hits: list[list[str]] = [[] for _ in asked]
    settings = Settings(unit="document", pipeline=pipeline)
    for batch in apply_codebook(codebook, documents, settings, whole=False):
        segments = batch.segments
        rows = zip(*(column.tolist() for column in (segments.document, segments.code)), strict=True)
        for index, (document, code) in enumerate(rows):
            example = int(batch.documents[document].id)
            if codebook.codes[code] is asked[example][0]:
                text = batch.documents[document].text
                hits[example].append(text[segments.start[index] : segments.end[index]])
    return [
        ExampleResult(code, example, tuple(found)) for (code, example), found in zip(asked, hits, strict=True)
    ]


def _document(index: int, example: Example, language: str) -> Document:
    return Document(
        id=str(index),
        text=example.text,
        paragraphs=(Paragraph(0, len(example.text)),),
        language=example.language or language,
        variables=example.variables,
    )
