"""An article of a bundle, by its lines; what the readers of bundles share to find its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.readers.bundles.long_dates import read_long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_BLANKS = re.compile(r"\s+")
_COPYRIGHT = re.compile(
    r"\s*(?:Copyright\b|©|\(c\)\s*(?:Copyright\b|(?:19|20)\d\d)|All rights reserved\b"
    r"|Alle Rechte vorbehalten\b|Tous droits réservés\b|Todos los derechos reservados\b)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\s*(?:(?:Page|Seite|Página)\s+\d+\s+(?:of|von|de|sur)\s+\d+\s*)?(?:(?:©|\(c\))\s*\d{4}\s+Factiva\b.*)?"
)
_DOWNLOAD = re.compile(
    r"\s*(?:(?:Documents|Dokumente|Documentos) \(\d+\)"
    r"|(?:Job Number|User Name|Time of Request|Print Number):.*"
    r"|Table of Contents|Inhaltsverzeichnis|Table des matières|Tabla de contenido"
    r"|Search Summary|Suchübersicht|Résumé de la recherche|Resumen de búsqueda)\s*",
    re.IGNORECASE,
)
_CUT_SHORT = 12  # characters, at least, of a headline
_LENGTH = re.compile(
    r"(?P<number>\d+(?:[.,\u00a0\u202f ]\d{3})*)\s+(?:words?|Wörter|Worte|mots|palabras)", re.IGNORECASE
)
_LANGUAGES = {
    "en": "english englisch anglais inglés",
    "de": "german deutsch allemand alemán",
    "fr": "french französisch français francais francés",
    "es": "spanish spanisch espagnol español espanol castellano",
    "ar": "arabic arabisch arabe árabe",
    "fa": "persian farsi persisch persan persa",
    "it": "italian italienisch italien italiano",
    "ja": "japanese japanisch japonais japonés",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands",
    "pl": "polish polnisch polonais polaco polski",
    "pt": "portuguese portugiesisch portugais portugués português",
    "ru": "russian russisch russe ruso",
    "tr": "turkish türkisch turc turco türkçe",
    "zh": "chinese chinesisch chinois chino",
}
_TAGS = {name: tag for tag, names in _LANGUAGES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Article:
    """The lines ``first`` to ``last`` (exclusive, from 0) of a bundle that make one document.

    ``variables`` are what its header and footer say. ``instead`` has for each line that was read into a
    variable, or is a mark of the format, what is left of it for the text: mostly nothing.
    """

    first: int
    last: int
    variables: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[int, str] = field(default_factory=dict)


class Notes:
    """What has been read of an article so far: its variables, and what is left of their lines."""

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}
        self.instead: dict[int, str] = {}

    def take(self, name: str, value: Iterable[str], where: Iterable[int]) -> None:
        """Read some lines into a variable; what is said again comes behind a semicolon."""
        both = filter(None, (self.variables.get(name, ""), join_lines(value)))
        self.variables[name] = "; ".join(both)
        self.leave_out(where)

    def take_date(self, value: str, where: Iterable[int]) -> None:
        """Read the date; a line that says more than a day, or none, stays as it is in ``date_text``."""
        date, rest = read_long_date(join_lines([value])) or ("", value)
        if date:
            self.take("date", [date], where)
        if rest:
            self.take("date_text", [value], where)

    def leave_out(self, where: Iterable[int]) -> None:
        """Take the marks of the format out of the text."""
        self.instead.update(dict.fromkeys(where, ""))

    def article(self, first: int, last: int) -> Article:
        """The article in these lines. The language becomes a tag and the date of loading an ISO date; what
        cannot be read stays verbatim, the language as ``language_text``.
        """
        named = self.variables.pop("language", "")
        self.variables["language" if language_tag(named) else "language_text"] = language_tag(named) or named
        loaded = self.variables.get("load_date", "")
        date, rest = read_long_date(loaded) or ("", loaded)
        self.variables["load_date"] = loaded if rest else date
        self.variables["length"] = number_of(self.variables.get("length", ""))
        variables = {name: value for name, value in self.variables.items() if value}
        return Article(first, last, variables, self.instead)


def join_lines(lines: Iterable[str]) -> str:
    """Lines of a value as one line, with single blanks.

    >>> join_lines(["  Section A;  ", " Foreign Desk"])
    'Section A; Foreign Desk'
    """
    return _BLANKS.sub(" ", " ".join(lines)).strip()


def paragraphs(lines: Sequence[str], first: int, last: int) -> list[range]:
    """The stretches of lines without a blank one between, from ``first`` to ``last`` (exclusive).

    >>> paragraphs(["a", "", "b", "c"], 0, 4)
    [range(0, 1), range(2, 4)]
    """
    blank = [first - 1, *(index for index in range(first, last) if not lines[index].strip()), last]
    return [range(before + 1, after) for before, after in pairwise(blank) if after > before + 1]


def filled(lines: Sequence[str], first: int, last: int) -> Iterator[int]:
    """The lines from ``first`` to ``last`` (exclusive) that are not blank."""
    return (index for index in range(first, last) if lines[index].strip())


def begins_alike(line: str, listed: str) -> bool:
    """Whether a line is the headline that a list has, either of them cut short by the edge of its page.

    >>> begins_alike("Ships turn back at Kerosin Point", "Ships turn back at")
    True
    """
    headline, listed = join_lines([line]), join_lines([listed])
    short, long = sorted((headline, listed), key=len)
    return bool(short) and (short == long or (len(short) >= _CUT_SHORT and long.startswith(short)))


def is_copyright(line: str) -> bool:
    """Whether a line begins a notice of copyright.

    >>> is_copyright("(c) 2019 The Courier"), is_copyright("Copyrights are disputed")
    (True, False)
    """
    return _COPYRIGHT.match(line) is not None


def is_furniture(line: str) -> bool:
    """Whether a line is what the database prints on every page of a download.

    >>> is_furniture("Page 2 of 9 © 2019 Factiva, Inc."), is_furniture("Page 2 of 9 lost")
    (True, False)
    """
    return bool(line.strip()) and _FURNITURE.fullmatch(line.rstrip()) is not None


def is_of_download(line: str) -> bool:
    """Whether a line stands on the pages with which a database begins or ends a download.

    >>> is_of_download("Documents (12)"), is_of_download("Documents of the war")
    (True, False)
    """
    return _DOWNLOAD.fullmatch(line) is not None


def is_length(line: str) -> bool:
    """Whether a line is nothing but a number of words ("1,204 words")."""
    return _LENGTH.fullmatch(line.strip()) is not None


def number_of(length: str) -> str:
    """The number in a length ("1,204 words"), or the length as it is where it is said otherwise.

    >>> number_of("1.204 Wörter"), number_of("two columns")
    ('1204', 'two columns')
    """
    found = _LENGTH.fullmatch(length)
    return re.sub(r"\D", "", found["number"]) if found else length


def language_tag(name: str) -> str:
    """The tag of a language that a database names, in one of its languages or in several; or nothing.

    >>> language_tag("GERMAN; DEUTSCH"), language_tag("Klingon")
    ('de', '')
    """
    tags = {_TAGS.get(each.strip(), "") for each in name.casefold().split(";")}
    return tags.pop() if len(tags) == 1 else ""
