"""What holds for every format: round trips, detection, and the dictionaries that people have."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubricate.codebooks import CodebookError, parse_codebook, read_codebook
from rubricate.codebooks.formats import ENDINGS, FORMATS
from rubricate.codebooks.formats.exchange import export_codebook, import_codebook
from rubricate.codebooks.formats.ids import guid_of
from rubricate.codebooks.formats.merging import rows_of
from rubricate.codebooks.yaml_writing import codebook_yaml
from tests.exchanged import DATA, READ, WRITTEN, read, written
from tests.made_codebooks import codebooks

SHARED = Path(__file__).parents[2] / "shared" / "data" / "dictionaries"
STARTER = Path(__file__).parents[1] / "codebooks" / "starters" / "minimal.yaml"
FIXTURES = sorted(path.name for path in DATA.iterdir())


def check_round_trip(name, book):
    """What a format holds after one way through it, it holds for ever, byte for byte."""
    content, _ = written(book, name)
    once, lost = read(name, content)
    assert lost == []
    assert parse_codebook(codebook_yaml(once)) == once
    again, lost = written(once, name)
    assert lost == []
    twice, lost = read(name, again)
    assert (twice, lost) == (once, [])
    assert written(twice, name)[0] == again


@pytest.mark.parametrize("name", READ)
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_what_a_format_can_hold_is_the_same_after_every_way_through_it(name, book):
    check_round_trip(name, book)


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_what_a_format_can_hold_is_the_same_after_very_many_ways_through_it(name, book):
    check_round_trip(name, book)


@settings(max_examples=5)
@given(codebooks())
def test_our_own_yaml_loses_nothing(book):
    content, lost = written(book, "rubricate")
    assert lost == []
    assert read("rubricate", content) == (book, [])


@pytest.mark.parametrize("fixture", FIXTURES)
def test_a_fixture_reads_back_from_its_own_format_as_it_was_read(fixture):
    first = import_codebook(DATA / fixture)
    content, _ = written(first.codebook, first.format)
    again, _ = read(first.format, content)
    third, _ = read(first.format, written(again, first.format)[0])
    assert third == again


@pytest.mark.parametrize("name", WRITTEN)
def test_the_starter_can_be_written_in_every_format(name):
    content, lost = written(read_codebook(STARTER), name)
    assert content
    assert all(line.count(": ") for line in lost)


@pytest.mark.parametrize("file", ["moral_foundations_dictionary.dic", "policy_agendas.lc3"])
def test_dictionaries_of_the_field_are_imported_without_loss_and_stay_the_same_in_other_formats(file):
    if not SHARED.exists():
        pytest.skip("the shared data are not here")
    found = import_codebook(SHARED / file)
    assert found.losses == ()
    assert len(found.codebook.entries) > 300
    for name in ("rubricate", "liwc", "liwc22", "wordstat", "yoshikoder", "lexicoder", "csv", "xlsx"):
        content, lost = written(found.codebook, name)
        assert (read(name, content), lost) == ((found.codebook, []), []), name
    content, lost = written(found.codebook, "quanteda")
    assert read("quanteda", content) == (replace(found.codebook, hyphens="keep"), [])
    assert lost == ["a hyphen between letters: joins them to one word in quanteda"]


# Which format a file is in ------------------------------------------------------------------------------


def test_every_ending_belongs_to_one_format():
    assert len(ENDINGS) == sum(len(form.endings) for form in FORMATS.values())


def test_yaml_of_ours_and_of_quanteda_are_told_apart_by_what_they_hold(tmp_path):
    for name in ("a.yaml", "a.yml"):
        (tmp_path / name).write_text("codes:\n  a:\n    terms: [b]\n")
        assert import_codebook(tmp_path / name).format == "rubricate"
        (tmp_path / name).write_text("a: [b]\ncodes:\n  - c\n")
        assert import_codebook(tmp_path / name).format == "quanteda"


@pytest.mark.parametrize(
    ("file", "named", "message"),
    [
        ("a.xyz", "", "its ending names no format that can be imported; write --from and one of rubricate, "),
        ("a.lc3", "spss", "there is no format 'spss' that can be imported; write --from and one of"),
        ("a.md", "", "Markdown can only be exported; name another file, or write --from and one of"),
    ],
)
def test_an_unknown_format_is_a_mistake_that_lists_those_there_are(file, named, message):
    with pytest.raises(CodebookError, match=rf"{file}: .*") as caught:
        import_codebook(file, named)
    assert message in str(caught.value)


def test_a_missing_file_is_one_line():
    with pytest.raises(CodebookError, match=r"^nope\.lc3: there is no such file; check the path$"):
        import_codebook("nope.lc3")


def test_an_ending_in_capitals_is_known(tmp_path):
    (tmp_path / "A.LC3").write_text("+a\nb\n")
    assert import_codebook(tmp_path / "A.LC3").format == "lexicoder"


# Encodings, ids, rows -----------------------------------------------------------------------------------

ACCENTS = "+Gefühl\nfröhlich*\nüberglücklich\nschönste Gefühle für Größe\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_detected(encoding, told, tmp_path):
    (tmp_path / "a.lc3").write_bytes(ACCENTS.encode(encoding))
    found = import_codebook(tmp_path / "a.lc3")
    assert found.encoding == told
    assert (found.codebook.codes[0].id, found.codebook.codes[0].label) == ("gefuhl", "Gefühl")


def test_an_encoding_can_be_named(tmp_path):
    (tmp_path / "a.lc3").write_bytes("+а\nмир\n".encode("koi8-r"))
    assert import_codebook(tmp_path / "a.lc3", encoding="koi8-r").codebook.entries[0].text == "мир"
    with pytest.raises(CodebookError, match="is no encoding"):
        import_codebook(tmp_path / "a.lc3", encoding="nonsense")


def test_a_guid_comes_from_the_first_id_and_survives_renaming():
    old = parse_codebook("codes: {a: {terms: [x]}}").codes[0]
    new = parse_codebook("codes: {b: {terms: [x], was: [a]}}").codes[0]
    own = parse_codebook("codes: {b: {terms: [x], guid: mine}}").codes[0]
    assert guid_of(old, "book") == guid_of(new, "book") == "9f6b1f19-7b48-5f4d-bad7-0b5593718ccb"
    assert guid_of(old, "another") != guid_of(old, "book")
    assert guid_of(own, "book") == "mine"


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=5))
def test_rows_keep_the_order_of_every_list(lists):
    rows = list(rows_of(lists))
    assert [[term for term, numbers in rows if number in numbers] for number in range(len(lists))] == lists


def test_lists_that_agree_share_their_rows():
    assert list(rows_of([["a", "c"], ["a", "b", "c"]])) == [("a", [0, 1]), ("b", [1]), ("c", [0, 1])]


def test_what_is_exported_says_which_codes_and_fields_have_no_place():
    book = parse_codebook(
        "{version: 2, codes: {a: {definition: x, memo: y, terms: [{case: Us}, {word: b, note: n}], codes: "
        "{b_c: {terms: [{regex: r}]}}}}}"
    )
    assert [str(loss) for loss in export_codebook(book, "a.lc3").losses] == [
        "the codebook's version `2`: left out",
        "a: the definition: left out",
        "a: the memo: left out",
        "b_c: its place below `a`: stands by itself",
        "a: `Us` finds these letters only: found in any case",
        "a: the note on `b`: left out",
        "b_c: `r`: a regex: entry: left out",
    ]
