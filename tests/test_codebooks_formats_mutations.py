"""Files of every format, damaged at random: a codebook or an error with its place, never a traceback."""

import random
import zipfile

import pytest

from rubricate.codebooks import CodebookError
from rubricate.codebooks.formats.exchange import export_codebook, import_codebook
from tests.codebook_texts import GOOD
from tests.exchanged import DATA

FIXTURES = sorted(DATA.iterdir())
PIECES = [
    *(
        b"\0",
        b"\t",
        b"\n",
        b"\r\n",
        b" ",
        b"%",
        b"*",
        b"?",
        b"\\",
        b'"',
        b"'",
        b"<",
        b">",
        b"&",
        b"&amp;",
        b"&#0;",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b"(",
        b")",
        b":",
        b"-",
        b"#",
        b"@",
        b"!",
        b"|",
        b",",
        b";",
        b"+",
        b"/",
        b"=",
        b"\xff",
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xc3\xa9",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x98\x80",
        b"1",
        b"999999999999",
        b"<of>",
        b"<!--",
    ),
    *(b"]]>", b"near(", b"codes:", b"terms", b"(?i)", b"(((", b"x" * 2000, b"- " * 60, b"<a>" * 70),
]


def mutated(data, chance):
    """A few bytes deleted, doubled, moved, swapped or replaced by what means something to some format."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 1, 2, 5, 20, 100)))
        piece = data[start:end]
        other = chance.randrange(len(data) + 1)
        data = chance.choice(
            (
                data[:start] + data[end:],
                data[:start] + piece + data[start:],
                data[:start] + chance.choice(PIECES) + data[end:],
                data[:start] + chance.choice(PIECES) + data[start:],
                data[:other] + piece + data[other:],
                data[:start] + bytes(255 - byte for byte in piece) + data[end:],
                data[:start],
            )
        )
    return data


def mutated_workbook(path, target, chance):
    """A workbook with one member mutated, so that what is damaged is XML and not the archive alone."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        unlucky = chance.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(name, mutated(data, chance) if name == unlucky else data)


def check_mutation(source, tmp_path, seed):
    chance = random.Random(seed)
    target = tmp_path / source.name
    if source.suffix == ".xlsx" and seed % 2:
        mutated_workbook(source, target, chance)
    else:
        target.write_bytes(mutated(source.read_bytes(), chance))
    try:
        found = import_codebook(target)
    except CodebookError as error:
        lines = str(error).splitlines()
        assert len(lines) == len(error.problems) > 0
        assert all(line.startswith(str(target)) for line in lines)
        assert all(problem.line >= 0 and problem.message for problem in error.problems)
    else:
        assert found.codebook.codes
        export_codebook(found.codebook, "f", found.format)


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.name)
def test_a_damaged_file_is_a_codebook_or_an_error_with_its_place(source, tmp_path):
    for seed in range(6):
        check_mutation(source, tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.name)
def test_a_file_damaged_in_very_many_ways_is_a_codebook_or_an_error_with_its_place(source, tmp_path):
    for seed in range(6, 206):
        check_mutation(source, tmp_path, seed)


@pytest.mark.slow
def test_five_hundred_damaged_codebooks_of_ours_are_codebooks_or_errors_with_their_places(tmp_path):
    (tmp_path / "source").mkdir()
    source = tmp_path / "source" / "a.yaml"
    source.write_text(GOOD, "utf-8")
    for seed in range(500):
        check_mutation(source, tmp_path, seed)
