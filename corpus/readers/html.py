"""Web pages: one file, one document, as the reader of the page sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.html_article import keep_article
from rubricate.corpus.readers.html_blocks import walk_blocks
from rubricate.corpus.readers.html_notes import place_notes
from rubricate.corpus.readers.html_page import decode_page, parse_page
from rubricate.corpus.readers.html_properties import page_properties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rubricate.corpus.document import Block
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_HIDDEN = 50  # words from which on it is said that the page hides some


def read_html(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the page as one document in blocks; FileError if it shows no text.

    With ``options.main_content`` what does not belong to its article becomes boilerplate.
    """
    text, encoding, warnings = decode_page(raw, options.encoding)
    root = parse_page(text, raw.file, xhtml=raw.extension == ".xhtml")
    blocks, hidden = _blocks(root) if root is not None else ([], 0)
    if not blocks:
        raise FileError(raw.file, "holds no text")
    warnings += _doubts(text, hidden)
    if options.main_content:
        blocks, doubts = keep_article(blocks, text)
        warnings += doubts
    properties = page_properties(root)
    yield Source(
        raw.id,
        raw.file,
        raw.sha256,
        encoding,
        blocks=tuple(blocks),
        properties=properties,
        warnings=warnings,
    )


def _blocks(root: Any) -> tuple[list[Block], int]:
    """The blocks of a page, and how many words it hides; a form around most of its text is no form."""
    walked = walk_blocks(root, _place)
    blocks = place_notes(walked.pieces, walked.aliases)
    in_forms = sum(len(block.text) for block in blocks if block.reason == "a form of the page")
    if 2 * in_forms > sum(len(block.text) for block in blocks):
        walked = walk_blocks(root, _place, forms=False)
        blocks = place_notes(walked.pieces, walked.aliases)
    return blocks, walked.hidden


def _place(address: str) -> str:
    """The place in the page to which a link leads; empty if it leads elsewhere."""
    return address if address.startswith("#") else ""


def _doubts(text: str, hidden: int) -> tuple[str, ...]:
    warnings = []
    if hidden >= _HIDDEN:
        warnings.append(
            f"hides {hidden} words, which were left out; if they belong to it, save it as plain text"
        )
    lower = text[-100_000:].lower()
    if "<html" in text[:4096].lower() and "</html" not in lower and "</body" not in lower:
        warnings.append("may be cut off: its end (</html>) is missing; compare it with the page")
    return tuple(warnings)
