from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers import KNOWN
from rubricate.corpus.readers.raw import ReadOptions, Skipped
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.sources import find_sources
from tests.command import as_nobody


def write(folder: Path, *names: str) -> Path:
    """Write files whose text is their own name."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(os.fsencode(f"This is {name}."))
    return folder


def found(*arguments: str | Path, exclude: tuple[Path, ...] = ()) -> list[tuple[str, str]]:
    return [(file.id, file.file) for file in find_sources([str(a) for a in arguments], [], exclude=exclude)]


def passed_over(*arguments: str | Path) -> list[Skipped]:
    skipped: list[Skipped] = []
    find_sources([str(a) for a in arguments], skipped)
    return skipped


def ids(*arguments: str | Path, skipped: list[Skipped] | None = None, **options: str) -> list[str]:
    skipped = [] if skipped is None else skipped
    files = find_sources([str(a) for a in arguments], skipped)
    return [source.id for source in read_sources(files, skipped, ReadOptions(**options))]


def error(*arguments: str | Path) -> str:
    with pytest.raises(CorpusError) as caught:
        ids(*arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Finding -----------------------------------------------------------------------------------------------


def test_a_file_is_named_by_its_stem(tmp_path: Path) -> None:
    write(tmp_path, "un/a.v2.txt", "un/b.MD", "un/c.txt.gz")
    assert found(tmp_path / "un/a.v2.txt", tmp_path / "un/b.MD", tmp_path / "un/c.txt.gz") == [
        ("a.v2", "a.v2.txt"),
        ("b", "b.MD"),
        ("c", "c.txt.gz"),
    ]


def test_a_folder_is_searched_with_its_subfolders_but_not_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/y/x.txt", ".hidden.txt", ".git/c.txt", "a/.d/e.txt")
    assert sorted(found(tmp_path)) == [("a/y/x", "a/y/x.txt"), ("a/z", "a/z.md"), ("b", "b.txt")]


def test_a_hidden_folder_named_outright_is_read(tmp_path: Path) -> None:
    assert found(write(tmp_path / ".texts", "a.txt")) == [("a", "a.txt")]


def test_a_name_does_not_depend_on_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "texts/a/b.txt")
    names = [("a/b", "a/b.txt")]
    for start, argument in [(".", "texts"), (".", "./texts/"), ("texts", "."), ("texts/a", "../../texts")]:
        monkeypatch.chdir(tmp_path / start)
        assert found(argument) == names
    assert found(tmp_path / "texts") == names


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a"]),
        ("**/*.txt", ["a", "x/b", "x/y/c", "z/b"]),
        ("**", ["a", "m", "x/b", "x/y/c", "z/b"]),
        ("x/**", ["b", "y/c"]),
        ("x/**/c.txt", ["y/c"]),
        ("*/b.txt", ["x/b", "z/b"]),
        ("[xy]/?.txt", ["x/b"]),
    ],
)
def test_globs_name_documents_below_their_fixed_folder(
    tmp_path: Path, pattern: str, names: list[str]
) -> None:
    write(tmp_path, "a.txt", "m.md", "x/b.txt", "x/y/c.txt", "z/b.txt", "x/.d.txt")
    assert sorted(name for name, _ in found(tmp_path / pattern)) == names


def test_a_glob_is_resolved_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, "a.txt", "x/b.txt"))
    assert found("*.txt") == [("a", "a.txt")]
    assert sorted(found("./**/*.txt")) == [("a", "a.txt"), ("x/b", "x/b.txt")]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "speech[1].txt", "speech1.txt")
    assert found(tmp_path / "speech[1].txt") == [("speech[1]", "speech[1].txt")]


def test_a_file_met_twice_is_read_once_under_its_first_name(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt")
    assert found(tmp_path, tmp_path / "x", tmp_path / "x/a.txt") == [("x/a", "x/a.txt")]


def test_a_file_met_in_a_folder_and_named_outright_must_be_readable(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    assert ids(tmp_path) == ["a"]
    assert error(tmp_path, tmp_path / "b.txt") == f"{tmp_path}/b.txt: is empty"


def test_links_that_lead_back_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt")
    (tmp_path / "x/back").symlink_to(tmp_path)
    (tmp_path / "x/self").symlink_to(tmp_path / "x")
    (tmp_path / "y").symlink_to(tmp_path / "x")
    assert found(tmp_path) == [("x/a", "x/a.txt")]
    assert found(tmp_path / "**/*.txt") == [("x/a", "x/a.txt")]


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.txt", "texts/b.txt")
    (tmp_path / "texts/more").symlink_to(tmp_path / "elsewhere")
    assert sorted(found(tmp_path / "texts")) == [("b", "b.txt"), ("more/a", "more/a.txt")]


def test_excluded_files_and_folders_are_no_sources(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "meta.csv", "codebook.yaml", "out/passages.csv")
    exclude = (tmp_path / "meta.csv", tmp_path / "codebook.yaml", tmp_path / "out")
    skipped: list[Skipped] = []
    files = find_sources([str(tmp_path), str(tmp_path / "meta.csv")], skipped, exclude=exclude)
    assert ([file.id for file in files], skipped) == (["a"], [])


def test_what_a_folder_holds_beside_texts_is_skipped_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.exe", "README")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    known = f"known formats: {KNOWN}"
    assert passed_over(tmp_path) == [
        Skipped("README", f"files without extension cannot be read; {known}"),
        Skipped("b.exe", f".exe files cannot be read; {known}"),
        Skipped("gone.txt", "is a link that leads nowhere"),
        Skipped("pipe.txt", "is not a regular file"),
    ]


@pytest.mark.skipif(sys.platform == "darwin", reason="this file system refuses such names")
def test_a_name_that_is_no_text_is_skipped_and_can_be_written(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "caf\udce9.txt", "caf\udce9/b.txt")
    skipped = passed_over(tmp_path)
    reason = "its name is not valid text; rename it"
    assert skipped == [Skipped("caf\\udce9.txt", reason), Skipped("caf\\udce9/b.txt", reason)]
    assert error(tmp_path / "caf\udce9.txt") == f"{tmp_path}/caf\\udce9.txt: {reason}"


def test_names_in_any_script_and_with_direction_marks_are_text(tmp_path: Path) -> None:
    write(tmp_path, "\u200fسخنرانی ۱.txt", "Ł 😀.txt")
    assert min(found(tmp_path)) == ("Ł 😀", "Ł 😀.txt")
    assert len(found(tmp_path)) == 2


def test_what_may_not_be_read_is_skipped_inside_a_folder_and_an_error_outright() -> None:
    with tempfile.TemporaryDirectory() as name:
        top = write(Path(name), "a.txt", "b.txt", "locked/c.txt", "listed/d.txt")
        for path, mode in [(top, 0o755), (top / "b.txt", 0), (top / "locked", 0), (top / "listed", 0o744)]:
            path.chmod(mode)
        with as_nobody():
            skipped: list[Skipped] = []
            assert ids(top, skipped=skipped) == ["a"]
            assert error(top / "b.txt") == f"{top}/b.txt: cannot be read: permission denied"
            assert error(top / "locked") == f"{top}/locked: permission denied"
            assert error(top / "locked/c.txt") == f"{top}/locked/c.txt: permission denied"
        (top / "locked").chmod(0o700)
        denied = "cannot be read: permission denied"
        assert skipped == [
            Skipped("locked", "permission denied"),
            Skipped("listed/d.txt", "permission denied"),
            Skipped("b.txt", denied),
        ]


def test_arguments_that_lead_to_nothing_are_errors_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.exe", "only/c.exe", "only/d.exe", "only/e.exe", "only/f.exe", ".hidden/a")
    (tmp_path / "empty").mkdir()
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert error() == "no SOURCE: name a file, a folder or a glob"
    assert error("") == "a SOURCE is empty: name a file, a folder or a glob"
    assert error(tmp_path / "no.txt") == f"{tmp_path}/no.txt: no such file or folder; check the path"
    assert error(tmp_path / "a\n.txt") == f"{tmp_path}/a\\n.txt: no such file or folder; check the path"
    assert error(tmp_path / "a.txt/b.txt") == f"{tmp_path}/a.txt/b.txt: not a directory"
    assert error(tmp_path / "round").startswith(f"{tmp_path}/round: too many levels of symbolic links")
    assert error(tmp_path / "empty") == f"{tmp_path}/empty: nothing to read here; there are no files"
    assert error(tmp_path / "b.exe").startswith(
        f"{tmp_path}/b.exe: .exe files cannot be read; known formats: .csv"
    )
    assert (
        error(tmp_path / "*.md") == f"{tmp_path}/*.md: no file matches; ** stands for any number of folders"
    )
    assert error(tmp_path / "no/*.md") == f"{tmp_path}/no: no such file or folder; check the path"
    only = error(tmp_path / "only")
    assert only.startswith(f"{tmp_path}/only: nothing to read here; c.exe: .exe files cannot be read")
    assert only.endswith("; and 1 more")
    assert error(tmp_path / "**/*.exe").startswith(f"{tmp_path}/**/*.exe: nothing to read here; b.exe: ")


# Reading -----------------------------------------------------------------------------------------------


def test_documents_come_in_the_order_of_their_ids_whatever_holds_them(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "D.md", "ä.txt", "a/z.txt")
    (tmp_path / "t.csv").write_text("id,text,year\nc,x,1990\nZ,y,\na/a,v,\n", encoding="utf-8")
    (tmp_path / "n.tsv.gz").write_bytes(gzip.compress(b"text\nx\ny\n"))
    expected = ["D", "Z", "a/a", "a/z", "b", "c", "n-000001", "n-000002", "ä"]
    assert ids(tmp_path) == expected
    assert ids(tmp_path / "t.csv", tmp_path / "*.txt", tmp_path / "D.md") == ["D", "Z", "a/a", "b", "c", "ä"]


def test_a_document_says_where_it_came_from(tmp_path: Path) -> None:
    write(tmp_path, "un/a.txt")
    (source,) = read_sources(find_sources([str(tmp_path)], []), [])
    digest = hashlib.sha256(b"This is un/a.txt.").hexdigest()
    assert (source.id, source.file, source.sha256, source.encoding) == ("un/a", "un/a.txt", digest, "utf-8")
    assert source.text == "This is un/a.txt."


def test_files_are_read_only_when_their_turn_comes(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    skipped: list[Skipped] = []
    sources = read_sources(find_sources([str(tmp_path)], skipped), skipped)
    assert next(sources).id == "a"
    (tmp_path / "b.txt").write_text("written since", encoding="utf-8")
    assert next(sources).text == "written since"


def test_two_documents_with_one_id_are_an_error_that_names_both_files(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "a.md", "x/a.txt", "t.csv")
    (tmp_path / "t.csv").write_text("id,text\na,x\n", encoding="utf-8")
    advice = "rename one, or name the folder that holds both"
    assert error(tmp_path / "a.txt", tmp_path / "x/a.txt") == (
        f"document 'a' is in two files, {tmp_path}/a.txt and {tmp_path}/x/a.txt; {advice}"
    )
    two = error(tmp_path / "a.txt", tmp_path / "t.csv")
    assert two == f"document 'a' is in two files, {tmp_path}/a.txt and {tmp_path}/t.csv; rename one"
    assert error(tmp_path).startswith("document 'a' is in two files, ")


def test_what_cannot_be_read_in_a_folder_is_skipped_and_named_outright_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "cut.txt.gz", "no.csv", "zero.txt", "t.csv")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(b"text")[:-4])
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "zero.txt").write_bytes(b"")
    (tmp_path / "t.csv").write_text("id,text\nt1,x\nt2,\n", encoding="utf-8")
    skipped: list[Skipped] = []
    assert ids(tmp_path, skipped=skipped) == ["a", "t1"]
    columns = "has no column 'text'; its columns are a, b; name the one with the texts: --text-column NAME"
    assert sorted(skipped, key=lambda skip: skip.file) == [
        Skipped("cut.txt.gz", "the gzip file is cut off; fetch or pack it again"),
        Skipped("no.csv", columns),
        Skipped("t.csv", "line 3: the text is empty", "t2"),
        Skipped("zero.txt", "is empty"),
    ]
    assert error(tmp_path / "no.csv") == f"{tmp_path}/no.csv: {columns}"
    assert error(tmp_path / "zero.txt") == f"{tmp_path}/zero.txt: is empty"


def test_half_a_table_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "t.csv").write_text("id,text\nt1,\nt2,x\nt3\n", encoding="utf-8")
    skipped: list[Skipped] = []
    assert ids(tmp_path, skipped=skipped) == ["a"]
    assert [(skip.file, skip.document) for skip in skipped] == [("t.csv", "")]


def test_nothing_readable_at_all_is_an_error_with_the_first_reasons(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).write_bytes(b"")
    reasons = "a.txt: is empty; b.txt: is empty; c.txt: is empty; and 1 more"
    assert error(tmp_path) == f"no document could be read; {reasons}"
    (tmp_path / "t.csv").write_text("id,text\n1, \n", encoding="utf-8")
    assert error(tmp_path / "t.csv") == "no document could be read; t.csv: line 2: the text is empty"


def test_options_reach_the_readers(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("key,speech\nx,łódź\n".encode("cp1250"))
    options = ReadOptions(text_column="speech", id_column="key", encoding="cp1250")
    (source,) = read_sources(find_sources([str(tmp_path)], []), [], options)
    assert (source.id, source.text, source.encoding) == ("x", "łódź", "cp1250")


@pytest.mark.parametrize(
    ("option", "field"), [("--text-column", "text_column"), ("--id-column", "id_column")]
)
def test_a_choice_of_columns_without_a_table_is_an_error(tmp_path: Path, option: str, field: str) -> None:
    write(tmp_path, "a.txt", "b.md", "c.exe")
    with pytest.raises(CorpusError) as caught:
        ids(tmp_path, **{field: "foo"})
    assert str(caught.value) == (
        f"{option}: no table is among the sources that could have a column 'foo'; name one, or leave "
        f"out {option}"
    )
    (tmp_path / "t.tsv.gz").write_bytes(gzip.compress(b"foo\ttext\tid\nx\ty\tz\n"))
    assert len(ids(tmp_path, **{field: "foo"})) == 3


def test_ids_that_only_unicode_can_tell_apart_are_an_error_that_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, "é.txt")
    both = f"{tmp_path}/t.csv and {tmp_path}/é.txt; rename one"
    (tmp_path / "t.csv").write_text("id,text\ne\u0301,x\n", encoding="utf-8")
    told = error(tmp_path / "t.csv", tmp_path / "é.txt")
    assert told == f"two documents look the same, 'e\u0301' in {both}"
    (tmp_path / "t.csv").write_text("id,text\né,x\n", encoding="utf-8")
    assert error(tmp_path / "t.csv", tmp_path / "é.txt") == f"document 'é' is in two files, {both}"


def test_a_wrong_date_stops_the_work_even_where_files_could_be_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "b.md").write_text("---\ndate: 5 May 2019\n---\nWar.\n", encoding="utf-8")
    expected = "a date is written 2019-05-12, 2019-05 or 2019; line 2: '5 May 2019' (write 2019-05-05)"
    assert error(tmp_path) == f"{tmp_path}/b.md: {expected}"
    (tmp_path / "t.csv").write_text("text,date\nx,5 May 2019\n", encoding="utf-8")
    assert error(tmp_path) == f"{tmp_path}/t.csv: {expected}"


def test_an_unknown_encoding_stops_the_work_even_where_files_could_be_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(CorpusError, match="--encoding: 'utf9' is not a known text encoding"):
        ids(tmp_path, encoding="utf9")


def test_standard_input_is_one_document_of_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"War.\r\n")))
    (source,) = read_sources(find_sources(["-", "-"], []), [])
    assert (source.id, source.file, source.text) == ("stdin", "-", "War.\n")
    assert error("-") == "standard input: is empty"


def test_messages_show_a_path_in_one_line() -> None:
    assert shown(Path("a\n\x1b\u2028b.txt")) == "a\\n\\x1b\\u2028b.txt"
