"""Folding: what two spellings must have in common to be the same word for matching.

Only words and the marks between them are ever folded, each distinct one once; the text itself is never
changed, so offsets need no way back.
"""

from __future__ import annotations

import re
import unicodedata

from rubricate.corpus.words.characters import DASHES, IGNORED, QUOTES, ZWNJ

_VOWEL_SIGNS = (
    *range(0x0591, 0x05BE),  # Hebrew points and accents
    *(0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7),
    *range(0x0610, 0x061B),  # Arabic signs
    *range(0x064B, 0x0654),  # fathatan … maddah: short vowels, shadda, sukun
    *range(0x0656, 0x0660),
    0x0670,  # superscript alef
    *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E9),
    *range(0x06EA, 0x06EE),
)
_HAMZA_ABOVE = 0x0654  # where it makes no letter of its own: the ezafe of خانهٔ
_TATWEEL = 0x0640
_LETTER_TWINS = {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه"}
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_DIGIT_ZEROS = (0x0660, 0x06F0)  # Arabic-Indic, Persian

_UNSEEN = dict.fromkeys(map(ord, IGNORED))
_INVISIBLE = dict.fromkeys((_TATWEEL, *map(ord, IGNORED)))
_MAP: dict[int, str | None] = {
    **dict.fromkeys((*_VOWEL_SIGNS, _HAMZA_ABOVE)),
    **{ord(twin): letter for twin, letter in _LETTER_TWINS.items()},
    **{zero + digit: str(digit) for zero in _DIGIT_ZEROS for digit in range(10)},
    **{ord(twin): quote for quote, twins in QUOTES.items() for twin in twins},
    **{ord(dash): "-" for dash in DASHES + ZWNJ},
    **{ord(space): " " for space in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"},
    **{ord(space): " " for space in "\u2008\u2009\u200a\u202f\u205f\u3000"},
}


def fold(text: str) -> str:
    """``text`` as matching sees it.

    Case folded (İ to i), composed, curly quotes straight, dashes and ZWNJ to a hyphen, every space to a
    plain one, Arabic and Persian letter twins and digits to one; soft hyphens, joiners, direction marks,
    tatweel and Arabic and Hebrew vowel signs vanish. Latin accents count.

    >>> fold("Iran’s EAST‑oriented İ")
    "iran's east-oriented i"
    >>> fold("كتابي") == fold("کتابی")
    True
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # Composed first, so that a letter written as letter and sign (آ) is not taken for a vowel sign.
    composed = unicodedata.normalize("NFC", _ligatures(text.translate(_INVISIBLE))).replace("İ", "i")
    folded = unicodedata.normalize("NFC", composed.casefold()).translate(_MAP)
    return unicodedata.normalize("NFC", folded)


def bare(word: str) -> str:
    """``word`` as written, composed and without the invisible characters inside it."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_UNSEEN))


def _ligatures(text: str) -> str:
    """Arabic presentation forms as the letters that they present."""
    return _PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
