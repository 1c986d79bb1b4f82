"""The files that the manual speaks of but cannot show: those of other programs, archives, older encodings."""

import zipfile
from pathlib import Path

from tests.pdf_files import Put, pdf
from tests.word_xml import docx, run

FORMATS = Path(__file__).parent / "data/formats"
ARABIC = "رفضت الحكومة العقوبات الجديدة التي فرضها المجلس، وقالت إن الحوار هو الطريق الوحيد إلى السلام.\n"


def make_files(folder):
    """Make them below ``folder``."""
    (folder / "press/2015").mkdir(parents=True)
    (folder / "press/note.docx").write_bytes(_note())
    (folder / "press/report.pdf").write_bytes(_report())
    (folder / "press/scan.pdf").write_bytes((FORMATS / "pdf_scan.pdf").read_bytes())
    (folder / "arabic.txt").write_bytes(ARABIC.encode("cp1256"))
    with zipfile.ZipFile(folder / "press.zip", "w") as archive:
        archive.writestr("2015/kerry.txt", "Sanctions will be lifted, step by step.\n")
        archive.writestr("2016.zip", "")
    _make_refused(folder / "refused")


def _note():
    """A Word file: tracked changes, a comment, hidden text, a header, a footnote, and a second page."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Not for the press.</w:t></w:r>"
    changed = f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>' + run("After the summit") + "</w:p>"
        f"<w:p>{run('The ')}{changed}{run('text binds all parties.')}{note}{hidden}</w:p>"
        f"<w:p>{turn}{run('Peace held.')}</w:p>"
        '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    )
    paragraphs = {"header1": "Desk note", "comments": "Really?", "footnotes": "Signed in Vienna."}
    parts = {name: f"<w:p>{run(text)}</w:p>" for name, text in paragraphs.items()}
    return docx(body, parts | {"footnotes": f'<w:footnote w:id="1">{parts["footnotes"]}</w:footnote>'})


def _report():
    """A PDF of two pages, each with a running header and its number."""
    first = [
        Put(50, 510, "The envoys signed at dawn, and the market rose again."),
        Put(50, 498, "Nobody was surprised by it."),
    ]
    second = [
        Put(50, 520, "Findings", size=14, bold=True),
        Put(50, 498, "The embargo stays in force for another year, they said."),
    ]
    margins = [
        [Put(50, 570, "The Harbour Quarterly", size=8), Put(200, 30, page, size=8)] for page in ("12", "13")
    ]
    return pdf(*(lines + margin for lines, margin in zip((first, second), margins, strict=True)))


def _make_refused(folder):
    folder.mkdir()
    (folder / "letter.docx").write_bytes(_report())
    (folder / "cut.docx").write_bytes(_note()[:900])
    (folder / "secret.pdf").write_bytes((FORMATS / "pdf_protected.pdf").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "damaged.txt").write_bytes("Le président a été élu à\nGenève.".encode() + b"\xff")
    (folder / "sound.txt").write_text("War and peace.\n")
