"""What web pages and journals put around a text: breadcrumbs, bylines, teasers, forms, notices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import is_known_heading, is_salutation, named, names
from rubricate.corpus.parts.shapes import ends_clause, ends_sentence, looks_like_heading
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOP = 12  # paragraphs among which a title, authors and affiliations are looked for
_LONGEST = 300  # characters: longer paragraphs are prose
_SHORT_WORDS = 40  # of a teaser, a byline, a notice
_NAME_WORDS = 14
_LONGEST_PERSON = 5  # words
_ROLE_WORDS = 20  # of a name with what its bearer is
_STEPS = re.compile(r"\s+(?:[/|>»›→·]|::)\s+|\s*[»›→]\s*")
_BETWEEN_STEPS = frozenset("/|>»›→·:")
_FEWEST_STEPS = 3
_MARKED_NAME = re.compile(r"[^\W\d_](?:[¹²³⁴⁵⁶⁷⁸⁹⁰]|[*†‡])+[\s,;]*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡,]*)$")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_ELLIPSES = ("…", "...", "[…]", "[...]")
_LABELLED = re.compile(r"\s*(?:[:：—–]|-\s)")
_ENDS = frozenset(".!?؟。")

BOILERPLATE = "boilerplate"


def find_furniture(texts: Sequence[str], language: str) -> dict[int, tuple[str, str]]:
    """Part and reason of every paragraph that does not belong to the text itself, by its place."""
    short = [index for index, text in enumerate(texts) if len(text) <= _LONGEST]
    found = {index: (BOILERPLATE, reason) for index in short if (reason := _notice(texts[index], language))}
    found |= _at_the_top(texts, language)
    for index in short:
        name = named(texts[index], language)
        if index not in found and name in ("teaser", "button"):
            for place in _below(texts, index, language, teaser=name == "teaser"):
                found.setdefault(place, (BOILERPLATE, f"below “{texts[index]}”"))
            found[index] = (BOILERPLATE, "what a site says of itself")
    return found


def _notice(text: str, language: str) -> str:
    known = names(language)
    start = fold(text[:40])
    if not start.startswith(known.notices + known.keywords):
        return ""
    if start.startswith(known.notices):
        return "what a site says of itself" if len(text.split()) <= _SHORT_WORDS else ""
    labelled = any(start.startswith(name) and _LABELLED.match(text, len(name)) for name in known.keywords)
    return "keywords" if labelled and not ends_sentence(text[:-1]) else ""


def _at_the_top(texts: Sequence[str], language: str) -> dict[int, tuple[str, str]]:
    """Breadcrumbs, bylines and affiliations: only near the top, and authors only above the first prose."""
    found = {}
    prose = False
    for index, text in enumerate(texts[:_TOP]):
        prose = prose or len(text) > _LONGEST
        if len(text) > _LONGEST:
            continue
        if "@" in text and _MAIL.search(text) and len(text.split()) <= _SHORT_WORDS:
            found[index] = ("footnote", "affiliation: it holds an e-mail address")
        elif prose:
            continue
        elif _is_breadcrumb(text, texts[index + 1 : index + 4], language):
            found[index] = (BOILERPLATE, "breadcrumb")
        elif index and _is_byline(text, language):
            found[index] = (BOILERPLATE, "byline")
    return found


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


def _is_byline(text: str, language: str) -> bool:
    if text[-1] in _ENDS and not text.endswith("."):
        return False
    words = text.split()
    if len(words) <= _NAME_WORDS and _MARKED_NAME.search(text):
        return True
    if _is_name_with_role(text, words, language):
        return True
    start = fold(" ".join(words[:4])) + " "
    for name in names(language).bylines:
        if start.startswith(name):
            rest = fold(" ".join(words)).removeprefix(name).strip(" :")
            at = len(" ".join(words)) - len(rest)
            name_like = " ".join(words)[at : at + 1]
            return len(words) <= _SHORT_WORDS and not ends_sentence(text) and not name_like.islower()
    return False


def _is_name_with_role(text: str, words: Sequence[str], language: str) -> bool:
    """Whether a line is a name, a comma, and what its bearer is ("Mira Solenne, Institute of Harbours")."""
    name = text.partition(",")[0].split()
    return (
        1 < len(name) <= _LONGEST_PERSON
        and len(name) < len(words) <= _ROLE_WORDS
        and all(word[0].isupper() for word in name)
        and not ends_clause(text)
        and looks_like_heading(text)
        and not is_salutation(text, language)
        and any(role in fold(text) for role in names(language).roles)
    )


def _below(texts: Sequence[str], index: int, language: str, *, teaser: bool) -> list[int]:
    """The paragraphs below a name such as "Check Also" that belong to it.

    At the end of a page these are all that follow. Between paragraphs of the text they are a teaser's title
    and its first words, which break off; a button has nothing below it there.
    """
    behind = range(index + 1, len(texts))
    stop = next((place for place in behind if _is_text(texts[place], language)), len(texts))
    if stop == len(texts):
        return list(behind)
    inside: list[int] = []
    for place in range(index + 1, min(stop, index + 3) if teaser else 0):
        breaks_off = texts[place].endswith(_ELLIPSES)
        if not breaks_off and (inside or ends_sentence(texts[place])):
            break
        inside.append(place)
    return inside


def _is_text(text: str, language: str) -> bool:
    """Whether a paragraph belongs to the text again: a heading known by name, or a longer one of prose."""
    if text.endswith(_ELLIPSES):
        return False
    if is_known_heading(text, language):
        return True
    return len(text.split(None, _SHORT_WORDS)) > _SHORT_WORDS and ends_sentence(text)
