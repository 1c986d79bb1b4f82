"""Enumerations inside a sentence: where its lead-in ends and where each member begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.items.habits import habits_of
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.items.habits import Habits

    Values = frozenset[tuple[int, int]]

COMMAS, SEMICOLONS, COLONS = ",،，、", ";؛；", ":："
NUMBER_CLOSERS = ")]）-–"
"""What stands behind the number or letter of a member: ``(a)``, ``1)``, ``1-``."""

FIRST_NUMBERS = ("1", "a", "i", "а", "α", "الف")
"""What the first member of a numbered enumeration may be numbered with, folded."""

_SPACED = ",;:"  # the other signs part what they stand between without a space, too
_CLOSES = dict(zip('([{（【「『«“„"‘', (*")]}）】」』»”", "“”", '"', "’"), strict=True))
_QUOTES = "“„\"«‘'「『‹"
_HEAVY = tuple(";:؛；：—–")
_BEHIND = ("", *COMMAS, *_HEAVY)  # what an ordinal or number has before it, if only the beginning
_VISIBLE = re.compile(r"\S")
_MARK = re.compile(r"(?:^|(?<=\s)|(?<=[(\[（]))(?:(\w{1,4})[)\]）](?=\s*\w)|(\d{1,2})[-–](?=\s*[^\W\d]))")
_ALPHABETS = (
    tuple("abcdefghijklmnopqrstuvwxyz"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    tuple("абвгдежзик"),
    tuple("αβγδεζηθικ"),
    ("الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی"),
)
_DIGITS, _ORDINALS = -1, -2  # alphabets without a list of letters
_FEWEST = 3  # of two things with a comma between, the second is more often an aside
_SHORT = 4  # words: a row of such members needs no conjunction to be told from a clause
_MANY = 4  # as many need none either
_LONGEST = 60
_LONGER, _LONGER_BY = 2.5, 3  # a first member beyond this is a clause with a list of its own at its end


class Word(NamedTuple):
    """A word of a sentence: its offsets there, and how matching sees it."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the commas, semicolons and colons outside its brackets and quotation marks."""

    text: str
    words: Sequence[Word]
    signs: Sequence[int]
    habits: Habits

    def signs_of(self, kind: str) -> list[int]:
        return [at for at in self.signs if self.text[at] in kind]

    def behind(self, sign: int) -> int:
        """The offset of what follows a sign and the white space behind it."""
        return _next(self.text, sign + 1)

    def opening(self, start: int) -> list[str]:
        """The first words from an offset on, as many as any rule looks at."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        return [word.folded for word in self.words[first : first + 2]]

    def between(self, start: int, end: int) -> list[str]:
        """The words that begin in a range."""
        first, last = (bisect_left(self.words, at, key=lambda word: word.start) for at in (start, end))
        return [word.folded for word in self.words[first:last]]

    def members(self, starts: Sequence[int]) -> list[list[str]]:
        return [self.between(start, end) for start, end in pairwise((*starts, len(self.text)))]

    def with_conjunction(self, start: int) -> int:
        """``start``, or where a conjunction in front of it begins: "and (c)", "and, secondly"."""
        before = bisect_left(self.words, start, key=lambda word: word.start) - 1
        if before < 0 or self.words[before].folded not in self.habits.conjunctions:
            return start
        gap = self.text[self.words[before].end : start].strip()
        return self.words[before].start if not gap or gap in COMMAS else start


def member_starts(text: str, words: Sequence[Word], language: str) -> list[int]:
    """The offsets in a sentence at which its lead-in ends and each member of its enumeration begins.

    Nothing where it enumerates nothing. Numbers and ordinals win over semicolons, these over commas;
    what stands in brackets or quotation marks is never cut.
    """
    said = _Sentence(text, words, _signs(text), habits_of(language))
    starts = _numbered(said) or _by_semicolons(said) or _by_commas(said)
    return [start for start, member in zip(starts, said.members(starts), strict=True) if start and member]


def _signs(text: str) -> list[int]:
    """Offsets of the commas, semicolons and colons outside brackets and quotation marks.

    What is opened and not closed reaches to the end: a quotation of several sentences.
    """
    signs: list[int] = []
    closing: list[str] = []
    for at, character in enumerate(text):
        if closing and character in closing[-1]:
            if character != "’" or not text[at + 1 : at + 2].isalpha():  # an apostrophe closes nothing
                closing.pop()
        elif character in _CLOSES:
            closing.append(_CLOSES[character])
        elif not closing and character in COMMAS + SEMICOLONS + COLONS and _parts(text, at):
            signs.append(at)
    return signs


def _parts(text: str, at: int) -> bool:
    """Whether a sign has something behind it and stands in no number, time, ratio or verse."""
    behind = _next(text, at + 1)
    if behind == len(text) or (text[at] in _SPACED and behind == at + 1):
        return False
    return not (text[at] in COLONS and _last(text, at).isdigit() and text[behind].isdigit())


def _next(text: str, at: int) -> int:
    """The first offset from ``at`` on without white space; the length of the text, where there is none."""
    found = _VISIBLE.search(text, at)
    return found.start() if found else len(text)


def _last(text: str, at: int) -> str:
    """The last character before ``at`` that is no white space; empty, where there is none."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]


def _numbered(said: _Sentence) -> list[int]:
    """Members that are numbered from the first: ``(a)``, ``2)``, "second,", and "finally" behind these.

    Numbers with nothing but a conjunction between refer to what is numbered elsewhere: "(a) and (b) apply".
    """
    run: list[tuple[int, Values]] = []
    for start, values, linked in sorted((*_marks(said), *_ordinals(said)), key=lambda found: found[0]):
        following = run and linked and values & {(which, place + 1) for which, place in run[-1][1]}
        first = frozenset(value for value in values if value[1] == 1)
        if following:
            run = [*run, (start, following)] if _says_something(said, run[-1][0], start) else []
        elif first and len(run) < 2:
            run = [(start, first)]
    if len(run) < 2 or not _says_something(said, run[-1][0], len(said.text)):
        return []
    starts = [start for start, _ in run]
    behind = [said.behind(sign) for sign in said.signs_of(SEMICOLONS) if sign > starts[-1]]
    return starts + [start for start in behind if _closes(said, said.opening(start))]


def _says_something(said: _Sentence, start: int, end: int) -> bool:
    """Whether a numbered member has words besides its number and conjunctions."""
    return sum(word not in said.habits.conjunctions for word in said.between(start, end)) > 1


def _marks(said: _Sentence) -> Iterator[tuple[int, Values, bool]]:
    """Letters and numbers that may open a member: where it begins, their values, and whether something
    that parts members stands before.
    """
    for found in _MARK.finditer(said.text):
        bracketed = found.start() > 0 and said.text[found.start() - 1] in "([（"
        opens = found.start() - bracketed
        start = said.with_conjunction(opens)
        linked = start < opens or _last(said.text, start) in _BEHIND
        if linked or found[1]:  # "(1)" is the mark of a member without a comma before it, "1 -" is not
            yield start, _values(fold(found[1] or found[2])), linked


def _values(number: str) -> Values:
    """Every alphabet in which this is a letter, with its place there: i is the ninth letter and a Roman 1."""
    if number.isdecimal():
        return frozenset({(_DIGITS, int(number))})
    return frozenset((which, row.index(number) + 1) for which, row in enumerate(_ALPHABETS) if number in row)


def _ordinals(said: _Sentence) -> Iterator[tuple[int, Values, bool]]:
    """Ordinals that open a member: behind a comma, colon, semicolon, dash or conjunction, or at the start.

    One that is an adjective, too ("first"), needs a comma behind it or more than a comma before.
    """
    places, adverbs = said.habits.places, said.habits.adverbs
    for word in said.words:
        if word.folded in places:
            start = said.with_conjunction(word.start)
            before, behind = _last(said.text, start), said.text[word.end : word.end + 1]
            heavy = word.folded in adverbs or before in _HEAVY
            if (start < word.start or before in _BEHIND) and (heavy or behind in COMMAS + COLONS):
                yield start, frozenset({(_ORDINALS, places[word.folded])}), True


def _by_semicolons(said: _Sentence) -> list[int]:
    """Members with semicolons between them, behind the only colon; without one, three that end in "; and"."""
    semicolons, colons = said.signs_of(SEMICOLONS), said.signs_of(COLONS)
    if not semicolons:
        return []
    starts = [said.behind(sign) for sign in semicolons]
    closed = _closes(said, said.opening(starts[-1]))
    if len(colons) == 1 and colons[0] < semicolons[0]:
        introduced = said.behind(colons[0])
        quoted = said.text[introduced] in _QUOTES
        return [introduced, *starts] if not quoted and (closed or len(starts) > 1) else []
    return starts if closed and len(starts) > 1 else []


def _by_commas(said: _Sentence) -> list[int]:
    """Members with commas between them, behind the last colon."""
    colons = said.signs_of(COLONS)
    if not colons or any(sign > colons[-1] for sign in said.signs_of(SEMICOLONS)):
        return []
    later = [sign for sign in said.signs_of(COMMAS) if sign > colons[-1]]
    introduced = said.behind(colons[-1])
    first, *others = said.members([introduced, *map(said.behind, later)]) if later else [[]]
    asides = [_continues(said, words, first) for words in others]
    if said.text[introduced] in _QUOTES or not asides or asides[0]:
        return []
    members = [said.behind(sign) for sign, aside in zip(later, asides, strict=True) if not aside]
    starts = _with_last(said, [introduced, *members])
    return starts if _are_alike(said, said.members(starts)) else []


def _continues(said: _Sentence, words: list[str], first: list[str]) -> bool:
    """Whether what begins so is no member, but an aside in the one before it: "which …", "including …"."""
    habits = said.habits
    if not words or not habits.continuing.isdisjoint((words[0], " ".join(words[:2]))):
        return words[:1] != first[:1] and not _closes(said, words)
    participle = bool(habits.participles) and words[0].endswith(habits.participles)
    return participle and words[1:2] != [] and words[1] in habits.prepositions


def _with_last(said: _Sentence, starts: list[int]) -> list[int]:
    """The starts, and that of C in "A, B and C", unless other members have an "and", too."""
    members = said.members(starts)
    inner = [[word in said.habits.conjunctions for word in member[1:]] for member in members]
    if _closes(said, members[-1]) or any(map(any, inner[:-1])) or sum(inner[-1]) != 1:
        return starts
    position = bisect_left(said.words, starts[-1], key=lambda word: word.start) + 1 + inner[-1].index(True)
    return [*starts, said.words[position].start]


def _closes(said: _Sentence, words: list[str]) -> bool:
    """Whether a member begins as the last of several does: "and …", "as well as …"."""
    return bool(words) and not said.habits.conjunctions.isdisjoint((words[0], " ".join(words[:2])))


def _are_alike(said: _Sentence, members: list[list[str]]) -> bool:
    """Whether pieces between commas are members of one enumeration rather than pieces of a clause."""
    if len(members) < _FEWEST or not all(members) or max(map(len, members)) > _LONGEST:
        return False
    conjunctions = said.habits.conjunctions
    if any(member[-1] in conjunctions for member in members):  # "and, more recently, …"
        return False
    closing = [_closes(said, member) for member in members]
    if any(closing[1:-1]) and not all(closing[1:]):
        return False
    bare = [member[closed and len(member) > 1 :] for member, closed in zip(members, closing, strict=True)]
    if len({member[0] for member in bare}) == 1:
        return True
    opens_clause = said.habits.first_only | said.habits.continuing
    if bare[0][0] in opens_clause or any(_is_clause(said, member) for member in bare):
        return False
    lengths = [len(member) for member in bare]
    if lengths[0] > _LONGER * mean(lengths[1:]) + _LONGER_BY:
        return False
    return closing[-1] or max(lengths) <= _SHORT or _need_no_conjunction(said, members)


def _need_no_conjunction(said: _Sentence, members: list[list[str]]) -> bool:
    """Whether there are many members, none so short that it may be an adjective, nor asides at their end."""
    gerund = said.habits.gerund
    asides = gerund and any(member[0].endswith(gerund) for member in members[1:])
    enough = len(members) >= _MANY and min(map(len, members)) > 1
    return enough and (not asides or members[0][0].endswith(gerund))


def _is_clause(said: _Sentence, words: list[str]) -> bool:
    """Whether a member has a subject or a verb of its own, so that it is a clause."""
    if words[0] in said.habits.subjects:
        return True
    for word in words:
        if word in said.habits.relatives:
            return False
        if word in said.habits.verbs:
            return True
    return False
