"""Rules in a pass: variables, words between, linked codes, pipelines, and what tables say of them."""

import gc

import pytest

from rubricate import CodebookError, Document, Paragraph, Settings, apply_codebook, parse_codebook
from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.corpus.reading import Reading
from rubricate.reports.cooccurrence import cooccurrence
from rubricate.reports.entries import entries, expansions
from rubricate.reports.segments import segments
from rubricate.reports.tally import tally
from rubricate.study import find_study
from rubricate.study_pass import apply_in_study
from tests.command import rubricate
from tests.pipelines import trained
from tests.reports_data import as_csv


def document(text, name="d", language="en", **variables):
    return Document(name, text, (Paragraph(0, len(text)),), language=language, variables=variables)


def batch(codebook, *documents, **settings):
    (found,) = apply_codebook(parse_codebook(codebook), documents, Settings(**settings))
    return found


def hits(codebook, *documents):
    found = batch(codebook, *documents)
    columns = (found.segments.document, found.segments.start, found.segments.end)
    return [(found.documents[d].id, found.documents[d].text[s:e]) for d, s, e in zip(*columns, strict=True)]


# Variables


YEARS = "codes: {a: {terms: [{term: arms, only_in: year >= 2018}]}, b: {terms: [talks]}}\n"


def test_an_entry_is_looked_for_in_documents_of_which_its_condition_is_true():
    some = [document("Arms.", name, year=year) for name, year in (("p", "2017"), ("q", "2018"), ("r", ""))]
    assert hits(YEARS, *some) == [("q", "Arms")]


@pytest.mark.parametrize("year", ["۱۳۹۷", "١٣٩٧", "１３９７"])
def test_numbers_and_dates_may_be_written_in_digits_of_any_script(year):
    book = "codes: {a: {terms: [{term: arms, only_in: year >= 1395 AND day < 2022-02}]}}\n"
    assert hits(book, document("Arms.", year=year, day="٢٠٢٢-٠١-٣١")) == [("d", "Arms")]
    assert hits(book, document("Arms.", year="۱۳۹۴", day="٢٠٢٢-٠١-٣١")) == []


def test_a_code_without_an_entry_for_a_document_does_not_apply_there():
    found = batch(YEARS, document("Arms.", year="2017"), document("Arms.", "e", year="2019"))
    assert found.applicable.tolist() == [[False, True], [True, True]]


def test_a_variable_that_no_document_has_is_a_mistake_at_its_entry():
    with pytest.raises(CodebookError) as caught:
        list(apply_codebook(parse_codebook(YEARS), [document("Arms.", outlet="x")], file="book.yaml"))
    assert str(caught.value) == (
        "book.yaml:1:21: a.1: `only_in` asks for `year`, which no document has; "
        "there are outlet, document, citekey, title, date, language, file"
    )
    assert list(apply_codebook(parse_codebook(YEARS), [document("Arms.", outlet="x")], whole=False))


def test_one_document_with_the_variable_is_enough():
    assert hits(YEARS, document("Arms.", "p"), document("Arms.", "q", year="2020")) == [("q", "Arms")]


def test_no_table_is_written_where_a_variable_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.yaml").write_text(YEARS, "utf-8")
    (tmp_path / "a.txt").write_text("Arms.\n", "utf-8")
    result = rubricate("apply", "book.yaml", "a.txt", "--out", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("book.yaml:1:21: a.1: `only_in` asks for `year`")
    assert not (tmp_path / "out").exists()


def test_an_entry_whose_condition_holds_for_no_document_has_empty_cells():
    book = "codes: {a: {terms: [{term: arms, only_in: year >= 2018}, talks]}}\n"
    sums = tally([batch(book, document("Arms. Talks.", year="2017"))], parse_codebook(book))
    table = entries(sums, parse_codebook(book))
    assert as_csv(table)[1:] == ["a,a.1,term,arms,,,,,,", "a,a.2,term,talks,1,1,1,1,1,1"]


def test_language_and_condition_must_hold_for_the_same_document():
    book = "codes: {a: {terms: {fa: [{term: جنگ, only_in: year = 2018}], en: [talks]}}}\n"
    some = (document("Talks.", year="2018"), document("صلح", "e", "fa", year="2017"))
    table = entries(tally([batch(book, *some)], parse_codebook(book)), parse_codebook(book))
    assert as_csv(table)[1:] == ["a,a.1,term,جنگ,,,,,,", "a,a.2,term,talks,1,1,1,1,1,1"]


def test_a_study_says_before_any_document_is_coded_that_it_lacks_a_variable(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Arms.\n", "utf-8")
    assert rubricate("init", "s").exit_code == 0
    assert rubricate("corpus", "add", "a.txt", "--study", "s").exit_code == 0
    (tmp_path / "s" / "codebook.yaml").write_text(YEARS, "utf-8")
    seen = []
    study = find_study(str(tmp_path / "s"))
    with pytest.raises(CodebookError, match=r"a\.1: `only_in` asks for `year`, which no document has"):
        apply_in_study(study, "", Settings(), lambda some: (seen.append(one) or one for one in some))
    assert seen == []
    assert list((tmp_path / "s" / "passes").iterdir()) == []


# Words between


def test_what_stands_between_is_not_matched_and_free_for_other_entries():
    found = batch("codes: {a: {rules: [arms NEAR/3 talks], terms: [new]}}\n", document("Arms and new talks."))
    table = segments(found, parse_codebook("codes: {a: {rules: [arms NEAR/3 talks], terms: [new]}}\n"))
    assert table[["hit", "matched_words", "entry"]].to_numpy().tolist() == [
        ["Arms and new talks", "Arms talks", "a.r1"],
        ["new", "new", "a.1"],
    ]


def test_the_match_with_most_matched_words_stays_not_the_longest_stretch():
    codebook = "codes: {a: {rules: [arms NEAR/9 talks], terms: [new talks on arms control]}}\n"
    assert hits(codebook, document("Arms and many new talks on arms control.")) == [
        ("d", "new talks on arms control")
    ]


def test_codes_that_meet_only_in_the_words_between_share_none():
    codebook = "codes: {a: {rules: [arms NEAR/3 talks]}, b: {terms: [new]}, c: {terms: [talks]}}\n"
    book = parse_codebook(codebook)
    rows = cooccurrence(tally([batch(codebook, document("Arms and new talks."))], book), book)
    assert rows[["code_a", "code_b", "both", "both_apart"]].to_numpy().tolist() == [
        ["a", "b", 1, 1],
        ["a", "c", 1, 0],
        ["b", "c", 1, 1],
    ]


def test_forms_and_entries_of_a_rule_are_told():
    codebook = "codes: {a: {rules: [arms NEAR/3 (talks OR treaty)]}}\n"
    book = parse_codebook(codebook)
    sums = tally([batch(codebook, document("Arms talks. A treaty on new ARMS.\nArms talks"))], book)
    assert expansions(sums, book)[["form", "matches"]].to_numpy().tolist() == [
        ["arms talks", 2],
        ["treaty … arms", 1],
    ]
    row = entries(sums, book).iloc[0]
    assert (row["entry"], row["kind"], row["text"]) == ("a.r1", "rule", "arms NEAR/3 (talks OR treaty)")
    assert (row["matches"], row["mentions"]) == (3, 3)


# Other codes


def test_codes_that_ask_about_each_other_are_linked():
    codebook = (
        "codes: {a: {terms: [arms]}, b: {rules: ['@a AND x']}, c: {rules: ['y NOT @b']}, d: {terms: [z]}}\n"
    )
    book = parse_codebook(codebook)
    sums = tally([batch(codebook, document("Arms x y z."))], book)
    assert [
        tuple(row) for row in cooccurrence(sums, book, linked=True)[["code_a", "code_b", "linked"]].to_numpy()
    ] == [
        ("a", "b", 1),
        ("a", "c", 0),
        ("a", "d", 0),
        ("b", "c", 1),
        ("b", "d", 0),
        ("c", "d", 0),
    ]


def test_a_code_that_drops_what_is_negated_is_seen_whole():
    codebook = "codes: {a: {negated: drop, terms: [arms]}, b: {rules: ['@a']}}\n"
    found = batch(codebook, document("No arms."))
    assert found.segments.code.tolist() == [1]


def test_a_codebook_made_in_python_that_names_no_code_is_refused():
    book = Codebook("", (Code("a", "", entries=(Entry("a.r1", "rule", "@b", "en"),)),))
    with pytest.raises(CodebookError, match="a rule names `b`, which is no code of it"):
        list(apply_codebook(book, [document("x")]))


# Pipelines


def test_a_rule_that_needs_a_pipeline_is_refused_without_one_before_anything_runs():
    book = parse_codebook("codes: {a: {rules: ['entity:GPE NEAR/3 arms']}}\n")
    with pytest.raises(CodebookError, match=r"a\.r1: .*entities"):
        list(apply_codebook(book, [document("Arms.")]))
    corpus = CorpusHash()
    list(corpus.follow([document("Arms.")]))
    assert "spacy" in record_pass(corpus, book, Settings()).content["versions"]


def test_a_trained_pipeline_reads_the_terms_of_rules_that_need_it(tmp_path_factory):
    rules = """
codes:
  x: {rules: ['entity:GPE NEAR/3 pos:"power/NOUN"']}
  y: {terms: [{term: ship, unless: 'entity:GPE'}]}
"""
    some = [document("The power of Russia fell.", "p"), document("They power Russia.", "q")]
    some += [document("The ship left Iran.", "r"), document("The ship left.", "s")]
    found = batch(rules, *some, pipeline=trained(tmp_path_factory))
    columns = (found.segments.document, found.segments.start, found.segments.end)
    assert [(some[d].id, some[d].text[s:e]) for d, s, e in zip(*columns, strict=True)] == [
        ("p", "power of Russia"),
        ("s", "ship"),
    ]


def test_what_has_no_words_is_shared_by_no_two_hits():
    book = """codes: {a: {rules: ['arm* NEAR/0 term:":)"']}}"""
    assert hits(book, document("arms :) arms")) == [("d", "arms :)")]
    assert [form for _, form in batch(book, document("arms :)")).forms] == ["arms :)"]


def test_no_reading_stays_in_memory_behind_its_batch():
    """The command looks for rubbish seldom, so that circles would pile up batch by batch."""
    gc.collect()
    gc.disable()
    try:
        assert hits(
            "codes: {a: {terms: [war], rules: [war NEAR/3 peace]}, b: {rules: ['@a NOT treaty']}}",
            document("War and peace."),
        )
        assert not [one for one in gc.get_objects() if isinstance(one, Reading)]
    finally:
        gc.enable()
