"""From a source as read to a document ready to be coded."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.cleaning.page_breaks import mend_page_breaks
from rubricate.corpus.cleaning.pieces import Uncut, cut_texts, pieces_of
from rubricate.corpus.cleaning.repairs import BETWEEN, carried_over, repairs_of
from rubricate.corpus.document import Block, Document, Paragraph, Repair
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.parts.assign import ASIDE, assign_parts, heading_paths, mark_sections
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rubricate.corpus.cleaning.pieces import CutText, Piece
    from rubricate.corpus.document import Source
    from rubricate.corpus.study.correcting import Corrected

LIFTED = ("language", "title", "date", "citekey")
"""Variables that are properties of a document rather than columns of the user's."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_BATCH = 1_000_000  # characters at a time: enough for arrays to pay, few enough to wait for
_TOP = 6  # paragraphs among which a title stands
_NO_CHANGES = StudyChanges()


class _Cleaned(NamedTuple):
    """The blocks of a document, their repairs, how many lines were joined, and the title a study gives it."""

    blocks: list[Block]
    repairs: tuple[Repair, ...]
    line_joins: int
    title: str


def make_document(source: Source, language: str, changes: StudyChanges = _NO_CHANGES) -> Document:
    """The document of one source: see ``make_documents``, which is faster for many."""
    return next(make_documents([(source, language)], changes))


def make_documents(
    sources: Iterable[tuple[Source, str]],
    changes: StudyChanges = _NO_CHANGES,
    note: Callable[[Source], None] | None = None,
) -> Iterator[Document]:
    """The sources, cleaned, cut into paragraphs and with their metadata in place, in their order.

    Beside each source stands its language, unless its own metadata say otherwise; ``changes`` are what the
    study has decided about its texts. ``note`` is told of a source whenever work on it begins. The text of a
    document is its paragraphs with a blank line between. Many are taken from ``sources`` at a time, because
    their lines are looked at as arrays; but nothing of another document takes part.
    """
    for batch in _batches(sources):
        cuts = []
        for source, language in batch:
            if note:
                note(source)
            if not source.blocks:
                replacements = changes.replacements(source.text, source.id)
                cuts.append(Uncut(source.text, language, replacements))
        cut = cut_texts(cuts)
        pieces = zip(cut, pieces_of(cut), strict=True)
        for source, language in batch:
            if note:
                note(source)
            if source.blocks:
                cleaned = _clean_blocks(source, language, changes)
            else:
                cleaned = _clean_text(source, *next(pieces), changes)
            yield _made(source, language, cleaned)


def _batches(sources: Iterable[tuple[Source, str]]) -> Iterator[list[tuple[Source, str]]]:
    """The sources with their languages, a batch at a time; what is read as blocks, which takes longer to read
    and gains nothing, ends a batch.
    """
    batch: list[tuple[Source, str]] = []
    size = 0
    for source, language in sources:
        batch.append((source, _language(source) or language))
        size += len(source.text)
        if size >= _BATCH or source.blocks:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _made(source: Source, language: str, cleaned: _Cleaned) -> Document:
    blocks, repairs, joins, title = cleaned
    lifted = {name: source.variables.get(name, "") for name in LIFTED}
    title = title or lifted["title"] or _title(blocks) or source.properties.get("title", "")
    return Document(
        id=source.id,
        text=_text(blocks),
        paragraphs=_paragraphs(blocks),
        file=source.file,
        sha256=source.sha256,
        encoding=source.encoding,
        **{**lifted, "language": language, "title": title},
        variables={name: value for name, value in source.variables.items() if name not in LIFTED},
        repairs=repairs,
        line_joins=joins,
        warnings=source.warnings,
    )


def _clean_text(source: Source, cut: CutText, pieces: list[Piece], changes: StudyChanges) -> _Cleaned:
    """The blocks of a plain text, and what had to be repaired.

    A paragraph near the top that is the title in the metadata is the title.
    """
    language = cut.language
    pieces = mend_page_breaks(cut, pieces)
    pieces = _with_title(pieces, source.variables.get("title", ""))
    repairs = repairs_of(source.text, cut, pieces)
    joins = sum(piece.joins for piece in pieces)
    found = (Block(piece.text, piece.part, 0, piece.reason) for piece in pieces)
    corrected = changes.corrected(found, source.id)
    if corrected is None:
        return _Cleaned(_judged(pieces, language), repairs, joins, "")
    blocks = corrected.over(_judged(corrected.blocks, language))
    return _Cleaned(blocks, carried_over(repairs, _text(pieces), _text(blocks)), joins, corrected.title)


def _with_title(pieces: list[Piece], title: str) -> list[Piece]:
    wanted = fold(title).strip()
    for index, piece in enumerate(pieces[:_TOP] if wanted else ()):
        if not piece.part and fold(piece.text) == wanted:
            named = piece._replace(part="title", reason="the title in the metadata")
            return [*pieces[:index], named, *pieces[index + 1 :]]
    return pieces


def _judged(pieces: Sequence[Piece | Block], language: str) -> list[Block]:
    """Pieces as what they are; those that have a part already keep it."""
    decided = {index: (piece.part, piece.reason) for index, piece in enumerate(pieces) if piece.part}
    return assign_parts([piece.text for piece in pieces], language, decided)


def _clean_blocks(source: Source, language: str, changes: StudyChanges) -> _Cleaned:
    """The blocks of a format that marks them, with the study's own repairs."""
    given = [block for block in source.blocks if block.text.strip()]
    raw, repairs = _repaired([block.text for block in given], changes, source.id)
    found = given
    if repairs:
        texts = map(str.strip, raw)
        found = [block._replace(text=text) for block, text in zip(given, texts, strict=True) if text]
    corrected = changes.corrected(found, source.id)
    blocks = _marked(corrected, language) if corrected else mark_sections(found, language)
    repairs = carried_over(repairs, BETWEEN.join(raw), _text(blocks)) if repairs else ()
    return _Cleaned(blocks, repairs, 0, corrected.title if corrected else "")


def _marked(corrected: Corrected, language: str) -> list[Block]:
    """Corrected blocks of a format with furniture and sections marked; what rows name is no furniture."""
    own = {index for index in corrected.named if corrected.blocks[index].part not in ASIDE}
    return corrected.over(mark_sections(list(corrected.blocks), language, own))


def _repaired(
    texts: Sequence[str], changes: StudyChanges, document: str
) -> tuple[list[str], tuple[Repair, ...]]:
    """Texts with the study's repairs made, and the repairs, placed in these texts with BETWEEN between."""
    repaired, repairs, begin = [], [], 0
    for text, replacements in zip(texts, changes.replacements_in(texts, document), strict=True):
        pieces, done, place = [], 0, begin
        for start, end, after in replacements:
            pieces += [text[done:start], after]
            place += start - done
            blanks = len(after) - len(after.lstrip())
            repairs.append(Repair("repairs.csv", place + blanks, -1, text[start:end], after.strip()))
            place += len(after)
            done = end
        repaired.append("".join([*pieces, text[done:]]))
        begin += len(repaired[-1]) + len(BETWEEN)
    return repaired, tuple(repairs)


def _text(pieces: Sequence[Piece | Block]) -> str:
    return BETWEEN.join([piece.text for piece in pieces])


def _language(source: Source) -> str:
    """The language that a document's metadata name, as a tag; empty where they name none."""
    named = source.variables.get("language", "").strip().replace("_", "-")
    if named and not _LANGUAGE.fullmatch(named):
        raise CorpusError(
            f"document {source.id!r}: language is {named!r}; write a tag such as en, fa or pt-BR"
        )
    primary, hyphen, region = named.partition("-")
    return primary.lower() + hyphen + region


def _paragraphs(blocks: list[Block]) -> tuple[Paragraph, ...]:
    if not blocks:
        return ()
    texts, parts, _, reasons, *from_format = zip(*blocks, strict=True)
    lengths = list(map(len, texts))
    starts = accumulate(lengths, lambda start, length: start + length + len(BETWEEN), initial=0)
    places, paths = list(starts), heading_paths(blocks)
    columns = zip(places, map(add, places, lengths), parts, paths, reasons, *from_format, strict=False)
    return tuple(map(Paragraph._make, columns))


def _title(blocks: list[Block]) -> str:
    titles = [block.text for block in blocks if block.part == "title"]
    first = next((block for block in blocks if block.part != "boilerplate"), None)
    headings = [first.text] if first and first.part == "heading" and first.level == 1 else []
    return next(iter(titles + headings), "")
