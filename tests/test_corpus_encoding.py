from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError, FileError
from rubricate.corpus.readers.encoding import check_encoding, decode_lines, decode_text
from rubricate.corpus.readers.raw import RawFile

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff") | st.just("\n"), min_size=1
)
GERMAN = "Die Maßnahmen über Löhne und Gehälter für die Städte würden größere Städte überfordern. " * 5


def raw(data: bytes) -> RawFile:
    return RawFile("a.txt", "a", ".txt", hashlib.sha256(data).hexdigest(), data)


def lines(data: bytes, encoding: str = "") -> list[str]:
    return list(decode_lines(raw(data), encoding)[0])


@settings(deadline=None)  # the first example imports the libraries
@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_survives_every_encoding_that_announces_itself(text: str, encoding: str) -> None:
    assert decode_text(raw(text.encode(encoding))) == (text, encoding)
    assert "".join(lines(text.encode(encoding))) == text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "gb18030"])
@pytest.mark.parametrize("letters", ["a", "a«", "«\u2028\x0c" * 3])
def test_a_file_of_several_pieces_is_read_as_one(letters: str, encoding: str, line_end: str) -> None:
    try:
        letters.encode(encoding)
    except UnicodeEncodeError:
        letters = "«"
    content = [f"{number} {letters * (number % 50)}\n" for number in range(30_000)]
    data = "".join(content).replace("\n", line_end).encode(encoding)
    assert lines(data, encoding) == content
    assert decode_text(raw(data), encoding) == ("".join(content), encoding)


def test_a_mark_inside_a_file_is_text() -> None:
    data = codecs.BOM_UTF8 + b"a\n" * 200_000 + codecs.BOM_UTF8 + b"b\n" * 200_000
    assert decode_text(raw(data))[0] == "a\n" * 200_000 + "\ufeff" + "b\n" * 200_000
    assert "".join(lines(data)) == decode_text(raw(data))[0]


@pytest.mark.parametrize(("mark", "name"), [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8-sig")])
def test_a_broken_byte_late_in_a_file_is_named_by_its_place_in_the_whole(mark: bytes, name: str) -> None:
    good = mark + "é\n".encode() * 300_000
    for read in (decode_text, decode_lines):
        with pytest.raises(FileError) as caught:
            read(raw(good + b"caf\xe9 au lait\n"))
        place = f"byte 0xe9 at position {len(good) + 3} (line 300001)"
        assert str(caught.value) == f"a.txt: is {name} text, but {place} is not; save the file anew"


def test_a_zero_late_in_a_file_makes_it_binary() -> None:
    with pytest.raises(FileError, match="looks like a binary file"):
        lines(b"a\n" * 300_000 + b"\0\n")


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_the_mark_is_dropped_whichever_end_comes_first(mark: bytes, codec: str, name: str) -> None:
    assert decode_text(raw(mark + "صلح 😀".encode(codec))) == ("صلح 😀", name)


def test_line_ends_become_lf() -> None:
    assert decode_text(raw(b"a\r\nb\rc\nd\r\n"))[0] == "a\nb\nc\nd\n"
    assert lines(b"a\r\nb\rc\nd\r\n") == ["a\n", "b\n", "c\n", "d\n"]


def test_other_separators_are_text_and_end_no_line() -> None:
    assert lines("a\u2028b\x0bc\x85d\n".encode()) == ["a\u2028b\x0bc\x85d\n"]


def test_an_older_encoding_is_guessed_and_recorded() -> None:
    assert decode_text(raw(GERMAN.encode("cp1252"))) == (GERMAN, "cp1252")


def test_a_forced_encoding_is_used_and_recorded_by_its_own_name() -> None:
    assert decode_text(raw("łódź".encode("cp1250")), "windows-1250") == ("łódź", "cp1250")


def test_a_forced_encoding_still_drops_the_mark() -> None:
    assert decode_text(raw(codecs.BOM_UTF8 + b"a"), "UTF-8") == ("a", "utf-8-sig")
    assert decode_text(raw(codecs.BOM_UTF16_LE + "a".encode("utf-16-le")), "utf-16-le") == ("a", "utf-16-le")
    assert lines(codecs.BOM_UTF16_LE + "a\n".encode("utf-16-le"), "utf-16-le") == ["a\n"]


def test_a_forced_encoding_that_does_not_fit_names_the_byte() -> None:
    with pytest.raises(
        FileError, match=r"^a\.txt: byte 0xe9 at position 8 \(line 2\) is not utf-8; is --enc"
    ):
        decode_text(raw(b"good\ncaf\xe9"), "utf-8")


@pytest.mark.parametrize("name", ["utf9", "rot13", "hex"])
def test_an_encoding_nobody_knows_is_an_error_of_the_command_not_of_a_file(name: str) -> None:
    with pytest.raises(CorpusError, match=f"--encoding: '{name}' is not a known text encoding") as caught:
        check_encoding(name)
    assert not isinstance(caught.value, FileError)


@pytest.mark.parametrize("name", ["", "utf-8", "UTF-16", "latin-1", "cp1256", "gb18030"])
def test_common_encodings_are_known(name: str) -> None:
    check_encoding(name)


def test_an_encoding_that_lets_half_characters_pass_is_refused() -> None:
    with pytest.raises(FileError, match="is in utf-7, which cannot be read"):
        decode_text(raw(b"a+2AA-"), "utf-7")


def test_no_bytes_are_an_empty_file() -> None:
    with pytest.raises(FileError, match=r"^a\.txt: is empty$"):
        decode_text(raw(b""))


@pytest.mark.parametrize(
    "data",
    [
        b"text with a \0 inside",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(1, 32)) * 3,
        "ab".encode("utf-16-le"),
    ],
)
def test_binary_files_are_told_from_text(data: bytes) -> None:
    with pytest.raises(FileError, match="looks like a binary file, not text"):
        decode_text(raw(data))


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    assert (
        decode_text(raw(b"page one\x0cpage two, \x02 and more of it"))[0]
        == "page one\x0cpage two, \x02 and more of it"
    )


def test_utf8_with_a_broken_byte_is_not_garbled_by_a_guess() -> None:
    with pytest.raises(FileError, match=r"is utf-8 text, but byte 0xff at position \d+ \(line 1\) is not"):
        decode_text(raw(GERMAN.encode() + b"\xff"))


def test_utf16_that_breaks_off_is_an_error() -> None:
    with pytest.raises(FileError, match="is utf-16 text, but byte 0x61 at position 4 is not"):
        decode_text(raw("aa".encode("utf-16")[:-1]))
