from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rubricate.codebooks import CodebookError, parse_codebook, read_codebook
from tests.exchanged import imported, read, written
from tests.made_codebooks import codebooks

SCHEMA = Path(__file__).parents[2] / "shared" / "data" / "refi-qda" / "Codebook.xsd"
STARTERS = sorted((Path(__file__).parents[1] / "codebooks" / "starters").glob("*.yaml"))


@pytest.fixture(scope="module")
def schema():
    from lxml import etree

    if not SCHEMA.exists():
        pytest.skip("the shared data are not here")
    return etree.XMLSchema(etree.parse(SCHEMA))


def valid(schema, content):
    from lxml import etree

    schema.assertValid(etree.fromstring(content))


def test_a_codebook_of_another_tool_is_read_leniently():
    assert imported("codes.qdc") == (
        """\
  economy:
    label: Economy
    guid: 5215CC69-b628-4e02-afb9-9beeaee55808
    codes:
      sanctions:
        label: Sanctions
        definition: |-
          Use or threat
          of sanctions.
        coded_by: hand
        color: "#cc3300"
        guid: d7aa29da-519b-4946-9b90-253b6db8fd0a
  detente:
    label: Détente
    coded_by: hand
    color: "#00ff00"
""",
        [
            "line 6, Sanctions: <NoteRef>: left out",
            "line 11, Détente: the transparency of the color `#00ff0080`: left out",
            "line 13, First round: a set of codes: left out",
        ],
    )


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_the_starters_are_valid_by_the_schema(path, schema):
    content, lost = written(read_codebook(path), "refi-qda")
    valid(schema, content)
    assert any("told in the description, for people" in line for line in lost)


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_every_codebook_is_valid_by_the_schema(schema, book):
    valid(schema, written(book, "refi-qda")[0])


def test_entries_are_told_in_the_description_and_groups_are_no_codes():
    book = parse_codebook(
        "{name: b, codes: {g: {codes: {a: {definition: D, color: red, terms: [x, {regex: y}]}}}}}"
    )
    content, lost = written(book, "refi-qda")
    assert content.decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="rubricate">\n'
        "  <Codes>\n"
        '    <Code guid="ddd8c8ea-3f74-5879-acc9-b786232a4cb2" name="G" isCodable="false">\n'
        '      <Code guid="b1474459-005b-507b-8c78-110e71aecfaa" name="A" isCodable="true">\n'
        "        <Description>D\n\nEntries:\n- x\n- regex: y</Description>\n"
        "      </Code>\n    </Code>\n  </Codes>\n</CodeBook>\n"
    )
    assert lost == [
        "the codebook's name `b`: left out",
        "a: the color `red` is none of the form #cc3300: left out",
        "a: 2 entries: told in the description, for people",
    ]


def test_where_an_entry_does_not_count_is_told_with_it():
    book = parse_codebook(
        "{within: paragraph, codes: {a: {terms: [{term: war, not_inside: [trade war, price war]}], "
        "rules: [{rule: b AND c, unless: d, only_in: year > 2000, note: N}, e OR f]}}}"
    )
    content, _ = written(book, "refi-qda")
    again, _ = read("refi-qda", content)
    assert again.codes[0].definition == (
        "Entries:\n- war (not inside: trade war, price war)\n"
        "- rule: b AND c (within: paragraph; unless: d; only in: year > 2000; N)\n"
        "- rule: e OR f (within: paragraph)"
    )


def test_a_guid_that_is_none_or_stands_twice_is_made_anew():
    guid = "5215cc69-b628-4e02-afb9-9beeaee55808"
    book = parse_codebook(
        f"codes: {{a: {{coded_by: hand, guid: {guid}}}, b: {{coded_by: hand, guid: {guid}}}, "
        "c: {coded_by: hand, guid: none}}"
    )
    content, lost = written(book, "refi-qda")
    again, _ = read("refi-qda", content)
    assert again.codes[0].guid == guid
    assert len({code.guid for code in again.codes}) == 3
    assert [line.partition(": ")[0] for line in lost] == ["b", "c"]


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<CodeBook/>", "f: holds no categories"),
        ("<Project/>", "f:1:1: begins with <Project>, not with <CodeBook>"),
        ("<CodeBook><Codes>", "f:1:18: is no sound XML"),
        ("", "f: is empty"),
        ("nothing", "f:1:1: is no sound XML"),
    ],
)
def test_what_is_no_codebook_is_one_line_with_its_place(xml, message):
    with pytest.raises(CodebookError) as caught:
        read("refi-qda", xml)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("namespace", ["", ' xmlns="urn:QDA-XML:codebook:0:4"'])
def test_old_and_missing_namespaces_are_read(namespace):
    book, lost = read("refi-qda", f'<CodeBook{namespace}><Codes><Code name="A"/></Codes><Sets/></CodeBook>')
    assert ([code.label for code in book.codes], lost) == (["A"], [])


def test_utf_16_is_read():
    text = '<?xml version="1.0" encoding="utf-16"?>\n<CodeBook><Codes><Code name="É"/></Codes></CodeBook>'
    book, _ = read("refi-qda", text.encode("utf-16"))
    assert book.codes[0].label == "É"
