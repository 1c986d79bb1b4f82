"""Words that look like slips of optical recognition or typing, each with what was probably meant.

Nothing is changed here: whether ``lran`` is Iran is the study's decision, written into its repairs.csv.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.slips.spellings import SHORTEST, read_spellings
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.lemmas import is_listed, lemma, same_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.document import Document
    from rubricate.corpus.slips.spellings import Spellings

_FREQUENT = 0.005  # of the words: how often words like "the" and "of" stand in a text
_OFTEN = 3  # times more often than the slip must its correction stand in the document
_COMMON = 5  # times must the document have a correction that nobody lists, or that is short
_MOST_SLIPS = 2  # who writes a word three times like this means it
_SHORTEST_BY_DOCUMENT = 5  # letters of a word that one letter is wrong in
_SHORTEST_CAPITALISED = 6  # most capitalised words that no list has are names
_SHORTEST_BY_LIST = 7  # if the list alone corrects it: shorter words have many neighbours

_HYPHENS = frozenset("-‐‑")
_JOINTS = frozenset("./@:\\&+#=~'’`()[]")  # without a space: abbreviations, addresses, d’Ivoire, [s]aid
_LOOK_ALIKE = (  # read for one another in print
    *(("b", "h"), ("h", "b"), ("c", "e"), ("e", "c"), ("n", "u"), ("u", "n")),
    *(("rn", "m"), ("m", "rn"), ("li", "h"), ("ii", "n"), ("ii", "u"), ("cl", "d"), ("vv", "w")),
)
_DIGITS = (("1", "l"), ("1", "I"), ("1", "i"), ("0", "o"), ("0", "O"), ("5", "s"))
_YEAR_LIKE = re.compile(r"(?=[lIOo]*\d)[\dlIOo]{4}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TO_DIGITS = str.maketrans("lIOo", "1100")
_L_FOR_I = re.compile(r"l[nrsmt]")  # no English word begins so, but many with In, Ir, Is, Im, It
_NUMERAL = re.compile("[ivxlc]+")
_MISSET = re.compile("[A-Z]{2,}[a-z]{2,}|[a-z]+[A-Z][a-z]+")  # not LiFE, which is an acronym
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_SPELLINGS = (  # two ways to write one word, beside those that the language itself knows
    (re.compile("z"), "s"),
    (re.compile(r"(\w)\1(?=(?:ed|ing|er|ers|or|ors|able|ation)$)"), r"\1"),
    (re.compile("e(?=able$|ment$|ing$)"), ""),
    (re.compile("k"), "c"),
    (re.compile("y"), "i"),
)

_LONGEST_JOINT = 4  # letters of words like "the" and "from"
_ENDINGS = "sdrnae"
_NO_SPACE = "two words without a space"

_TWINS = dict(  # Cyrillic and Greek letters that look like Latin ones
    zip(
        "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423"
        "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
        "ABESIJKMHOPCTXYaceijopsxyABEZHIKMNOPTYXo",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word as written, how often the document has it, what was probably meant, and why we think so.

    ``start`` is where it first stands, in code points of the document's text.
    """

    word: str
    count: int
    suggestion: str
    reason: str
    start: int


def ocr_suspects(document: Document) -> list[Suspect]:
    """The words of a document that look like slips, in the order in which they first stand.

    Either a word has a shape that no word has (``lran``, ``UKkraine``, letters of two alphabets), and
    the document or the word list has what it should be; or no list has it, and it is one letter away from
    a word that the document has far more often, or from a single listed word (``landstape``). Names,
    foreign words, parts of compounds and what is written so again and again are no suspects. Nothing of
    another document takes part; in a language without a word list the document alone speaks.
    """
    seen = read_spellings(document)
    found = (_suspect(seen, number, places) for number in seen.odd() if (places := seen.places(number)))
    return [suspect for _, suspect in sorted({each.start: each for each in found if each}.items())]


def _suspect(seen: Spellings, number: int, places: list[int]) -> Suspect | None:
    """The word as a suspect, if it is one."""
    if any(seen.joined(place, _JOINTS) for place in places):
        return None
    word, count = seen.written[number], seen.counts[number]
    first, last = places[0], places[0]
    slip = _shape(seen, word, count)
    if not slip and seen.judged and word.isalpha() and not seen.lists(word):
        if any(seen.joined(place, _HYPHENS) for place in places):
            return None
        slip = _broken(seen, places) if word.islower() else None
        if slip:
            first, last = _pieces(seen, places[0])
        slip = slip or _letter(seen, word, count, places) or _glued(seen, word, count)
    if not slip:
        return None
    start, end = int(seen.words.start[first]), int(seen.words.end[last])
    return Suspect(seen.text[start:end], count, *slip, start)


def _shape(seen: Spellings, word: str, count: int) -> tuple[str, str] | None:
    """What a word of an impossible shape was meant to be, and what is wrong with it."""
    found = _alphabets(word) or _year(word) or _capitals(seen, word, count)
    return found or (None if seen.lists(word) else _look_alike(seen, word, count))


def _alphabets(word: str) -> tuple[str, str] | None:
    """A word with letters of two alphabets that look alike."""
    twins = sum(letter in _TWINS for letter in word)
    plain = "".join(_TWINS.get(letter, letter) for letter in word)
    if not twins or not plain.isascii() or 2 * twins >= len(word):
        return None
    return plain, "letters of two alphabets"


def _year(word: str) -> tuple[str, str] | None:
    """A year with letters for digits: l990."""
    digits = word.translate(_TO_DIGITS)
    if word.isdigit() or not _YEAR_LIKE.fullmatch(word) or not _YEAR.fullmatch(digits):
        return None
    return digits, "letters for digits"


def _capitals(seen: Spellings, word: str, count: int) -> tuple[str, str] | None:
    """A word with a capital where none can be, perhaps a doubled one, or two words without a space."""
    if word[1:].islower() or not any(map(str.isupper, word[1:])) or word.isupper() or not word.isalpha():
        return None
    if word[:-1].isupper():  # NGOs
        return None
    halves = _GLUED.split(word)
    both_here = seen.folded[fold(halves[0])] and seen.spelled[halves[-1]]
    if len(halves) == 2 and count <= _MOST_SLIPS and both_here:
        return " ".join(halves), _NO_SPACE
    for reading in _without_capitals(word):
        known = fold(reading)
        if known == fold(word) and word.isascii() and not _MISSET.fullmatch(word):
            continue
        others = seen.folded[known] - (count if known == fold(word) else 0)
        listed = count <= _MOST_SLIPS and len(word) > SHORTEST and seen.lists(reading)
        if others > count or listed:
            return seen.as_spelled(known, reading, word), "a capital inside the word"
    return None


def _without_capitals(word: str) -> Iterator[str]:
    """The ways in which a word with capitals inside may have been meant."""
    if "I" in word[1:]:
        yield word[0] + word[1:].replace("I", "l")
    yield word[0] + word[1:].lower()
    for index, (one, two) in enumerate(pairwise(word)):
        if one != two and one.lower() == two.lower():
            shorter = word[:index] + word[index + 1 :]
            yield (word[0] if index else word[0].upper()) + shorter[1:].lower()


def _look_alike(seen: Spellings, word: str, count: int) -> tuple[str, str] | None:
    """A word that no list has, with a letter or digit that is read for another."""
    for reading, reason, sure in _readings(word):
        times = seen.folded[fold(reading)]
        listed = sure and len(word) > SHORTEST and seen.lists(reading)
        common = seen.judged and times >= max(_OFTEN * count, _COMMON)
        if listed or common or (sure and times > count):
            return seen.as_spelled(fold(reading), reading, word), reason
    if _L_FOR_I.match(word) and len(word) > SHORTEST and seen.judged:
        return "I" + word[1:], "l for I"
    return None


def _readings(word: str) -> Iterator[tuple[str, str, bool]]:
    """What a word may have been in print, why, and whether no other word looks like that."""
    if not word.isalpha():
        letters = [pair for pair in _DIGITS if pair[0] in word[:-1]] if word[-1].isalpha() else []
        if sum(map(str.isalpha, word)) >= 2:
            yield from ((word.replace(*pair), f"{pair[0]} for {pair[1]}", True) for pair in letters)
        return
    if word[0] == "l":
        yield "I" + word[1:], "l for I", _L_FOR_I.match(word) is not None
    if word[0] == "I":
        yield "l" + word[1:], "I for l", len(word) >= _SHORTEST_BY_DOCUMENT
    if _NUMERAL.fullmatch(word):
        return
    for wrong, right in _LOOK_ALIKE:
        start = word.find(wrong)
        while start >= 0:
            sure = len(wrong) != len(right) and len(word) >= _SHORTEST_CAPITALISED and word.islower()
            yield word[:start] + right + word[start + len(wrong) :], f"{wrong} for {right}", sure
            start = word.find(wrong, start + 1)


def _broken(seen: Spellings, places: list[int]) -> tuple[str, str] | None:
    """A word that no list has, but does together with the one before or behind it: f lagrant."""
    wholes = [_whole(seen, *pieces) for place in places for pieces in [_pieces(seen, place)]]
    return (wholes[0], "a space inside the word") if wholes[0] and len(set(wholes)) == 1 else None


def _pieces(seen: Spellings, place: int) -> tuple[int, int]:
    """The word and the one before or behind it, whichever makes a whole with it; else twice itself."""
    pairs = ((place - 1, place), (place, place + 1))
    return next((pair for pair in pairs if _whole(seen, *pair)), (place, place))


def _whole(seen: Spellings, first: int, second: int) -> str:
    """Two words in a row as one, where that is a listed word and they are only pieces; else nothing."""
    if first < 0 or second >= len(seen.words) or first == second:
        return ""
    one, two = (seen.written[seen.words.id[place]] for place in (first, second))
    start, end = int(seen.words.end[first]), int(seen.words.start[second])
    whole = one + two
    if seen.text[start:end] != " " or not two.islower() or not one.isalpha() or not two.isalpha():
        return ""
    if seen.lists(two) and seen.folded[fold(two)] > 1:  # socio economic
        return ""
    piece = len(one) <= SHORTEST or not seen.lists(one) or seen.folded[fold(whole)] >= _OFTEN
    return whole if piece and len(whole) >= _SHORTEST_BY_LIST and seen.lists(whole) else ""


def _glued(seen: Spellings, word: str, count: int) -> tuple[str, str] | None:
    """A word that no list has and that is two others, one of them short and as frequent as "the"."""
    frequent = max(_FREQUENT * len(seen.words), _COMMON)
    folded = fold(word)
    for index in range(2, len(word) - 1) if count <= _MOST_SLIPS and not word.isupper() else ():
        halves = folded[:index], folded[index:]
        first, second = (len(half) <= _LONGEST_JOINT and seen.folded[half] >= frequent for half in halves)
        if not first and not (second and word.islower()):
            continue
        other = halves[1] if first else halves[0]
        likely = index >= SHORTEST or not first  # not the in- of words that no list has
        here = likely and len(other) >= SHORTEST and seen.folded[other] > 0
        by_list = likely and word.islower() and len(other) >= _SHORTEST_BY_DOCUMENT and seen.lists(other)
        both = first and second and (word.islower() or len(halves[1]) >= SHORTEST)  # In the, not We to
        if both or here or by_list:
            return f"{word[:index]} {word[index:]}", _NO_SPACE
    return None


def _letter(seen: Spellings, word: str, count: int, places: list[int]) -> tuple[str, str] | None:
    """A word that no list has, one letter away from one that is meant."""
    small = word.islower()
    shortest = _SHORTEST_BY_DOCUMENT if small else _SHORTEST_CAPITALISED
    if not seen.judged or count > _MOST_SLIPS or len(word) < shortest or any(map(seen.among_foreign, places)):
        return None
    folded = fold(word)
    away = set(_one_letter_away(folded, seen.alphabet))
    here = {other for other in away & seen.folded.keys() if seen.folded[other] >= _OFTEN * count}
    here = {other for other in here if seen.lists(other) and not _is_variant(folded, other, seen.language)}
    if here:
        best = max(here, key=lambda other: (seen.folded[other], other))
        return seen.as_spelled(best, word, word), "one letter from a word that is frequent here"
    if not small or count > 1 or len(word) < _SHORTEST_BY_LIST or seen.could_list(word):
        return None
    listed = {other for other in away if _inside(folded, other) and is_listed(other, seen.language)}
    families = {lemma(other, seen.language) for other in listed}
    if len(families) != 1 or any(_is_variant(folded, other, seen.language) for other in listed):
        return None
    return seen.as_spelled(min(listed), word, word), "one letter from a word in the word list"


def _one_letter_away(word: str, alphabet: str) -> Iterator[str]:
    """The spellings that one letter more, less or other, or two swapped, make of a word."""
    for index in range(len(word) + 1):
        before, behind = word[:index], word[index:]
        yield from (before + letter + behind for letter in alphabet)
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in alphabet if letter != behind[0])
        if len(behind) > 1 and behind[0] != behind[1]:
            yield before + behind[1] + behind[0] + behind[2:]


def _is_variant(word: str, other: str, language: str) -> bool:
    """Whether two words differ as spellings or forms of one word do: -ise and -ize, an s at the end."""
    if _unaccented(word) == _unaccented(other) or same_spelling(word, other, language):
        return True
    one, two = word, other
    for pattern, replacement in _SPELLINGS:
        one, two = pattern.sub(replacement, one), pattern.sub(replacement, two)
    return one == two or _inflected(word, other)


def _inflected(word: str, other: str) -> bool:
    """Whether two words of one letter's difference have that letter where forms of a word differ."""
    if len(word) == len(other):
        return word[:-1] == other[:-1]
    longer, shorter = sorted((word, other), key=len, reverse=True)
    if not longer.isascii() and longer[1:] == shorter:
        return True
    ending = longer[-1] in _ENDINGS or not longer[-1].isascii()
    return longer[:-1] == shorter and ending and longer[-1] != shorter[-1]


def _inside(word: str, other: str) -> bool:
    """Whether two words have the same beginning and end, or one ends a letter too early or twice."""
    cut = other[:-1] == word or (word[:-1] == other and word[-1] == other[-1])
    return word[0] == other[0] and (word[-2:] == other[-2:] or cut)


def _unaccented(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
