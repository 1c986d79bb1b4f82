"""A slow and obvious reading of rules, written from docs/language.md, clause by clause: plain loops over the
places of terms. The differential tests hold the engine against it.

Terms are found by the reference matcher; of the package it uses the trees of rules and conditions, which have
tests of their own.
"""

from dataclasses import dataclass

from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Reference, Without, Words
from rubricate.codebooks.rules.variables import holds
from rubricate.corpus.document import ANALYSED
from rubricate.corpus.words.folding import fold
from tests.reference_flags import flags_of
from tests.reference_matcher import Found, Hit, part_at, places_of, sentence_at, speaks, split_words


@dataclass(frozen=True)
class Piece:
    """Words that follow each other: offsets, the number of the first and of the one behind the last."""

    start: int
    end: int
    word: int
    behind: int


@dataclass(frozen=True)
class Place:
    """A match: its pieces, each of a term."""

    pieces: tuple

    @property
    def start(self):
        return min(piece.start for piece in self.pieces)

    @property
    def end(self):
        return max(piece.end for piece in self.pieces)

    @property
    def word(self):
        return min(piece.word for piece in self.pieces)

    @property
    def behind(self):
        return max(piece.behind for piece in self.pieces)

    @property
    def matched(self):
        return sum(piece.behind - piece.word for piece in self.pieces)


def merged(pieces):
    """Start and end of pieces; those without another word between them become one."""
    found, last = [], None
    for piece in pieces:
        joins = last and last.word < last.behind == piece.word < piece.behind
        found[-1:] = [(found[-1][0], piece.end)] if joins else [*found[-1:], (piece.start, piece.end)]
        last = piece
    return found


class Reading:
    """A document, and what a codebook finds in it."""

    def __init__(self, codebook, document, trees, conditions, regexes, parts):
        self.codebook, self.document, self.parts = codebook, document, parts
        self.trees, self.conditions, self.regexes = trees, conditions, regexes
        self.language = document.language or codebook.language
        self.paragraphs = [split_words(document.text, one.start, one.end) for one in document.paragraphs]
        self.words = [word for words in self.paragraphs for word in words]
        self.hits_of, self.segments_of = {}, {}

    # What is where

    def extent(self, piece):
        """From the first letter of its first word to the last of its last; its own, if it has no words."""
        if piece.word == piece.behind:
            return piece.start, piece.end
        return self.words[piece.word].start, self.words[piece.behind - 1].end

    def span(self, place):
        edges = [self.extent(piece) for piece in place.pieces]
        return min(start for start, _ in edges), max(end for _, end in edges)

    def order(self, place):
        """Places stand in the order in which they begin and end; of equals the one with most words first."""
        return *self.span(place), -place.matched, place.start, place.end

    def paragraph(self, place):
        paragraphs = self.document.paragraphs
        return next(i for i, one in enumerate(paragraphs) if one.start <= place.start < one.end)

    def scope(self, place, within):
        if within == "document":
            return 0
        if within == "paragraph":
            return self.paragraph(place)
        return sentence_at(self.document, place.start, self.language)

    def seen(self, place, within):
        """Scope document sees analysed parts only."""
        return within != "document" or part_at(self.document, place.start) in self.parts

    def share(self, one, other):
        """Whether two places share a word, or characters where one has no words."""
        for piece in one.pieces:
            for another in other.pieces:
                if piece.word < piece.behind and another.word < another.behind:
                    if set(range(piece.word, piece.behind)) & set(range(another.word, another.behind)):
                        return True
                    continue
                (start, end), (first, last) = self.extent(piece), self.extent(another)
                if start < last and first < end:
                    return True
        return False

    # What rules find

    def find(self, rule, within):
        match rule:
            case Words(kind, text):
                places = places_of(self.document, self.paragraphs, text, kind, self.language, self.regexes)
                found = [Place((Piece(s, e, word, word + count),)) for s, e, word, count in places]
                return sorted(found, key=self.order)
            case Reference(code, subcodes):
                return self.once(
                    place for one in self.meant(code, subcodes) for _, place in self.segments(one)
                )
            case Either(parts):
                return self.once(place for part in parts for place in self.find(part, within))
            case Both(first, others):
                return [
                    place
                    for place in self.find(first, within)
                    if all(self.holds(other, within, self.scope(place, within)) for other in others)
                ]
            case Without(first, other):
                return [
                    place
                    for place in self.find(first, within)
                    if not self.holds(other, within, self.scope(place, within))
                ]
            case Near(first, other, most, ordered):
                return self.pairs(self.find(first, within), self.find(other, within), most, ordered)
            case Apart(first, other, most):
                others = self.find(other, within)
                return [
                    place
                    for place in self.find(first, within)
                    if not any(self.close(place, another, most, False) for another in others)
                ]
            case Count(counted):
                found = self.without_overlap([(0, place) for place in self.find(counted, within)])
                found = sorted((place for _, place in found), key=self.order)
                return [
                    place
                    for place in found
                    if rule.holds(self.number(found, within, self.scope(place, within)))
                ]

    def holds(self, rule, within, scope):
        match rule:
            case Either(parts):
                return any(self.holds(part, within, scope) for part in parts)
            case Both(first, others):
                return all(self.holds(part, within, scope) for part in (first, *others))
            case Without(first, other):
                return self.holds(first, within, scope) and not self.holds(other, within, scope)
            case Count(counted):
                found = self.without_overlap([(0, place) for place in self.find(counted, within)])
                return rule.holds(self.number([place for _, place in found], within, scope))
        return self.number(self.find(rule, within), within, scope) > 0

    def number(self, places, within, scope):
        return sum(self.seen(place, within) and self.scope(place, within) == scope for place in places)

    def once(self, places):
        """Of places with the same characters the first in order."""
        found = {}
        for place in sorted(places, key=self.order):
            found.setdefault((place.start, place.end), place)
        return sorted(found.values(), key=self.order)

    def close(self, one, other, most, ordered):
        """Whether one stands near the other (before it), without a shared word, in one paragraph."""
        if self.paragraph(one) != self.paragraph(other) or self.share(one, other):
            return False
        (start, end), (first, last) = self.span(one), self.span(other)
        if end <= first:
            return other.word - one.behind <= most
        if ordered:
            return False
        return last > start or one.word - other.behind <= most

    def pairs(self, some, others, most, ordered):
        """Smallest pairs only; of pairs that begin and end together the one with most matched words."""
        found = {}
        for one in some:
            for other in others:
                if self.close(one, other, most, ordered):
                    pieces = tuple(sorted((*one.pieces, *other.pieces), key=lambda piece: piece.start))
                    place = Place(pieces)
                    rank = -place.matched, self.order(one), self.order(other)
                    span = self.span(place)
                    found[span] = min(found.get(span, (rank, place)), (rank, place), key=lambda pair: pair[0])
        smallest = [
            place
            for (start, end), (_, place) in found.items()
            if not any(
                start <= first and last <= end and (start, end) != (first, last) for first, last in found
            )
        ]
        return sorted(smallest, key=self.order)

    # Codes

    def meant(self, code, subcodes):
        wanted = [code]
        for one in self.codebook.codes:
            if subcodes and one.parent in wanted:
                wanted.append(one.id)
        return wanted

    def hits(self, code):
        """(entry, place) of every entry of a code, before overlap."""
        if code not in self.hits_of:
            numbers = [one.id for one in self.codebook.codes for _ in one.entries]
            self.hits_of[code] = [
                (number, place)
                for number, entry in enumerate(self.codebook.entries)
                if numbers[number] == code
                for place in self.entry_places(entry)
            ]
        return self.hits_of[code]

    def entry_places(self, entry):
        if not speaks(entry, self.language):
            return
        conditions = [self.conditions[text] for text in entry.only_in]
        if not all(holds(condition, self.document.variables) for condition in conditions):
            return
        rule = self.trees[entry.text] if entry.kind == "rule" else Words(entry.kind, entry.text)
        outer = [
            (place.start, place.end)
            for term in entry.not_inside
            for place in self.find(Words("term", term), entry.within)
        ]
        for place in self.find(rule, entry.within):
            scope = self.scope(place, entry.within)
            inside = any(start <= place.start and place.end <= end for start, end in outer)
            if not inside and not any(
                self.holds(self.trees[unless], entry.within, scope) for unless in entry.unless
            ):
                yield place

    def segments(self, code):
        """(entry, place) of a code after its own overlap, flagged ones too."""
        if code not in self.segments_of:
            self.segments_of[code] = self.without_overlap(self.hits(code))
        return self.segments_of[code]

    def without_overlap(self, some):
        kept = []
        for entry, place in sorted(some, key=self.priority):
            if not any(self.share(place, other) for _, other in kept):
                kept.append((entry, place))
        return kept

    def priority(self, pair):
        entry, place = pair
        return -place.matched, place.end - place.start, place.start, entry

    def form(self, place):
        """The matched words, folded, with … where others stand between them."""
        form, behind = "", place.word
        for piece in place.pieces:
            words = self.words[piece.word : piece.behind]
            own = " ".join(fold(word.text) for word in words)
            own = own or fold(self.document.text[piece.start : piece.end])
            form += (" … " if piece.word > behind else " ") + own
            behind = piece.behind
        return form.strip()


def find_ruled(codebook, document, trees, conditions, regexes=None, parts=ANALYSED):
    """Everything that a codebook with rules finds in a document; ``trees`` are the rules by their text."""
    reading, found = Reading(codebook, document, trees, conditions, regexes or {}, parts), Found()
    for number, code in enumerate(codebook.codes):
        for entry, place in reading.hits(code.id):
            if part_at(document, place.start) in parts:
                key = entry, reading.form(place)
                found.matches[entry] = found.matches.get(entry, 0) + 1
                found.forms[key] = found.forms.get(key, 0) + 1
        for entry, place in reading.segments(code.id):
            if part_at(document, place.start) not in parts:
                continue
            sentence = sentence_at(document, place.start, reading.language)
            hit = Hit(entry, place.start, place.end, place.word, place.behind - place.word)
            flags = flags_of(document, reading.paragraphs, hit, sentence, reading.language)
            between = place.matched < place.behind - place.word
            wordless = len(place.pieces) > 1 and any(one.word == one.behind for one in place.pieces)
            pieces = tuple(merged(place.pieces)) if between or wordless else ()
            if not (flags[0] and code.negated == "drop"):
                found.segments.append((place.start, place.end, number, entry, flags, sentence, pieces))
    found.segments.sort()
    return found
