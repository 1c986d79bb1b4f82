"""Dictionaries of Yoshikoder (.ykd) and of Lexicoder 2 (.lcd): XML with category and pattern nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.patterns import STARS, weight_note, weight_of
from rubricate.codebooks.formats.terms import add_pattern
from rubricate.codebooks.formats.themes import ForeignTerm
from rubricate.codebooks.formats.xml_file import attribute, local_name, parse_xml, xml_text

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_CATEGORY, _PATTERN = "cnode", "pnode"


def read(reading: Reading) -> Codebook:
    """The categories as codes, the root as the name of the codebook.

    ``*`` stands for any characters of a word; a dictionary of regexes gives ``regex:`` terms. Scores of
    patterns are kept as notes.
    """
    root = parse_xml(reading)
    if local_name(root) != "dictionary":
        reading.stop(root.sourceline or 0, f"begins with <{local_name(root)}>, not with <dictionary>")
    regexes = attribute(root, "patternengine").lower() == "regexp"
    roots = [_theme(reading, node, regexes, 1) for node in root if local_name(node) == _CATEGORY]
    if len(roots) == 1 and not roots[0].terms and not roots[0].kept:
        (only,) = roots
        if only.more["definition"]:
            reading.lose(only.line, only.name, "the description of the whole dictionary")
        return build_codebook(reading, only.below, only.name)
    return build_codebook(reading, roots)


def _theme(reading: Reading, node: Any, regexes: bool, level: int) -> Theme:
    line = node.sourceline or 0
    theme = reading.theme(attribute(node, "name"), line, more={"definition": attribute(node, "desc")})
    if score := attribute(node, "score"):
        reading.keep(theme, line, f"score {score}", "belongs to the category")
    for inner in node:
        if local_name(inner) == _CATEGORY:
            theme.below.append(_theme(reading, inner, regexes, level + 1))
        elif local_name(inner) == _PATTERN:
            _pattern(reading, theme, inner, regexes)
    return theme


def _pattern(reading: Reading, theme: Theme, node: Any, regexes: bool) -> None:
    line, text = node.sourceline or 0, attribute(node, "name")
    note = weight_note(attribute(node, "score") or "1")
    if regexes and note:
        reading.lose(line, theme.name, f"the {note} of `{text}`", "counted as 1, kept as a note")
    if regexes:
        reading.term(theme, ForeignTerm("regex", f"(?i){text}", text, line, note))
    else:
        add_pattern(reading, theme, text, STARS, line, note)


def write(writing: Writing) -> bytes:
    """The codes as categories below one that has the codebook's name."""
    from lxml import etree

    writing.lose_all_but(("definition",), ("name",))
    names = writing.names()
    root = etree.Element("dictionary", style="050805", patternengine="substring")
    top = etree.SubElement(root, _CATEGORY, name=xml_text(writing.book.name), desc="")
    for code in writing.below[""]:
        _add(writing, top, code, names)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _add(writing: Writing, above: Any, code: Code, names: dict[str, str]) -> None:
    from lxml import etree

    node = etree.SubElement(above, _CATEGORY, name=names[code.id], desc=code.definition)
    for entry in code.entries:
        weight = weight_of(entry.note)
        for pattern in writing.patterns(entry, STARS, noted=bool(weight)):
            leaf = etree.SubElement(node, _PATTERN, name=pattern)
            if weight:
                leaf.set("score", weight)
    for child in writing.below[code.id]:
        _add(writing, node, child, names)
