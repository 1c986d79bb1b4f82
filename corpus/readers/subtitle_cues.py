"""The cues of a subtitle file: what is shown from when to when, without tags.

WebVTT and SRT differ little and are mixed up in practice: hours, milliseconds, numbers of cues and the
blank lines between them can be missing. A line with two times begins a cue, and what follows is its text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TIME = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,:]([0-9]{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_LIKE_TIMING = re.compile(
    r".*-->\s*[0-9]|\s*[0-9][0-9:.,]*\s*(?:-->|[-–—=]?[>→])|\s*[0-9:]+[.,][0-9]{3}\s*\S{0,4}\s*[0-9:]+[.,][0-9]{3}"
)
_NOT_SHOWN = re.compile(r"(?:NOTE(?:\s|$)|(?:STYLE|REGION)\s*$)")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*$")

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>|</v>")
_VTT_TAG = re.compile(r"</?(?:[A-Za-z][^<>]*)?>|<[0-9][0-9:.]*>")
_SRT_TAG = re.compile(
    r"</?(?:b|c|font|i|lang|rt|ruby|s|span|strong|em|u|v)(?:[\s.][^<>]*)?/?>|\{\\[^{}]*\}", re.IGNORECASE
)
_LONGEST_NUMBER = 10  # digits that a cue's number stays below
_BREAK = re.compile(r"<br\s*/?>|\\[Nn]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


class Line(NamedTuple):
    """A line that is shown, and who says it if a voice tag tells."""

    voice: str
    text: str


class Cue(NamedTuple):
    """What is shown from ``start`` to ``end``, in seconds; no line is blank."""

    start: float
    end: float
    lines: tuple[Line, ...]


class CueFile(NamedTuple):
    """The cues of a file, in its order, and the language that it names."""

    cues: list[Cue]
    language: str


def read_cues(file: str, text: str) -> CueFile:
    """Parse a subtitle file; FileError if it has no cues or a line of times cannot be read.

    Text that belongs to no cue, because a blank line stands before it, is taken to go on with the one above.
    """
    rows = text.split("\n")
    webvtt = rows[0].startswith("WEBVTT")
    timings = [(row, found) for row, line in enumerate(rows) if (found := _TIMING.match(line))]
    if not timings:
        for row, line in enumerate(rows):
            _refuse_timing(file, line, row)
        raise FileError(file, "holds no subtitles: no line has the form 00:00:01.000 --> 00:00:02.000")
    begins = [_begin(rows, row, count, webvtt=webvtt) for count, (row, _) in enumerate(timings)]
    head = rows[: begins[0]]
    _refuse_head(file, head, webvtt=webvtt)
    cues = []
    for (row, times), last in zip(timings, [*begins[1:], len(rows)], strict=True):
        shown = "\n".join(line for _, line in _shown(file, rows, row + 1, last, webvtt=webvtt))
        cues.append(Cue(_seconds(times, 1), _seconds(times, 5), _lines(shown, webvtt=webvtt)))
    return CueFile(cues, next((found[1] for line in head if (found := _LANGUAGE.match(line))), ""))


def clock(seconds: float) -> str:
    """A time as hours, minutes and full seconds.

    >>> clock(72.9), clock(360_000)
    ('00:01:12', '100:00:00')
    """
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _begin(rows: Sequence[str], timing: int, count: int, *, webvtt: bool) -> int:
    """The row in which a cue begins: its line of times, or its name or number above.

    Without a blank line above, a number is the cue's only if it goes on counting: it may be text.
    """
    name = rows[timing - 1].strip() if timing else ""
    is_number = name.isdecimal() and len(name) < _LONGEST_NUMBER
    stands_apart = timing == 1 or (timing > 1 and not rows[timing - 2].strip())
    if stands_apart and name and (webvtt or is_number):
        return timing - 1
    return timing - 1 if is_number and int(name) - count in (0, 1) else timing


def _shown(
    file: str, rows: Sequence[str], first: int, last: int, *, webvtt: bool
) -> Iterator[tuple[int, str]]:
    """The rows that are text, without the notes and styles of WebVTT, which end at a blank line."""
    hidden = False
    for row in range(first, last):
        line = rows[row].strip()
        if not line:
            hidden = False
        elif webvtt and not rows[row - 1].strip() and _NOT_SHOWN.match(line):
            hidden = True
        elif not hidden:
            _refuse_timing(file, line, row)
            yield row, line


def _refuse_timing(file: str, line: str, row: int) -> None:
    if _LIKE_TIMING.match(line):
        wanted = "write them as 00:00:01.000 --> 00:00:02.000"
        raise FileError(file, f"line {row + 1}: the times of a subtitle cannot be read; {wanted}")


def _refuse_head(file: str, head: Sequence[str], *, webvtt: bool) -> None:
    """Refuse text above the first cue, which would be lost; WebVTT begins with lines about the file."""
    first = next((row for row, line in enumerate(head) if not line.strip()), len(head)) if webvtt else 0
    for row, _ in _shown(file, head, first, len(head), webvtt=webvtt):
        raise FileError(file, f"line {row + 1}: stands above the first subtitle; remove it or give it a time")


def _seconds(times: re.Match[str], group: int) -> float:
    hours, minutes, seconds, fraction = (times[group + place] for place in range(4))
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _lines(text: str, *, webvtt: bool) -> tuple[Line, ...]:
    """The lines of a cue without tags and with characters for entities."""
    pieces = [
        "",
        *_VOICE.split(_BREAK.sub("\n", text)),
    ]  # alternately a voice, or None where it ends, and text
    tag = _VTT_TAG if webvtt else _SRT_TAG
    found = []
    for voice, said in zip(pieces[::2], pieces[1::2], strict=True):
        name = " ".join(_plain(voice or "").split())
        found += [Line(name, line) for line in map(str.strip, _plain(tag.sub("", said)).split("\n")) if line]
    return tuple(found)


def _plain(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)
