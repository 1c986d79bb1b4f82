"""Every format, from its file to the hits in it: what holds for one holds for all of them."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rubricate import read_corpus
from rubricate.corpus.readers import READERS, TABLES
from rubricate.corpus.readers.signatures import signature
from tests.command import read_rows, rubricate

if TYPE_CHECKING:
    from rubricate import Document

FORMATS = Path(__file__).parent / "data" / "formats"
CODEBOOK = "codes: {x: {label: X, terms: [the, sanctions, embargo]}}"
ROWS = "id{0}text{0}year\na{0}The sanctions hold.{0}2019\nb/c{0}An embargo, then war.{0}2020\n"
RECORDS = [{"id": "a", "text": "The sanctions hold."}, {"id": "b/c", "text": "An embargo, then war."}]
XHTML = (
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The embargo.</p></body></html>'
)
MARKDOWN = "# Sanctions\n\nThe *embargo* holds.[^1]\n\n- one\n\n[^1]: Since the war.\n"

FILES = {
    ".csv": ROWS.format(",").replace("An embargo, then war.", '"An embargo, then war."').encode(),
    ".docm": (FORMATS / "docx_note.docx").read_bytes(),
    ".docx": (FORMATS / "docx_note.docx").read_bytes(),
    ".epub": (FORMATS / "epub_libreoffice.epub").read_bytes(),
    ".htm": (FORMATS / "html_libreoffice.html").read_bytes(),
    ".html": (FORMATS / "html_news.html").read_bytes(),
    ".json": json.dumps(RECORDS).encode(),
    ".jsonl": (FORMATS / "jsonl_speeches.jsonl").read_bytes(),
    ".markdown": MARKDOWN.encode(),
    ".md": MARKDOWN.encode(),
    ".ndjson": "\n".join(map(json.dumps, RECORDS)).encode(),
    ".ods": (FORMATS / "ods_speeches.ods").read_bytes(),
    ".odt": (FORMATS / "odt_note.odt").read_bytes(),
    ".parquet": (FORMATS / "parquet_speeches.parquet").read_bytes(),
    ".pdf": (FORMATS / "pdf_chromium.pdf").read_bytes(),
    ".rtf": (FORMATS / "rtf_embargo.rtf").read_bytes(),
    ".srt": (FORMATS / "srt_interview.srt").read_bytes(),
    ".tsv": ROWS.format("\t").encode(),
    ".txt": "Sanctions\n\nThe em-\nbargo holds — as\nbefore.\n".encode(),
    ".vtt": (FORMATS / "vtt_debate.vtt").read_bytes(),
    ".xhtml": XHTML.encode(),
    ".xls": (FORMATS / "xls_speeches.xls").read_bytes(),
    ".xlsx": (FORMATS / "xlsx_speeches.xlsx").read_bytes(),
}
"""Extension → a sound file."""

TOLD = [*(extension for extension, data in FILES.items() if signature(data)), ".txt"]
"""Extensions of the formats that standard input can have."""

every_format = pytest.mark.parametrize("extension", sorted(READERS))


def put(folder: Path, extension: str, name: str = "press/note") -> Path:
    path = folder / f"{name}{extension}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FILES[extension])
    return path


def read(*sources: Path) -> list[Document]:
    return list(read_corpus([str(source) for source in sources]))


def without_file(documents: list[Document]) -> list[Document]:
    return [replace(document, file="", sha256="") for document in documents]


def test_no_format_is_left_out() -> None:
    assert sorted(FILES) == sorted(READERS)


@every_format
def test_every_hit_is_what_the_document_has_at_its_offsets(extension: str, tmp_path: Path) -> None:
    put(tmp_path / "texts", extension)
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    result = rubricate("apply", tmp_path / "codebook.yaml", tmp_path / "texts", "--out", tmp_path / "out")
    assert result.exit_code == 0
    texts = {document.id: document.text for document in read(tmp_path / "texts")}
    hits = read_rows(tmp_path / "out" / "segments.csv")
    assert hits
    for hit in hits:
        assert hit["hit"] == texts[hit["document"]][int(hit["start"]) : int(hit["end"])]


@every_format
def test_paragraphs_are_the_text_and_hold_no_control_characters(extension: str, tmp_path: Path) -> None:
    for document in read(put(tmp_path, extension)):
        pieces = [document.text[start:end] for start, end, *_ in document.paragraphs]
        assert "\n\n".join(pieces) == document.text
        assert all(piece.strip() for piece in pieces)
        assert all(mark.isprintable() or mark in "\n\t\u00a0\u00ad\u200c\u200d" for mark in document.text)


@every_format
def test_a_document_does_not_depend_on_its_neighbours(extension: str, tmp_path: Path) -> None:
    alone = read(put(tmp_path, extension).parents[1])
    for other in (".txt", ".docx", ".html", ".srt"):
        put(tmp_path, other, name=f"0/{other[1:]}")
        put(tmp_path, other, name=f"zz/{other[1:]}")
    assert [document for document in read(tmp_path) if document.file == alone[0].file] == alone


@pytest.mark.parametrize("extension", sorted(set(READERS) - TABLES))
def test_the_id_is_the_path_without_the_extension(extension: str, tmp_path: Path) -> None:
    put(tmp_path, extension)
    assert [document.id for document in read(tmp_path)] == ["press/note"]


@every_format
def test_an_extension_in_capitals_is_the_same(extension: str, tmp_path: Path) -> None:
    path = put(tmp_path, extension)
    before = without_file(read(path))
    path.rename(path.with_suffix(extension.upper()))
    assert without_file(read(path.with_suffix(extension.upper()))) == before


@every_format
def test_packing_a_file_changes_nothing_but_its_name(extension: str, tmp_path: Path) -> None:
    plain = put(tmp_path, extension, name="note")
    packed = tmp_path / f"packed/note{extension}.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.write(plain, plain.name)
    assert without_file(read(packed)) == without_file(read(plain))
    assert read(archive) == read(plain)


@pytest.mark.parametrize("extension", TOLD)
def test_standard_input_gives_the_same_text_as_the_file(extension: str, tmp_path: Path) -> None:
    path = put(tmp_path, extension)
    first = read(path)[0].id
    streamed = first if extension in TABLES else "stdin"
    of_file = shown(rubricate("corpus", "show", path, "--document", first, "--json").stdout)
    of_stream = rubricate("corpus", "show", "-", "--document", streamed, "--json", stdin=path.read_bytes())
    assert shown(of_stream.stdout) == of_file


def shown(output: str) -> list[tuple[str, str]]:
    return [(row["part"], row["text"]) for row in json.loads(output)["paragraphs"]]


@every_format
@pytest.mark.parametrize("tenth", range(10))
def test_a_file_that_is_cut_off_is_read_or_refused_in_one_line(
    extension: str, tenth: int, tmp_path: Path
) -> None:
    put(tmp_path, extension).write_bytes(FILES[extension][: len(FILES[extension]) * tenth // 10])
    (tmp_path / "sound.txt").write_text("Peace.")
    result = rubricate("corpus", "show", tmp_path)
    assert result.exit_code in (0, 3)
    assert "sound" in result.stdout
    assert ("skipped: press/note" in result.stderr) == (result.exit_code == 3)
