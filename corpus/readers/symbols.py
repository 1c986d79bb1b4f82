"""Characters of symbol fonts, which a file stores by their place in the font."""

from __future__ import annotations

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_PRIVATE = range(0xF000, 0xF100)  # where the places of a symbol font are moved to
_GREEK = {
    **dict(enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x41)),
    **dict(enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", 0x61)),
}
_ASCII = {place: chr(place) for place in b" !#%&()+,./0123456789:;<=>?[]_{|}"}


def _table(characters: str) -> dict[int, str]:
    """Characters by their place, which stands before each of them in two hexadecimal digits."""
    return {int(entry[:2], 16): entry[2:] for entry in characters.split()}


_SYMBOL = {
    **_ASCII,
    **_GREEK,
    **_table(
        "22∀ 24∃ 27∋ 2A∗ 2D− 40≅ 5E⊥ 7E∼ A3≤ A5∞ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ B4× B6∂ B7• B8÷ B9≠ BA≡ "
        "BB≈ BC… C6∅ C7∩ C8∪ CC⊂ CE∈ D2® D3© D4™ D5∏ D6√ D7⋅ D9∧ DA∨ DB⇔ DC⇐ DE⇒ E5∑ F2∫"
    ),
}
_WINGDINGS = _table(
    "22✂ 28☎ 2A✉ 46☞ 4A☺ 4C☹ 6C● 6E■ 6F□ 71❑ 75◆ 76❖ 9F• A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E8➔ F0⇨ FB✘ FC✔ FD☒ FE☑"
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, place: str) -> str:
    """The character at a place of a font, given in hexadecimal digits.

    Of the fonts Symbol and Wingdings the common ones are known; otherwise it is U+FFFD, which says that
    something stands there.

    >>> symbol("Symbol", "F061"), symbol("Arial", "2022"), symbol("Webdings", "F021")
    ('α', '•', '\ufffd')
    """
    try:
        code = int(place, 16)
        character = chr(code)
    except (ValueError, OverflowError):
        return _UNKNOWN
    known = _FONTS.get(font.casefold())
    if known is not None:
        return known.get(code - _PRIVATE.start if code in _PRIVATE else code, _UNKNOWN)
    return _UNKNOWN if code in _PRIVATE or not character.isprintable() else character
