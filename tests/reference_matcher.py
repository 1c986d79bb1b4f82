"""A slow and obvious matcher, written from "Matching" in docs, not from the engine: plain loops over
characters and words. The differential tests hold the engine against it.

Of the package it uses only folding, lemmas and sentence ends, which have tests of their own. Flags are judged
in reference_flags.py.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from rubricate.corpus.document import ANALYSED
from rubricate.corpus.words.borders import Vocabulary, find_words
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.lemmas import is_base_form, lemma, lemmas
from rubricate.corpus.words.sentences import sentence_starts

INVISIBLE = set(
    "\u00ad\u200d\u200e\u200f\u061c\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
INVISIBLE |= {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}  # variation selectors
ZWNJ = "\u200c"
DASH = set("-‐‑‒–—―−﹘﹣－־" + ZWNJ)
APOSTROPHES = set("'‘’‚‛`´ʼʹ′＇")
UNSPACED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "IDEOGRAPHIC ITERATION")


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Hit:
    entry: int
    start: int
    end: int
    word: int  # number of the first matched word in the document
    words: int  # how many are matched

    @property
    def matched(self):
        return set(range(self.word, self.word + self.words))


@dataclass(frozen=True)
class Found:
    """What the reference finds in one document."""

    segments: list = field(default_factory=list)
    matches: dict = field(default_factory=dict)
    forms: dict = field(default_factory=dict)


# Clause 1: words


def is_single(character):
    letter = unicodedata.category(character)[0] in "LN"
    return letter and unicodedata.name(character, "").startswith(UNSPACED_SCRIPTS)


def is_word_character(character):
    if character in INVISIBLE or character == "_":
        return True
    if character in APOSTROPHES or character in DASH:
        return False
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Nl")


def is_mark(character):
    return character in INVISIBLE or unicodedata.category(character)[0] == "M"


def split_words(text, start=0, end=None):
    """The words of text[start:end]: runs; a character of an unspaced script is one with its marks."""
    end = len(text) if end is None else end
    runs, run = [], []
    for at in range(start, end):
        character = text[at]
        if not is_word_character(character):
            runs.append(run)
            run = []
            continue
        letters = [text[i] for i in run if not is_mark(text[i])]
        if not is_mark(character) and (is_single(character) or (letters and is_single(letters[-1]))):
            runs.append(run)
            run = []
        run.append(at)
    runs.append(run)
    words = [Word(run[0], run[-1] + 1, text[run[0] : run[-1] + 1]) for run in runs if run]
    return [word for word in words if any(character not in INVISIBLE for character in word.text)]


# Clauses 3 and 6: one word of a term


def exact(word):
    return "".join(c for c in unicodedata.normalize("NFC", word) if c not in INVISIBLE)


def glob_holds(glob, word):
    """``glob`` is a list of folded characters, ("*",) and ("?",)."""
    if not glob:
        return not word
    head, rest = glob[0], glob[1:]
    if head == ("*",):
        return any(glob_holds(rest, word[at:]) for at in range(len(word) + 1))
    return bool(word) and (head == ("?",) or head == word[0]) and glob_holds(rest, word[1:])


def slot_holds(kind, piece, word, language):
    if kind == "case":
        return exact(word) == exact(piece)
    if kind == "glob":
        parts = re.split(r"([*?])", piece)
        glob = [one for part in parts for one in ([(part,)] if part in ("*", "?") else fold(part))]
        return glob_holds(glob, fold(word))
    if fold(word) == fold(piece):
        return True
    if kind == "lemma" or (kind == "term" and is_base_form(piece, language)):
        return lemma(piece, language) in lemmas(word, language)
    return False


# Clauses 3 to 6: a term


def cut_term(text, kind):
    """[(kind, word)] and the gaps before, between and behind the words, as typed."""
    text = " ".join(text.split())
    globbing = kind in ("term", "glob")
    characters, wild, at = [], [], 0
    while at < len(text):
        if globbing and text[at] == "\\" and text[at + 1 : at + 2] in ("*", "?", "\\"):
            characters.append(text[at + 1])
            wild.append(False)
            at += 2
            continue
        characters.append(text[at])
        wild.append(globbing and text[at] in "*?")
        at += 1
    plain = "".join(characters)
    stand_in = "".join("x" if w else c for c, w in zip(plain, wild, strict=True))
    words = split_words(stand_in)
    pieces = [plain[word.start : word.end] for word in words]
    wilds = [any(wild[word.start : word.end]) for word in words]
    edges = [0, *(edge for word in words for edge in (word.start, word.end)), len(plain)]
    gaps = [visible(plain[edges[i] : edges[i + 1]]) for i in range(0, len(edges), 2)]
    kinds = [word_kind(kind, index, pieces, gaps, wilds) for index in range(len(pieces))]
    return list(zip(kinds, pieces, strict=True)), gaps, hyphens_fixed(kind, gaps, wilds)


def hyphens_fixed(kind, gaps, wilds):
    """For each inner gap whether a hyphen in it is part of a glob: its hyphenated word has a wildcard."""
    fixed = [False] * len(gaps)
    for gap in range(1, len(gaps) - 1):
        first = last = gap
        while first > 1 and " " not in gaps[first - 1]:
            first -= 1
        while last < len(gaps) - 2 and " " not in gaps[last + 1]:
            last += 1
        fixed[gap] = any(wilds[first - 1 : last + 1]) or kind == "glob"
    return fixed


def word_kind(kind, index, pieces, gaps, wilds):
    if wilds[index]:
        return "glob"
    if kind != "term":
        return {"glob": "word"}.get(kind, kind)
    first = last = index
    while first and tight(gaps[first]):
        first -= 1
    while last + 1 < len(pieces) and tight(gaps[last + 1]):
        last += 1
    return "case" if capitals([pieces[index]]) or capitals(pieces[first : last + 1]) else "term"


def tight(gap):
    """Whether the words of U.S. and AT&T belong together over this gap."""
    return bool(gap) and gap[-1] not in (" ", "-")


def capitals(pieces):
    letters = [character for piece in pieces for character in piece if character.isalpha()]
    return len(letters) >= 2 and all(character.isupper() for character in letters)


def visible(gap):
    """Folded, without the invisible, white space as one space."""
    return re.sub(r"\s+", " ", fold("".join(c for c in gap if c not in INVISIBLE)))


def joint(raw):
    """Clause 4: white space, an unspaced dash, or a dash at the end of a line."""
    raw = "".join(c for c in raw if c not in INVISIBLE)
    if any(c.isspace() for c in raw):
        spaces = "".join(c for c in raw if c != ZWNJ)
        if spaces.isspace():
            return True
        return spaces[0] in DASH and spaces[1:].isspace() and "\n" in spaces
    return (len(raw) == 1 and raw in DASH) or (bool(raw) and set(raw) == {ZWNJ})


def gap_holds(gap, raw, fixed):
    if gap == " " or (gap == "-" and not fixed):
        return joint(raw)
    return visible(raw) == gap


def seen(text, start, end):
    """[(folded character, start, end)] of a stretch without words; a run of white space is one."""
    found = []
    for at in range(start, end):
        character = text[at]
        if character in INVISIBLE:
            continue
        if character.isspace():
            if found and found[-1][0] == " ":
                found[-1] = (" ", found[-1][1], at + 1)
            else:
                found.append((" ", at, at + 1))
        else:
            found.extend((one, at, at + 1) for one in fold(character))
    return found


def phrase_hits(text, paragraph, words, term, kind, language):
    """(start, end, first word, how many) of a term with words, in one paragraph."""
    slots, gaps, fixed = cut_term(term, kind)
    for first in range(len(words) - len(slots) + 1):
        some = words[first : first + len(slots)]
        if not all(
            slot_holds(slot, piece, word.text, language)
            for (slot, piece), word in zip(slots, some, strict=True)
        ):
            continue
        if not all(
            gap_holds(gaps[i + 1], text[some[i].end : some[i + 1].start], fixed[i + 1])
            for i in range(len(some) - 1)
        ):
            continue
        start, end = some[0].start, some[-1].end
        before = seen(text, paragraph.start if not first else words[first - 1].end, start)
        last = first + len(slots)
        behind = seen(text, end, paragraph.end if last == len(words) else words[last].start)
        if gaps[0]:
            if "".join(c for c, _, _ in before[-len(gaps[0]) :]) != gaps[0]:
                continue
            start = before[-len(gaps[0])][1]
        if gaps[-1]:
            if "".join(c for c, _, _ in behind[: len(gaps[-1])]) != gaps[-1]:
                continue
            end = behind[len(gaps[-1]) - 1][2]
        yield start, end, first, len(slots)


def wordless_hits(text, paragraph, term):
    """(start, end) of a term without words, one after another."""
    wanted = visible(" ".join(term.replace("\\*", "*").replace("\\?", "?").split()))
    characters = [one for one in seen_all(text, paragraph)]
    at = 0
    while at + len(wanted) <= len(characters):
        if "".join(c for c, _, _ in characters[at : at + len(wanted)]) == wanted:
            yield characters[at][1], characters[at + len(wanted) - 1][2]
            at += len(wanted)
        else:
            at += 1


def seen_all(text, paragraph):
    return seen(text, paragraph.start, paragraph.end)


# Clause 7: regexes, as lists of (atom, least, most) in alternation


def regex_hits(text, paragraph, words, branches):
    """Leftmost, first branch, greedy; matches one after another."""
    borders = {edge for word in words for edge in trimmed(word)}
    at = paragraph.start
    while at < paragraph.end:
        end = next(
            (e for branch in branches for e in steps(branch, text, at, paragraph, borders) if e > at), None
        )
        if end is None:
            at += 1
        else:
            yield at, end
            at = end


def trimmed(word):
    """Start and end without the joiners at the edges, which are no word characters."""
    shown = [i for i, character in enumerate(word.text) if not joins(character)]
    return word.start + shown[0], word.start + shown[-1] + 1


def joins(character):
    return character in INVISIBLE and not atom_holds(r"\w", character)


def steps(items, text, at, paragraph, borders):
    """Every end of a match of the items from ``at``, in order of preference."""
    if not items:
        yield at
        return
    atom, least, most = items[0]
    if isinstance(atom, list):  # a group of branches, as often as it must stand there
        rest = [(atom, least - 1, most - 1), *items[1:]] if least > 1 else items[1:]
        for branch in atom:
            yield from steps([*branch, *rest], text, at, paragraph, borders)
        return
    if atom == r"\b":
        if at in borders:
            yield from steps(items[1:], text, at, paragraph, borders)
        return
    if atom in ("^", "$"):
        if at == (paragraph.start if atom == "^" else paragraph.end):
            yield from steps(items[1:], text, at, paragraph, borders)
        return
    count = 0
    while count < most and at + count < paragraph.end and atom_holds(atom, text[at + count]):
        count += 1
    for taken in range(count, least - 1, -1):
        yield from steps(items[1:], text, at + taken, paragraph, borders)


SETS = {
    "(?s:.)": lambda character: True,
    r"[\x01-~]": lambda character: "\x01" <= character <= "~",
    r"[^\x01]": lambda character: character != "\x01",
    r"[\x80-\x{10ffff}]": lambda character: character >= "\x80",
    r"[\PLx]": lambda character: character == "x" or unicodedata.category(character)[0] != "L",
    r"[^\d\s]": lambda character: not (atom_holds(r"\d", character) or atom_holds(r"\s", character)),
    r"[\\d]": lambda character: character in "\\d",
}


def atom_holds(atom, character):
    if atom in SETS:
        return SETS[atom](character)
    category = unicodedata.category(character)
    if atom in (r"\w", r"\W"):
        is_word = character == "_" or category[0] in "LM" or category in ("Nd", "Nl")
        return is_word == (atom == r"\w")
    if atom in (r"\d", r"\D"):
        return (category == "Nd") == (atom == r"\d")
    if atom in (r"\s", r"\S"):
        return (character in "\t\n\v\f\r\x85\u2028\u2029" or category == "Zs") == (atom == r"\s")
    if atom == ".":
        return character != "\n"
    if atom.startswith("[^"):
        return character not in atom[2:-1]
    if atom.startswith("["):
        return character in atom[1:-1]
    return character == atom


# Clauses 8 to 10


def speaks(entry, language):
    return entry.language in ("any", language, language.split("-")[0])


def places_of(document, paragraphs, term, kind, language, regexes):
    """(start, end, number of the first word, how many) of a term; ``paragraphs`` are the words of each."""
    number, text = 0, document.text
    for paragraph, words in zip(document.paragraphs, paragraphs, strict=True):
        if kind == "regex":
            spans = list(regex_hits(text, paragraph, words, regexes[term]))
        elif not cut_term(term, kind)[0]:
            spans = list(wordless_hits(text, paragraph, term))
        else:
            hits = phrase_hits(text, paragraph, words, term, kind, language)
            for start, end, first, count in hits:
                yield start, end, number + first, count
            spans = []
        for start, end in spans:
            touched = [i for i, word in enumerate(words) if word.start < end and start < word.end]
            before = sum(word.end <= start for word in words)
            yield start, end, number + (touched[0] if touched else before), len(touched)
        number += len(words)


def find(codebook, document, regexes=None, parts=ANALYSED):
    """Everything the codebook finds in a document; ``regexes`` maps a pattern to its branches."""
    from tests.reference_flags import flags_of

    language = document.language or codebook.language
    text, found = document.text, Found()
    paragraphs = [split_words(text, one.start, one.end) for one in document.paragraphs]
    all_words = [word for words in paragraphs for word in words]
    owners = [number for number, code in enumerate(codebook.codes) for _ in code.entries]

    def places(term, kind):
        return places_of(document, paragraphs, term, kind, language, regexes)

    hits = []
    for number, entry in enumerate(codebook.entries):
        if not speaks(entry, language):
            continue
        outer = [place[:2] for term in entry.not_inside for place in places(term, "term")]
        for start, end, word, words in places(entry.text, entry.kind):
            if not any(one <= start and end <= other for one, other in outer):
                hits.append(Hit(number, start, end, word, words))
    for hit in hits:
        if part_at(document, hit.start) in parts:
            count_form(found, hit, text, all_words)
    for number, code in enumerate(codebook.codes):
        mine = [hit for hit in hits if owners[hit.entry] == number]
        for hit in without_overlap(mine, all_words):
            if part_at(document, hit.start) not in parts:
                continue
            sentence = sentence_at(document, hit.start, language)
            flags = flags_of(document, paragraphs, hit, sentence, language)
            if not (flags[0] and code.negated == "drop"):
                found.segments.append((hit.start, hit.end, number, hit.entry, hit.words, flags, sentence))
    found.segments.sort()
    return found


def count_form(found, hit, text, all_words):
    """Add a hit to the matches of its entry and to those of the form in which it was found."""
    some = all_words[hit.word : hit.word + hit.words]
    form = " ".join(fold(one.text) for one in some) or fold(text[hit.start : hit.end])
    found.matches[hit.entry] = found.matches.get(hit.entry, 0) + 1
    found.forms[hit.entry, form] = found.forms.get((hit.entry, form), 0) + 1


def part_at(document, offset):
    return next(one.part for one in document.paragraphs if one.start <= offset < one.end)


def without_overlap(hits, all_words):
    """Clause 8; a match without words competes by its characters."""
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit.words, hit.end - hit.start, hit.start, hit.entry)):
        if not any(collide(hit, other, all_words) for other in kept):
            kept.append(hit)
    return kept


def collide(one, other, all_words):
    if one.words and other.words:
        return bool(one.matched & other.matched)
    (start, end), (first, last) = extent(one, all_words), extent(other, all_words)
    return start < last and first < end


def extent(hit, all_words):
    if not hit.words:
        return hit.start, hit.end
    return all_words[hit.word].start, all_words[hit.word + hit.words - 1].end


def sentence_at(document, offset, language):
    paragraph = next(one for one in document.paragraphs if one.start <= offset < one.end)
    text, vocabulary = document.text[paragraph.start : paragraph.end], Vocabulary()
    starts = sentence_starts(find_words(text, vocabulary), vocabulary, language).tolist()
    edges = [0, *(start for start in starts if start), len(text)]
    start = max(edge for edge in edges[:-1] if edge <= offset - paragraph.start)
    end = min(edge for edge in edges if edge > start)
    return paragraph.start + start, paragraph.start + len(text[:end].rstrip())
