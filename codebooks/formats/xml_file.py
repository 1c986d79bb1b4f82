"""XML from anywhere: parsed without fetching, expanding or nesting anything beyond reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.yaml_text import unwanted

if TYPE_CHECKING:
    from rubricate.codebooks.formats.reading import Reading

_DEEPEST = 60
_MOST_ATTRIBUTES = 100  # of an element; lxml looks for each of them from the first on
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = "declares a document type or entities, which is not read; remove the declaration"


def parse_xml(reading: Reading) -> Any:
    """The root element; CodebookError where the file is no XML, or declares entities."""
    from lxml import etree

    data = reading.data
    if not data.strip():
        reading.stop(0, "is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # so that what follows sees every character as one byte
        data = _declared_utf8(reading.text())
    if declared := _DECLARES.search(data):
        reading.stop(data.count(b"\n", 0, declared.start()) + 1, _DECLARED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (0, 0))
        reading.stop(line or 0, f"is no sound XML ({_plain(str(error))}); save it anew", max(column, 1))
    if root.getroottree().docinfo.doctype:  # in an encoding in which it was not seen before
        reading.stop(0, _DECLARED)
    _check_extent(reading, root)
    reading.encoding = reading.encoding or (root.getroottree().docinfo.encoding or "utf-8").lower()
    return root


def local_name(element: Any) -> str:
    """The name of an element without its namespace; of comments and instructions nothing."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of an attribute by its local name in any case; empty if it is not there."""
    found = (value for key, value in element.items() if key.rpartition("}")[2].lower() == name.lower())
    return next(found, "").strip()


def xml_text(text: str) -> str:
    """A text without characters that XML cannot hold."""
    while character := unwanted(text):
        text = text.replace(character, "")
    return text


def _declared_utf8(text: str) -> bytes:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).strip().encode()


def _check_extent(reading: Reading, root: Any) -> None:
    from lxml import etree

    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            reading.stop(
                element.sourceline or 0, f"nested deeper than {_DEEPEST} elements; is it a codebook?"
            )
        if len(element.attrib) > _MOST_ATTRIBUTES:
            wrong = f"an element has more than {_MOST_ATTRIBUTES} attributes; is it a codebook?"
            reading.stop(element.sourceline or 0, wrong)


def _plain(message: str) -> str:
    return message.partition(", line ")[0].partition("\n")[0]
