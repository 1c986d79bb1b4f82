"""A near miss, and the reasons that there are for one."""

from __future__ import annotations

from dataclasses import dataclass

REASONS = {
    "part": "the paragraph is of a part that is not analysed",
    "duplicate": "the passage repeats another one and is left out",
    "negated": "it is negated, and the code leaves out what is",
    "filtered": "the settings leave out what has this flag, or lacks it",
    "not_inside": "it lies inside a term that the entry excludes",
    "only_in": "the document is not one of those in which the entry is looked for",
    "unless": "what the entry says unless of is there, too",
    "overlap": "it shares words with a match of the same code that comes first",
    "language": "the entry is looked for in documents of another language",
    "analysis": "a pipeline reads a word otherwise than the entry asks",
    "case": "capitals differ",
    "form": "a word stands in another form than the entry finds",
    "accent": "accents differ",
    "hyphen": "a hyphen, or a blank between two parts of a word, differs",
    "punctuation": "other characters stand between the words of a phrase",
    "border": "the border of a paragraph lies between the words of a phrase",
    "inside_word": "the word is part of a longer one",
    "distance": "other words stand between those of a phrase, or more than a rule allows",
    "order": "the words of a phrase, or what THEN joins, stand in another order",
    "excluded": "what a rule says NOT of is there",
    "count": "there are not as many as a COUNT asks for",
    "scope": "what a rule needs stands outside its scope",
}
"""Every reason, with what it means. The first nine are about matches that made no segment; the others about
an entry without any match, of which only the first that holds is told."""

_LONGEST = 60  # characters of a text in a reason


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What of an entry stands at ``start`` to ``end`` of a document's text, and why it made no segment.

    ``entry`` indexes ``codebook.entries`` and ``paragraph`` the document's paragraphs; ``reason`` is a key of
    REASONS and ``why`` the same for a person, about this very place. ``apart`` is how many other words stand
    between the entry's.
    """

    entry: int
    paragraph: int
    start: int
    end: int
    reason: str
    why: str
    apart: int = 0


def quoted(text: str) -> str:
    """A text between quotation marks, on one line and without its middle where it is long.

    >>> quoted("arms\\nembargo")
    '“arms embargo”'
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        head, tail = text[: _LONGEST // 2], text[-_LONGEST // 2 :]
        text = f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"
    return f"“{text}”"
