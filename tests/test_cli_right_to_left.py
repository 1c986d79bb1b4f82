from __future__ import annotations

import pytest

from rubricate.cli.corpus.lines import lines_of_paragraphs, table_of_documents
from rubricate.cli.right_to_left import isolate, runs_right_to_left
from rubricate.corpus.document import Document, Paragraph

RIGHT, LEFT, END = "\u2067", "\u2066", "\u2069"
TEXT = "تحریم‌ها علیه ایران (۱۴۰۰). JCPOA برجام نام دارد."


def document() -> Document:
    return Document("خبر-۱", TEXT, (Paragraph(0, len(TEXT)),), language="fa")


def row(name: str) -> dict[str, object]:
    counts = {"words": 1, "paragraphs": 1, "line_joins": 0, "repairs": 0, "parts": {"body": 1}}
    return {"document": name, "file": name, "language": "fa", **counts}


@pytest.mark.parametrize("text", ["", "Iran", "Téhéran", "制裁", "1929 – 2231", "😀"])
def test_what_runs_left_to_right_is_left_alone(text: str) -> None:
    assert isolate(text) == text


def test_right_to_left_text_is_set_apart_in_its_own_direction() -> None:
    assert isolate("ایران") == f"{RIGHT}ایران{END}"
    assert isolate("(שלום)") == f"{RIGHT}(שלום){END}"
    assert isolate("Iran (ایران)") == f"{LEFT}Iran (ایران){END}"


def test_a_line_has_the_direction_of_its_paragraph() -> None:
    assert isolate("JCPOA.", "توافق JCPOA.") == f"{RIGHT}JCPOA.{END}"
    assert isolate("ایران.", "The word ایران.") == f"{LEFT}ایران.{END}"


def test_isolates_that_a_text_leaves_open_are_closed() -> None:
    assert isolate(f"{RIGHT}ایران") == f"{RIGHT}{RIGHT}ایران{END}{END}"
    assert isolate(f"{RIGHT}ایران{END}") == f"{RIGHT}{RIGHT}ایران{END}{END}"


def test_the_first_letter_says_where_a_text_runs() -> None:
    assert runs_right_to_left("۱۴۰۰: «ایران»")
    assert not runs_right_to_left("Iran, ایران")
    assert not runs_right_to_left("۱۴۰۰")


def test_columns_stay_in_place_beside_names_of_any_script() -> None:
    from rich.cells import cell_len

    lines = list(table_of_documents([row("خبر-۱"), row("制裁"), row("speech")], 80))
    assert {cell_len(line[: line.index("body")]) for line in lines[1:]} == {
        cell_len(lines[0][: lines[0].index("parts")])
    }
    assert lines[1].startswith(f"{RIGHT}خبر-۱{END}  ")


def test_text_that_goes_to_a_file_is_verbatim() -> None:
    for full in (False, True):
        piped = "\n".join(lines_of_paragraphs(document(), full, None))
        assert TEXT in piped
        assert not {RIGHT, LEFT, END} & set(piped)
    assert not {RIGHT, LEFT, END} & set("".join(table_of_documents([row("خبر-۱")], None)))


def test_at_a_terminal_every_line_of_a_paragraph_is_set_apart() -> None:
    name, *lines = list(lines_of_paragraphs(document(), True, 30))[:-1]
    assert name == f"{RIGHT}خبر-۱#p1{END}  body"
    assert len(lines) > 1
    assert all(line.startswith(f"    {RIGHT}") and line.endswith(END) for line in lines)
    bare = " ".join(line.strip().strip(RIGHT + END) for line in lines)
    assert bare == TEXT
