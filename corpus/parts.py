"""What each paragraph of a plain text is: body, heading, list item, caption, reference, …"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rubricate.corpus.document import Block
from rubricate.corpus.words.folding import fold

_FOLDER = files("rubricate.corpus") / "headings"
_EVERYWHERE = "en"  # English headings occur in documents of any language

_NUMBER = re.compile(r"(?:(?P<depth>\d{1,2}(?:\.\d{1,2})*)|[ivxlc]{1,6}|[a-z])\s*[-.):–—]\s*", re.IGNORECASE)
_LIST_ITEM = re.compile(r"(?:[-*•‣◦▪●·–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|table|chart|graph|map|box|diagram|photo|image|نمودار|جدول|شکل)\b\.?\s*(?:\d+|[ivx]+)?\s*[-.:–—]",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S|\[\d{1,3}\]\s+\S")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".!?…:؟。！？")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset(",;،؛")
_CLOSERS = "'\"”’»)]"
_HEADING_CHARACTERS = 110
_HEADING_WORDS = 14
_NAME_CHARACTERS = 36  # no heading that is known by its name is longer
_TITLE_WORDS = 30
_TITLE_CHARACTERS = 300
_PROSE_WORDS = 12
_REFERENCE_CHARACTERS = 600

_REFERENCE_YEAR = re.compile(
    r"\((?:\d{4}[a-z]?|n\.d\.|[۰-۹]{4})\b[^)]{0,24}\)"
)  # (2014), (2014, March 3), (n.d.)
_REFERENCE_ADDRESS = re.compile(r"https?://\S|www\.\S|\bdoi\b|\bISBN\b")
_ADDRESSES = ("://", "www.", "doi:", "doi.org", "ISBN")  # looked for first: far faster than the pattern
_REFERENCE_SIGNS = (
    _REFERENCE_YEAR,
    _REFERENCE_ADDRESS,
    # Katz, M.N.
    re.compile(r"^\W{0,4}(?:\d{1,3}[.)\]]\s*)?[^\W\d_][\w’'-]+(?:\s[\w’'-]+){0,3},\s(?:[^\W\d_]\.[\s,-]*)+"),
    # 12(4), Vol. XIX, No. 3
    re.compile(r"\b\d{1,3}\s?\(\d{1,3}(?:[-–]\d{1,3})?\)|\bVol(?:ume)?\.?\s?\w{1,6}\b|\bNo\.\s?\(?\d"),
    # pp. 54-64
    re.compile(r"\bpp?\.\s?\d|\b\d{1,4}\s?[-–]\s?\d{1,4}\.?(?:\s|$)"),
    re.compile(
        r"\[In [A-Z]\w+\]|\b(?:Quarterly|Journal of|Review of|University Press|Publications|Publishing)\b"
    ),
    re.compile(r"\b(?:Retrieved|Accessed|Available at|et al\.)"),
)


@dataclass(frozen=True, slots=True)
class _Names:
    references: frozenset[str]
    abstract: frozenset[str]
    other: frozenset[str]


def is_known_heading(text: str, language: str) -> bool:
    """Whether a line is a heading by its name alone ("References", "2- Method", "نتیجه‌گیری")."""
    return bool(_named(text, language))


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, quotes and brackets behind the full stop allowed."""
    return text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS


def starts_list_item(text: str) -> bool:
    """Whether a line begins with a bullet, or with a number or letter as in a list."""
    return _LIST_ITEM.match(text) is not None


def is_reference(text: str) -> bool:
    """Whether a paragraph looks like an item of a bibliography: two of its signs or more."""
    if len(text) > _REFERENCE_CHARACTERS:
        return False
    return sum(sign.search(text) is not None for sign in _REFERENCE_SIGNS) >= 2


def assign_parts(paragraphs: list[str], language: str) -> list[Block]:
    """The paragraphs of a plain text with their parts, and levels of headings."""
    blocks = [Block(text, *_part(index, text, paragraphs, language)) for index, text in enumerate(paragraphs)]
    return mark_references(blocks, language)


def mark_references(blocks: list[Block], language: str) -> list[Block]:
    """The blocks with those of reference lists marked: under a heading that says so, or three in a row.

    A list ends at the next heading that is known for something else, and before two paragraphs of prose.
    """
    marked = list(blocks)
    inside = False
    for index, block in enumerate(blocks):
        name = _named(block.text, language) if block.part in ("heading", "title") else ""
        if name:
            inside = name == "references"
        elif inside and _ends_references(blocks, index):
            inside = False
        elif inside or _in_a_row(blocks, index):
            marked[index] = Block(block.text, "references", block.level)
    return marked


def heading_paths(blocks: list[Block]) -> list[str]:
    """For each block the headings above it, outermost first, joined by " > "."""
    path: list[tuple[int, str]] = []
    paths = []
    for block in blocks:
        if block.part == "heading":
            level = block.level or 1
            path = [(depth, text) for depth, text in path if depth < level]
            paths.append(" > ".join(text for _, text in path))
            path.append((level, block.text))
        else:
            paths.append(" > ".join(text for _, text in path))
    return paths


def _part(index: int, text: str, paragraphs: list[str], language: str) -> tuple[str, int]:
    """Part and heading level of one paragraph, seen by itself and with the one behind it."""
    if not any(map(str.isalnum, text)) or _PAGE_NUMBER.fullmatch(text):
        return "boilerplate", 0
    if _CAPTION.match(text):
        return "caption", 0
    if is_known_heading(text, language):
        return "heading", _level(text)
    if _FOOTNOTE.match(text):
        return "footnote", 0
    item = "list" if starts_list_item(text) else "body"
    if len(text) > _TITLE_CHARACTERS:
        return item, 0
    words = text.split()
    ended = text.rstrip(_CLOSERS)[-1:] in _CLAUSE_ENDS
    if index == 0 and len(paragraphs) > 1 and len(words) <= _TITLE_WORDS and not ended:
        return "title", 0
    if (
        not ended
        and len(words) <= _HEADING_WORDS
        and _looks_like_heading(text, words, paragraphs[index + 1 :])
    ):
        return "heading", _level(text)
    return item, 0


def _looks_like_heading(text: str, words: list[str], following: list[str]) -> bool:
    """Whether a short paragraph without a full stop is set like a heading, with prose below it."""
    if len(text) > _HEADING_CHARACTERS or not following or len(following[0].split()) < _PROSE_WORDS:
        return False
    letters = [character for character in text if character.isalpha()]
    if text.isupper() and len(letters) > 3:
        return True
    number = _NUMBER.match(text)
    if number and number["depth"]:
        return text[number.end() :][:1].isupper()
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long_words)
    return len(long_words) > 1 and capitals >= 0.75 * len(long_words)


def _level(text: str) -> int:
    number = _NUMBER.match(text)
    return number["depth"].count(".") + 1 if number and number["depth"] else 1


def _named(text: str, language: str) -> str:
    """What a heading is known for: ``references``, ``abstract``, ``other``, or nothing."""
    if len(text) > _NAME_CHARACTERS or text[-1] in ",;" or (text[0].islower() and text[-1] == "."):
        return ""
    plain = fold(_NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text).strip(" .:*#-")
    whole = fold(text).strip(" .:*#-")
    for names in (_names(_EVERYWHERE), _names(language.partition("-")[0])):
        for kind in ("references", "abstract", "other"):
            if plain in getattr(names, kind) or whole in getattr(names, kind):
                return kind
    return ""


@cache
def _names(language: str) -> _Names:
    file = _FOLDER / f"{language}.toml"
    data = tomllib.loads(file.read_text("utf-8")) if language and file.is_file() else {}
    return _Names(*(frozenset(map(fold, data.get(kind, ()))) for kind in _Names.__slots__))


def _is_prose(block: Block) -> bool:
    return block.part == "body" and len(block.text.split()) >= _PROSE_WORDS and not is_reference(block.text)


def _ends_references(blocks: list[Block], index: int) -> bool:
    """Whether a list of references is over: at a heading, unless more of them follow (then it was a
    running header), and at prose followed by prose.
    """
    if blocks[index].part == "heading":
        return not any(is_reference(block.text) for block in blocks[index + 1 : index + 3])
    return all(map(_is_prose, blocks[index : index + 2]))


def _in_a_row(blocks: list[Block], index: int) -> bool:
    """Whether a block with a year or address is one of three references in a row."""
    text = blocks[index].text
    if not _REFERENCE_YEAR.search(text) and not any(address in text for address in _ADDRESSES):
        return False
    near = [is_reference(block.text) for block in blocks[max(index - 2, 0) : index + 3]]
    return any(near[place : place + 3] == [True] * 3 for place in range(len(near) - 2))
