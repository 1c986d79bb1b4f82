"""Formats that are zip archives of XML (docx, odt, epub): their members, and how far they are trusted."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import FileError

if TYPE_CHECKING:
    from rubricate.corpus.readers.raw import RawFile

LARGEST_MEMBER = 256 * 1024**2
"""The largest member that is unpacked, in bytes: a small archive can hide more than memory holds."""

LARGEST_PACKAGE = 1024**3
"""The most bytes that all members of a package that are read may have together."""

_MOST_TAGS = 5_000_000  # of an XML member; the parser makes of each something many times its size
_ENCRYPTED = 0x1  # of a member's flag bits
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises at members that are damaged or packed in a way that it does not know."""

_PROTECTED = "is protected by a password; remove it and save the file anew"
_ENCRYPTED_INSIDE = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Package:
    """An opened archive; ``read`` its members by name."""

    file: str
    archive: zipfile.ZipFile
    left: int = LARGEST_PACKAGE

    def names(self) -> list[str]:
        """The names of all members, in the order of the archive."""
        return self.archive.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a member; FileError if it is missing, damaged, encrypted or too large."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            raise FileError(self.file, f"is damaged: it has no {name}; open it and save it anew") from None
        most = min(LARGEST_MEMBER, self.left)
        if info.flag_bits & _ENCRYPTED:
            raise FileError(self.file, _PROTECTED)
        try:
            with self.archive.open(info) as stream:
                data = stream.read(most + 1)  # what the directory says of sizes is only a claim
        except DAMAGES:
            raise FileError(self.file, f"is damaged at {name}; open it and save it anew") from None
        if len(data) > most:
            raise FileError(self.file, "unpacks to more than can be read; it may be damaged")
        self.left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """The root element of an XML member; FileError also if it is no sound XML."""
        return parse_xml(self.read(name), self.file, name)


def open_package(raw: RawFile) -> Package:
    """Open a file that is a zip archive; FileError if it is none, is cut off or is protected."""
    if not raw.data:
        raise FileError(raw.file, "is empty")
    if raw.data.startswith(_OLE):
        raise FileError(raw.file, _PROTECTED if _ENCRYPTED_INSIDE in raw.data else _older(raw.extension))
    try:
        return Package(raw.file, zipfile.ZipFile(io.BytesIO(raw.data)))
    except DAMAGES:
        reason = f"is no sound {raw.extension} file, or cut off; fetch or save it again"
        raise FileError(raw.file, reason) from None


def _older(extension: str) -> str:
    kind = extension.removeprefix(".")
    return f"is in an older format under the name .{kind}, or protected; save it anew as {kind}"


def parse_xml(data: bytes, file: str, member: str = "") -> Any:
    """Return the root element; nothing is fetched and no entity of the file's own is put in.

    FileError if the XML is not sound, holds more tags than any book, or declares entities: no program writes
    such documents, and they can fill memory or ask for other files.
    """
    from lxml import etree

    if data.count(b"<") > _MOST_TAGS:
        raise FileError(file, "unpacks to more than can be read; split it if it is sound")

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    where = f" in {member}" if member else ""
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise FileError(file, f"holds XML that cannot be read{where}{line}; save the file anew") from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise FileError(file, f"declares XML entities{where}, which are not read; save the file anew")
    return root
