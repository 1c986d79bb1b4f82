"""PDF files of a few lines, put together for tests: text in Helvetica at given places."""

from __future__ import annotations

from typing import NamedTuple


class Put(NamedTuple):
    """Text at a place of the page, in points from its lower left corner; ``turned`` quarters to the left."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    turned: int = 0


_TURNS = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")


def pdf(
    *pages: list[Put], catalog: str = "", info: str = "", page: str = "", extra: tuple[str, ...] = ()
) -> bytes:
    """The bytes of a PDF with these pages; the other arguments are raw PDF for its dictionaries.

    Objects: 1 catalog, 2 page tree, 3 and 4 the fonts, 5 the document's information, then ``extra`` from 6.
    """
    first = 6 + len(extra)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
        *extra,
    ]
    for number, puts in enumerate(pages):
        content = "\n".join(map(_drawn, puts))
        resources = "<< /Font << /F0 3 0 R /F1 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Resources {resources}"
            f" /Contents {first + 2 * number + 1} 0 R {page} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _drawn(put: Put) -> str:
    text = put.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = f"/F{int(put.bold)} {put.size} Tf"
    return f"BT {font} {_TURNS[put.turned]} {put.x} {put.y} Tm ({text}) Tj ET"


def _file(objects: list[str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
