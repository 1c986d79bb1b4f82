"""What the shape of a line or paragraph says of it: how it begins and how it ends."""

from __future__ import annotations

import re

from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language

NUMBER = re.compile(  # "2- ", "2.1 ", "IV. ", "b) "; with nothing but a space behind it "2 ", "IV "
    r"(?P<depth>\d{1,2}(?:\.\d{1,2})*)(?:\s*[-.):–—]\s*|\s+)"
    r"|(?:[ivxlcIVXLC]{1,6}|[a-zA-Z])\s*[-.):–—]\s*|[IVX]{1,5}\s+"
)
"""The number or letter before a heading."""

_LIST_ITEM = re.compile(  # not "p. 9" nor "(II) and"
    r"(?:(?:--|[-*•‣◦▪●·–—])\s+\S|\(?(?:\d{1,3}|[ivx]{1,5})[.)]\s+\S|\(?[a-zA-Z][.)]\s+[^\W\d_]|\([IVX]{1,5}\)\s+[^\Wa-z])"
)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|table|chart|graph|map|box|diagram|photo|image|نمودار|جدول|شکل)\b\.?\s*(?:\d+|[ivx]+)?\s*[-.:–—]",
    re.IGNORECASE,
)
_FOOTNOTES_BEGIN = frozenset("¹²³⁴⁵⁶⁷⁸⁹⁰[")
_CAPTIONS_BEGIN = frozenset("fFtTcCgGmMbBdDpPiIنجش")
_FOOTNOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S|\[\d{1,3}\]\s+\S")
_NOTED = re.compile(r"[^\W\d_]{2}[.!?…؟]['\"”’»)]*(?:\d{1,3}|\[\d{1,3}\])$")
_LONGEST_END = 16
_SOURCE_BEHIND = re.compile(r"[.!?…؟]['\"”’»]*\s*\([^()]+\)$")  # doorstep.” (A/PV.2128, para. 33)
_LONGEST_SOURCE = 80
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\w+$")
_SENTENCE_ENDS = frozenset(".!?…:؟。！？")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset(",;،؛")
_CLOSERS = "'\"”’»)]"
_LONGEST_UNFINISHED = 16
_NUMBER_CHARACTERS = 6  # the longest number before a list item: xviii.
_PAGE_LINE = 40
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_DOCUMENT_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[A-Z\d.-]+)*/[A-Z.-]*\d[A-Z\d.-]*")
_NUMBERED_HEADER = re.compile(r"\d{1,4}\s+([^\d.!?;:]{2,60})|([^\d.!?;:]{2,60}?)\s+\d{1,4}")
_SMALL_WORD = 4  # letters of words that need no capital in a title
_MOST_LETTERS = 4  # of a document's symbol such as A/63/PV.5
_SYMBOL = re.compile(r"\d[-/]\d|/[A-Z]|page\s", re.IGNORECASE)


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence; quotes, brackets and the number of a note may stand behind.

    >>> ends_sentence("It ended.”"), ends_sentence("It ended.12"), ends_sentence("in 1991.12")
    (True, True, False)
    """
    end = text.rstrip(_CLOSERS)[-1:]
    if end in _SENTENCE_ENDS or (text[-1:] == ")" and _SOURCE_BEHIND.search(text[-_LONGEST_SOURCE:])):
        return True
    return end.isdigit() and _NOTED.search(text[-_LONGEST_END:]) is not None


def may_end_sentence(last: str) -> bool:
    """Whether a line can end like a sentence whose last character is this."""
    return last in _SENTENCE_ENDS or last in _CLOSERS or last.isdigit()


def opens_like_sentence(text: str, language: str) -> bool:
    """Whether a line begins with a word that usually begins a sentence; true where nobody knows any.

    >>> opens_like_sentence("The ships left.", "en"), opens_like_sentence("States of the East", "en")
    (True, False)
    """
    starters = known_language(language).starters
    first = _FIRST_WORD.match(text)
    return not starters or first is None or fold(first[0]) in starters


def speaks(text: str, language: str) -> bool:
    """Whether somebody speaks in a line: it is no title and no heading.

    >>> speaks("Allow me to begin", "en"), speaks("First of all, I thank", "en"), speaks("The Sea", "en")
    (True, True, False)
    """
    first, _, rest = text.partition(" ")
    return first in known_language(language).speakers or " I " in f" {rest}"


def ends_clause(text: str) -> bool:
    """Whether a line ends with a mark of punctuation that closes something."""
    return text.rstrip(_CLOSERS)[-1:] in _CLAUSE_ENDS or ends_sentence(text)


def is_unfinished(text: str, language: str) -> bool:
    """Whether a line ends with a word that something must follow ("on behalf of the")."""
    if not text[-1].isalpha():
        return False
    found = _LAST_WORD.search(text, max(len(text) - _LONGEST_UNFINISHED - 1, 0))
    return found is not None and found[0] in known_language(language).unfinished


def starts_list_item(text: str) -> bool:
    """Whether a line begins with a bullet, or with a number or letter as in a list."""
    return _LIST_ITEM.match(text) is not None


def looks_like_heading(text: str) -> bool:
    """Whether most of the longer words of a line are written with a capital, or it is all in capitals."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 1 and capitals >= 0.75 * len(words)


def stands_like_heading(text: str) -> bool:
    """Whether a line has the capitals of a heading or header, and nothing of a sentence."""
    return not text[0].islower() and not ends_clause(text) and looks_like_heading(text)


def is_caption(text: str) -> bool:
    """Whether a line begins like the caption of a figure or table ("Figure 3: Exports")."""
    return text[:1] in _CAPTIONS_BEGIN and _CAPTION.match(text) is not None


def begins_plainly(text: str) -> bool:
    """Whether a line begins like most: with a word that opens no caption, list or note."""
    start = text[:_NUMBER_CHARACTERS]
    return start[0].isalpha() and "." not in start and ")" not in start and not is_caption(text)


def is_footnote(text: str) -> bool:
    """Whether a line begins with the mark of a footnote (¹ or [1])."""
    return text[0] in _FOOTNOTES_BEGIN and _FOOTNOTE.match(text) is not None


def is_page_line(text: str) -> bool:
    """Whether a line is what printers put on every page: its number, a document's symbol, a date.

    >>> [is_page_line(line) for line in ("12", "Page 3 of 7", "29 08-51749", "A/63/PV.5 23/09/2008")]
    [True, True, True, True]
    >>> [is_page_line(line) for line in ("COVID-19", "24 February 2022", "2015.", "")]
    [False, False, False, False]
    """
    if len(text) > _PAGE_LINE or text[-1:] in _CLAUSE_ENDS:
        return False
    if _PAGE_NUMBER.fullmatch(text) or _DOCUMENT_SYMBOL.fullmatch(text):
        return True
    letters = [character for character in text if character.isalpha()]
    digits = sum(map(str.isdigit, text))
    return len(letters) <= _MOST_LETTERS and all(map(str.isupper, letters)) and digits > 2 * len(letters)


def is_numbered_header(text: str) -> bool:
    """Whether a line is a page number and a few capitalised words, as pages have at their top.

    >>> is_numbered_header("34 Survival"), is_numbered_header("Harbours of the East 35")
    (True, True)
    """
    found = _NUMBERED_HEADER.fullmatch(text)
    words = (found[1] or found[2]).split() if found else []
    return any(word[0].isupper() for word in words) and all(
        word[0].isupper() or len(word) <= _SMALL_WORD for word in words
    )


def is_page_line_within(text: str) -> bool:
    """The same of a line between others, where a mere number can be the end of a sentence."""
    return len(text) <= _PAGE_LINE and _SYMBOL.search(text) is not None and is_page_line(text)
