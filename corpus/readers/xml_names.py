"""The XML of office documents: short names for its elements, and their attributes.

Element "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p" is ``w:p`` here, and so is its
namesake of the strict variant of the format. Attributes are found by their local name in any namespace.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_OPEN_XML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OPEN_XML}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OPEN_XML}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OPEN_XML}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "c",
    f"{_OPEN_XML}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_OPEN_XML}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OPEN_XML}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    **{f"{_OPEN_DOCUMENT}{name}:1.0": name for name in ("chart", "office", "style", "table", "text")},
    f"{_OPEN_DOCUMENT}drawing:1.0": "draw",
    f"{_OPEN_DOCUMENT}svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def name_of(element: Element) -> str:
    """The short name, ``w:p``; of unknown namespaces the local name alone, of comments nothing."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(uri[1:], "")
    return f"{prefix}:{local}" if prefix else local


def attribute(element: Element | None, local: str, otherwise: str = "") -> str:
    """The value of an attribute by its local name, whatever its namespace."""
    if element is None:
        return otherwise
    return next((value for key, value in element.items() if key.rpartition("}")[2] == local), otherwise)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with a short name, and in turn its child, …; None if one is not there."""
    for wanted in path:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == wanted), None)
    return element


def inside(element: Element | None, *path: str) -> Iterable[Element]:
    """What is inside the element that child() finds; nothing if it is not there."""
    found = child(element, *path)
    contained: Iterable[Element] = () if found is None else found
    return contained


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and not set to off."""
    return element is not None and attribute(element, "val", "1") not in ("0", "false", "off")


def whole(value: str, otherwise: int) -> int:
    """A value as a whole number; ``otherwise`` if it is none of up to nine digits."""
    return int(value) if _WHOLE.fullmatch(value) else otherwise


def printed(text: str) -> str:
    """Text without control characters, which are no text; tabs and line ends stay."""
    return _CONTROLS.sub("", text)
