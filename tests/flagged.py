"""Segments and their flags, for the tests of these."""

from rubricate import apply_codebook, parse_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph

CODEBOOK = (
    "codes: {x: {terms: {any: [{word: sanctions}, {glob: санкци*}, {glob: Sanktion*}, {word: تحریم}]}}}"
)


def document(text, language="en", name="d"):
    """A document; an empty line parts its paragraphs."""
    paragraphs, start = [], 0
    for piece in text.split("\n\n"):
        paragraphs.append(Paragraph(start, start + len(piece)))
        start += len(piece) + 2
    return Document(name, text, tuple(paragraphs), language=language)


def coded(*documents, settings=None, codebook=CODEBOOK):
    """The batch of these documents."""
    (batch,) = apply_codebook(parse_codebook(codebook), documents, settings or Settings())
    return batch


def flags(text, language="en"):
    """For each segment of a text the flags that it has, in the order of FLAGS."""
    (found,) = flags_of([text], language)
    return found


def flags_of(texts, language="en"):
    """``flags`` of each text; all are documents of one batch, as the cues are compiled once for it."""
    segments = coded(*(document(text, language, str(number)) for number, text in enumerate(texts))).segments
    found = [[] for _ in texts]
    for index, text in enumerate(segments.document.tolist()):
        found[text].append(" ".join(flag for flag in FLAGS if getattr(segments, flag)[index]))
    return found


def without(flag, cues, texts, language="en"):
    """The cues in whose text, one text for each, the first segment has not the flag."""
    found = flags_of(texts, language)
    return [cue for cue, (first, *_) in zip(cues, found, strict=True) if flag not in first.split()]
