from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.json_lines import flatten, open_json_lines, read_json_lines
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped, split_extension

if TYPE_CHECKING:
    from rubricate.corpus.readers.rows import Table

SPEECHES = Path(__file__).parent / "data" / "formats" / "jsonl_speeches.jsonl"


def raw_file(name: str, content: str | bytes) -> RawFile:
    stem, extension = split_extension(name)
    return RawFile(name, stem, extension, "", content if isinstance(content, bytes) else content.encode())


def opened(content: str | bytes, name: str = "a.jsonl", **options: str) -> Table:
    return open_json_lines(raw_file(name, content), ReadOptions(**options))


def rows(content: str | bytes, name: str = "a.jsonl", **options: str) -> list[tuple[str, dict[str, str]]]:
    found = read_json_lines(raw_file(name, content), ReadOptions(**options))
    return [(row.text, dict(row.variables)) for row in found if isinstance(row, Source)]


def refused(content: str | bytes, name: str = "a.jsonl") -> str:
    with pytest.raises(FileError) as caught:
        list(read_json_lines(raw_file(name, content), ReadOptions()))
    assert "\n" not in str(caught.value)
    return caught.value.reason


# Lines -------------------------------------------------------------------------------------------------


def test_every_line_is_a_document_and_blank_lines_are_none() -> None:
    assert rows('{"text": "War.", "n": "1"}\n\n  \r\n{"text": "Peace.", "n": "2"}') == [
        ("War.", {"n": "1"}),
        ("Peace.", {"n": "2"}),
    ]


def test_the_columns_are_all_fields_in_the_order_in_which_they_first_appear() -> None:
    table = opened('{"text": "War.", "b": "1"}\n{"a": "2", "text": "Peace.", "c": {"d": "3"}}')
    assert table.header == ("text", "b", "a", "c.d")
    assert list(table.rows) == [(1, ["War.", "1", "", ""]), (2, ["Peace.", "", "2", "3"])]


def test_numbers_are_as_written_and_nothing_is_empty() -> None:
    line = (
        '{"text": "War.", "a": 1.0, "b": 12345678901234567890123, "c": 1e-7, "d": true, "e": null, "f": NaN}'
    )
    values = {"a": "1.0", "b": "12345678901234567890123", "c": "1e-7", "d": "true", "e": "", "f": ""}
    assert rows(line) == [("War.", values)]


def test_text_that_looks_like_a_number_stays_text() -> None:
    assert rows('{"text": "War.", "code": "007"}') == [("War.", {"code": "007"})]


def test_a_text_may_have_line_breaks_and_tabs_written_either_way() -> None:
    assert rows('{"text": "a\\r\\nb\\tc\td"}') == [("a\nb\tc\td", {})]


def test_an_id_that_is_a_number_is_taken() -> None:
    found = list(read_json_lines(raw_file("a.jsonl", '{"id": 12, "text": "War."}'), ReadOptions()))
    assert [row.id for row in found if isinstance(row, Source)] == ["12"]


def test_a_line_without_text_is_skipped_and_named() -> None:
    found = list(read_json_lines(raw_file("a.jsonl", '\n{"text": null}\n{"text": "War."}'), ReadOptions()))
    assert found[0] == Skipped("a.jsonl", "line 2: the text is empty", "a-000001")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    content = '{"text": "تحریم‌ها"}\r\n{"text": "War."}\r\n'.encode(encoding)
    assert rows(content) == [("تحریم‌ها", {}), ("War.", {})]
    assert opened(content).encoding == encoding


def test_another_encoding_can_be_named() -> None:
    assert rows('{"text": "Zölle"}'.encode("cp1252"), encoding="cp1252") == [("Zölle", {})]


# What is nested ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        (["UN", "NATO"], {"a": "UN; NATO"}),
        (["UN", None, ""], {"a": "UN"}),
        ([], {"a": ""}),
        ([["UN"], ["NATO"]], {"a": "UN; NATO"}),
        ({"b": {"c": "UN"}}, {"a.b.c": "UN"}),
        ([{"b": "UN", "c": "1"}, {"b": "NATO"}], {"a.b": "UN; NATO", "a.c": "1"}),
        ({}, {}),
        (True, {"a": "true"}),
    ],
)
def test_what_is_nested_becomes_columns_of_its_own_or_a_list(value: object, cells: dict[str, str]) -> None:
    assert flatten({"a": value}, "text") == cells


def test_a_list_of_texts_is_a_text_in_paragraphs() -> None:
    assert rows('{"text": ["War.", "Peace."], "by": ["A", "B"]}') == [("War.\n\nPeace.", {"by": "A; B"})]


def test_the_text_may_be_nested() -> None:
    assert rows('{"content": {"body": ["War.", "Peace."]}}', text_column="content.body") == [
        ("War.\n\nPeace.", {})
    ]


def test_lines_too_large_to_be_held_are_read_in_pieces_and_an_array_is_refused() -> None:
    def large(content: bytes) -> RawFile:
        return RawFile("a.jsonl", "a", ".jsonl", "", b"", lambda: iter([content[:20], content[20:]]))

    table = open_json_lines(large('{"text": "Zölle."}\n{"text": "Peace.", "n": 1}'.encode()), ReadOptions())
    assert (table.header, list(table.rows)) == (("text", "n"), [(1, ["Zölle.", ""]), (2, ["Peace.", "1"])])
    with pytest.raises(FileError, match="is one array too large to be held; save it as JSON lines"):
        open_json_lines(large(b'[{"text": "War."}, {"text": "Peace."}]'), ReadOptions())


# Other ways to write objects ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "War.", "n": 1}, {"text": "Peace."}]',
        '\ufeff [\n  {"text": "War.",\n   "n": 1},\n  {"text": "Peace."}\n]\n',
        '{"text": "War.", "n": 1}\n{"text": "Peace."}\n',
    ],
)
def test_an_array_is_told_from_lines_by_what_is_in_the_file(name: str, content: str) -> None:
    assert rows(content, name) == [("War.", {"n": "1"}), ("Peace.", {"n": ""})]


@pytest.mark.parametrize(
    "content",
    [
        '{"found": 1, "articles": [{"text": "War."}]}',
        '{"articles":\n [{"text": "War."}],\n "authors": [{"name": "A"}], "tags": ["a"]}',
        '{"text": "War."}',
        '{\n"text": "War."\n}',
    ],
)
def test_a_json_may_be_an_object_with_one_array_of_documents_or_one_document(content: str) -> None:
    assert rows(content, "a.json") == [("War.", {})]


def test_a_json_may_be_one_document_whose_text_is_nested() -> None:
    assert rows('{"content": {"body": "War."}}', "a.json", text_column="content.body") == [("War.", {})]


def test_an_object_with_several_arrays_that_may_be_meant_is_an_error() -> None:
    assert refused('{"a": [{"text": "War."}], "b": [{"text": "Peace."}]}', "a.json") == (
        "has several arrays of objects: 'a' and 'b'; keep the one with the documents"
    )


def test_in_an_array_records_are_numbered() -> None:
    table = opened('[{"text": "War."},\n\n{"text": "Peace."}]', "a.json")
    assert (table.place, [number for number, _ in table.rows]) == ("record", [1, 2])


# Files that cannot be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "War."', "is no JSON object: a comma or a closing bracket is missing (character 16)"),
        (
            '{"text": "War',
            "is no JSON object: a quotation mark that opens here is never closed (character 10)",
        ),
        ('{"text" "War."}', "is no JSON object: a colon is missing behind the name of a field (character 9)"),
        ('{"text": tru}', "is no JSON object: a value is missing, or is not written as JSON (character 10)"),
        ('{"text": "War."} x', "is no JSON object: something stands behind its end (character 18)"),
        ('{"text": "a\\q"}', "is no JSON object: a backslash must be doubled (character 12)"),
        ('"War."', "is no JSON object, which has names and values in braces"),
        ("7", "is no JSON object, which has names and values in braces"),
        ('{"text": "a", "b": {"c": 1, "c": 2}}', "an object has two fields named 'c'; rename one"),
        ('{"text": "a", "": 1}', "a field has no name; name it or remove it"),
        ('{"text": "a\\ud83d"}', "holds half a character (\\ud83d), which is no text; remove it"),
        ('{"text": "a", "\\udc00": 1}', "holds half a character (\\udc00), which is no text; remove it"),
        ('{"text": "a\\u0000"}', "holds the character NUL, which is no text; remove it"),
        ('{"text": ' + "[" * 60 + "]" * 60 + "}", "lists and objects are nested too deeply to be read"),
        ('{"a":' * 100_000, "lists and objects are nested too deeply to be read"),
    ],
)
def test_a_line_that_is_no_object_is_named_and_what_is_wrong_with_it(line: str, reason: str) -> None:
    assert refused(f'{{"text": "War."}}\n\n{line}\n') == f"line 3: {reason}"


def test_a_name_is_in_quotation_marks() -> None:
    assert refused("{text: 1}").startswith(
        "line 1: is no JSON object: the name of a field in quotation marks"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        (" \n", "holds no text"),
        ("[]", "holds no JSON objects"),
        ("[7]", "record 1: is no JSON object, which has names and values in braces"),
        ('[{"text": "War."},', "record 2: is no JSON object: a value is missing, or is not written as JSON"),
        ('[{"text": "War."}\n{"text": "a"}]', "record 1: is no JSON object: a comma or a closing bracket is"),
        ('[{"text": "War."}] 7', "something stands behind the end of the array"),
        ("[" * 100_000, "record 1: lists and objects are nested too deeply to be read"),
        ("7", "holds no JSON objects"),
        (
            '{\n"text": "War."',
            "is no JSON object: a comma or a closing bracket is missing (line 2, character 15)",
        ),
        ('{"a": [1]}', "is one JSON object without 'text' and without an array of objects"),
        ('{"a": "b"}\n{"a": "c"}', "has no column 'text'; its columns are a; name the one with the texts"),
        (b"\x89PNG\r\n\x1a\n\0\0", "looks like a binary file, not text"),
    ],
)
def test_a_json_without_documents_is_an_error(content: str | bytes, reason: str) -> None:
    assert refused(content, "a.json").startswith(reason)


def test_objects_with_ever_new_fields_do_not_fill_memory() -> None:
    lines = "".join(f'{{"text": "War.", "f{i}": 1}}\n' for i in range(10_001))
    assert refused(lines) == "line 10000: with it the fields have more than 10,000 different names"


# Nothing is lost ---------------------------------------------------------------------------------------


def test_no_character_of_a_file_is_lost() -> None:
    table = opened(SPEECHES.read_bytes())
    cells = [cell for _, row in table.rows for cell in row]
    objects = [json.loads(line) for line in SPEECHES.read_text(encoding="utf-8").splitlines()]
    shown = [str(value) for record in objects for value in record.values() if not isinstance(value, bool)]
    held, there = (Counter("".join("".join(part).split())) for part in (cells, shown))
    assert sum(there.values()) > 250
    assert not there - held - Counter("None" * 10)


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"))


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1), st.booleans())
def test_texts_come_out_as_they_were_put_in(table: list[tuple[str, str]], as_lines: bool) -> None:
    objects = [{"text": text, "n": n} for text, n in table]
    content = "\n".join(json.dumps(record) for record in objects) if as_lines else json.dumps(objects)
    assert [row for _, row in opened(content).rows] == [[text, n] for text, n in table]
