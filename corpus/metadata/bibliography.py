"""What a bibliography says of a document, whatever its format: variables, dates, languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.metadata.table import Metadata
from rubricate.corpus.readers.dates import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable

VARIABLES = (*("citekey", "title", "author", "date", "outlet", "type", "doi", "url", "language", "keywords"),)
"""The variables that entries have, in the order of the columns; the abstract is text and no variable."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"([0-9]{1,2})?[\s.,]*([a-z]{3,9})\.?[\s,]*([0-9]{1,2})?", re.IGNORECASE)
_FULL = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)")
_NO_LANGUAGE = ("mis", "mul", "und", "zxx")
_TAGS = {
    "af": "afrikaans",
    "ar": "arabic ara",
    "az": "azerbaijani",
    "bg": "bulgarian bul",
    "cs": "czech ces cze",
    "da": "danish dan",
    "de": "german ngerman naustrian nswissgerman austrian swissgerman deu ger",
    "el": "greek polutonikogreek ell gre",
    "en": "english eng",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-GB": "british ukenglish",
    "en-US": "american usenglish",
    "es": "spanish spa",
    "et": "estonian est",
    "fa": "persian farsi fas per",
    "fi": "finnish fin",
    "fr": "french francais frenchb fra fre",
    "he": "hebrew heb",
    "hi": "hindi hin",
    "hr": "croatian hrv",
    "hu": "hungarian magyar hun",
    "id": "indonesian ind",
    "it": "italian ita",
    "ja": "japanese jpn",
    "ko": "korean kor",
    "ku": "kurdish kur",
    "lt": "lithuanian lit",
    "lv": "latvian lav",
    "nl": "dutch nld dut",
    "no": "norwegian nor",
    "pl": "polish pol",
    "pt": "portuguese por",
    "pt-BR": "brazilian brazil",
    "ro": "romanian ron rum",
    "ru": "russian rus",
    "sk": "slovak slk slo",
    "sl": "slovenian slovene slv",
    "sr": "serbian srp",
    "sv": "swedish swe",
    "tr": "turkish tur",
    "uk": "ukrainian ukr",
    "ur": "urdu urd",
    "vi": "vietnamese vie",
    "zh": "chinese zho chi",
}
"""Of each tag the names that bibliographies write instead: English, as LaTeX calls it, of three letters."""

_NAMES = {name: tag for tag, names in _TAGS.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: ``values`` by VARIABLES, empty ones left out, and the paths of the files it names."""

    citekey: str
    values: dict[str, str]
    attachments: tuple[str, ...] = ()
    doubts: list[str] = field(default_factory=list)


def as_metadata(file: str, entries: Iterable[Entry]) -> Metadata:
    """The entries as metadata; variables that no entry has are left out."""
    entries = list(entries)
    named = {name for entry in entries for name in entry.values}
    columns = tuple(name for name in VARIABLES if name in named)
    return Metadata(
        file,
        columns,
        rows={entry.citekey: {name: entry.values.get(name, "") for name in columns} for entry in entries},
        attachments={entry.citekey: entry.attachments for entry in entries},
        doubts=tuple(f"{file}: {entry.citekey}: {doubt}" for entry in entries for doubt in entry.doubts),
    )


def iso_date(year: str, month: str = "", day: str = "") -> str:
    """A date in ISO 8601, as far as its parts are given; empty if they are no date.

    A month may be a number or an English name, with the day before or behind it. One that is something
    else ("Spring", "May/June") is left out, and so the date says less.

    >>> iso_date("2019", "sept."), iso_date("2019", "12 May"), iso_date("2019", "Spring"), iso_date("n.d.")
    ('2019-09', '2019-05-12', '2019', '')
    """
    number, own_day = _month(month.strip())
    date = year.strip()
    if number:
        date += f"-{number:02}"
        if (own_day or day.strip()).isdecimal():
            date += f"-{int(own_day or day):02}"
    return date if is_date(date) else ""


def date_as_written(text: str) -> str:
    """A date that is one string, of a range its beginning; empty if it is not written in ISO 8601.

    >>> date_as_written("2019-05/2019-07"), date_as_written("spring 2019")
    ('2019-05', '')
    """
    begin = text.strip().partition("/")[0].strip()
    return begin if is_date(begin) else ""


def language_tag(text: str) -> str:
    """The tag of a language that is named by a tag or in English; empty for others.

    >>> language_tag("en_US"), language_tag("Persian"), language_tag("eng"), language_tag("Plattdeutsch")
    ('en-US', 'fa', 'en', '')
    """
    name = text.strip().casefold()
    found = _TAG.fullmatch(text.strip().replace("_", "-"))
    if name in _NAMES or not found:
        return _NAMES.get(name, "")
    primary = found[1].casefold()
    return "" if primary in _NO_LANGUAGE else _NAMES.get(primary, primary) + found[2]


def _month(text: str) -> tuple[int, str]:
    """The number of a month and the day that is written with it; 0 if it is none."""
    if text.isdecimal():
        return int(text[:3]), ""
    found = _MONTH.fullmatch(text)
    name = found[2].casefold() if found else ""
    if found and (name in _MONTHS or name == "sept" or name in _FULL):
        return _MONTHS.index(name[:3]) + 1, found[1] or found[3] or ""
    return 0, ""
