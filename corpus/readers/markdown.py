"""Markdown: one file, one document, with its headings, lists, tables and footnotes marked."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.bundles.splitting import split_text
from rubricate.corpus.readers.dates import DATE, is_date, refuse_dates
from rubricate.corpus.readers.encoding import CONTROL, decode_text
from rubricate.corpus.readers.raw import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"(\w[\w .-]{0,39}):(?:[ \t]+(.*))?$")
_CONTINUED = re.compile(r"\s+\S|- |-$")
_LINK_TARGET = re.compile(
    r"\[[^\]]*\]:\s*(?:[<#/]|\.\.?/|[a-z][a-z+.-]*://|mailto:|[\w./%-]+\.(?:html?|md|pdf|png|jpe?g|gif|svg)\b)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
# What is never closed is matched to its end, so that its end is not looked for again and again.
_INVISIBLE = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|(?P<unclosed>(?:<!--|<(?:script|style)\b).*)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""</?([a-z][a-z0-9-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_INLINE_TAG = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub"
    "|sup|time|tt|u|var|wbr"
)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_DEEP = re.compile(
    r"^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){100}", re.MULTILINE
)
"""Lists and quotations that begin in the same line, a hundred in one another: each level costs the parser a
walk through all that is in it."""


def read_markdown(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield the file as one document in blocks, or those of a bundle; FileError if no text is left.

    Emphasis, links and code lose their marks and keep their words; raw HTML loses its tags and comments.
    Simple ``key: value`` lines of a front matter become variables; DateError if its ``date`` is none.
    """
    text, encoding = decode_text(raw, options.encoding)
    variables, content = split_front_matter(text)
    if not is_date(variables.get(DATE, "")):
        refuse_dates(raw.file, [(_line_of(DATE, text), variables[DATE])])
    documents = [(name, _parsed(part, raw.file)) for name, part in split_text(content, raw, options)]
    if not any(blocks for _, blocks in documents):
        raise FileError(raw.file, "holds no text")
    for name, blocks in documents:
        if blocks:
            yield Source(name, raw.file, raw.sha256, encoding, blocks=blocks, variables=variables)
        else:
            yield Skipped(raw.file, f"document {name} of this bundle holds no text", name)


def _parsed(text: str, file: str) -> tuple[Block, ...]:
    too_deep = FileError(file, "its lists or quotations are nested too deeply to be read")
    if _DEEP.search(text):
        raise too_deep
    try:
        return parse_blocks(CONTROL.sub("", text))
    except RecursionError:
        raise too_deep from None


def _line_of(name: str, text: str) -> int:
    """The line, from 1, in which a front matter has a key."""
    keys = map(_KEY.match, text.split("\n"))
    return next(line for line, key in enumerate(keys, start=1) if key and key[1].strip() == name)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the variables of the front matter and the text after it.

    A rule (``---``) can open a document too, so that prose stands between it and the next one. Only
    lines of the shape of keys, lists, comments and continuations make a front matter: a key first, and no
    key twice.

    >>> split_front_matter("---\\ntitle: 'On war'\\nyear: 1832\\n---\\nWar is …")
    ({'title': 'On war', 'year': '1832'}, 'War is …')
    """
    found = _FRONT_MATTER.match(text)
    lines = [line for line in found[1].split("\n") if line.strip()] if found else []
    if not found or not lines or not _KEY.match(lines[0]):
        return {}, text
    names = [key[1].strip() for line in lines if (key := _KEY.match(line))]
    shaped = all(_KEY.match(line) or _CONTINUED.match(line) or line.startswith("#") for line in lines)
    if not shaped or len(set(names)) < len(names):
        return {}, text
    return _variables(lines), text[found.end() :]


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Cut Markdown (CommonMark and tables) into blocks without markup, in the order of the file.

    One block per paragraph, heading, table cell, code block and footnote; a list item's own text and
    the items below it are different blocks. A soft line break is a space, a hard one a line break.
    """
    footnotes = frozenset(_FOOTNOTE.findall(text))
    if footnotes:  # a footnote begins a paragraph of its own even where no blank line says so
        text = _FOOTNOTE.sub(r"\n\g<0>", text)
    blocks = _walk(_tokens(text), text.split("\n"))
    blocks = (_mark_footnote(block, footnotes) for block in blocks) if footnotes else blocks
    return tuple(block for block in blocks if block.text.strip())


def _variables(lines: Iterable[str]) -> dict[str, str]:
    """Take the values as they stand; the lines of a longer one joined, a list by semicolons."""
    values: dict[str, str] = {}
    for line in lines:
        if key := _KEY.match(line):
            name = key[1].strip()
            values[name] = (key[2] or "").strip()
        elif not line.startswith("#"):
            begun = "" if values[name] in ("|", ">", "|-", ">-") else values[name]
            between = "; " if begun and line.strip().startswith("- ") else " "
            values[name] = f"{begun}{between}{line.strip().removeprefix('- ')}".strip()
    return {name: _unquoted(value) for name, value in values.items()}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    # Beyond maxNesting the parser drops text without a word; we would rather run out of stack and say so.
    parser = MarkdownIt("commonmark", {"maxNesting": 1_000_000}).enable("table")
    parser.block.ruler.at("reference", _link_definition)
    return parser.parse(text)


def _link_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a line for the target of a link, which is not shown, only if it looks like an address.

    To CommonMark ``[Moderator]: Thanks.`` and ``[^1]: Ibid.`` are such targets too, and would be lost.
    """
    from markdown_it.rules_block import reference

    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if line.startswith("[^") or not _LINK_TARGET.match(line):
        return False
    return reference(state, start, end, silent)


def _walk(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[Block]:
    """Turn the parser's flat list of opening, closing and filled tokens into blocks."""
    around: list[Token] = []
    cells, number = 0, ""
    for token in tokens:
        if token.nesting == 1:
            around.append(token)
            cells = 0 if token.type == "tr_open" else cells + (token.type in ("th_open", "td_open"))
            number = f"{token.info}{token.markup} " if token.type == "list_item_open" else number
        elif token.nesting == -1:
            opened = around.pop()
            if token.type == "tr_close" and opened.map:
                yield from (Block(cell, "table") for cell in _cells(lines[opened.map[0]])[cells:])
            elif token.type == "list_item_close" and number:  # an item that was nothing but its number
                yield Block(number.strip() if opened.info else "", "list")
                number = ""
        else:
            # ``1986. What a season`` is prose to everyone but the parser; other numbers are only marks.
            year = number if len(number) > len("999. ") else ""
            yield from _filled(token, around, year)
            number = ""


def _filled(token: Token, around: Sequence[Token], year: str) -> Iterator[Block]:
    part = "list" if any(outer.type == "list_item_open" for outer in around) else "body"
    if token.type == "inline":
        block = _inline_block(token, around[-1], part)
        yield Block(year + block.text, block.part, block.level)
    elif token.type == "html_block":
        yield from (Block(piece, part) for piece in _without_tags(token.content))
    else:
        yield Block(year + token.content.strip("\n"), part)


def _inline_block(token: Token, parent: Token, part: str) -> Block:
    children = token.children or []
    text = _visible(children).strip()
    if parent.type == "heading_open":
        return Block(text, "heading", int(parent.tag[1]))
    if parent.type in ("th_open", "td_open"):
        return Block(text, "table")
    kinds = {child.type for child in children if child.content.strip() or child.type == "image"}
    return Block(text, "caption" if kinds == {"image"} else part)


def _visible(children: Iterable[Token]) -> str:
    pieces = []
    for child in children:
        if child.type == "image":
            pieces.append(_visible(child.children or []))
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
            pieces.append("\n")
        elif child.type != "html_inline":
            pieces.append(child.content)
    return "".join(pieces)


def _without_tags(source: str) -> list[str]:
    """Return the text of raw HTML, cut where a tag ends a paragraph."""
    text = _INVISIBLE.sub(lambda found: found["unclosed"] or "", source)
    text = _TAG.sub(_tag_as_space, text)
    pieces = (html.unescape(piece).strip() for piece in text.split("\x1d"))
    return [piece for piece in pieces if piece]


def _tag_as_space(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name == "br":
        return "\n"
    return "" if _INLINE_TAG.fullmatch(name) else "\x1d"  # a control character that separates groups


def _mark_footnote(block: Block, labels: frozenset[str]) -> Block:
    """Name a footnote what it is, and take the marks that point to footnotes out of the text."""
    note = _NOTE.match(block.text)
    if note and note[1] not in labels:
        note = None
    text = block.text[note.end() :] if note else block.text
    text = _NOTE_MARK.sub(lambda mark: "" if mark[1] in labels else mark[0], text)
    return Block(text.strip(), "footnote" if note else block.part, block.level)


def _cells(line: str) -> list[str]:
    """Return the cells of a table row as written; the parser drops those beyond the last column."""
    cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)]
    before = re.fullmatch(r"[\s>*+-]*(?:\d+[.)])?", cells[0])  # nothing, or the marks of a list or quotation
    return cells[1:] if before else cells
