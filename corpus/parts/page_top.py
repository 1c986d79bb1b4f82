"""What stands between the top of a page and its text: breadcrumbs, bylines, datelines, affiliations."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import is_salutation, names
from rubricate.corpus.parts.prose import is_sentence, sentence_ends_inside
from rubricate.corpus.parts.shapes import (
    ends_clause,
    ends_sentence,
    looks_like_heading,
    starts_list_item,
)
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_TOP = 12  # paragraphs among which a title, authors and affiliations are looked for
_LONGEST = 300  # characters: longer paragraphs are prose
_SHORT_WORDS = 40  # of an affiliation
_SENTENCE_WORDS = 4
_NAME_WORDS = 14  # of names with their marks, of a dateline
_MOST_OF_A_NAME = 5
_BYLINE_WORDS = 25
_LONGEST_LEAD = 3  # words before an author: "Written by:"
_ROLE_WORDS = 20  # of a name with what its bearer is
_IN_A_ROW = 3  # names with roles, which are participants or signatories
_MOST_DATES = 2  # lines that end in a date; more are a chronology
_MOST_SENTENCES = 1  # above a dateline: the standfirst
_STEPS = re.compile(r"\s+(?:[/|>»›→·]|::)\s+|\s*[»›→]\s*")
_BETWEEN_STEPS = frozenset("/|>»›→·:")
_FEWEST_STEPS = 3
_MARKED_NAME = re.compile(r"[^\W\d_](?:[¹²³⁴⁵⁶⁷⁸⁹⁰]|[*†‡])+[\s,;]*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡,]*)$")
_MARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡]+")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_LABEL = re.compile(r"[^\W\d_][^\s:：]*(?:\s[^\s:：]+){0,2}\s?[:：]\s*")  # Email: Corresponding author:
_AND = r"(?:and|und|et|ve|y|e|и|و|&)"
_BETWEEN_NAMES = re.compile(rf"\s*[,،;](?:\s*{_AND}\s)?\s*|\s+{_AND}\s+", re.IGNORECASE)
_JOINED = re.compile(rf"\s{_AND}\s", re.IGNORECASE)
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "ibn", "la", "le", "van")
)
_PARTICLES |= {"von", "zu", "zur", "dos", "bint", "ben"}
_BARS = re.compile(r"\s+[|·•]\s+")
_WORD = r"[^\W\d_][^\s\d]*"
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|re|º|ª)?\.?\s+(?:de\s+|of\s+)?{_WORD},?\s+(?:de\s+|del\s+)?\d{{4}}"
    rf"|{_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)(?!\d)"
)
_AFTER_DATE = re.compile(r"\s*(?:г\.?|م|هـ)?[\s)\]]*")
_TIME = re.compile(
    r"[\s,|·–—-]*(?:at\s+)?(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,5})?)?", re.IGNORECASE
)
_BEFORE_DATE = tuple(",،，;–—-|/:·•([")
_ARTICLE = re.compile(r"(?:^|\s)(?:den|le|el|a|on)\s*$", re.IGNORECASE)


def find_at_the_top(
    texts: Sequence[str], language: str, bound: Container[int] = frozenset()
) -> dict[int, tuple[str, str]]:
    """Part and reason of breadcrumbs, bylines, datelines and affiliations, by their place.

    Only near the top, authors and dates only above the first long paragraph and below the title; ``bound``
    are the places of what a format marks as something else.
    """
    found: dict[int, tuple[str, str]] = {}
    above = 0
    prose = False
    for index, text in enumerate(texts[:_TOP]):
        if len(text) > _LONGEST:
            prose = True
        elif "@" in text and len(text.split()) <= _SHORT_WORDS and _holds_address(text):
            found[index] = ("footnote", "affiliation: it holds an e-mail address")
            continue
        elif not prose and index not in bound and (reason := _at(texts, index, language, above)):
            found[index] = ("boilerplate", reason)
            continue
        above += 1
    return found


def _holds_address(text: str) -> bool:
    """Whether an e-mail address stands in a paragraph, and no sentence ends before it.

    What has the capitals of a name or a role is no sentence, nor is one that only a label follows (Email:).
    """
    mail = _MAIL.search(text)
    if mail is None:
        return False
    ends = [end for end in sentence_ends_inside(text) if end <= mail.start()]
    if len(ends) == 1 and _LABEL.fullmatch(text, ends[0], mail.start()):
        return True
    starts = [0, *ends]
    return not any(
        len(text[start:end].split()) >= _SENTENCE_WORDS and not looks_like_heading(text[start:end])
        for start, end in zip(starts, ends, strict=False)
    )


def _at(texts: Sequence[str], index: int, language: str, above: int) -> str:
    """What a paragraph near the top is, below so many of the text itself."""
    text = texts[index]
    if _is_breadcrumb(text, texts[index + 1 : index + 4], language):
        return "breadcrumb"
    if index and _is_byline(texts, index, language):
        return "byline"
    if above == 1 and _is_name_with_role(text, language) and not _in_a_row(texts, index, language):
        return "byline" if not _is_common(text.partition(",")[0], texts) else ""
    return (
        "dateline" if above and _is_dateline(text, language) and _is_only_date(texts, index, language) else ""
    )


def _is_breadcrumb(text: str, following: Sequence[str], language: str) -> bool:
    if _BETWEEN_STEPS.isdisjoint(text) or text[-1] == ".":
        return False
    steps = _STEPS.split(text)
    if len(steps) < 2:
        return False
    if fold(steps[0]) in names(language).home:
        return True
    return steps[-1] in following or (
        len(steps) >= _FEWEST_STEPS and any(fold(steps[-1]) == fold(other) for other in following)
    )


# Bylines ------------------------------------------------------------------------------------------------


def _is_byline(texts: Sequence[str], index: int, language: str) -> bool:
    """Whether a line names authors: with marks behind their names, or words such as "by" before them."""
    text = texts[index]
    words = text.split()
    if len(words) > _BYLINE_WORDS or is_sentence(text) or text[-1] in "!?؟":
        return False
    if len(words) <= _NAME_WORDS and _MARKED_NAME.search(text):
        people = _MARKS.sub(",", text).strip(" ,;")
        return _are_people(people, marked=True) and not _is_common(people, texts)
    known = names(language)
    if rest := _behind(words, known.published):
        return _is_date(rest, language)
    rest = _behind(words, known.bylines)
    return bool(rest) and _is_author(rest, texts, language)


def _behind(words: Sequence[str], leads: Sequence[str]) -> str:
    """What stands behind one of the words that lead to an author or a date; one with a colon needs it."""
    for count in range(min(_LONGEST_LEAD, len(words) - 1), 0, -1):
        lead = fold(" ".join(words[:count]))
        colon = lead.endswith(":") or words[count] == ":"
        lead = lead.rstrip(":")
        if lead in leads or (colon and f"{lead}:" in leads):
            return " ".join(words[count:]).lstrip(" :")
    return ""


def _is_author(rest: str, texts: Sequence[str], language: str) -> bool:
    first, *others = _BARS.split(rest)
    if not all(_is_beside_author(other) for other in others):
        return False
    people = _without_date(first)
    if people.split(None, 1)[:1] and _is_gerund(people.split(None, 1)[0]):
        return False
    if not _are_people(people):
        people, _, role = people.partition(",")
        if not _are_people(people) or not _holds_role(role, language):
            return False
    return not _is_common(people, texts)


def _is_beside_author(text: str) -> bool:
    """Whether it can stand behind an author and a bar: a date, the time it takes to read, a paper's name."""
    words = text.split()
    small = [word for word in words if word[0].islower()]
    return len(words) <= _MOST_OF_A_NAME and (any(map(str.isdigit, text)) or not small)


def _is_gerund(word: str) -> bool:
    """Whether a capitalised English word is rather a verb than a name: "By Striking Iran"."""
    return word.isascii() and len(word) > 5 and word.lower().endswith("ing")


def _are_people(text: str, *, marked: bool = False) -> bool:
    """Whether a text is nothing but names of two to five words; more than one joined by "and", or marked."""
    people = [person for person in _BETWEEN_NAMES.split(text) if person]
    joined = marked or len(people) == 1 or _JOINED.search(text) is not None
    return bool(people) and joined and all(map(is_person, people))


def is_person(text: str) -> bool:
    """Whether a text can be the name of somebody: two to five words with capitals, or in a script without."""
    words = text.split()
    if not 1 < len(words) <= _MOST_OF_A_NAME or any(map(str.isdigit, text)):
        return False
    small = [word for word in words if word[0].islower()]
    named = len(words) - len(small)
    return named > 1 and words[0][0].isalpha() and all(word in _PARTICLES for word in small)


def _holds_role(text: str, language: str) -> bool:
    known = names(language)
    words = {word.strip(".,;:()") for word in fold(text).split()}
    return not ends_sentence(text) and not words.isdisjoint(known.roles | known.outlets)


def _is_common(people: str, texts: Sequence[str]) -> bool:
    """Whether all words of the first name stand in the text in small letters too: then it is no name."""
    first = _BETWEEN_NAMES.split(people)[0].split()
    if not any(word[0].isupper() for word in first):
        return False
    text = "\n".join(texts)
    return all(
        re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) for word in first if not word.islower()
    )


def _is_name_with_role(text: str, language: str) -> bool:
    """Whether a line is a name, a comma, and what its bearer is ("Mira Solenne, Institute of Harbours")."""
    person, comma, role = text.partition(",")
    if not comma or not is_person(person) or len(text.split()) > _ROLE_WORDS or ends_clause(text):
        return False
    if not role.lstrip()[:1].isupper() or not looks_like_heading(text) or is_salutation(text, language):
        return False
    roles = names(language).roles
    return any(word.strip(".,;:()") in roles for word in fold(role).split())


def _in_a_row(texts: Sequence[str], index: int, language: str) -> bool:
    first = max(index - _IN_A_ROW + 1, 0)
    near = [_is_name_with_role(text, language) for text in texts[first : index + _IN_A_ROW]]
    return any(all(near[place : place + _IN_A_ROW]) for place in range(len(near) - _IN_A_ROW + 1))


# Datelines ----------------------------------------------------------------------------------------------


def _is_dateline(text: str, language: str) -> bool:
    """Whether a line ends in a date that stands alone, behind a mark or behind a day of the week."""
    if not text[0].isalnum() or text[0].islower() or not any(map(str.isdigit, text[-8:])):
        return False
    date = _date_at_end(text)
    if date is None or len(text.split()) > _NAME_WORDS or sentence_ends_inside(text):
        return False
    before = _ARTICLE.sub("", text[: date.start()]).rstrip()
    if not before:
        return True
    if starts_list_item(text):
        return False
    return before.endswith(_BEFORE_DATE) or fold(before.split()[-1]) in names(language).days


def _date_at_end(text: str) -> re.Match[str] | None:
    for found in _DATE.finditer(text):
        if _AFTER_DATE.fullmatch(text, found.end()):
            return found
    return None


def _is_only_date(texts: Sequence[str], index: int, language: str) -> bool:
    """Whether no chronology follows, and no text stands above but the title and one sentence."""
    dates = (text for text in texts if len(text) <= _LONGEST and _is_dateline(text, language))
    few = len(list(islice(dates, _MOST_DATES + 1))) <= _MOST_DATES
    return few and sum(map(is_sentence, texts[:index])) <= _MOST_SENTENCES


def _is_date(text: str, language: str) -> bool:
    """Whether a text is nothing but a date, with the day of the week before it and the time behind."""
    first, _, rest = text.partition(" ")
    if fold(first).strip(",") in names(language).days:
        text = rest
    found = _DATE.match(text)
    return found is not None and _TIME.fullmatch(text, found.end()) is not None


def _without_date(text: str) -> str:
    found = _date_at_end(text)
    if found is None:
        return text
    return _ARTICLE.sub("", text[: found.start()]).rstrip(" ,،|–—-")
