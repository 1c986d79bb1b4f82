"""What web pages and journals put around a text: teasers, buttons, forms, notices, keywords."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import START, is_known_heading, is_teaser, named_furniture, names
from rubricate.corpus.parts.page_top import find_at_the_top
from rubricate.corpus.parts.prose import is_sentence, sentence_ends_inside
from rubricate.corpus.parts.shapes import ends_clause, ends_sentence, is_footnote, starts_list_item
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from rubricate.corpus.document import Block

_LONGEST = 300  # characters: longer paragraphs are prose
_SHORT_WORDS = 40  # of a notice
_HEADLINE_WORDS = 20
_HEADLINE_CHARACTERS = 160
_TEASER_CHARACTERS = 400  # of first words that break off
_SENTENCE_WORDS = 8
_KEYWORD_WORDS = 7  # of the longest keyword
_LONGEST_READING = 24
_CALLED = 3  # words behind a call among which the site is named
_ELLIPSES = ("…", "...", "[…]", "[...]")
_LABELLED = re.compile(r"([^\W\d_][^:：—–\n]{2,39}?)\s*(?:[:：—–]|-\s)\s*(?=\S)")
_BETWEEN_KEYWORDS = re.compile(r"[,;،؛·|/•\n]|[.!?؟。]\s")
_COPYRIGHT = re.compile(r"(?:copyright )?(?:©|\(c\))\s*(?:19|20)\d\d\b|(?:copyright )?©")
_ITEM_BEFORE = re.compile(r"\(?b[.)]")
_ADDRESS = re.compile(r"https?:|www\.|[^\W\d_]\.[^\W\d_]{2}")
_WORDS = re.compile(r"[\w'-]+")
_BETWEEN_BUTTONS = frozenset(("and", "or"))
_PAUSES = frozenset(",;:،؛")
_FIRST = frozenset("©(")
_READING_TIME = re.compile(r"\d{1,3}[\s-]*|\s*[:：]\s*\d.*|\s*\d.*")

BOILERPLATE = "boilerplate"
_OF_ITSELF = (BOILERPLATE, "what a site says of itself")


def find_furniture(
    texts: Sequence[str],
    language: str,
    bound: Container[int] = frozenset(),
    own: Container[int] = frozenset(),
) -> dict[int, tuple[str, str]]:
    """Part and reason of every paragraph that does not belong to the text itself, by its place.

    ``bound`` are the places of what is known to be something else, such as an item or a cell of a format:
    these are no buttons, bylines or datelines. ``own`` are those that are known to belong to the text: they
    are no furniture, and end it.
    """
    known = names(language)
    found: dict[int, tuple[str, str]] = {}
    sites: dict[int, str] = {}
    for index, text in enumerate(texts):
        if len(text) > _LONGEST or index in own:
            continue
        start = text[:START]
        start = start.lower() if start.isascii() else fold(text[: 2 * START])[:START]
        if start not in known.starts and start[:1] not in _FIRST and not text[0].isdigit():
            continue
        if index not in bound and (kind := named_furniture(text, language)):
            sites[index] = kind
        elif reason := _notice(text, texts[index - 1] if index else "", language):
            found[index] = (BOILERPLATE, reason)
    top = find_at_the_top(texts, language, bound)
    found |= {index: decision for index, decision in top.items() if index not in own}
    return _below(texts, sites, found, language, own) if sites or found else found


def mark_furniture(blocks: list[Block], language: str, own: Container[int] = frozenset()) -> list[Block]:
    """The blocks of a format with furniture marked; only what it calls body, list or heading can be some.

    A heading is what the format says if a sentence stands directly below it or it is a date, but not among
    the comments of readers. ``own`` are the places of what is known to belong to the text.
    """
    texts = [block.text for block in blocks]
    bound = {index for index, block in enumerate(blocks) if block.part not in ("body", "heading")}
    marked = list(blocks)
    for index, (part, reason) in find_furniture(texts, language, bound, own).items():
        block = blocks[index]
        if block.part == "heading":
            titled = index + 1 < len(blocks) and blocks[index + 1].part != "heading"
            given = (titled and is_sentence(texts[index + 1])) or reason == "dateline"
            above = reason.removeprefix("below “").removesuffix("”")
            if given and "comments" not in (named_furniture(line, language) for line in (block.text, above)):
                continue
        if block.part in ("body", "list", "heading"):
            marked[index] = block._replace(part=part, level=0, reason=reason)
    return marked


def _notice(text: str, before: str, language: str) -> str:
    if text[0].isdigit():
        return _OF_ITSELF[1] if len(text) <= _LONGEST_READING and _is_reading_time(text, language) else ""
    known = names(language)
    whole = fold(text)
    if len(text.split()) <= _SHORT_WORDS and (
        whole.startswith(known.notices)
        or _states(whole, known.statements)
        or _calls(whole, known.calls, known.sites)
        or (whole.startswith(known.downloads) and _ADDRESS.search(text))
        or _is_copyright(whole, before, known.statements)
        or _is_row_of_buttons(whole, language)
        or (len(text) <= 2 * _LONGEST_READING and _is_reading_time(text, language))
        or _is_teaser_with_headline(text, language)
    ):
        return _OF_ITSELF[1]
    return "keywords" if _are_keywords(text, known.keywords) else ""


def _is_teaser_with_headline(text: str, language: str) -> bool:
    """Whether a line is the name of a teaser, a colon and the headline of another article."""
    headline = text.replace("：", ":").partition(":")[2].strip()
    return bool(headline) and "\n" not in text and is_teaser(text, language) and _is_headline(headline)


def _states(whole: str, statements: Iterable[str]) -> bool:
    """Whether a paragraph is one of these sentences, or begins with it as a sentence of its own."""
    return any(
        whole.startswith(name) and whole[len(name) :].lstrip()[:1] in ("", ".", "|", "©", "·", "*")
        for name in statements
    )


def _calls(whole: str, calls: Iterable[str], sites: Collection[str]) -> bool:
    """Whether a paragraph asks its readers to follow or subscribe, and names to what."""
    for call in calls:
        if whole.startswith(call + " "):
            behind = whole[len(call) :].split(None, _CALLED)[:_CALLED]
            return any(word.strip(".,:!*") in sites for word in behind)
    return False


def _is_copyright(whole: str, before: str, statements: Iterable[str]) -> bool:
    """Whether a paragraph begins with a sign of copyright and is no sentence, nor the third item: (c)."""
    if not _COPYRIGHT.match(whole):
        return False
    if any(name in whole for name in statements):
        return True
    if whole[0] == "(":
        return not ends_clause(whole) and not _ITEM_BEFORE.match(fold(before[:4]))
    return not is_sentence(whole)


def _is_row_of_buttons(whole: str, language: str) -> bool:
    """Whether a line holds nothing but names of buttons and a site ("Share this: Facebook Twitter")."""
    known = names(language)
    words = _WORDS.findall(whole)
    if ends_clause(whole) or known.sites.isdisjoint(words[1:]):
        return False
    vocabulary = {word for name in known.furniture for word in name.split()} | known.sites | _BETWEEN_BUTTONS
    return set(words) <= vocabulary and any(
        whole.startswith(name) and not known.sites.issuperset(name.split()) for name in known.furniture
    )


def _is_reading_time(text: str, language: str) -> bool:
    """Whether a line says how long it takes to read: "5 min read", "Reading time: 5 minutes"."""
    known = names(language).reading
    whole = fold(text).strip(" .·|")
    if whole[:1].isdigit():
        number = _READING_TIME.match(whole)
        return number is not None and whole[number.end() :] in known
    name = next((name for name in known if whole.startswith(name)), "")
    return bool(name) and _READING_TIME.fullmatch(whole, len(name)) is not None


def _are_keywords(text: str, keywords: Collection[str]) -> bool:
    """Whether a paragraph is a label and a row of words: no sentence among them, and none inside."""
    found = _LABELLED.match(text)
    if not found or fold(found[1]).strip() not in keywords:
        return False
    row = text[found.end() :]
    if any(len(words.split()) > _KEYWORD_WORDS for words in _BETWEEN_KEYWORDS.split(row)):
        return False
    ended = sentence_ends_inside(row)
    return not (ended and ends_sentence(row) and len(row[ended[0] :].split()) >= 3)


def _below(
    texts: Sequence[str],
    sites: Mapping[int, str],
    found: dict[int, tuple[str, str]],
    language: str,
    own: Container[int],
) -> dict[int, tuple[str, str]]:
    """Furniture with buttons, the forms below them and what stands below teasers."""
    teasers = [index for index, kind in sites.items() if kind == "teaser"]
    found = {**found, **dict.fromkeys(sites, _OF_ITSELF)}
    _add_forms(texts, found, language, own)
    _add_comments(texts, sites, found, language, own)
    ahead = _texts_ahead(texts, found, language, own) if teasers else []
    for index in teasers:
        stop = ahead[index + 1]
        to_the_end = stop == len(texts) and 3 * index >= len(texts)
        for place in range(index + 1, stop) if to_the_end else _teased(texts, index, stop):
            found.setdefault(place, (BOILERPLATE, f"below “{texts[index]}”"))
        if to_the_end:
            break
    return found


def _add_forms(
    texts: Sequence[str], found: dict[int, tuple[str, str]], language: str, own: Container[int]
) -> None:
    """Add the lines of a form that stand below a button or a notice, down to the first other line."""
    form = names(language).form
    for index in sorted(found):
        place = index + 1
        while (
            found[index] == _OF_ITSELF
            and place < len(texts)
            and place not in found
            and place not in own
            and fold(texts[place]).strip(" *:") in form
        ):
            found[place] = (BOILERPLATE, f"below “{texts[index][:_HEADLINE_CHARACTERS]}”")
            place += 1


def _add_comments(
    texts: Sequence[str],
    sites: Mapping[int, str],
    found: dict[int, tuple[str, str]],
    language: str,
    own: Container[int],
) -> None:
    """Add what readers wrote below a text, down to a known heading; a count of it near the top has none.

    The top is the first third of all characters: readers write many paragraphs, but short ones.
    """
    lines = [index for index, kind in sites.items() if kind == "comments"]
    behind = list(accumulate(map(len, texts))) if lines else []
    for index in lines:
        if 3 * (behind[index] - len(texts[index])) < behind[-1]:
            continue
        for place in range(index + 1, len(texts)):
            # Below the next such line the same begins again: every paragraph is looked at once.
            goes_on = place not in own and sites.get(place) != "comments"
            if not goes_on or is_known_heading(texts[place], language):
                break
            found.setdefault(place, (BOILERPLATE, f"below “{texts[index]}”"))


def _texts_ahead(
    texts: Sequence[str], furniture: Container[int], language: str, own: Container[int]
) -> list[int]:
    """For each place where the next paragraph of the text itself stands, its own included."""
    ahead = [len(texts)] * (len(texts) + 1)
    for place in range(len(texts) - 1, -1, -1):
        is_text = place in own or (place not in furniture and _is_text(texts[place], language))
        ahead[place] = place if is_text else ahead[place + 1]
    return ahead


def _is_text(text: str, language: str) -> bool:
    """Whether a paragraph belongs to the text again: a known heading, a sentence, or else no headline."""
    if _breaks_off(text):
        return False
    return (
        len(text) > _HEADLINE_CHARACTERS
        or text[-1] in _PAUSES
        or next(filter(str.isalpha, text), "").islower()
        or is_sentence(text, _SENTENCE_WORDS)
        or is_footnote(text)
        or is_known_heading(text, language)
    )


def _teased(texts: Sequence[str], index: int, stop: int) -> list[int]:
    """What belongs to a teaser between paragraphs: a headline, and the first words, which break off."""
    place = index + 1
    inside = []
    if place < stop and _is_headline(texts[place]):
        inside.append(place)
        place += 1
    if place < stop and _breaks_off(texts[place]):
        inside.append(place)
    return inside


def _is_headline(text: str) -> bool:
    return (
        len(text) <= _HEADLINE_CHARACTERS
        and not ends_clause(text)
        and not text[0].islower()
        and not starts_list_item(text)
        and len(text.split()) <= _HEADLINE_WORDS
    )


def _breaks_off(text: str) -> bool:
    return text.endswith(_ELLIPSES) and len(text) <= _TEASER_CHARACTERS
