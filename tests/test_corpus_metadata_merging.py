from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rubricate.corpus.document import Source
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.merging import Conflict, Misfits, add_variables
from rubricate.corpus.metadata.names import parse_pattern
from rubricate.corpus.metadata.table import Metadata
from rubricate.corpus.reader import read_corpus

if TYPE_CHECKING:
    from pathlib import Path

META = Metadata("meta.csv", ("outlet", "year"), {"a": {"outlet": "irna", "year": "2018"}})


def source(document: str, **variables: str) -> Source:
    return Source(document, f"{document}.txt", "0" * 64, "utf-8", text="Peace.", variables=variables)


def merged(
    one: Source, metadata: Metadata | None = None, pattern: str = ""
) -> tuple[dict[str, str], list[Conflict]]:
    """The variables of a document, and its conflicts."""
    misfits = Misfits()
    (found,) = add_variables([one], metadata, parse_pattern(pattern) if pattern else None, misfits)
    return dict(found.variables), misfits.conflicts


def test_variables_are_added_behind_those_of_the_source() -> None:
    variables, _ = merged(source("a", session="63"), META)
    assert list(variables.items()) == [("session", "63"), ("outlet", "irna"), ("year", "2018")]


def test_a_document_without_a_row_has_the_same_columns_empty() -> None:
    assert merged(source("b", year="1945"), META) == ({"year": "1945", "outlet": ""}, [])


def test_the_source_is_left_as_it_was() -> None:
    before = source("a", session="63")
    merged(before, META)
    assert before.variables == {"session": "63"}


@pytest.mark.parametrize("ours", ["2018", "", " 2018\n", "  "])
def test_the_same_value_or_none_is_no_conflict(ours: str) -> None:
    assert merged(source("a", year=ours), META) == ({"year": "2018", "outlet": "irna"}, [])


@pytest.mark.parametrize("cell", ["", " "])
def test_an_empty_cell_takes_no_value_away(cell: str) -> None:
    empty = Metadata("meta.csv", ("year",), {"a": {"year": cell}})
    assert merged(source("a", year="1945"), empty) == ({"year": "1945"}, [])


def test_of_different_values_that_of_the_metadata_holds_and_both_are_told() -> None:
    variables, conflicts = merged(source("a", year="1945"), META)
    assert variables["year"] == "2018"
    assert conflicts == [Conflict("a", "year", "2018", "meta.csv", "1945", "a.txt")]


def test_the_metadata_come_before_the_document_and_that_before_its_name() -> None:
    one = Source("un/b-3", "un/b-3.md", "", "utf-8", variables={"x": "front", "y": "front"})
    meta = Metadata("meta.csv", ("x",), {"un/b-3": {"x": "table"}})
    variables, conflicts = merged(one, meta, "{y}-{z}")
    assert variables == {"x": "table", "y": "front", "z": "3"}
    assert conflicts == [
        Conflict("un/b-3", "x", "table", "meta.csv", "front", "un/b-3.md"),
        Conflict("un/b-3", "y", "front", "un/b-3.md", "b", "file name"),
    ]


def test_values_are_kept_verbatim() -> None:
    meta = Metadata("meta.csv", ("x",), {"a": {"x": " 7 "}})
    assert merged(source("a", x="7"), meta) == ({"x": " 7 "}, [])


@pytest.mark.parametrize(
    ("kept", "other", "conflict"),
    [
        ("2019-05-12", "2019", False),
        ("2019-05-12", "2019-05", False),
        ("2019", "2019-05-12", True),
        ("2019-05-12", "2018", True),
    ],
)
def test_a_date_that_only_says_less_is_no_conflict(kept: str, other: str, conflict: bool) -> None:
    meta = Metadata("meta.csv", ("date",), {"a": {"date": kept}})
    variables, conflicts = merged(source("a", date=other), meta)
    assert (variables["date"], bool(conflicts)) == (kept, conflict)


def test_an_accent_may_be_spelled_in_two_ways(tmp_path: Path) -> None:
    (tmp_path / "meta.csv").write_text("document,x\ncafe\u0301,e\u0301\n", "utf-8")
    meta = read_metadata(tmp_path / "meta.csv")
    for document in ("caf\u00e9", "cafe\u0301"):
        assert merged(source(document, x="é"), meta) == ({"x": "e\u0301"}, [])


def test_what_a_file_says_of_itself_fills_only_what_is_empty_and_never_contradicts() -> None:
    properties = {"author": "root", "created": "2019-05-12", "title": "Document1", "year": "1999"}
    one = Source("a", "a.docx", "", "", variables={"author": ""}, properties=properties)
    assert merged(one, META) == (
        {"author": "root", "outlet": "irna", "year": "2018", "created": "2019-05-12"},
        [],
    )


@pytest.mark.parametrize(
    ("properties", "variables"),
    [
        ({"language": "en_US", "date": "2019-05"}, {"date": "2019-05"}),
        ({"language": "x-default", "date": "12 May"}, {}),
        ({"language": "English"}, {}),  # left to the reader, for which a guess comes first
        ({"author": "  "}, {}),
    ],
)
def test_a_language_or_date_that_a_file_gives_wrongly_is_left_out(
    properties: dict[str, str], variables: dict[str, str]
) -> None:
    assert merged(Source("a", "a.html", "", "utf-8", properties=properties)) == (variables, [])


def test_what_does_not_fit_is_listed() -> None:
    misfits = Misfits()
    meta = Metadata("meta.csv", ("x",), {"b": {}, "z": {}, "y": {}}, doubts=("meta.csv: odd",))
    documents = [source("a"), source("b"), source("un/c-1"), source("un/c-2")]
    rows = [Source(f"rows-{n}", "rows.csv", "", "utf-8", text="Peace.") for n in (1, 2)]
    found = list(add_variables([*documents, *rows], meta, parse_pattern("c-{n}"), misfits))
    assert [one.variables["n"] for one in found] == ["", "", "1", "2", "", ""]
    assert misfits.rows == ["y", "z"]
    assert misfits.documents == ["a", "un/c-1", "un/c-2", "rows-1", "rows-2"]
    assert list(misfits.names) == ["a.txt", "b.txt", "rows.csv"]
    assert misfits.doubts == ["meta.csv: odd"]
    assert misfits.of("a", "a.txt") == Misfits(documents=["a"], names={"a.txt": None})


def test_rows_without_a_document_are_known_only_when_all_have_gone_by() -> None:
    misfits = Misfits()
    documents = add_variables([source("a"), source("b")], META, None, misfits)
    next(documents)
    assert misfits.rows == []


def test_without_documents_all_rows_are_without() -> None:
    misfits = Misfits()
    assert list(add_variables([], META, None, misfits)) == []
    assert misfits == Misfits(rows=["a"])


# Reading a corpus -----------------------------------------------------------------------------------------


def test_a_corpus_takes_variables_from_a_bibliography_and_from_names(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (texts / "papers").mkdir(parents=True)
    for name in ("papers/smith2019.txt", "papers/Talks.txt", "other.txt"):
        (texts / name).write_text("Sanctions were lifted.", "utf-8")
    bib = tmp_path / "refs.bib"
    bib.write_text(
        "@article{smith2019, title={On {Oil}}, year=2019}\n"
        "@misc{moyo, title={Talks}, file={x/Talks.txt}}\n@misc{nobody, year=2001}\n",
        "utf-8",
    )
    misfits = Misfits()
    found = read_corpus(
        [str(texts)],
        language="en",
        metadata=read_metadata(bib),
        name_pattern=parse_pattern("papers/{name}"),
        misfits=misfits,
    )
    assert [(one.id, one.citekey, one.title, one.date, dict(one.variables)) for one in found] == [
        ("other", "", "", "", {"type": "", "name": ""}),
        ("papers/Talks", "moyo", "Talks", "", {"type": "misc", "name": "Talks"}),
        ("papers/smith2019", "smith2019", "On Oil", "2019", {"type": "article", "name": "smith2019"}),
    ]
    assert misfits == Misfits(rows=["nobody"], documents=["other"], names={"other.txt": None})
