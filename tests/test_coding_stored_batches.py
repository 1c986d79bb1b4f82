"""Tables made from a kept pass are its own, byte for byte; with filters, those of a filtered pass."""

import dataclasses
import shutil

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import parse_codebook
from rubricate.coding import apply
from rubricate.coding.apply import apply_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.pass_folders.batches import stored_batches
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.folder import Pass
from rubricate.coding.pass_folders.tables import EXPANSIONS, SEGMENTS, UNANALYSED, TablesWriter
from rubricate.coding.settings import DUPLICATES, FILTERS, Settings
from rubricate.corpus.document import PARTS, Document, Paragraph
from rubricate.corpus.passages import UNITS
from rubricate.reports.write import Record, write_tables
from tests.command import contents

CODEBOOK = parse_codebook("""\
codes:
  pressure:
    codes:
      sanctions: {terms: [sanction, oil embargo, "embargo*", {regex: 'oil\\W+emb'}]}
      oil: {terms: [oil]}
  war:
    negated: drop
    terms: {en: [war, "C++"], fr: [guerre]}
  peace: {terms: {any: [peace, "…"]}}
  hand: {coded_by: hand}
  trade:
    rules: {any: [oil NEAR/4 war, {rule: sanction AND peace, only_in: outlet = irna}, embargo THEN/3 oil]}
""")
WORDS = (
    *("Sanctions", "sanction", "oil", "embargo", "oil embargo", "war", "C++", "peace", "guerre", "no", "not"),
    *("may", "reportedly", "he says that", "“peace”", "…", "😀", ".", "?", "the harbour lay still all night"),
)


@st.composite
def documents(draw):
    texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
    paragraph = st.tuples(texts, st.sampled_from(PARTS))
    made = []
    for number in range(draw(st.integers(1, 4))):
        text, places = "", []
        for words, part in draw(st.lists(paragraph, max_size=4)):
            places.append(Paragraph(len(text), len(text) + len(words), part))
            text += words + "\n\n"
        language = draw(st.sampled_from(("en", "fr", "xx")))
        variables = draw(st.sampled_from(({}, {"outlet": "irna"}, {"outlet": "x", "year": "2019"})))
        made.append(Document(f"d{number}", text, tuple(places), language=language, variables=variables))
    return made


def keep(folder, codebook, some, chosen):
    """A pass of these documents in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with TablesWriter(folder, codebook) as writer:
        for batch in apply_codebook(codebook, some, chosen, whole=False):
            writer.write(batch)
    return Pass(folder, 1, {}, {})


def tables(folder, batches, chosen):
    write_tables(folder, batches, CODEBOOK, settings=chosen, record=lambda: Record("p"))
    return contents(folder)


@settings(max_examples=20, deadline=None)
@given(
    documents(),
    st.builds(
        Settings,
        unit=st.sampled_from(tuple(UNITS)),
        parts=st.lists(st.sampled_from(PARTS), unique=True).map(tuple),
        duplicates=st.sampled_from(DUPLICATES),
        hedged=st.sampled_from(FILTERS),
    ),
    st.dictionaries(st.sampled_from([flag for flag in FLAGS if flag != "hedged"]), st.sampled_from(FILTERS)),
    st.integers(1, 200),
)
def test_a_kept_pass_gives_the_tables_of_a_pass_with_the_same_filters(
    tmp_path_factory, some, chosen, filters, size
):
    folder = tmp_path_factory.mktemp("pass")
    one = keep(folder / "pass", CODEBOOK, some, chosen)
    filtered = dataclasses.replace(chosen, **filters)
    before = tables(folder / "applied", apply_codebook(CODEBOOK, some, filtered, whole=False), filtered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apply, "BATCH", size)  # other batches than when the pass was made
        made = tables(folder / "made", stored_batches(one, CODEBOOK, filtered, some), filtered)
    assert made == before


SOME = [
    Document(name, text, (Paragraph(0, len(text)),), language="en")
    for name, text in {"a": "Oil and war.", "b": "Peace? No sanctions.", "c": "Nothing."}.items()
]


def batches(one, some=SOME, codebook=CODEBOOK):
    return list(stored_batches(one, codebook, Settings(), some))


def test_the_sums_over_all_documents_come_with_the_first_batch(tmp_path, monkeypatch):
    one = keep(tmp_path / "pass", CODEBOOK, SOME, Settings())
    monkeypatch.setattr(apply, "BATCH", 1)
    first, *others = batches(one)
    assert sum(first.matches) == 5
    assert [(sum(batch.matches), batch.forms) for batch in others] == [(0, {}), (0, {})]
    assert [len(batch.segments) for batch in (first, *others)] == [3, 2, 0]


@pytest.mark.parametrize(
    "some",
    [
        SOME[:1],  # b has segments but is no more
        SOME[1:],
        [dataclasses.replace(SOME[0], text="Oil. And war.", paragraphs=(Paragraph(5, 13),)), *SOME[1:]],
    ],
)
def test_segments_that_do_not_fit_the_documents_are_an_error(tmp_path, some):
    one = keep(tmp_path / "pass", CODEBOOK, SOME, Settings())
    with pytest.raises(PassError, match="pass: is damaged; take it back from a copy of the study"):
        batches(one, some)


def test_an_entry_that_the_codebook_has_not_is_an_error(tmp_path):
    one = keep(tmp_path / "pass", CODEBOOK, SOME, Settings())
    with pytest.raises(PassError, match="is damaged"):
        batches(one, codebook=parse_codebook("codes: {war: {terms: [war]}}"))


@pytest.mark.parametrize("name", [SEGMENTS, EXPANSIONS, UNANALYSED])
@pytest.mark.parametrize("content", [b"", b"PAR1 and no table PAR1"])
def test_a_damaged_table_is_an_error_in_one_line(tmp_path, name, content):
    one = keep(tmp_path / "pass", CODEBOOK, SOME, Settings())
    (one.path / name).write_bytes(content)
    with pytest.raises(PassError, match="pass: is damaged") as caught:
        batches(one)
    assert "\n" not in str(caught.value)


def test_a_missing_table_is_an_error(tmp_path):
    one = keep(tmp_path / "pass", CODEBOOK, SOME, Settings())
    (one.path / UNANALYSED).unlink()
    with pytest.raises(
        PassError, match=r"kept by an earlier version of rubricate, without unanalysed\.parquet"
    ):
        batches(one)
    (one.path / SEGMENTS).unlink()
    with pytest.raises(PassError, match="is damaged"):
        batches(one)


def test_what_would_be_found_in_parts_that_are_not_analysed_is_kept_by_its_flags(tmp_path):
    text = "No war. War!"
    document = Document("a", text, (Paragraph(0, len(text), "references"),), language="en")
    codebook = parse_codebook("codes: {war: {terms: [war]}}")
    one = keep(tmp_path / "pass", codebook, [document], Settings())
    rows = pq.read_table(one.path / UNANALYSED).to_pylist()
    assert [(row["part"], row["negated"], row["segments"]) for row in rows] == [
        ("references", False, 1),
        ("references", True, 1),
    ]


def test_the_bytes_of_a_kept_pass_do_not_depend_on_the_batches(tmp_path, monkeypatch):
    """One document has hits of a rule, in pieces; the other only hits of terms."""
    codebook = parse_codebook("codes: {war: {terms: [war], rules: [oil NEAR/2 arms]}}")
    documents = [
        Document(name, text, (Paragraph(0, len(text)),), language="en")
        for name, text in {"a": "Oil for arms.", "b": "War."}.items()
    ]
    together = contents(keep(tmp_path / "together", codebook, documents, Settings()).path)
    monkeypatch.setattr(apply, "BATCH", 1)
    assert contents(keep(tmp_path / "apart", codebook, documents, Settings()).path) == together
    rows = pq.read_table(tmp_path / "apart" / SEGMENTS).to_pylist()
    assert [row["pieces"] for row in rows] == [[0, 3, 8, 12], None]
