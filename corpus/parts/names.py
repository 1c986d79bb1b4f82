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
_KINDS = ("references", "sources", "abstract", "author", "other")
_FURNITURE = ("comments", "button", "teaser")
_MARKS = " .:*#-"
_NUMBER_SIGNS = frozenset("-.):–—")
_LONGEST_NUMBER = 9
_BEHIND = re.compile(r"\s*(?:\(\d{1,5}\)|[:*…→>'\"]|\.\.\.)*$")
"""What stands behind the name of a button, folded: Comments (12), Read more …, Read more »"""
_COUNTED = re.compile(r"\d{1,5}\s+(?P<before>\D+?)[:\s]*|(?P<behind>\D+?)(?P<mark>\s*[:(]\s*|\s+)\d{1,5}\)?")
"""3 comments, Comments (3), Comments: 3"""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, folded.

    ``headings`` gives for a name its kind: ``references``; ``sources``, which are references only where
    entries stand below; ``abstract``; ``author``, below which something is said of the authors; ``other``.
    ``furniture`` gives for a line of a web page ``teaser`` (it stands above links to other articles),
    ``comments`` (above what readers wrote) or ``button``; ``counted`` are comments where a number goes with
    them; ``form`` are the lines of forms below a button.

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
    counted: frozenset[str]
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
    """Whether a line is a ``teaser``, a ``button`` or above ``comments`` on a web page, or nothing of these.

    An item of a list is nothing of these.

    >>> [named_furniture(line, "en") for line in ("Share", "3 comments", "Check Also", "- Email")]
    ['button', 'comments', 'teaser', '']
    """
    if len(text) > LONGEST_NAME or not text[0].isalnum():
        return ""
    known = names(language)
    whole = fold(text)
    return "comments" if _counts_comments(whole, known) else known.furniture.get(_BEHIND.sub("", whole), "")


def _counts_comments(whole: str, known: Names) -> bool:
    """Whether a folded line counts comments; "Comment 3" is one of several, "Comments 3" their number."""
    found = _COUNTED.fullmatch(whole)
    if found is None:
        return False
    if found["before"]:
        return found["before"] in known.counted
    return found["behind"] in known.counted and (
        not found["mark"].isspace() or found["behind"] in known.furniture
    )


def is_teaser(text: str, language: str) -> bool:
    """Whether a line begins with the name of a teaser and a colon ("Read more: Sanctions on oil")."""
    name, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and names(language).furniture.get(fold(name).strip()) == "teaser"


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

    lines = ("button", "teaser", "comments", "counted", "reading", "keywords")
    anywhere = (*lines, "notices", "statements", "calls", "downloads")
    return Names(
        headings=kinds(*_KINDS),
        furniture=kinds(*_FURNITURE),
        counted=frozenset(all_of("counted")),
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
