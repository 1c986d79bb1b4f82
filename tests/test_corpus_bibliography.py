from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.bibliography import iso_date, language_tag
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.latex import decode_latex
from rubricate.corpus.metadata.matching import match_entries
from rubricate.corpus.metadata.table import Metadata

FORMATS = Path(__file__).parent / "data" / "formats"


def bibliography(folder: Path, content: str, name: str = "refs.bib") -> Metadata:
    (folder / name).write_text(content, encoding="utf-8")
    return read_metadata(folder / name)


def value(folder: Path, field: str, variable: str) -> str:
    """What a variable is for an entry with this one field."""
    row = bibliography(folder, f"@misc{{k, title = {{t}}, {field}}}").rows["k"]
    return row.get(variable, "")


def mistake(folder: Path, content: str, name: str = "refs.bib") -> str:
    with pytest.raises(CorpusError) as caught:
        bibliography(folder, content, name)
    return str(caught.value).removeprefix(f"{folder / name}: ")


# BibTeX -------------------------------------------------------------------------------------------------


def test_the_entries_of_a_bib_file_become_variables() -> None:
    meta = read_metadata(FORMATS / "bib_sanctions.bib")
    assert meta.columns == (
        *("citekey", "title", "author", "date", "outlet", "type", "doi", "url", "language", "keywords"),
    )
    rows = {key: {name: cell for name, cell in row.items() if cell} for key, row in meta.rows.items()}
    assert rows == {
        "ozturk2019": {
            "citekey": "ozturk2019",
            "title": "The UN and the Price of Oil: 50% of What? – Öl und Diñero",
            "author": "Öztürk, Ayşe; van der Berg, Jan; United Nations Office",
            "date": "2019-05",
            "outlet": "International Journal of Deterrence (Supplement)",
            "type": "article",
            "doi": "10.1000/a_b",
            "url": "https://example.org/~a/b%20c",
            "language": "de",
            "keywords": "sanctions, oil",
        },
        "moyo2020": {
            "citekey": "moyo2020",
            "title": "Talks resume",
            "author": "Moyo, Thandiwe",
            "date": "2020-03-04",
            "outlet": "Proceedings on Détente",
            "type": "online",
        },
        "anon": {
            "citekey": "anon",
            "title": "Remarks",
            "date": "1974",
            "outlet": "Proceedings on Détente",
            "type": "inproceedings",
        },
        "volume": {
            "citekey": "volume",
            "title": "Proceedings on Détente",
            "date": "1974",
            "type": "proceedings",
        },
        "undated": {"citekey": "undated", "title": "A note", "type": "misc"},
    }


def test_what_can_be_no_value_is_a_doubt() -> None:
    meta = read_metadata(FORMATS / "bib_sanctions.bib")
    unknown = "the language 'Plattdeutsch' is not known; write a tag such as en or pt-BR"
    assert [doubt.partition(".bib: ")[2] for doubt in meta.doubts] == [
        f"moyo2020: {unknown}",
        f"anon: {unknown}",
        f"volume: {unknown}",
        "undated: the date 'in press' is none in ISO 8601 (2019-05-12), so it has none",
    ]


@pytest.mark.parametrize(
    ("field", "date"),
    [
        ("date = {2019-05-12}", "2019-05-12"),
        ("date = {2019-05/2019-07}", "2019-05"),
        ("year = 2019", "2019"),
        ("year = {2019}, month = sep", "2019-09"),
        ("year = {2019}, month = {September}, day = 3", "2019-09-03"),
        ('year = {2019}, month = "12~" # may', "2019-05-12"),
        ("year = {2019}, month = {May 12}", "2019-05-12"),
        ("year = {2019}, month = 5", "2019-05"),
        ("year = {2019}, month = {Spring}", "2019"),
        ("year = {2019}, month = {May--June}", "2019"),
        ("year = {2019}, month = {13}", ""),
        ("year = {c. 1789}", ""),
        ("year = {}", ""),
    ],
)
def test_a_date_is_iso_or_none(tmp_path: Path, field: str, date: str) -> None:
    assert value(tmp_path, field, "date") == date


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("author = {Ada Lovelace and Byron, Lord}", "Lovelace, Ada; Byron, Lord"),
        ("author = {Ludwig van Beethoven}", "van Beethoven, Ludwig"),
        ("author = {King, Jr., Martin Luther}", "King, Jr., Martin Luther"),
        ("author = {{Ministry of War and Peace}}", "Ministry of War and Peace"),
        ("author = {Moyo, T. and others}", "Moyo, T.; others"),
    ],
)
def test_authors_are_family_name_first(tmp_path: Path, field: str, authors: str) -> None:
    assert value(tmp_path, field, "author") == authors


@pytest.mark.parametrize("field", ["Title = {A}", 'TITLE = "A"', "title = {{A}}", "title = a", "title={A},"])
def test_a_field_may_be_written_in_several_ways(tmp_path: Path, field: str) -> None:
    meta = bibliography(tmp_path, f"@String(A = {{A}})\n@misc(k, {field})")
    assert meta.rows["k"]["title"] == "A"


def test_the_outlet_is_the_first_that_an_entry_names(tmp_path: Path) -> None:
    fields = "publisher = {P}, booktitle = {B}, journaltitle = {T}, journal = {}"
    assert value(tmp_path, fields, "outlet") == "T"


def test_a_file_may_be_in_an_older_encoding(tmp_path: Path) -> None:
    (tmp_path / "m.bib").write_bytes("@misc{k, title = {Łódź}}".encode("cp1250"))
    from rubricate.corpus.readers.raw import ReadOptions

    assert read_metadata(tmp_path / "m.bib", ReadOptions(encoding="cp1250")).rows["k"]["title"] == "Łódź"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("Dear all,\n", "holds no entries; a bibliography has some like @article{smith2019, …}"),
        ("@misc{a,\n}\n@misc{b}\n\n@book{a, title = {x}}\n", "line 5: the citekey 'a' was already in line 1"),
        ("@misc{e\u0301}\n@misc{é}\n", "line 2: the citekey 'é' was already in line 1; rename"),
        ("\n@misc{a, title = {x}\n", "line 2: the entry 'a' is never closed; a } or a"),
        ("@misc{a, title = {x}\n\n@misc{b}\n", "line 1: the entry 'a' is not closed before the next"),
        ("@misc{, title = {x}}", "line 1: an entry has no citekey; write one behind @misc{"),
        ("@misc{title = {x}}", "line 1: an entry has no comma behind its citekey"),
        ("@misc{a, title {x}}", "line 1: the entry 'a' has a field without a value; write name = {value}"),
        ("@misc{a,\n note = {x}\n year = 2019}", "line 1: the value of 'note' does not end where it should"),
        ("@misc{a, title = {x}}, year = 2019}", "line 1: something stands behind the end of an entry; is"),
        ("@misc{a, title = {x}, Title = {y}}", "line 1: the entry 'a' has two different fields 'title'"),
    ],
)  # fmt: skip
def test_a_broken_bib_file_is_an_error_with_the_line(tmp_path: Path, content: str, message: str) -> None:
    assert mistake(tmp_path, content).startswith(message)


def test_of_many_mistakes_the_first_are_told(tmp_path: Path) -> None:
    message = mistake(tmp_path, "@misc{a}\n" * 6)
    assert message.count("was already in line 1") == 3
    assert message.endswith("; and 2 more")


def test_a_broken_entry_is_not_told_twice(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("bibtexparser").propagate = False
    try:
        mistake(tmp_path, "@misc{a, title {x}}")
    finally:
        logging.getLogger("bibtexparser").propagate = True
    assert capfd.readouterr() == ("", "")


def test_a_field_may_be_there_twice_if_it_says_the_same_or_is_not_used(tmp_path: Path) -> None:
    meta = bibliography(tmp_path, "@misc{a, title = {x}, title = {x}, note = {1}, note = {2}}")
    assert meta.rows["a"]["title"] == "x"


@pytest.mark.parametrize(
    "content",
    [
        "@misc{k, title = {" + "{" * 100_000,
        "@misc{k, title = {" + "{" * 100_000 + "}" * 100_000 + "}}",
        "@misc{k, title = {" + '\\"' * 100_000 + "}}",
        "@misc{k, author = {" + "a and " * 15_000 + "b}}",
        "@misc{k, author = {" + "{a, " * 15_000 + "b}}",
        "".join(
            f"@string{{s{i + 1} = s{i} # s{i} # s{i}}}\n" if i else '@string{s1 = "lol"}\n' for i in range(60)
        ),
        "@" * 200_000,
        "@misc{" * 50_000,
        '@misc{k, title = "' + '{"' * 100_000,
        "\n" * 500_000 + "@misc{k, title = " + "a # " * 50_000,
        "@misc{k, file = {" + ";" * 90_000 + "}}",
    ],
    ids=[
        "open",
        "deep",
        "accents",
        "authors",
        "braces",
        "macros",
        "ats",
        "begun",
        "marks",
        "joined",
        "files",
    ],
)
def test_a_hostile_bib_file_takes_no_time(tmp_path: Path, content: str) -> None:
    begin = time.process_time()
    try:
        bibliography(tmp_path, content)
    except CorpusError as error:
        assert "\n" not in str(error)
    assert time.process_time() - begin < 10


@given(st.text('@misc{}(),="#\\ak \n%', max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        bibliography(folder, "@misc{k, title = {" + text)
    except CorpusError as error:
        assert "\n" not in str(error)


# LaTeX --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o} \'{e} {\'\i} \c{c} {\ss} {\L}", "ö é í ç ß Ł"),
        (r"a--b ---c ``q'' d~e", "a–b —c “q” d\u00a0e"),
        (r"{The {UN}} \emph{speaks} \textbf{loud}", "The UN speaks loud"),
        (r"H\textsubscript{2}O {\sc Nato}", "H2O Nato"),
        (r"5\% & 7% of \$3 {x}", "5% & 7% of $3 x"),
        ("cost $5 and $6 {x}", "cost $5 and $6 x"),
        (r"C:\temp\x, \foo bar", r"C:\temp\x, \foo bar"),
        (r"\href{x}", r"\href{x}"),
        (r"\input{secret} \url{http://a.b}", r"\input{secret} http://a.b"),
        ("two\n  lines", "two lines"),
        ("plain_text #1 ^", "plain_text #1 ^"),
    ],
)
def test_latex_is_read_as_on_the_printed_page(latex: str, text: str) -> None:
    assert decode_latex(latex) == text


def test_latex_that_is_nested_too_deeply_or_too_long_stays_as_it_stands() -> None:
    deep, long = "\\emph{" * 2000 + "a" + "}" * 2000, r"\'e" * 10_000
    assert decode_latex(deep) == deep
    assert decode_latex(long) == long


@given(st.text("abé ü.,:;!?()/-'\u200c", max_size=40))
def test_text_without_latex_stays(text: str) -> None:
    blanks = " ".join(text.split(" ")).strip(" ")
    expected = "".join(text.split())
    if not any(mark in text for mark in ("--", "''", "``")):
        assert "".join(decode_latex(blanks).split()) == expected


# CSL-JSON -----------------------------------------------------------------------------------------------


def test_the_items_of_csl_json_become_variables() -> None:
    meta = read_metadata(FORMATS / "csl_sanctions.json")
    rows = {key: {name: cell for name, cell in row.items() if cell} for key, row in meta.rows.items()}
    assert rows == {
        "ozturk2019": {
            "citekey": "ozturk2019",
            "title": "The UN and the price of oil",
            "author": "Öztürk, Ayşe; van der Berg, Jr., Jan; United Nations Office",
            "date": "2019-05-12",
            "outlet": "Journal of Deterrence",
            "type": "article-journal",
            "doi": "10.1000/a_b",
            "url": "https://example.org/a",
            "language": "en-US",
            "keywords": "sanctions, oil",
        },
        "7": {"citekey": "7", "date": "2020-03-04", "outlet": "Harare Wire", "type": "webpage"},
        "undated": {"citekey": "undated", "title": "A note"},
    }
    assert [doubt.partition(".json: ")[2] for doubt in meta.doubts] == [
        "undated: the date 'in press' is none in ISO 8601 (2019-05-12), so it has none",
        "undated: the language 'Plattdeutsch' is not known; write a tag such as en or pt-BR",
    ]


def test_the_items_may_stand_in_an_object(tmp_path: Path) -> None:
    meta = bibliography(tmp_path, '{"items": [{"id": "a", "title": "T"}]}', "refs.json")
    assert meta.rows == {"a": {"citekey": "a", "title": "T"}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("[{]", "line 1: is no sound JSON ("),
        ("[\n{},", "line 2: is no sound JSON ("),
        ("[]", "holds no bibliography in CSL-JSON"),
        ('{"a": 1}', "holds no bibliography in CSL-JSON"),
        ("[1]", "item 1 is no entry in CSL-JSON"),
        ('[{"id": "a"}, {"title": "T"}]', "item 2 has no id; give it one"),
        ('[{"id": "a"}, {"id": "b"}, {"id": "a"}]', "item 3: the id 'a' was already in item 1; rename one"),
        ('[{"id": "\\ud800"}]', "item 1 holds half of a character"),
        ("[" * 100_000, "is JSON, but no bibliography"),
        ("[" + "9" * 10_000 + "]", "is JSON, but no bibliography"),
    ],
)
def test_csl_json_that_is_none_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    assert mistake(tmp_path, content, "refs.json").startswith(message)


@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "issued", "language", "DOI", "keyword"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["date-parts", "raw", "family", "given"]), inner, max_size=3
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_whatever_stands_in_an_item_is_a_value_or_none(
    tmp_path_factory: pytest.TempPathFactory, item: dict[str, object]
) -> None:
    content = json.dumps([{"id": "a", **item}])
    try:
        meta = bibliography(tmp_path_factory.getbasetemp(), content, "any.json")
    except CorpusError as error:
        assert "half of a character" in str(error)
    else:
        assert all(isinstance(cell, str) for cell in meta.rows["a"].values())


# Dates and languages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("2019", "5", "12"), "2019-05-12"),
        (("2019", "02", "30"), ""),
        (("2019", "0"), "2019"),
        (("19", ""), ""),
        (("2019", "May", "99999999999999999999"), ""),
        (("", "5"), ""),
        (("2019", "²"), "2019"),
    ],
)
def test_a_date_is_put_together_of_its_parts(parts: tuple[str, ...], date: str) -> None:
    assert iso_date(*parts) == date


@pytest.mark.parametrize(
    ("named", "tag"),
    [
        ("en", "en"),
        ("EN-us", "en-us"),
        ("pt_BR", "pt-BR"),
        ("English", "en"),
        ("american", "en-US"),
        ("ngerman", "de"),
        ("fas", "fa"),
        ("eng-GB", "en-GB"),
        ("ckb", "ckb"),
        ("und", ""),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_a_language_is_a_tag_or_an_english_name(named: str, tag: str) -> None:
    assert language_tag(named) == tag


# Entries and documents --------------------------------------------------------------------------------------


def entries(**attachments: str) -> Metadata:
    """A bibliography of entries with a title like their citekey and files separated by semicolons."""
    return Metadata(
        "refs.bib",
        ("title",),
        rows={key: {"title": key} for key in attachments},
        attachments={key: tuple(filter(None, files.split(";"))) for key, files in attachments.items()},
    )


def matched(meta: Metadata, *files: str) -> dict[str, str]:
    """The title that each document gets."""
    rows = match_entries(meta, [(file.rpartition(".")[0], file) for file in files]).rows
    return {document: row["title"] for document, row in rows.items()}


@pytest.mark.parametrize(
    ("meta", "files", "titles"),
    [
        (entries(smith=""), ["smith.txt"], {"smith": "smith"}),
        (entries(smith=""), ["un/smith.txt"], {"un/smith": "smith"}),
        (entries(smith=""), ["smith.txt", "un/smith.txt"], {"smith": "smith"}),
        (entries(smith=""), ["a/smith.txt", "un/smith.txt"], {"smith": "smith"}),
        (entries(smith="x/Paper 1.pdf"), ["in/Paper 1.pdf"], {"in/Paper 1": "smith"}),
        (entries(a="x/1/p.pdf", b="x/2/p.pdf"), ["1/p.pdf", "2/p.pdf"], {"1/p": "a", "2/p": "b"}),
        (entries(a="x/p.pdf"), ["1/p.pdf", "2/p.pdf"], {"a": "a"}),
        (entries(a="p.pdf", b="p.pdf"), ["p.pdf"], {"a": "a", "b": "b"}),
        (entries(p="", b="p.pdf"), ["p.pdf"], {"p": "p", "b": "b"}),
        (entries(a="p.pdf;q.pdf"), ["p.pdf", "q.pdf"], {"p": "a", "q": "a"}),
        (entries(a="application/pdf"), ["pdf.txt"], {"a": "a"}),
        (entries(é=""), ["e\u0301.txt"], {"é": "é"}),
    ],
)
def test_an_entry_is_matched_by_citekey_or_file_and_never_guessed(
    meta: Metadata, files: list[str], titles: dict[str, str]
) -> None:
    assert matched(meta, *files) == titles


def test_a_packed_file_is_named_without_gz_too() -> None:
    rows = match_entries(entries(a="p.txt"), [("p", "p.txt.gz")]).rows
    assert rows == {"p": {"title": "a"}}


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("paper.pdf", ("paper.pdf",)),
        (":paper.pdf:PDF", ("paper.pdf", "PDF")),
        ("T\\: x:files/1/a b.pdf:pdf;b.pdf", ("T: x", "files/1/a b.pdf", "pdf", "b.pdf")),
        (r"C\:\\Users\\x\\a\_b.pdf", ("C://Users//x//a_b.pdf",)),
        (r"C\:\Users\x\a.pdf", ("C:/Users/x/a.pdf",)),
        (r":C$\backslash$:/Users/a.pdf:pdf", ("C:/Users/a.pdf", "pdf")),
    ],
)
def test_programs_name_files_in_several_ways(tmp_path: Path, written: str, paths: tuple[str, ...]) -> None:
    assert bibliography(tmp_path, f"@misc{{k, file = {{{written}}}}}").attachments == {"k": paths}


def test_a_table_is_matched_by_its_ids_alone() -> None:
    meta = Metadata("meta.csv", (), {"smith": {}})
    assert match_entries(meta, [("un/smith", "un/smith.txt")]) is meta


def test_many_entries_and_documents_of_one_name_are_compared_quickly() -> None:
    deep = "x/" * 500
    meta = entries(**{f"k{number}": f"{deep}{number}/p.pdf" for number in range(3000)})
    begin = time.process_time()
    found = matched(meta, *(f"{deep}{number}/p.pdf" for number in range(3000)))
    assert found[f"{deep}7/p"] == "k7"
    assert time.process_time() - begin < 5
