"""Lists of references: where they begin, and where they really end."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import named
from rubricate.corpus.parts.page_top import is_person
from rubricate.corpus.parts.prose import has_words, is_sentence
from rubricate.corpus.parts.shapes import ends_sentence, looks_like_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.document import Block

_PROSE_WORDS = 12
_REFERENCE_CHARACTERS = 600
_LONGEST_HEADER = 160
_NAMES_WORDS = 20  # before the year
_NAMES_WORDS_UNCASED = 8
_ADDRESS_WORDS = 40  # of an entry that is known by its address
_NEAR = 3  # blocks below a heading that may be one of references, most of which must be some

_REFERENCE_YEAR = re.compile(r"\((?:\d{4}[a-z]?\b|n\.d\.)[^)]{0,24}\)")  # (2014), (2014, March 3), (n.d.)
_YEAR_SENTENCE = re.compile(r"\.\s(?:1[5-9]|20)\d\d[a-z]?\.")  # Katz, Mark N. 2012.
_REFERENCE_ADDRESS = re.compile(r"https?://\S|www\.\S|\bdoi\b|\bISBN\b")
_NUMBER_OF_VOLUME = re.compile(
    r"\b\d{1,3}\s?\(\d{1,3}(?:[-–]\d{1,3})?\)|\bVol(?:ume)?\.?\s?\w{1,6}\b|\bNo\.\s?\(?\d|№\s?\d"
)
"""12(4), Vol. XIX, No. 3"""
_REFERENCE_SIGNS = (
    _REFERENCE_YEAR,
    _YEAR_SENTENCE,
    _REFERENCE_ADDRESS,
    # Katz, M.N. / Katz, Mark N. 2012. / Кац М. Н.
    re.compile(
        r"^\W{0,4}(?:\d{1,3}[.)\]]\s*)?[^\W\d_][\w’'-]+(?:\s[\w’'-]+){0,3},\s(?:[^\W\d_]\.[\s,-]*)+"
        r"|^\W{0,4}[^\W\d_][\w’'-]+[,،]\s[^(\n]{2,100}?(?:\.\s(?:1[5-9]|20)\d\d[a-z]?\.|\s?\([۰-۹]{4}\))"
        r"|^\W{0,4}(?:\d{1,3}[.)\]]\s*)?[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
    ),
    _NUMBER_OF_VOLUME,
    # pp. 54-64
    re.compile(r"\bpp?\.\s?\d|\b\d{1,4}\s?[-–]\s?\d{1,4}\.?(?:\s|$)|\bС\.\s?\d|\d\sс\."),
    re.compile(
        r"\[In [A-Z]\w+\]|\b(?:Quarterly|Journal of|Review of|University Press|Publications|Publishing)\b"
        r"|\b(?:Verlag|Zeitschrift für|Éditions|Yayınları|Yayınevi|Dergisi)\b|\s//\s|\b[МЛ]\.:"
        r"|\b(?:فصلنامه|مجله|انتشارات|نشر|چاپ|ترجمه|شماره|صص)\b"
    ),
    re.compile(r"\b(?:Retrieved|Accessed|Available at|et al\.)"),
)

_NUMBERED = r"\W{0,4}(?:\d{1,3}[.)\]]\s*)?"
_AUTHOR = re.compile(  # Katz, M.N.
    _NUMBERED + r"(?![a-z])[^\W\d_][\w’'-]*(?:\s[\w’'-]+){0,3}[,،]\s(?:[^\W\d_a-z]\.[\s,-]*)+"
    r"|" + _NUMBERED + r"[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
)
_GIVEN_NAME = re.compile(  # Waltz, Kenneth N.; Waltz, Kenneth:
    _NUMBERED
    + r"(?![a-z])[^\W\d_][\w’'-]*,\s(?![a-z])[^\W\d_][\w’'-]+(?:\s(?![a-z])[^\W\d_][\w’'-]*\.?){0,2}[.:]\s"
)
_NAMES_AND_YEAR = re.compile(  # Iras Institute. (2012). Waltz, Kenneth N. 1979.
    _NUMBERED + r"(?P<names>[^\d(]{3,120}?)[\s,.،]{0,3}"
    r"(?:\((?:\d{4}[a-z]?|n\.d\.)(?:,[^)\d][^)]{0,22})?\)|\b(?:1[5-9]|20)\d\d[a-z]?)\s?(?P<mark>[.,:])(?=\s|$)"
)
_ADDRESS_AT_END = re.compile(r"(?:https?://|www\.)\S+(?:\s+\S+){0,6}\s*$")
_GOES_ON = re.compile(r"[,;:]?\s+(?!http|www|doi)([^\W\d_])")
_BETWEEN_NAMES = re.compile(
    "and|et|al|eds?|und|y|e|ve|hg|hrsg|del?|della|de[rn]|d[iau]|van|von|zu|bin|ibn|l[ae]|и", re.IGNORECASE
)


def is_reference(text: str) -> bool:
    """Whether a paragraph looks like an item of a bibliography: two of its signs or more."""
    return len(text) <= _REFERENCE_CHARACTERS and _signs(text) >= 2


def is_entry(text: str) -> bool:
    """Whether a paragraph can be nothing but such an item, even without a heading above it.

    Texts that cite have the same signs. An entry begins with an author (Katz, M.), or with names and the
    year, or ends with its address; and no sentence goes on behind its year.
    """
    return len(text) <= _REFERENCE_CHARACTERS and _has_form(text) and is_reference(text) and not _cites(text)


def _has_form(text: str) -> bool:
    if _AUTHOR.match(text):
        return True
    opening = _NAMES_AND_YEAR.match(text)
    if (
        opening
        and not _goes_on(text, opening.end("mark") - 1)
        and _are_names(opening["names"], opening["mark"])
    ):
        return True
    return _ADDRESS_AT_END.search(text) is not None and not has_words(text, _ADDRESS_WORDS)


def mark_references(blocks: list[Block], language: str) -> list[Block]:
    """The blocks with those of reference lists marked: under a heading that says so, or three in a row.

    A list ends at the next heading that is known for something else, at one that the format marks and that
    stands as high, and where prose begins. What stands between references like a heading, or behind the
    last one, is a running header or the title of another text. What is said of the authors below a heading of
    its own is furniture; furniture stays what it is.
    """
    marked = list(blocks)
    dated = _with_year_or_address(blocks)
    kinds = {
        index: kind
        for index, block in enumerate(blocks)
        if block.part in ("heading", "title") and (kind := named(block.text, language))
    }
    if "references" in kinds.values() or "sources" in kinds.values():
        dated = dated.difference(_mark_lists(marked, blocks, kinds))
    for index, reason in _of_authors(blocks, kinds, marked):
        marked[index] = blocks[index]._replace(part="boilerplate", level=0, reason=reason)
        dated.discard(index)
    for index in dated:
        if blocks[index].part != "boilerplate" and not _is_given(blocks[index]) and _in_a_row(blocks, index):
            marked[index] = blocks[index]._replace(
                part="references", level=0, reason="one of several references in a row"
            )
    return marked


def _of_authors(blocks: list[Block], kinds: dict[int, str], marked: list[Block]) -> Iterator[tuple[int, str]]:
    """Place and reason of what is said of the authors: below a heading that says so, down to the next one.

    A page may begin with its author, and the text follow without a heading. So in the first third of all
    characters, unless it is below references, a known heading must follow, and no third of the text before.
    """
    if "author" not in kinds.values():
        return
    behind = list(accumulate(len(block.text) for block in blocks))
    first = next((index for index, kind in kinds.items() if kind == "references"), len(blocks))
    last = max(kinds)
    for index in (index for index, kind in kinds.items() if kind == "author"):
        stop = index + 1
        while stop < len(blocks) and not _ends_authors(blocks, stop, kinds, blocks[index]):
            stop += 1
        at_the_top = 3 * behind[index] < behind[-1] and index < first
        short = 3 * (behind[stop - 1] - behind[index]) < behind[-1]
        if at_the_top and (index == last or not short):
            continue
        for place in range(index + 1, stop):
            if marked[place].part in ("heading", "title", "body", "list", "references"):
                yield place, f"below “{blocks[index].text}”"


def _ends_authors(blocks: list[Block], place: int, kinds: dict[int, str], above: Block) -> bool:
    """Whether a heading ends what is said of the authors: any but one below theirs, or the name of one.

    So does body that has a reason: somebody has decided that it is the text.
    """
    block = blocks[place]
    if block.part == "body" and block.reason:
        return True
    if place in kinds or block.part != "heading":
        return place in kinds
    if _is_given(block):
        return not _is_given(above) or block.level <= above.level
    named_below = place + 1 < len(blocks) and block.text.split()[-1] in blocks[place + 1].text
    return not (named_below and is_person(block.text))


def _mark_lists(marked: list[Block], blocks: list[Block], kinds: dict[int, str]) -> set[int]:
    """Mark the lists that have a heading, and return the places of all that stands in one."""
    following = _following(blocks)
    above: Block | None = None
    inside = set()
    for index, block in enumerate(blocks):
        if index in kinds:
            begins = kinds[index] == "references" or (
                kinds[index] == "sources" and _entries_below(blocks, index, following)
            )
            above = block if begins else None
        elif above is not None and _ends_references(blocks, index, following, above):
            above = None
        if above is None:
            continue
        inside.add(index)
        if index not in kinds and block.part not in ("boilerplate", "caption") and not _is_given(block):
            marked[index] = _in_list(block, index, blocks)
    return inside


def _is_given(block: Block) -> bool:
    """Whether a format marks this heading: those found in plain text have their reasons."""
    return block.part == "heading" and not block.reason


def _in_list(block: Block, index: int, blocks: list[Block]) -> Block:
    text = block.text
    # A volume's number stands in running headers too.
    plain = len(text) <= _LONGEST_HEADER and not ends_sentence(text)
    if plain and looks_like_heading(text) and _signs(text) == (_NUMBER_OF_VOLUME.search(text) is not None):
        what = "another text" if index + 1 == len(blocks) else "the page"
        return block._replace(part="boilerplate", level=0, reason=f"title of {what} in a reference list")
    return block._replace(part="references", level=0, reason="below a heading of references")


def _ends_references(blocks: list[Block], index: int, following: list[int], above: Block) -> bool:
    """Whether the list below ``above`` is over: at a heading, unless more of them follow (then it was a
    running header, or one inside the list), and at prose that no reference follows.
    """
    block = blocks[index]
    if block.part == "heading":
        if _is_given(block) and block.level <= above.level:
            return True
        return index + 1 < len(blocks) and not _references_below(blocks, index, following)
    if not _is_prose(block):
        return False
    after = following[index]
    if after == len(blocks) or _is_prose(blocks[after]):
        return True
    return blocks[after].part == "heading" and not _references_below(blocks, after, following)


def _references_below(blocks: list[Block], index: int, following: list[int]) -> bool:
    """Whether one of the next two blocks that are no furniture is a reference."""
    for _ in range(2):
        index = following[index]
        if index == len(blocks):
            return False
        if is_reference(blocks[index].text):
            return True
    return False


def _entries_below(blocks: list[Block], index: int, following: list[int]) -> bool:
    """Whether most of the first few blocks below are entries."""
    near: list[bool] = []
    while len(near) < _NEAR and (index := following[index]) < len(blocks):
        near.append(is_entry(blocks[index].text))
    return 2 * sum(near) > len(near)


def _following(blocks: list[Block]) -> list[int]:
    """For each block the place of the next one that is no furniture."""
    following = [len(blocks)] * len(blocks)
    place = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        following[index] = place
        if blocks[index].part != "boilerplate":
            place = index
    return following


def _is_prose(block: Block) -> bool:
    """Whether a paragraph cannot be an item of a bibliography: whole sentences without its signs."""
    text = block.text
    if block.part not in ("body", "list", "table") or not is_sentence(text, _PROSE_WORDS):
        return False
    start = text[:_REFERENCE_CHARACTERS]
    if _AUTHOR.match(start) or _GIVEN_NAME.match(start):
        return False
    return len(text) > _REFERENCE_CHARACTERS or _cites(text) or not _signs(text)


# Signs --------------------------------------------------------------------------------------------------


def _signs(text: str) -> int:
    start = text[:_REFERENCE_CHARACTERS]
    return sum(sign.search(start) is not None for sign in _REFERENCE_SIGNS)


def _cites(text: str) -> bool:
    """Whether a sentence goes on behind the first year in brackets: "Waltz (1979) argues"."""
    year = _REFERENCE_YEAR.search(text)
    return year is not None and _goes_on(text, year.end())


def _goes_on(text: str, place: int) -> bool:
    found = _GOES_ON.match(text, place)
    return found is not None and found[1].islower()


def _are_names(text: str, mark: str) -> bool:
    """Whether the beginning of a paragraph, up to the year and the mark behind it, is names alone."""
    words = text.split()
    if not any(map(str.isupper, text)):  # a script without capitals: a comma has to tell, and a full stop
        return len(words) <= _NAMES_WORDS_UNCASED and mark == "." and ("،" in text or "," in text)
    return len(words) <= _NAMES_WORDS and all(
        not word[:1].islower() or _BETWEEN_NAMES.fullmatch(word)
        for word in (word.strip(".,;&()*“”\"'") for word in words)
    )


def _with_year_or_address(blocks: list[Block]) -> set[int]:
    """The blocks that may be references."""
    return {
        index
        for index, (text, *_) in enumerate(blocks)
        if len(text) <= _REFERENCE_CHARACTERS and _has_year_or_address(text)
    }


def _has_year_or_address(text: str) -> bool:
    # Looking for one character comes first: it is far faster than anything else, and most have none.
    if ("(" in text and _REFERENCE_YEAR.search(text)) or ("/" in text and "://" in text):
        return True
    return "www." in text or ((". 1" in text or ". 2" in text) and _YEAR_SENTENCE.search(text) is not None)


def _in_a_row(blocks: list[Block], index: int) -> bool:
    """Whether a block is one of three entries in a row."""
    if not is_entry(blocks[index].text):
        return False
    near = [is_entry(block.text) for block in blocks[max(index - 2, 0) : index + 3]]
    return any(near[place : place + 3] == [True] * 3 for place in range(len(near) - 2))
