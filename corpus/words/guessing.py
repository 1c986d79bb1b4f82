"""In which language a text is written, guessed where nobody says it, and only where there is no doubt."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.words.languages import language as known_language

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

FEWEST_LETTERS = 60
"""Of a text with fewer letters nothing is said: a title may be foreign, or consist of names."""

SURE = 0.99
"""The least probability of a guess, among all languages that the model knows."""

_PLACES = 5
_LENGTH = 120  # characters at each place: one of five may be a foreign title, abstract or list of sources
_MOST = 0.5  # of the letters must be of the language's script
_WRITTEN_AS = {
    "ary": "ar", "arz": "ar", "ext": "es", "nn": "no", "uzs": "uz", "wuu": "zh", "yue": "zh",
}  # fmt: skip
"""Varieties that are hardly written but in the standard under whose name they come out."""


def guess_language(text: str, among: Collection[str] = ()) -> str:
    """The language of a text by its ISO 639 code (``en``); empty where it is not certain.

    ``among`` are the languages that may be the answer (``en``, ``fa``); empty: all 130 that the model knows.
    Even then all of them compete, so that Ukrainian is not taken for the Russian that it resembles: it
    is ``uk``, or nothing where that is not among the answers. What is looked at are samples from the
    beginning to the end of the text: a pure function of the text.

    >>> guess_language("OK")
    ''
    """
    sample = _sample(text)
    letters = [character for character in sample if character.isalpha()]
    if len(letters) < FEWEST_LETTERS:
        return ""
    guess, probability = _most_probable(sample)
    possible = not among or guess in {code.partition("-")[0].lower() for code in among}
    sure = probability >= SURE and possible and _is_written_in(letters, known_language(guess).script)
    return guess if sure else ""


def _sample(text: str) -> str:
    """The text, or stretches of a long one, evenly spread and with blanks between them."""
    if len(text) <= _PLACES * _LENGTH:
        return text
    last = len(text) - _LENGTH
    starts = [last * place // (_PLACES - 1) for place in range(_PLACES)]
    return " ".join(text[start : start + _LENGTH] for start in starts)


def _most_probable(sample: str) -> tuple[str, float]:
    """The likeliest language and its probability.

    The model gives logarithms of likelihoods, which grow with the text; divided by the root of its bytes
    they are comparable between texts, as its authors do.
    """
    scores = _model().rank(sample)
    best, scale = scores[0][1], math.sqrt(len(sample.encode("utf-8", "surrogatepass")))
    weights: dict[str, float] = {}
    for code, score in scores:
        name = _WRITTEN_AS.get(code, code)
        weights[name] = weights.get(name, 0.0) + math.exp((score - best) / scale)
    guess = max(weights, key=lambda code: weights[code])
    return guess, weights[guess] / sum(weights.values())


def _is_written_in(letters: list[str], script: str) -> bool:
    """Whether most of the letters are of a script, by the first word of their names; of none, any are."""
    if not script:
        return True
    counts = Counter(letters)
    inside = sum(count for letter, count in counts.items() if unicodedata.name(letter, "").startswith(script))
    return inside > _MOST * len(letters)


@cache
def _model() -> Any:
    """The model of py3langid, which takes half a second to read: one for the whole process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE)
    except OSError as error:  # it is unpacked into a temporary file
        raise CorpusError(
            f"the model that guesses languages finds no room to be unpacked ({error.strerror}); name the "
            "language of the texts with --language"
        ) from None
