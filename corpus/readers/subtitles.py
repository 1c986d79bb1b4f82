"""Subtitles (WebVTT and SRT): one file, one document, with who speaks and when.

A cue is as much as fits on a screen, so cues are joined to running text: a block ends where another person
speaks, and otherwise only between sentences, after a pause or when it is as long as a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import CONTROL, decode_text
from rubricate.corpus.readers.subtitle_cues import Cue, clock, read_cues
from rubricate.corpus.words.characters import TERMINALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_PAUSE = 4.0  # seconds without subtitles that end a paragraph between sentences
_PARAGRAPH = 600  # characters from which a paragraph ends with its sentence
_LONGEST = 3000  # characters in which a sentence has ended, if the file marks ends at all
_ROLLING = 1 / 3  # of the cues, that begin with what the cue before ended with
_SCREEN = 10  # lines that a screen may show
_TOUCHING = 0.5  # seconds between cues of which the second repeats the first

_ROLLED = (
    "rolling captions: {} lines that only repeat the subtitle before were left out; "
    "compare with the recording if repetitions matter"
)

_ENDED = re.compile(rf"[{re.escape(TERMINALS)}♪]['\"”’»)\]」』]*(?:\s*[\[(][^\[\]()]*[\])])*$")
_LONGEST_END = 200  # characters in which the end of a sentence and sounds behind it are looked for
_LAST = 3  # lines in which they are
_TURN = re.compile(r"(?:[-–—‐]\s?(?=[^\W\d_]|[\[(])|>>+\s*)")
_NAME = re.compile(r"\[?([^\W\d_][^:：\n!?;<>“”\"\[\]]{0,39})\]?(?::(?=\s|$)|：)\s*")
_MOST_WORDS = 5  # of a name with its office
_SHORT_WORD = 3  # letters of "van", "der", "of" within a name


class _Said(NamedTuple):
    """A line and who says it; ``turn`` says that somebody else begins to speak with it."""

    start: float
    end: float
    speaker: str
    turn: bool
    text: str


def read_subtitles(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the file as one document; a block has its speaker, if known, and the time of its first cue.

    Tags, numbers of cues, notes and styles are left out; descriptions of sounds are text. Captions that
    roll, each cue repeating lines of the one before, are read once. FileError if no text is left.
    """
    text, encoding = decode_text(raw, options.encoding)
    cues, language = read_cues(raw.file, CONTROL.sub("", text))
    cues, repeated = _unrolled(cues)
    blocks = tuple(_joined(_said(cues)))
    if not blocks:
        raise FileError(raw.file, "holds no text")
    properties = {"language": language} if language else {}
    warnings = (_ROLLED.format(repeated),) if repeated else ()
    yield Source(
        raw.id, raw.file, raw.sha256, encoding, blocks=blocks, properties=properties, warnings=warnings
    )


def _unrolled(cues: list[Cue]) -> tuple[list[Cue], int]:
    """Cues without the lines that repeat the end of the cue before, and how many these were.

    Only where the file does so throughout: elsewhere somebody says the same twice.
    """
    repeats = [0, *(_repeated(before, cue) for before, cue in pairwise(cues))]
    if sum(map(bool, repeats)) < _ROLLING * len(cues):
        return cues, 0
    fresh = [cue._replace(lines=cue.lines[many:]) for cue, many in zip(cues, repeats, strict=True)]
    return fresh, sum(repeats)


def _repeated(before: Cue, cue: Cue) -> int:
    """How many lines at the top of a cue are those at the bottom of the one before."""
    if cue.start - before.end > _TOUCHING:
        return 0
    most = min(len(before.lines), len(cue.lines), _SCREEN)
    return next((many for many in range(most, 0, -1) if before.lines[-many:] == cue.lines[:many]), 0)


def _said(cues: Sequence[Cue]) -> Iterator[_Said]:
    """Each line with its speaker, who is named by a voice tag or at the beginning of a line."""
    named = Counter(name for cue in cues for line in cue.lines if (name := _name(line.text)[0]))
    speaker, said = "", ""
    for cue in cues:
        turns = sum(_TURN.match(line.text) is not None for line in cue.lines)
        for voice, text in cue.lines:
            name, rest = _name(text)
            ended = not said or _ends(said)
            mark = _TURN.match(text)
            turn = not voice and mark is not None and (ended or turns > 1 or mark[0].startswith(">"))
            is_named = not voice and (named[name] > 1 or (name.isupper() and (ended or turn)))
            if is_named or turn or voice:
                speaker = name if is_named else ""
            words = rest if is_named else text
            yield _Said(cue.start, cue.end, voice or speaker, turn and not is_named, words)
            said = f"{said} {words}"[-_LONGEST_END:] if words else ""


def _name(text: str) -> tuple[str, str]:
    """The name before a colon at the beginning of a line, and the words behind it; or nothing and all."""
    mark = _TURN.match(text)
    found = _NAME.match(text, mark.end() if mark else 0)
    if not found:
        return "", text
    words = found[1].split()
    outer = (words[0], words[-1])
    inner = all(not word[0].islower() or len(word) <= _SHORT_WORD for word in words)
    if len(words) > _MOST_WORDS or not inner or any(word[0].islower() for word in outer):
        return "", text
    return " ".join(words), text[found.end() :]


def _ends(text: str) -> bool:
    return _ENDED.search(text[-_LONGEST_END:]) is not None


@dataclass(slots=True)
class _Paragraph:
    """The block that is being joined; ``size`` counts its characters, ``end`` is that of its last cue."""

    said: _Said
    pieces: list[str]
    size: int
    end: float

    def goes_on(self, said: _Said) -> bool:
        """Whether a line belongs to it."""
        if said.turn or said.speaker != self.said.speaker:
            return False
        paused = said.start - self.end > _PAUSE
        if _ends(" ".join(self.pieces[-_LAST:])) and not said.text[:1].islower():
            return not paused and self.size < _PARAGRAPH
        return self.size < (_PARAGRAPH if paused else _LONGEST)


def _joined(lines: Iterable[_Said]) -> Iterator[Block]:
    """Blocks of running text; a file that marks no ends of sentences is cut at pauses, or where it must."""
    paragraph: _Paragraph | None = None
    for said in lines:
        if paragraph is None or not paragraph.goes_on(said):
            if paragraph:
                yield from _block(paragraph)
            paragraph = _Paragraph(said, [], 0, said.end)
        if said.text:
            paragraph.pieces.append(said.text)
        paragraph.size += len(said.text) + 1
        paragraph.end = said.end
    if paragraph:
        yield from _block(paragraph)


def _block(paragraph: _Paragraph) -> Iterator[Block]:
    text = " ".join(paragraph.pieces)
    if text:
        yield Block(text, speaker=paragraph.said.speaker, time=clock(paragraph.said.start))
