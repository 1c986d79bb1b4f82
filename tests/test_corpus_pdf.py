"""What a PDF file becomes."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from rubricate.corpus.document import PARTS, Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.pdf import read_pdf
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped
from tests.pdf_files import Put, pdf

FORMATS = Path(__file__).parent / "data" / "formats"
MADE = ("chromium", "groff", "persian")  # by Chromium with tags, by groff without, and one in Persian
DIRECTIONS = "\u202a\u202b\u202c"  # pdftotext's own marks around lines that are written from the right


def read(data: bytes) -> Source:
    (source,) = read_pdf(RawFile("a.pdf", "a", ".pdf", "0", data), ReadOptions())
    assert not isinstance(source, Skipped)
    return source


def refused(data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        read(data)
    return caught.value.reason


def fixture(name: str) -> bytes:
    return (FORMATS / f"pdf_{name}").read_bytes()


def visible(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("name", MADE)
def test_a_file_becomes_the_blocks_that_a_reader_sees(name: str) -> None:
    golden = (FORMATS / f"pdf_{name}.blocks").read_text("utf-8").splitlines()
    blocks = read(fixture(f"{name}.pdf")).blocks
    assert [f"{b.page}\t{b.part}\t{b.level}\t{b.reason}\t{b.text}" for b in blocks] == golden


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("chromium", "1"),  # the mark that points to the footnote
        ("groff", "1"),
        ("persian", "\u200c" * 6),  # non-joiners, which pdfium does not hand out
    ],
)
def test_no_character_that_another_program_sees_is_lost(name: str, left_out: str) -> None:
    theirs = visible((FORMATS / f"pdf_{name}.pdftotext").read_text("utf-8"))
    ours = visible("".join(block.text for block in read(fixture(f"{name}.pdf")).blocks))
    missing, added = theirs - ours, ours - theirs
    assert {key: count for key, count in missing.items() if key not in DIRECTIONS} == Counter(left_out)
    assert set(added) <= {"-"}  # pdftotext drops the hyphens at line ends, some of which stay


def test_tags_give_headings_lists_tables_and_captions() -> None:
    blocks = read(fixture("chromium.pdf")).blocks
    assert [(b.level, b.text) for b in blocks if b.part == "heading"] == [
        (1, "The Harbour Sanctions and the Long Negotiation"),
        (2, "What was restricted"),
        (2, "How it was enforced"),
        (2, "A chronology in two columns"),
    ]
    assert [b.text for b in blocks if b.part == "caption"] == ["Table 1: Vessels inspected by harbour"]
    cells = [b.text for b in blocks if b.part == "table"]
    assert cells == "Harbour|Inspected|Detained|Northern Mole|212|14|Salt Quay|97|3".split("|")
    assert sum(b.part == "list" for b in blocks) == 3


def test_words_written_from_the_right_are_read_from_the_right() -> None:
    source = read(fixture("persian.pdf"))
    assert source.blocks[1].text.startswith("کشورهای ساحلی در بهار توافق کردند که صادرات")
    assert [warning.partition(" in ")[0] for warning in source.warnings] == ["right-to-left text"]


def test_the_properties_are_what_the_file_says_of_itself() -> None:
    assert read(fixture("chromium.pdf")).properties == {
        "title": "The Harbour Sanctions",
        "created": "2026-11-24",
        "language": "en",
    }


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.doc", "final_v2.pdf", "untitled", ""])
def test_a_title_that_names_a_file_is_left_out(title: str) -> None:
    info = f"/Title ({title}) /Author (Ada  Quill) /Keywords (ports, trade) /CreationDate (D:201903)"
    assert read(pdf([Put(50, 500, "Text.")], info=info)).properties == {
        "author": "Ada Quill",
        "created": "2019-03",
        "keywords": "ports, trade",
    }


def test_a_page_has_the_label_that_the_file_gives_it() -> None:
    pages = [[Put(50, 500, f"{word} page ends.")] for word in ("First", "Second", "Third")]
    catalog = "/PageLabels << /Nums [0 << /S /r /St 4 >> 2 << /S /D >>] >> /Lang (en-GB)"
    source = read(pdf(*pages, catalog=catalog))
    assert [(block.page, block.text) for block in source.blocks] == [
        ("iv", "First page ends."),
        ("v", "Second page ends."),
        ("1", "Third page ends."),
    ]
    assert source.properties == {"language": "en-GB"}


def test_what_is_written_onto_the_page_is_text_too() -> None:
    stream = "BT /F0 10 Tf 2 5 Td (Agreed by both sides.) Tj ET"
    form = "/Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F0 3 0 R >> >>"
    shown = f"<< /Type /XObject {form} /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    note = "<< /Type /Annot /Subtype /FreeText /Rect [50 300 250 320] /F 4 /AP << /N 6 0 R >> >>"
    data = pdf([Put(50, 500, "The draft.")], extra=(shown, note), page="/Annots [7 0 R]")
    assert [block.text for block in read(data).blocks] == ["The draft.", "Agreed by both sides."]


def test_a_file_that_opens_without_a_password_is_read() -> None:
    assert read(fixture("owner.pdf")).blocks == read(fixture("groff.pdf")).blocks


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"Dear Sir,", "is no PDF, whatever its name says; fetch or save it again"),
        (b"PK\x03\x04" + bytes(100), "is no PDF, whatever its name says; fetch or save it again"),
        (b"%PDF-1.7\n", "is no sound PDF, or cut off; fetch or save it again"),
        (pdf([]), "holds no text"),
        (pdf(*[[]] * 3000), "holds no text"),
        (fixture("groff.pdf")[:9000], "is no sound PDF, or cut off; fetch or save it again"),
        (fixture("protected.pdf"), "is protected by a password; remove it and save the file anew"),
        (
            fixture("scan.pdf"),
            "is a scan: pictures of pages without text; run optical recognition (OCR) first and save it as a"
            " PDF with text",
        ),
    ],
    ids=["empty", "text", "zip", "head", "blank", "3000 blank", "cut", "protected", "scan"],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_a_page_that_is_only_a_picture_is_named() -> None:
    image = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = f"<< {image} /Length 1 >>\nstream\nx\nendstream"
    data = pdf([Put(50, 500, "Text.")], [], [], extra=(picture,)).replace(
        b"<< /Length 0 >>\nstream\n\nendstream", b"<< /Length 9 >>\nstream\n/I Do    \nendstream", 1
    )
    data = data.replace(b"/Resources << /Font", b"/Resources << /XObject << /I 6 0 R >> /Font")
    assert read(data).warnings == (
        "no text on page 2, only pictures; run optical recognition (OCR) if they show text",
    )


def test_characters_that_no_font_explains_are_a_warning() -> None:
    cmap = "1 beginbfrange <20> <7e> <E020> endbfrange"
    begin = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    space = "1 begincodespacerange <00> <ff> endcodespacerange"
    stream = f"{begin} {space} {cmap} endcmap end end"
    private = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    data = pdf([Put(50, 500, "Secret words.")], extra=(private,)).replace(
        b"/BaseFont /Helvetica /", b"/BaseFont /Helvetica /ToUnicode 6 0 R /"
    )
    (warning,) = read(data).warnings
    assert warning.startswith("many characters cannot be told from the fonts")


@pytest.mark.parametrize("name", ["chromium.pdf", "groff.pdf", "persian.pdf", "scan.pdf"])
def test_a_damaged_file_is_refused_or_read_but_never_a_crash(name: str) -> None:
    sound = fixture(name)
    for seed in range(5):
        chance = random.Random(seed)
        data = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        del data[chance.randrange(len(data) // 2, 2 * len(data)) :]
        try:
            source = read(bytes(data))
        except FileError as error:
            assert "\n" not in error.reason
        else:
            assert all(isinstance(block, Block) and block.part in PARTS for block in source.blocks)
