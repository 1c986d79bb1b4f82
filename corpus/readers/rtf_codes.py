"""What the control words of RTF stand for: characters, code pages, and what a group is."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rubricate.corpus.readers.symbols import symbol

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\t": "\t",
}
"""Control word or symbol → the character that it is."""

SHOWN = frozenset({"body", "text box", "footnote", "endnote", "header", "footer", "label"})
"""Kinds of group whose text is shown; that of every other is not."""

HIDDEN = "hidden"

_GROUPS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("shptxt", "dptxbxtext"), "text box"),
    **dict.fromkeys(("shpinst", "do"), "shape"),
    **dict.fromkeys(("listtext", "pntext"), "label"),
    **dict.fromkeys(("moMath", "moMathPara"), "formula"),
    "footnote": "footnote",
    "fonttbl": "fonts",
    "stylesheet": "styles",
    "info": "info",
    "title": "title",
    "author": "author",
    "keywords": "keywords",
    "creatim": "created",
    "upr": "twice",
    "ud": "in Unicode",
}

_NOT_SHOWN = re.compile(
    "pict|nonshppict|shprslt|objdata|colortbl|filetbl|listtable|listoverridetable|revtbl|themedata"
    "|fldinst|formfield|datafield|tcn?|xe|rxe|txe|bkmkstart|bkmkend"  # what is shown are the results of these
    "|template|private|panose|falt|fontemb|keycode|sp|pntxta|pntxtb|nonesttables"
    "|atn(?:id|author|time|icn|ref|parent|date)|annotation|a?ftn(?:sep|sepc|cn)|m[A-Za-z]+Pr"
)

WITHIN = {"text box": "shape", "title": "info", "author": "info", "keywords": "info", "created": "info"}
"""Kinds of group that may begin inside one that is not shown."""

_CODE_PAGES = {
    0: 1252,
    77: 10000,  # Macintosh
    128: 932,  # Japanese
    129: 949,  # Korean
    130: 1361,  # Korean
    134: 936,  # Chinese, simplified
    136: 950,  # Chinese, traditional
    161: 1253,  # Greek
    162: 1254,  # Turkish
    163: 1258,  # Vietnamese
    177: 1255,  # Hebrew
    178: 1256,  # Arabic and Persian
    179: 1256,
    180: 1256,
    181: 1255,
    186: 1257,  # Baltic
    204: 1251,  # Cyrillic
    222: 874,  # Thai
    238: 1250,  # Central European
    254: 437,
    255: 850,
}
"""Windows' numbers of character sets, each with that of its code page."""


class Font(NamedTuple):
    """How the bytes of a font are read: by an encoding, or as the ``signs`` of the symbol font named so."""

    codec: str
    signs: str = ""


def group_kind(word: str, *, starred: bool) -> str:
    """The kind of group that a control word begins, or an empty string.

    A group marked with ``\\*`` is not shown by programs that do not know it.
    """
    kind = _GROUPS.get(word, "")
    return HIDDEN if not kind and (starred or _NOT_SHOWN.fullmatch(word)) else kind


def font_of_charset(charset: int) -> Font:
    """A font by its ``\\fcharset``; its codec is empty if that of the document holds."""
    return Font("", "Symbol") if charset == 2 else Font(codec_of_code_page(_CODE_PAGES.get(charset, 0)))


def codec_of_code_page(number: int) -> str:
    """The encoding with this number; empty if there is none.

    >>> codec_of_code_page(1256), codec_of_code_page(10000), codec_of_code_page(7)
    ('cp1256', 'mac-roman', '')
    """
    if number == 10000:
        return "mac-roman"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return ""


def decode(data: bytes, font: Font) -> str:
    """Decode text in a font; what its encoding does not know becomes U+FFFD."""
    if not font.signs:
        return data.decode(font.codec, "replace")
    return "".join(chr(byte) if byte <= 0x20 else symbol(font.signs, f"{byte:02x}") for byte in data)
