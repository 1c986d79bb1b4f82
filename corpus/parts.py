"""What each paragraph of a plain text is: body, heading, list item, caption, reference, …"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rubricate.corpus.document import Block
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language

LONGEST_NAME = 36
"""No heading that is known by its name has more characters."""

_FOLDER = files("rubricate.corpus") / "headings"
_EVERYWHERE = "en"  # English headings occur in documents of any language

_NUMBER = re.compile(  # "2- ", "2.1 ", "IV. ", "b) "; with nothing but a space behind it "2 ", "IV "
    r"(?P<depth>\d{1,2}(?:\.\d{1,2})*)(?:\s*[-.):–—]\s*|\s+)"
    r"|(?:[ivxlcIVXLC]{1,6}|[a-zA-Z])\s*[-.):–—]\s*|[IVX]{1,5}\s+"
)
_LIST_ITEM = re.compile(  # not "p. 9" nor "(II) and"
    r"(?:[-*•‣◦▪●·–—]\s+\S|\(?(?:\d{1,3}|[ivx]{1,5})[.)]\s+\S|\(?[a-zA-Z][.)]\s+[^\W\d_]|\([IVX]{1,5}\)\s+[^\Wa-z])"
)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|table|chart|graph|map|box|diagram|photo|image|نمودار|جدول|شکل)\b\.?\s*(?:\d+|[ivx]+)?\s*[-.:–—]",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"\w+$")
_FOOTNOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S|\[\d{1,3}\]\s+\S")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".!?…:؟。！？")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset(",;،؛")
_CLOSERS = "'\"”’»)]"
_HEADING_CHARACTERS = 110
_HEADING_WORDS = 14
_SENTENCE_CASE_WORDS = 10  # a longer heading shows itself by capitals
_TITLE_WORDS = 30
_TITLE_CHARACTERS = 300
_NUMBER_CHARACTERS = 6  # the longest number before a list item: xviii.
_PROSE_WORDS = 12
_LONGEST_UNFINISHED = 16
_REFERENCE_CHARACTERS = 600

_REFERENCE_YEAR = re.compile(
    r"\((?:\d{4}[a-z]?|n\.d\.|[۰-۹]{4})\b[^)]{0,24}\)"
)  # (2014), (2014, March 3), (n.d.)
_YEAR_SENTENCE = re.compile(r"\.\s(?:1[5-9]|20)\d\d[a-z]?\.")  # Katz, Mark N. 2012.
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|1[34]|۱[۳۴])\d\d(?!\d)")  # ours or the Persian one
_REFERENCE_ADDRESS = re.compile(r"https?://\S|www\.\S|\bdoi\b|\bISBN\b")
_ADDRESSES = ("://", "www.")  # looked for first: far faster than the pattern
_REFERENCE_SIGNS = (
    _REFERENCE_YEAR,
    _YEAR_SENTENCE,
    _REFERENCE_ADDRESS,
    # Katz, M.N. / Katz, Mark N. 2012.
    re.compile(
        r"^\W{0,4}(?:\d{1,3}[.)\]]\s*)?[^\W\d_][\w’'-]+(?:\s[\w’'-]+){0,3},\s(?:[^\W\d_]\.[\s,-]*)+"
        r"|^\W{0,4}[^\W\d_][\w’'-]+[,،]\s[^(\n]{2,100}?(?:\.\s(?:1[5-9]|20)\d\d[a-z]?\.|\s?\([۰-۹]{4}\))"
    ),
    # 12(4), Vol. XIX, No. 3
    re.compile(r"\b\d{1,3}\s?\(\d{1,3}(?:[-–]\d{1,3})?\)|\bVol(?:ume)?\.?\s?\w{1,6}\b|\bNo\.\s?\(?\d"),
    # pp. 54-64
    re.compile(r"\bpp?\.\s?\d|\b\d{1,4}\s?[-–]\s?\d{1,4}\.?(?:\s|$)"),
    re.compile(
        r"\[In [A-Z]\w+\]|\b(?:Quarterly|Journal of|Review of|University Press|Publications|Publishing)\b"
        r"|\b(?:فصلنامه|مجله|انتشارات|نشر|چاپ|ترجمه|شماره|صص)\b"
    ),
    re.compile(r"\b(?:Retrieved|Accessed|Available at|et al\.)"),
)


@dataclass(frozen=True, slots=True)
class _Names:
    references: frozenset[str]
    abstract: frozenset[str]
    other: frozenset[str]
    salutations: tuple[str, ...]


def is_known_heading(text: str, language: str) -> bool:
    """Whether a line is a heading by its name alone ("References", "2- Method", "نتیجه‌گیری")."""
    return bool(_named(text, language))


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, quotes and brackets behind the full stop allowed."""
    return text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS


def ends_clause(text: str) -> bool:
    """Whether a line ends with a mark of punctuation that closes something."""
    return text.rstrip(_CLOSERS)[-1:] in _CLAUSE_ENDS


def is_unfinished(text: str, language: str) -> bool:
    """Whether a line ends with a word that something must follow ("on behalf of the")."""
    if not text[-1].isalpha():
        return False
    found = _LAST_WORD.search(text, max(len(text) - _LONGEST_UNFINISHED - 1, 0))
    return found is not None and found[0] in known_language(language).unfinished


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
    blocks: list[Block] = []
    for text, following in zip(paragraphs, [*paragraphs[1:], ""], strict=False):
        blocks.append(Block(text, *_part(text, blocks[-1] if blocks else None, following, language)))
    return mark_references(blocks, language)


def mark_references(blocks: list[Block], language: str) -> list[Block]:
    """The blocks with those of reference lists marked: under a heading that says so, or three in a row.

    A list ends at the next heading that is known for something else, and before two paragraphs of prose.
    """
    marked = list(blocks)
    inside = False
    dated = _with_year_or_address(blocks)
    for index, block in enumerate(blocks):
        name = _named(block.text, language) if block.part in ("heading", "title") else ""
        if name:
            inside = name == "references"
        elif inside and _ends_references(blocks, index):
            inside = False
        elif inside or (index in dated and _in_a_row(blocks, index)):
            marked[index] = Block(block.text, "references", block.level)
    return marked


def heading_paths(blocks: list[Block]) -> list[str]:
    """For each block the headings above it, outermost first, joined by " > "."""
    if not any(block.part == "heading" for block in blocks):
        return [""] * len(blocks)
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


def _part(text: str, before: Block | None, following: str, language: str) -> tuple[str, int]:
    """Part and heading level of one paragraph, seen with the ones before and behind it."""
    start = text[:_NUMBER_CHARACTERS]
    sentence = start[0].isalpha() and "." not in start and ")" not in start  # as most paragraphs begin
    if (not sentence and not any(map(str.isalnum, text))) or _PAGE_NUMBER.fullmatch(text):
        return "boilerplate", 0
    if _CAPTION.match(text):
        return "caption", 0
    if is_known_heading(text, language):
        return "heading", _level(text)
    if not sentence and _FOOTNOTE.match(text):
        return "footnote", 0
    item = "list" if not sentence and starts_list_item(text) else "body"
    if len(text) > _TITLE_CHARACTERS or not _stands_above(text, following, language):
        return item, 0
    words = text.split()
    if before is None and len(words) <= _TITLE_WORDS and item == "body":
        return "title", 0
    bullet = item == "list" and not text[0].isalnum()
    if bullet or len(words) > _HEADING_WORDS or len(following.split(None, _PROSE_WORDS)) < _PROSE_WORDS:
        return item, 0
    if _is_set_as_heading(text, words) or _stands_as_heading(words, before, following):
        return ("body", 0) if _is_salutation(text, language) else ("heading", _level(text))
    return item, 0


def _stands_above(text: str, following: str, language: str) -> bool:
    """Whether a paragraph can be a title or heading: not a sentence, nor a piece that the next continues."""
    if ends_clause(text) or not following or text[0].islower() or following[0].islower():
        return False
    return not is_unfinished(text, language)


def _is_set_as_heading(text: str, words: list[str]) -> bool:
    """Whether a short paragraph has the capitals or the number of a heading."""
    if len(text) > _HEADING_CHARACTERS:
        return False
    letters = [character for character in text if character.isalpha()]
    if text.isupper() and len(letters) > 3:
        return True
    number = _NUMBER.match(text)
    if number and number["depth"] and ("." in number["depth"] or number[0].strip() != number["depth"]):
        return text[number.end() :][:1].isupper()
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long_words)
    return len(long_words) > 1 and capitals >= 0.75 * len(long_words)


def _stands_as_heading(words: list[str], before: Block | None, following: str) -> bool:
    """Whether a few words stand between a finished paragraph and a new one, as a heading does."""
    return (
        1 < len(words) <= _SENTENCE_CASE_WORDS
        and words[0][0].isupper()
        and following[0].isupper()
        and any(word[-1].islower() for word in words)
        and before is not None
        and (before.part in ("heading", "title") or ends_sentence(before.text))
    )


def _is_salutation(text: str, language: str) -> bool:
    """Whether a line of a speech addresses the audience ("Mr. President")."""
    return fold(text).startswith(_names(language).salutations)


def _level(text: str) -> int:
    number = _NUMBER.match(text)
    return number["depth"].count(".") + 1 if number and number["depth"] else 1


def _named(text: str, language: str) -> str:
    """What a heading is known for: ``references``, ``abstract``, ``other``, or nothing."""
    if len(text) > LONGEST_NAME or text[-1] in ",;" or (text[0].islower() and text[-1] == "."):
        return ""
    plain = fold(_NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text).strip(" .:*#-")
    whole = fold(text).strip(" .:*#-")
    for names in (_names(_EVERYWHERE), _names(language)):
        for kind in ("references", "abstract", "other"):
            if plain in getattr(names, kind) or whole in getattr(names, kind):
                return kind
    return ""


@cache
def _names(language: str) -> _Names:
    name = language.partition("-")[0].lower()
    file = _FOLDER / f"{name}.toml"
    data = tomllib.loads(file.read_text("utf-8")) if name.isalpha() and file.is_file() else {}
    names = {kind: frozenset(map(fold, data.get(kind, ()))) for kind in ("references", "abstract", "other")}
    return _Names(**names, salutations=tuple(map(fold, data.get("salutations", ()))))


def _is_prose(block: Block) -> bool:
    """Whether a paragraph cannot be an item of a bibliography: whole sentences, and no year."""
    return (
        block.part == "body"
        and ends_sentence(block.text)
        and len(block.text.split()) >= _PROSE_WORDS
        and not is_reference(block.text)
        and not _YEAR.search(block.text[:_REFERENCE_CHARACTERS])
    )


def _ends_references(blocks: list[Block], index: int) -> bool:
    """Whether a list of references is over: at a heading, unless more of them follow (then it was a
    running header), and at prose followed by prose.
    """
    if blocks[index].part == "heading":
        return not any(is_reference(block.text) for block in blocks[index + 1 : index + 3])
    return all(map(_is_prose, blocks[index : index + 2]))


def _with_year_or_address(blocks: list[Block]) -> set[int]:
    """The blocks that may be references, asked of the whole text first: most documents have none."""
    if not _has_year_or_address("\n".join(block.text for block in blocks)):
        return set()
    return {index for index, block in enumerate(blocks) if _has_year_or_address(block.text)}


def _has_year_or_address(text: str) -> bool:
    return (
        _REFERENCE_YEAR.search(text) is not None
        or any(address in text for address in _ADDRESSES)
        or _YEAR_SENTENCE.search(text) is not None
    )


def _in_a_row(blocks: list[Block], index: int) -> bool:
    """Whether a block is one of three references in a row."""
    near = [is_reference(block.text) for block in blocks[max(index - 2, 0) : index + 3]]
    return any(near[place : place + 3] == [True] * 3 for place in range(len(near) - 2))
