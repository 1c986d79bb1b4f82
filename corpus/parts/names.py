"""What is known by its name: headings, labels, and what web pages and journals put around a text.

The names are data, one TOML file per language in ``headings/``; English ones hold in every language.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rubricate.corpus.parts.shapes import NUMBER
from rubricate.corpus.words.folding import fold

LONGEST_NAME = 36
"""No heading that is known by its name has more characters."""

START = 4
"""No name that is looked for in any paragraph has fewer characters."""

_FOLDER = files("rubricate.corpus.parts") / "headings"
_EVERYWHERE = "en"
_KINDS = ("references", "sources", "abstract", "other")
_FURNITURE = ("button", "teaser")
_MARKS = " .:*#-"
_NUMBER_SIGNS = frozenset("-.):–—")
_LONGEST_NUMBER = 9
_BEHIND = re.compile(r"\s*(?:\(\d{1,5}\)|[:*…→>'\"]|\.\.\.)*$")
"""What stands behind the name of a button, folded: Comments (12), Read more …, Read more »"""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, folded.

    ``headings`` gives for a name its kind: ``references``; ``sources``, which are references only where
    entries stand below; ``abstract``; ``other``. ``furniture`` gives for a line of a web page ``teaser`` (it
    stands above links to other articles) or ``button``; ``form`` are the lines of forms below a button.

    Of paragraphs about the site ``notices`` are beginnings, ``statements`` whole sentences; after ``calls``
    one of the ``sites`` must be named, after ``downloads`` an address, and ``reading`` goes with a number.
    ``salutations`` address an audience, ``labels`` stand before the paragraphs of an abstract, ``bylines``
    before names of people, ``published`` before a date, ``keywords`` before these. ``roles`` are what
    authors are and where, ``outlets`` words in the names of papers, ``home`` the first steps of
    breadcrumbs, ``days`` those of the week.

    ``starts`` are the first START characters of all that is looked for in any paragraph, where it begins
    with a letter: a cheap first test.
    """

    headings: dict[str, str]
    furniture: dict[str, str]
    form: frozenset[str]
    notices: tuple[str, ...]
    statements: tuple[str, ...]
    calls: tuple[str, ...]
    sites: frozenset[str]
    downloads: tuple[str, ...]
    reading: tuple[str, ...]
    salutations: tuple[str, ...]
    labels: tuple[str, ...]
    bylines: tuple[str, ...]
    published: tuple[str, ...]
    keywords: frozenset[str]
    roles: frozenset[str]
    outlets: frozenset[str]
    home: frozenset[str]
    days: frozenset[str]
    starts: frozenset[str]


def named(text: str, language: str) -> str:
    """What a line is known for as a heading: one of the kinds of ``Names.headings``, or nothing.

    A full stop behind a name without a number is the end of a sentence.

    >>> named("5- References", "en"), named("Sources", "en"), named("References.", "en"), named("Iran", "en")
    ('references', 'sources', '', '')
    """
    if len(text) > LONGEST_NAME or text[-1] in ",;":
        return ""
    headings = names(language).headings
    whole = fold(text).strip(_MARKS)
    if whole in headings:
        return headings[whole] if text[-1] != "." else ""
    start = text[:_LONGEST_NUMBER]
    if not start[0].isdigit() and _NUMBER_SIGNS.isdisjoint(start) and start[0] not in "IVX":
        return ""
    number = NUMBER.match(text)
    if not number or (text[-1] == "." and text[0].islower()):
        return ""
    return headings.get(fold(text[number.end() :]).strip(_MARKS), "")


def named_furniture(text: str, language: str) -> str:
    """Whether a line is a ``teaser`` or a ``button`` of a web page, or neither; an item of a list is none.

    >>> [named_furniture(line, "en") for line in ("Comments (12)", "Check Also", "- Email")]
    ['button', 'teaser', '']
    """
    if len(text) > LONGEST_NAME or not text[0].isalpha():
        return ""
    return names(language).furniture.get(_BEHIND.sub("", fold(text)), "")


def is_known_heading(text: str, language: str) -> bool:
    """Whether a line is a heading by its name alone ("References", "2- Method", "نتیجه‌گیری")."""
    return named(text, language) != ""


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

    def kinds(*of: str) -> dict[str, str]:
        # A name of two kinds is of the one that comes first.
        return {name: kind for kind in reversed(of) for name in all_of(kind)}

    anywhere = ("button", "teaser", "notices", "statements", "calls", "downloads", "reading", "keywords")
    return Names(
        headings=kinds(*_KINDS),
        furniture=kinds(*_FURNITURE),
        form=frozenset(all_of("form")),
        notices=all_of("notices"),
        statements=all_of("statements"),
        calls=all_of("calls"),
        sites=frozenset(all_of("sites")),
        downloads=all_of("downloads"),
        reading=all_of("reading"),
        salutations=all_of("salutations"),
        labels=all_of("labels"),
        bylines=all_of("bylines"),
        published=all_of("published"),
        keywords=frozenset(all_of("keywords")),
        roles=frozenset(all_of("roles")),
        outlets=frozenset(all_of("outlets")),
        home=frozenset(all_of("home")),
        days=frozenset(all_of("days")),
        starts=frozenset(("copy", *(name[:START] for kind in anywhere for name in all_of(kind)))),
    )


def _read(code: str) -> dict[str, list[str]]:
    file = _FOLDER / f"{code}.toml"
    if not code.isalpha() or not file.is_file():
        return {}
    return tomllib.loads(file.read_text("utf-8"))
