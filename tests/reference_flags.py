"""The flags of the reference matcher, written from docs/flags.md: plain loops over words and characters.

Of the package it uses only the cues, which are data.
"""

from dataclasses import dataclass
from functools import cache

from rubricate.coding.cues import read_cues
from rubricate.corpus.words.folding import fold
from tests.reference_matcher import DASH, ZWNJ, cut_term, is_mark, is_word_character, phrase_hits

SOFT_STOPS = set(";؛；")
HARD_STOPS = SOFT_STOPS | set("—:：()（）")
COMMAS = set(",،，")
QUESTION_MARKS = set("?؟？⁇⁈⁉‽")
OPENERS = set("([{“‘\"'«‹「『（【《〈〔〖¿¡")
CLOSERS = set(")]}”’\"'»›」』）】》〉〕〗¹²³⁴⁵⁶⁷⁸⁹⁰")
TERMINALS = set(".!?…؟۔。！？｡।॥")
FAMILIES = ('"“”„‟', "'‘’‚‛", "«»", "‹›", "「」", "『』")


@dataclass(frozen=True)
class Place:
    """Where a cue stands: offsets, its first word and the first behind it, numbered in the document."""

    start: int
    end: int
    word: int
    behind: int
    window: int = 0


def flags_of(document, paragraphs, hit, sentence, language):
    """(negated, hedged, attributed, question) of a hit; ``paragraphs`` are the words of each paragraph."""
    scene = Scene(document, paragraphs, hit, sentence, language)
    attributed = bool(read_cues("attributed", language)) and (
        scene.raised("attributed") or is_quoted(document, hit, scene.sentences())
    )
    question = is_question(document.text[sentence[0] : sentence[1]])
    return scene.raised("negated"), scene.raised("hedged"), attributed, question


class Scene:
    """A hit and what stands around it."""

    def __init__(self, document, paragraphs, hit, sentence, language):
        self.text, self.hit, self.sentence, self.language = document.text, hit, sentence, language
        self.document = document
        self.words = [word for words in paragraphs for word in words]
        number = next(i for i, one in enumerate(document.paragraphs) if one.start <= hit.start < one.end)
        self.paragraph, self.near = document.paragraphs[number], paragraphs[number]
        self.before = sum(len(words) for words in paragraphs[:number])
        self.folded = {fold(word.text) for word in self.near}

    def first_word(self, offset):
        """The number of the first word that begins at an offset or behind it."""
        return sum(word.start < offset for word in self.words)

    def places(self, cues):
        """Where some cues stand in the paragraph."""
        for cue in cues:
            pieces = [piece for _, piece in cut(cue.text, cue.kind)[0]]
            if any("*" not in piece and fold(piece) not in self.folded for piece in pieces):
                continue  # one of its words is not there
            found = phrase_hits(self.text, self.paragraph, self.near, cue.text, cue.kind, self.language)
            for start, end, first, count in found:
                word = self.before + first
                yield Place(start, end, word, word + count, cue.window)

    def stands(self, marks, start, end):
        return any(is_stop(self.text, at, marks) for at in range(start, end))

    def raised(self, flag):
        cues = read_cues(flag, self.language)
        if not cues:
            return False
        ends = [place.word for place in self.places(cues.ends)]
        stops, stops_behind = HARD_STOPS, HARD_STOPS | COMMAS
        if flag == "attributed":
            stops = stops_behind = SOFT_STOPS
        return (
            any(self.reaches(cue, ends, stops) for cue in self.genuine(cues, (*cues.cues, *cues.anybody)))
            or any(self.reaches_back(cue, ends, stops_behind) for cue in self.closed(cues, cues.behind))
            or any(self.closes(cue, cues, ends) for cue in self.closed(cues, cues.closing))
        )

    def genuine(self, cues, some):
        pseudo, own = list(self.places(cues.pseudo)), list(self.places(cues.own))
        anybody = {(one.start, one.end) for one in self.places(cues.anybody)}
        for cue in self.places(some):
            if any(one.word <= cue.word and cue.behind <= one.behind for one in pseudo):
                continue
            if self.hyphenated(cue):
                continue
            if (cue.start, cue.end) not in anybody and any(self.speaks(one, cue) for one in own):
                continue
            yield cue

    def closed(self, cues, some):
        """The cues that open no clause themselves: no longer cue goes on behind them."""
        longer = list(self.places((*cues.cues, *cues.anybody)))
        for cue in self.genuine(cues, some):
            if not any(one.word <= cue.word and cue.behind < one.behind for one in longer):
                yield cue

    def hyphenated(self, cue):
        hyphen = self.text[cue.end : cue.end + 1] in DASH - {ZWNJ, ""}
        return hyphen and any(word.start == cue.end + 1 for word in self.words)

    def speaks(self, own, cue):
        """Whether somebody speaks of themselves: at most three words before the cue, no comma between."""
        last = self.words[own.behind - 1]
        between = cue.word - own.behind
        same = last.start >= self.sentence_around(cue.start)[0]
        return 0 <= between <= 3 and same and not self.stands(COMMAS, last.start, cue.start)

    def sentences(self):
        from tests.reference_matcher import sentence_at

        return lambda offset: sentence_at(self.document, offset, self.language)

    def sentence_around(self, offset):
        return self.sentences()(offset)

    def reaches(self, cue, ends, stops):
        last = self.words[cue.behind - 1]
        return (
            last.start >= self.sentence[0]
            and 0 <= self.hit.word - cue.behind <= cue.window
            and not any(cue.behind <= end < self.hit.word for end in ends)
            and not self.stands(stops, last.end, self.hit.start)
        )

    def reaches_back(self, cue, ends, stops):
        behind = self.first_word(self.hit.end)
        first = self.words[cue.word]
        return (
            first.start < self.sentence[1]
            and 0 <= cue.word - behind <= cue.window
            and not any(behind <= end < cue.word for end in ends)
            and not self.stands(stops, self.hit.end, first.start)
        )

    def closes(self, cue, cues, ends):
        """Whether the cue ends a clause behind a comma that stands behind the hit: ", the minister said."."""
        comma = max((at for at in range(cue.start) if self.text[at] in COMMAS), default=-1)
        first = self.first_word(comma)
        behind = self.text[cue.end : cue.end + 1]
        part_of_word = is_word_character(behind) or behind.isspace() or behind in DASH if behind else True
        punctuation = not part_of_word and behind not in ":："
        return (
            comma >= self.hit.end
            and 0 < cue.word - first <= cues.subject
            and not any(first <= end < cue.word for end in ends)
            and not self.stands(HARD_STOPS, comma, cue.start)
            and bool(punctuation or cue.end == self.paragraph.end)
            and cue.end <= self.sentence[1]
            and not self.stands(SOFT_STOPS, self.hit.end, comma)
        )


@cache
def cut(text, kind):
    return cut_term(text, kind)


def is_stop(text, at, marks):
    if text[at] in marks:
        return True
    dash = "—" in marks and text[at] in DASH - {ZWNJ}
    return dash and beside(text, at - 1).isspace() and beside(text, at + 1).isspace()


def beside(text, at):
    return text[at] if 0 <= at < len(text) else " "


def is_question(sentence):
    """Whether the sentence ends in a question mark; at most eight characters are passed over to find it."""
    for character in sentence[::-1][:9]:
        if character in QUESTION_MARKS:
            return True
        skipped = character in CLOSERS | OPENERS | TERMINALS
        if not (skipped or is_mark(character) or character.isspace()):
            return False
    return False


# Quotations


def is_quoted(document, hit, sentence_at):
    return any(start <= hit.start and hit.end <= end for start, end in quotations(document, sentence_at))


def quotations(document, sentence_at):
    text = document.text
    for number, paragraph in enumerate(document.paragraphs):
        for family in FAMILIES:
            open_at = {}  # by sentence for single marks, else one list for the paragraph
            for at in range(paragraph.start, paragraph.end):
                if text[at] not in family:
                    continue
                where = sentence_at(at) if family is FAMILIES[1] else None
                stack = open_at.setdefault(where, [])
                if opens(text, at):
                    stack.append(at)
                elif closes(text, at) and stack:
                    yield stack.pop(), at + 1
            left = open_at.get(None, [])
            following = document.paragraphs[number + 1 : number + 2]
            if left and following and text[following[0].start] == text[left[-1]]:
                yield left[-1], paragraph.end


def sides(text, at):
    """The characters before and behind a mark, and whether it can open and close by what they are."""
    before, behind = beside(text, at - 1), beside(text, at + 1)
    word_behind = is_word_character(behind)
    free = before.isspace() or before in OPENERS or (before in DASH and word_behind)
    return before, behind, free and not behind.isspace(), not before.isspace() and not word_behind


def is_apostrophe(text, at):
    before, behind = beside(text, at - 1), beside(text, at + 1)
    return text[at] in "\"'‘’" and is_word_character(before) and is_word_character(behind)


def is_turned(text, at):
    """Whether an opening mark closes, as in German: „Ja.“ »Ja.«"""
    before, _, _, can_close = sides(text, at)
    return text[at] in "“‘«‹" and can_close and (is_word_character(before) or before in TERMINALS)


def opens(text, at):
    mark = text[at]
    before, behind, can_open, _ = sides(text, at)
    if mark in "「『":
        return True
    if is_apostrophe(text, at):
        return False
    if mark in "„‟‚‛":
        return not is_word_character(before)
    if mark in "“‘«‹":
        return not is_turned(text, at)
    if mark in "”»›":
        return can_open and is_word_character(behind)
    if mark == "'":
        return can_open and is_word_character(behind) and behind not in "0123456789"
    return mark == '"' and can_open


def closes(text, at):
    if is_apostrophe(text, at):
        return False
    can_close = sides(text, at)[3]
    return text[at] in "」』”»›" or is_turned(text, at) or (text[at] in "\"'’" and can_close)
