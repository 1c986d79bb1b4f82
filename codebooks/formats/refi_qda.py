"""Codebooks of the REFI-QDA standard (.qdc), as NVivo, MAXQDA, ATLAS.ti, QualCoder and others write them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.formats.appendix import remarks
from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.ids import guid_of
from rubricate.codebooks.formats.losses import LEFT_OUT
from rubricate.codebooks.formats.xml_file import attribute, local_name, parse_xml, xml_text
from rubricate.codebooks.yaml_writing import entry_text

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code, Codebook, Entry
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

NAMESPACE = "urn:QDA-XML:codebook:1.0"

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_COLOR = re.compile("#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_MIXED = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)")


def read(reading: Reading) -> Codebook:
    """The codes with names, descriptions, colours and GUIDs; they have no terms and are coded by hand.

    Lenient: namespaces, order and capitals do not matter, GUIDs and colours may be missing or wrong.
    """
    root = parse_xml(reading)
    if local_name(root).lower() != "codebook":
        reading.stop(root.sourceline or 0, f"begins with <{local_name(root)}>, not with <CodeBook>")
    themes: list[Theme] = []
    for part in root:
        if local_name(part) == "Codes":
            themes += (_theme(reading, node) for node in part if local_name(node) == "Code")
        elif local_name(part) == "Sets":
            for group in part:
                reading.lose(group.sourceline or 0, attribute(group, "name"), "a set of codes")
    return build_codebook(reading, themes)


def _theme(reading: Reading, node: Any) -> Theme:
    name, line = attribute(node, "name"), node.sourceline or 0
    guid = _guid(reading, name, line, attribute(node, "guid"))
    color = _color(reading, name, line, attribute(node, "color"))
    about = "\n".join(
        "".join(inner.itertext()).strip() for inner in node if local_name(inner) == "Description"
    )
    folder = attribute(node, "isCodable").lower() in ("false", "0")
    theme = reading.theme(name, line, more={"guid": guid, "color": color, "definition": about}, group=folder)
    for inner in node:
        if local_name(inner) == "Code":
            theme.below.append(_theme(reading, inner))
        elif local_name(inner) not in ("", "Description"):
            reading.lose(inner.sourceline or line, name, f"<{local_name(inner)}>")
    return theme


def _guid(reading: Reading, name: str, line: int, value: str) -> str:
    found = _GUID.fullmatch(value)
    if value and not found:
        reading.lose(line, name, f"`{value}` is no GUID", "made anew on export")
    return found[1] if found else ""


def _color(reading: Reading, name: str, line: int, value: str) -> str:
    if not value or _COLOR.fullmatch(value):
        return value
    mixed = _MIXED.fullmatch(value)
    if mixed and all(int(part) < 256 for part in mixed.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in mixed.groups())
    became = value[:7] if _COLOR.fullmatch(value[:7]) and len(value) == 9 else ""
    what = f"the transparency of the color `{value}`" if became else f"`{value}` is no color"
    reading.lose(line, name, what, LEFT_OUT)
    return became


def write(writing: Writing) -> bytes:
    """The codes, valid against Codebook.xsd; entries are told to people in the description."""
    from lxml import etree

    writing.lose_all_but(("definition", "guid", "color", "coded_by"), ())
    names = writing.names()
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE}, origin="rubricate")
    codes = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
    seen: dict[str, str] = {}
    for code in writing.below[""]:
        _add(writing, codes, code, names, seen)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _add(writing: Writing, above: Any, code: Code, names: dict[str, str], seen: dict[str, str]) -> None:
    from lxml import etree

    folder = bool(writing.below[code.id]) and not code.entries and code.coded_by == "rules"
    node = etree.SubElement(
        above,
        f"{{{NAMESPACE}}}Code",
        guid=_valid_guid(writing, code, seen),
        name=names[code.id],
        isCodable="false" if folder else "true",
    )
    if _COLOR.fullmatch(code.color):
        node.set("color", code.color)
    elif code.color:
        writing.lose(code.id, f"the color `{code.color}` is none of the form #cc3300")
    if about := _description(writing, code):
        etree.SubElement(node, f"{{{NAMESPACE}}}Description").text = xml_text(about)
    for child in writing.below[code.id]:
        _add(writing, node, child, names, seen)


def _valid_guid(writing: Writing, code: Code, seen: dict[str, str]) -> str:
    guid = guid_of(code, writing.book.name)
    if _GUID.fullmatch(guid) and guid not in seen:
        seen[guid] = code.id
        return guid
    why = f"is that of `{seen[guid]}`, too" if guid in seen else "is none"
    writing.lose(code.id, f"the GUID `{guid}` {why}", "made anew from the id")
    others = ((), (f"{code.id}/again",))  # no id has a slash
    made = (guid_of(replace(code, guid="", was=was), writing.book.name) for was in others)
    guid = next(found for found in made if found not in seen)
    seen[guid] = code.id
    return guid


def _description(writing: Writing, code: Code) -> str:
    if not code.entries:
        return code.definition
    writing.lose(code.id, f"{len(code.entries)} entries", "told in the description, for people")
    told = "\n".join(f"- {_told(entry)}" for entry in code.entries)
    return "\n\n".join(filter(None, (code.definition, f"Entries:\n{told}")))


def _told(entry: Entry) -> str:
    beside = remarks(entry)
    return f"{entry_text(entry)} ({beside})" if beside else entry_text(entry)
