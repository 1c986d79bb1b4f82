"""What an appendix says of each code: headings, paragraphs and lists, for Markdown and Word alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rubricate.codebooks.yaml_writing import entry_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.codebook import Code, Codebook, Entry, Example


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` from 1), a paragraph (``level`` 0), or an item of a list (``level`` -1).

    ``lead`` stands in bold before the text; ``code`` in the type of computer code behind it.
    """

    text: str
    level: int = 0
    lead: str = ""
    code: str = ""


def blocks_of(book: Codebook) -> Iterator[Block]:
    """The whole codebook, code by code in its order."""
    yield Block(book.name or "Codebook", 1)
    about = [f"Version {book.version}." if book.version else "", f"Language: {book.language}."]
    codes, entries = len(book.codes), len(book.entries)
    about += [
        f"{codes} {'code' if codes == 1 else 'codes'}, {entries} {'entry' if entries == 1 else 'entries'}."
    ]
    about += ["A hyphen between letters joins a word."] if book.hyphens == "keep" else []
    yield Block(" ".join(filter(None, about)))
    levels = {"": 1}
    labels = {code.id: code.label for code in book.codes}
    for code in book.codes:
        levels[code.id] = levels[code.parent] + 1
        yield Block(code.label, levels[code.id], code=code.id)
        yield from _about(code, labels)
        yield from _entries(code, book)


def _about(code: Code, labels: dict[str, str]) -> Iterator[Block]:
    if code.definition:
        yield Block(code.definition)
    yield from _listed("When to use", code.when_to_use)
    yield from _listed("When not to use", code.when_not_to_use)
    yield from _listed("See also", [f"{labels.get(other, other)}: {why}" for other, why in code.see.items()])
    yield from _listed("Examples", [_example(found) for found in code.examples if found.applies])
    misses = [_example(found) for found in code.examples if not found.applies]
    yield from _listed("Near misses, not coded", misses)
    if code.coded_by != "rules":
        yield Block({"hand": "by hand", "both": "by rules and by hand"}[code.coded_by] + ".", lead="Coded")
    if code.exclusive:
        yield Block("exclude each other in a paragraph.", lead="The codes below")
    if code.negated == "drop":
        yield Block("are not counted.", lead="Negated hits")
    if code.memo:
        yield Block(code.memo, lead="Memo")
    yield from _listed("Literature", code.literature)


def _listed(lead: str, items: Sequence[str]) -> Iterator[Block]:
    if items:
        yield Block("", lead=lead)
        yield from (Block(item, -1) for item in items)


def _example(example: Example) -> str:
    return f"{example.text} ({example.origin})" if example.origin else example.text


def _entries(code: Code, book: Codebook) -> Iterator[Block]:
    for language, entries in groupby(code.entries, key=lambda entry: entry.language):
        yield Block("", lead="Entries" if language == book.language else f"Entries ({language})")
        for entry in entries:
            yield Block(remarks(entry), -1, code=entry_text(entry))


def remarks(entry: Entry) -> str:
    """What an entry has beside its text: its scope unless it is the sentence, where it does not count, notes.

    >>> from rubricate.codebooks import parse_codebook
    >>> book = parse_codebook("codes: {war: {terms: [{term: war, not_inside: [trade war], note: often}]}}")
    >>> remarks(book.entries[0])
    'not inside: trade war; often'
    """
    scoped = entry.within != "sentence" and (entry.kind == "rule" or entry.unless)
    within = f"within: {entry.within}" if scoped else ""
    apart = f"not inside: {', '.join(entry.not_inside)}" if entry.not_inside else ""
    unless = [f"unless: {rule}" for rule in entry.unless]
    only_in = [f"only in: {condition}" for condition in entry.only_in]
    return "; ".join(filter(None, (within, apart, *unless, *only_in, entry.note)))
