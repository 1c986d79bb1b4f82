"""The parts of a Word file and how they refer to each other."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.document_properties import stated
from rubricate.corpus.readers.xml_names import attribute, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.packages import Package
    from rubricate.corpus.readers.xml_names import Element

_CONTENT_TYPES = "[Content_Types].xml"
_CORE = {
    "title": "title",
    "creator": "author",
    "created": "created",
    "language": "language",
    "keywords": "keywords",
}


class Relation(NamedTuple):
    """A reference to another part: the last word of its type ("footnotes"), and its member of the package.

    The target is empty where it lies outside the file.
    """

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part as parsed, with its relations by id."""

    name: str
    root: Element
    relations: dict[str, Relation]

    def related(self, kind: str) -> Iterator[str]:
        """The members that this part refers to by a relation of this kind."""
        return (found.target for found in self.relations.values() if found.kind == kind and found.target)


def read_part(package: Package, name: str) -> Part:
    """Parse a part and its relations; FileError if it is missing or damaged."""
    return Part(name, package.xml(name), _relations(package, name))


def main_part(package: Package) -> Part:
    """The part with the body of the text; FileError if the file holds no Word document."""
    named = (found.target for found in _relations(package, "").values() if found.kind == "officeDocument")
    targets = [*filter(None, named)] or [*_declared(package)]
    if not targets:
        raise FileError(package.file, "holds no Word document; open it and save it anew as docx")
    part = read_part(package, targets[0])
    if name_of(part.root) != "w:document":
        raise FileError(
            package.file, "is no Word document, but another Office file; give it its own extension"
        )
    return part


def read_properties(package: Package) -> dict[str, str]:
    """What the file says of itself: title, author, day of creation, language, keywords."""
    relations = _relations(package, "").values()
    cores = [found.target for found in relations if found.kind == "core-properties"]
    if not cores or cores[0] not in package.names():
        return {}
    values = {}
    for element in package.xml(cores[0]):
        key = _CORE.get(name_of(element).rpartition(":")[2])
        if key:
            values[key] = "".join(element.itertext())
    return stated(values)


def _relations(package: Package, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    member = posixpath.join(folder, "_rels", f"{name}.rels")
    if member not in package.names():
        return {}
    return {
        attribute(element, "Id"): Relation(
            attribute(element, "Type").rpartition("/")[2], "" if external else _member(folder, element)
        )
        for element in package.xml(member)
        for external in [attribute(element, "TargetMode") == "External"]
    }


def _member(folder: str, relation: Element) -> str:
    target = unquote(attribute(relation, "Target"))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _declared(package: Package) -> Iterator[str]:
    """The main document by its content type, for files whose relations do not name it."""
    if _CONTENT_TYPES not in package.names():
        return
    for element in package.xml(_CONTENT_TYPES):
        kind = attribute(element, "ContentType").lower()
        if kind.endswith("main+xml") and "word" in kind and attribute(element, "PartName"):
            yield attribute(element, "PartName").lstrip("/")
