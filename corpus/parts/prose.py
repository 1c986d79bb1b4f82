"""Whether a paragraph is a finished sentence: what no list of links, form or bibliography holds."""

from __future__ import annotations

import re

from rubricate.corpus.parts.shapes import ends_sentence

_FEWEST_WORDS = 8
_CHARACTERS_PER_WORD = 2  # in scripts that set no spaces between words; a modest count, for words are longer
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_OTHER_ENDS = tuple("।॥።။។")  # of Hindi, Amharic, Burmese and Khmer
_CLOSERS = "'\"”’»)]」』"
_INNER_END = re.compile(r"[^\W\d_]{3,40}[.!?؟]['\"”’»)\]]*\s+(?=['\"“‘«(\[]*[^\Wa-z\d_])|[。！？।]")


def is_sentence(text: str, fewest: int = _FEWEST_WORDS) -> bool:
    """Whether a paragraph ends like a sentence and has so many words, or as much without spaces.

    >>> is_sentence("The talks will go on, the ministry said."), is_sentence("They go on.")
    (True, False)
    """
    end = text.rstrip(_CLOSERS)
    return (ends_sentence(end) or end.endswith(_OTHER_ENDS)) and has_words(text, fewest)


def has_words(text: str, fewest: int) -> bool:
    """Whether a text has so many words, or the characters of as many in a script without spaces."""
    if len(text.split(None, fewest)) >= fewest:
        return True
    return not text.isascii() and _CHARACTERS_PER_WORD * fewest <= len(_UNSPACED.findall(text))


def sentence_ends_inside(text: str) -> list[int]:
    """Where sentences end before the end of a text: the offsets at which the next ones begin."""
    return [found.end() for found in _INNER_END.finditer(text) if found.end() < len(text)]
