"""What is known by its name: headings, labels, and what web pages and journals put around a text.

The names are data, one TOML file per language in ``headings/``; English ones hold in every language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rubricate.corpus.parts.shapes import NUMBER
from rubricate.corpus.words.folding import fold

LONGEST_NAME = 36
"""No heading that is known by its name has more characters."""

_FOLDER = files("rubricate.corpus.parts") / "headings"
_EVERYWHERE = "en"
_KINDS = ("references", "abstract", "other", "teaser", "button")
_FURNITURE = ("teaser", "button")
_MARKS = " .:*#-"
_NUMBER_SIGNS = frozenset("-.):–—")
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, folded.

    ``headings`` gives for a name its kind: ``references``, ``abstract``, ``other``; or, on web pages,
    ``teaser`` (what stands above links to other articles) and ``button`` (a button or form). The rest are
    beginnings of paragraphs: ``salutations`` address an audience, ``labels`` stand before the paragraphs of
    an abstract, ``bylines`` before an author, ``keywords`` before these, ``notices`` before what a site says
    of itself. ``roles`` are what authors are and where, ``home`` the first steps of breadcrumbs.
    """

    headings: dict[str, str]
    salutations: tuple[str, ...]
    labels: tuple[str, ...]
    bylines: tuple[str, ...]
    roles: tuple[str, ...]
    keywords: tuple[str, ...]
    notices: tuple[str, ...]
    home: frozenset[str]


def named(text: str, language: str) -> str:
    """What a line is known for as a heading: one of the kinds of ``Names.headings``, or nothing.

    >>> named("5- References", "en"), named("Check Also", "en"), named("Iran", "en")
    ('references', 'teaser', '')
    """
    if len(text) > LONGEST_NAME or text[-1] in ",;" or (text[-1] == "." and text[0].islower()):
        return ""
    headings = names(language).headings
    whole = fold(text).strip(_MARKS)
    if whole in headings:
        return headings[whole]
    start = text[:_LONGEST_NUMBER]
    if not start[0].isdigit() and _NUMBER_SIGNS.isdisjoint(start) and start[0] not in "IVX":
        return ""
    number = NUMBER.match(text)
    return headings.get(fold(text[number.end() :]).strip(_MARKS), "") if number else ""


def is_known_heading(text: str, language: str) -> bool:
    """Whether a line is a heading by its name alone ("References", "2- Method", "نتیجه‌گیری")."""
    return named(text, language) not in ("", *_FURNITURE)


def is_salutation(text: str, language: str) -> bool:
    """Whether a line of a speech addresses the audience ("Mr. President")."""
    return fold(text).startswith(names(language).salutations)


@cache
def names(language: str) -> Names:
    """The names of a language and the English ones."""
    codes = dict.fromkeys((_EVERYWHERE, language.partition("-")[0].lower()))
    tables = [data for code in codes if (data := _read(code))]

    def all_of(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold(name) for data in tables for name in data.get(kind, ())))

    return Names(
        # A name of two kinds is of the one that comes first in _KINDS.
        headings={name: kind for kind in reversed(_KINDS) for name in all_of(kind)},
        salutations=all_of("salutations"),
        labels=all_of("labels"),
        bylines=all_of("bylines"),
        roles=all_of("roles"),
        keywords=all_of("keywords"),
        notices=all_of("notices"),
        home=frozenset(all_of("home")),
    )


def _read(code: str) -> dict[str, list[str]]:
    file = _FOLDER / f"{code}.toml"
    if not code.isalpha() or not file.is_file():
        return {}
    return tomllib.loads(file.read_text("utf-8"))
