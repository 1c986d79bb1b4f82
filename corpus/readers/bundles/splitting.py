"""From a bundle to its documents: cut by the user's regex, or by the marks of a press database.

The pages that a database adds (a cover, a table of contents) are reported as Skipped, with their words.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.document import Source
from rubricate.corpus.errors import CorpusError, FileError, shown
from rubricate.corpus.readers.bundles.articles import Article, is_furniture, is_of_download, join_lines
from rubricate.corpus.readers.bundles.factiva import factiva_articles
from rubricate.corpus.readers.bundles.nexis import nexis_articles
from rubricate.corpus.readers.raw import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.corpus.document import Block
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

WHOLE = "none"
"""The value of --split by which every file is one document, whatever marks it has."""

AS_TEXT = frozenset({".txt", ".md", ".markdown"})
"""Extensions of formats whose readers cut their text themselves, so that the regex sees it as written."""

_MOST_CHARACTERS = 2000
_MEMORY = 8 << 20  # bytes that RE2 may use for a pattern
_FEWEST_DIGITS = 3
_LONGEST_EXCERPT = 1000  # characters
_NO_START = ("boilerplate", "footnote")  # parts of which none begins a document: a header is on every page
_HEADLINE = "the headline of the article"
_FURNITURE = "what the database prints on every page"
_EMPTY = "document {} of this bundle holds no text"


def check_split(split: str) -> None:
    """Raise CorpusError if the value of --split is neither empty, ``none`` nor a regex of RE2."""
    if split not in ("", WHOLE):
        _regex(split)


def split_bundle(
    text: str, raw: RawFile, encoding: str, options: ReadOptions
) -> list[Source | Skipped] | None:
    """The documents of a plain text that is a bundle, each as text; None if it is none.

    ``options.split`` is a regex that the first line of every document matches; empty: only downloads of
    Nexis and Factiva are recognised; ``none``: nothing is cut. FileError if no line matches.

    Documents are called ``file-001`` and so on; what stands before the first is ``file-000``. A bundle of one
    keeps the file's id. Of what a database says in header and footer, known fields become variables;
    the headline is the first paragraph of the text, and everything else stays there as it is.
    """
    lines = text.split("\n")
    cut = _cut(lines, range(len(lines)), raw.file, options.split)
    if cut is None:
        return None
    outside = _outside(lines, cut, range(1, len(lines) + 1), "line")
    found: list[Source | Skipped] = [Skipped(raw.file, reason) for reason in outside]
    for name, article in _named(raw.id, cut):
        content = _text(lines, article)
        if content.strip():
            variables = dict(article.variables)
            found.append(Source(name, raw.file, raw.sha256, encoding, text=content, variables=variables))
        else:
            found.append(Skipped(raw.file, _EMPTY.format(name), name))
    return found


def split_text(text: str, raw: RawFile, options: ReadOptions) -> list[tuple[str, str]]:
    """The id and the text of each document that the regex of the user cuts; all in one where there is none.

    For formats that are parsed only after they are cut. FileError if no line matches.
    """
    if options.split in ("", WHOLE):
        return [(raw.id, text)]
    lines = text.split("\n")
    cut = _by_regex(lines, range(len(lines)), raw.file, options.split)
    return [(name, _text(lines, article)) for name, article in _named(raw.id, cut)]


def split_sources(
    items: Iterable[Source | Skipped], raw: RawFile, options: ReadOptions
) -> Iterator[Source | Skipped]:
    """Pass on what a reader made of a file, a document in blocks cut where it is a bundle.

    Documents that are not the whole file, such as the rows of a table, are no bundles.
    """
    for item in items:
        whole = isinstance(item, Source) and item.id == raw.id and raw.extension not in AS_TEXT
        parts = split_blocks(item, options) if isinstance(item, Source) and whole else None
        yield from [item] if parts is None else parts


def split_blocks(source: Source, options: ReadOptions) -> list[Source | Skipped] | None:
    """The documents of a source in blocks that is a bundle; None if it is none. Otherwise as split_bundle.

    A block begins a document if its first line matches. The variables of the source go to each; of its
    properties only the language, because title and date are those of the bundle; its warnings to the first.
    """
    if not source.blocks:
        return None
    lines = [line for block in source.blocks for line in (*block.text.split("\n"), "")]
    owners = [index for index, block in enumerate(source.blocks) for _ in range(block.text.count("\n") + 2)]
    firsts = [line for line, owner in enumerate(owners) if not line or owners[line - 1] != owner]
    starts = [line for line in firsts if source.blocks[owners[line]].part not in _NO_START]
    cut = _cut(lines, starts, source.file, options.split)
    if cut is None:
        return None
    outside = _outside(lines, cut, [owner + 1 for owner in owners], "paragraph")
    found: list[Source | Skipped] = [Skipped(source.file, reason) for reason in outside]
    named = _named(source.id, cut)
    for place, (name, article) in enumerate(named):
        blocks = tuple(_blocks(source.blocks, owners, lines, article))
        found.append(
            _document(source, name, blocks, article.variables, first=not place)
            if blocks
            else Skipped(source.file, _EMPTY.format(name), name)
        )
    return found


def _document(
    source: Source, name: str, blocks: tuple[Block, ...], variables: Mapping[str, str], *, first: bool
) -> Source:
    return replace(
        source,
        id=name,
        blocks=blocks,
        variables={**source.variables, **variables},
        properties={key: value for key, value in source.properties.items() if key == "language"},
        warnings=source.warnings if first else (),
    )


class _Cut(NamedTuple):
    """The documents of a bundle, in order, and the number of the first."""

    articles: list[Article]
    number: int = 1


def _cut(lines: Sequence[str], starts: Iterable[int], file: str, split: str) -> _Cut | None:
    if split == WHOLE:
        return None
    if split:
        return _by_regex(lines, starts, file, split)
    articles = nexis_articles(lines) or factiva_articles(lines)
    if not articles:
        return None
    before, behind = Article(0, articles[0].first), Article(articles[-1].last, len(lines))
    first = [before] if _is_text(lines[: before.last]) else []
    last = [behind] if _is_text(lines[behind.first :]) else []
    return _Cut([*first, *articles, *last], 1 - len(first))


def _is_text(lines: Sequence[str]) -> bool:
    """Whether lines outside the articles may be one all the same: they are no page of the database's."""
    return any(map(str.strip, lines)) and not any(map(is_of_download, lines))


def _by_regex(lines: Sequence[str], starts: Iterable[int], file: str, split: str) -> _Cut:
    """Documents that begin where one of the lines ``starts`` matches, and what stands before the first."""
    regex = _regex(split)
    # A page that ends behind a document puts its form feed at the beginning of the next one's first line.
    matches = [index for index in starts if regex.search(lines[index].lstrip("\f").rstrip())]
    if not matches:
        reason = f"--split: no line matches {split!r}; write a regex that each document's first line matches"
        raise FileError(file, reason)
    before = [0] if any(map(str.strip, lines[: matches[0]])) else []
    edges = pairwise([*before, *matches, len(lines)])
    return _Cut([Article(first, last) for first, last in edges], 1 - len(before))


def _named(file: str, cut: _Cut) -> list[tuple[str, Article]]:
    """Each document with its id, which sorts in the order of the file."""
    if len(cut.articles) == 1:
        return [(file, cut.articles[0])]
    digits = max(_FEWEST_DIGITS, len(str(cut.number + len(cut.articles) - 1)))
    return [(f"{file}-{number:0{digits}}", each) for number, each in enumerate(cut.articles, cut.number)]


@cache
def _regex(split: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    if len(split) > _MOST_CHARACTERS:
        raise CorpusError(
            f"--split: a regex of {len(split)} characters; the longest allowed has {_MOST_CHARACTERS}"
        )
    if shown(split) != split:
        raise CorpusError(f"--split: {shown(split)!r} holds a control character or no text; write a regex")
    try:
        regex = re2.compile(split, options)
    except re2.error as error:
        reason = error.args[0]
        told = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        raise CorpusError(f"--split: {split!r} is not a regex: {told}; correct it") from None
    if regex.search(""):
        raise CorpusError(f"--split: {split!r} matches an empty line too; write what only a first line has")
    return regex


def _text(lines: Sequence[str], article: Article) -> str:
    """The text of an article: its headline, then all that was not read into variables or a mark."""
    if not article.instead:
        return "\n".join(lines[article.first : article.last])
    left = [article.variables.get("title", ""), ""]
    for index in range(article.first, article.last):
        line = article.instead.get(index, lines[index])
        if line.strip() or left[-1]:  # what was taken out leaves one blank line, not many
            left.append(line)
    return "\n".join(left).strip("\n")


def _blocks(
    blocks: Sequence[Block], owners: Sequence[int], lines: Sequence[str], article: Article
) -> Iterator[Block]:
    """The same of an article in blocks; a block keeps those of its lines that are left."""
    if title := article.variables.get("title", ""):
        yield blocks[owners[article.first]]._replace(text=title, part="title", level=0, reason=_HEADLINE)
    for owner, inside in groupby(range(article.first, article.last), owners.__getitem__):
        text = "\n".join(article.instead.get(line, lines[line]) for line in inside).strip("\n")
        if not text.strip():
            continue
        block = blocks[owner]
        if article.variables and is_furniture(text):
            block = block._replace(part="boilerplate", level=0, reason=_FURNITURE)
        yield block._replace(text=text)


def _outside(lines: Sequence[str], cut: _Cut, numbers: Sequence[int], unit: str) -> Iterator[str]:
    """What belongs to no article, with the numbers of its lines or paragraphs: a reason for each stretch."""
    edges = [0, *(edge for each in cut.articles for edge in (each.first, each.last)), len(lines)]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if words := join_lines(lines[first:last]):
            where = f"{unit}s {numbers[first]} to {numbers[last - 1]}"
            yield f"{where} are no article but come with the download: “{_excerpt(words)}”"


def _excerpt(words: str) -> str:
    more = len(words) - _LONGEST_EXCERPT
    return words if more <= 0 else f"{words[:_LONGEST_EXCERPT]}… (and {more} more characters)"
