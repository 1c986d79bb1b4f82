"""From the bytes of a web page to its tree: its encoding, and what the parser needs help with."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import decode_text

if TYPE_CHECKING:
    from rubricate.corpus.readers.raw import RawFile

LARGEST_PAGE = 64 * 1024**2
"""The largest page that is parsed, in bytes; its tree can take sixty times the room."""

END = "x-end"
"""An element of our own: a border between blocks."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096  # bytes among which an encoding is declared
_DECLARED = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
_KNOWN = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|gb\w+|hz|big5\w*|shift_jis\w*|euc_\w+|iso2022_jp\w*|johab"
)
# As browsers take them: the wider encoding of the same family, whose letters pages use under these names.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_VERTICAL = re.compile("[\x0b\x0c]")
_ENTITIES = re.compile(
    r"\A([^<]*+(?:<\?[^>]*+>)?[^<]*+<!DOCTYPE[^\[>]*)\[.*?\]\s*(?=>)", re.DOTALL | re.IGNORECASE
)
_TOUCHED = re.compile(
    r"(?P<kept><!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe)\b[^>]*+(?:\Z|(?<!/)>.*?(?:</(?P=raw)\b|\Z)))"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|</(?P<page>body|html)\b[^>]*+(?:>|\Z)"
    r"|(?P<end></(?:p|h[1-6])\s*>)"
    r"|(?P<br></br\s*>)"
    r"|&#(?:x(?P<hex>[0-9a-f]+)|(?P<decimal>[0-9]+));?",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*+""", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*"|'[^']*')""")
_FEW_ATTRIBUTES = 500
_MOST_STEPS = 20_000**2  # the parser compares each attribute of an element with those before it


def decode_page(raw: RawFile, forced: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a page, its encoding, and a warning if it is not the one that the page declares.

    ``forced`` is what the user says; then a byte order mark counts, then what the page declares, then what
    decode_text finds. FileError as there.
    """
    declared = "" if forced or raw.data.startswith(_MARKS) else _declared(raw.data)
    if not declared:
        return *decode_text(raw, forced), ()
    if declared == "utf-8" or not _is_utf8(raw.data):
        try:
            return *decode_text(raw, declared), ()
        except FileError:
            pass
    text, encoding = decode_text(raw)
    doubt = f"declares to be {declared} but is not; read as {encoding}"
    return text, encoding, (f"{doubt}; if letters look wrong, name its encoding with --encoding",)


def parse_page(text: str, file: str, *, xhtml: bool = False) -> Any:
    """Return the root element, without comments; nothing is fetched. None if the page holds nothing.

    In XHTML a CDATA section is text; in HTML browsers take it for a comment. FileError if the page is
    nested too deeply or too large to be parsed.
    """
    from lxml import etree

    _check_attributes(text, file)
    content = _prepared(text, xhtml=xhtml).encode()
    if len(content) > LARGEST_PAGE:
        raise FileError(file, "is too large for a web page; split it into smaller files")
    options = {"remove_comments": True, "remove_pis": True, "huge_tree": True, "no_network": True}
    parser = etree.HTMLParser(encoding="utf-8", **options)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        raise FileError(file, "its elements are nested too deeply to be read; save the page as plain text")
    return root


def _declared(data: bytes) -> str:
    """The encoding that a page names, as browsers take it; empty where it names none that is known."""
    head = data[:_HEAD]
    found = _DECLARED_XML.search(head) or _DECLARED.search(re.sub(rb"<!--.*?-->", b"", head, flags=re.DOTALL))
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    name = _WIDER.get(name, name)
    return name if _KNOWN.fullmatch(name) else ""


def _is_utf8(data: bytes) -> bool:
    """Tell UTF-8 by its bytes: letters of another encoding do not happen to be UTF-8 throughout."""
    try:
        return not data.isascii() and bool(data.decode())
    except UnicodeDecodeError:
        return False


def _check_attributes(text: str, file: str) -> None:
    """Refuse elements with so many attributes that the parser would need minutes for them."""
    steps = 0
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > _FEW_ATTRIBUTES:
            bare = _QUOTED.sub(" ", tag[0])
            steps += (len(bare.replace("/", " ").split()) + bare.count('"') + bare.count("'")) ** 2
            if steps > _MOST_STEPS:
                raise FileError(file, "has elements with thousands of attributes; it is no page to be read")


def _prepared(text: str, *, xhtml: bool) -> str:
    """The source of a page without what the parser would make other things of than a browser does.

    It stops at the end of the body, where pages go on; it makes question marks of control characters; and
    it passes over the end of a paragraph that it has closed before, so that words would run together.
    """
    text = _VERTICAL.sub(" ", _CONTROL.sub("", text))
    if xhtml:
        text = _ENTITIES.sub(r"\1", text)  # which would be shown as text, and are not put in

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastgroup
        if found["kept"] is not None or kind is None:
            return found[0]
        if kind == "cdata":
            cdata = found["cdata"]
            return cdata.replace("&", "&amp;").replace("<", "&lt;") if xhtml else found[0]
        if kind in ("hex", "decimal"):
            return _reference(found)
        return {"page": "", "end": f"{found[0]}<{END}/>", "br": "" if xhtml else "<br>"}[kind]

    return _TOUCHED.sub(replaced, text)


def _reference(found: re.Match[str]) -> str:
    """A numeric character reference as it stands, unless the character is a control and no text."""
    digits = (found["hex"] or found["decimal"]).lstrip("0") or "0"
    number = int(digits, 16 if found["hex"] else 10) if len(digits) < 8 else 0x110000
    if number in (9, 10, 13) or number > 31:
        return found[0]
    return " " if number in (11, 12) else ""
