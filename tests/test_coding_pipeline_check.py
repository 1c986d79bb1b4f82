"""What an entry needs and the pipeline lacks is said before anything runs."""

import shutil
from pathlib import Path

import pytest
import spacy

from rubricate.codebooks import CodebookError, parse_codebook
from rubricate.coding.pipeline import blank_pipeline, installed, load_pipeline, pipeline_for
from rubricate.coding.pipeline_check import check_pipeline
from tests.pipelines import annotate, codebook, document, found, trained

NUMBER = "tokens: [{LIKE_NUM: true}]"
BLANK = "spaCy's blank pipeline for en has only tokens; name a pipeline that provides them with --pipeline"
NOUN = "pos: power/NOUN"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The name of the pipeline."""
    return trained(tmp_path_factory)


@pytest.fixture
def copy(tiny, tmp_path):
    """A pipeline of one's own, to be changed."""
    shutil.copytree(tiny, tmp_path / "copy")
    return tmp_path / "copy"


def mistakes(book, name=""):
    with pytest.raises(CodebookError) as caught:
        check_pipeline(book, name, "book.yaml")
    return str(caught.value).splitlines()


def test_a_codebook_whose_pipeline_provides_everything_is_right(tiny):
    check_pipeline(codebook("power", NUMBER))
    check_pipeline(codebook("power", NUMBER, NOUN, "entity: GPE", "tokens: [{DEP: ROOT, POS: VERB}]"), tiny)


def test_a_codebook_of_words_does_not_ask_for_the_pipeline():
    check_pipeline(codebook("power"), "no_such_pipeline")


def test_the_blank_pipeline_knows_tokens_only():
    assert mistakes(codebook(NOUN, "entity: GPE", "pos: ship/NOUN")) == [
        f"book.yaml:5:9: x.1: `pos: power/NOUN` (like 1 more) needs parts of speech; {BLANK}; {installed()}",
        f"book.yaml:6:9: x.2: `entity: GPE` needs entities; {BLANK}; {installed()}",
    ]


def test_a_trained_pipeline_may_lack_something(tiny):
    [lemmas] = mistakes(codebook("tokens: [{LEMMA: power}]"), tiny)
    assert f"needs spaCy's lemmas; {tiny} has only tok2vec, morphologizer, parser, ner; name" in lemmas


def test_a_tagger_alone_gives_no_coarse_parts_of_speech(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")
    nlp.initialize()
    nlp.to_disk(tmp_path / "tagger")
    [message] = mistakes(codebook(NOUN), str(tmp_path / "tagger"))
    assert "needs parts of speech" in message
    check_pipeline(codebook("tokens: [{TAG: NN}]"), str(tmp_path / "tagger"))


def test_a_pipeline_reads_only_its_language(tiny):
    [message] = mistakes(codebook("entity: GPE", language="fa"), tiny)
    assert f"needs entities; {tiny} reads en, and spaCy's blank pipeline for fa has only tokens" in message
    check_pipeline(codebook(NUMBER, language="fa"), tiny)
    check_pipeline(codebook("entity: GPE", language="en-GB"), tiny)


def test_each_entry_is_checked_for_its_own_language(tiny):
    text = "codes: {x: {terms: {en: [{entity: GPE}], fa: [{pos: x/NOUN}], any: [{entity: GPE}]}}}"
    [message] = mistakes(parse_codebook(text), tiny)
    assert message.startswith("book.yaml:1:47: x.2: `pos: x/NOUN` needs parts of speech")


def test_an_entry_in_any_language_is_checked_again_when_a_document_in_another_comes(tiny):
    book = parse_codebook(f"codes: {{x: {{terms: {{any: [{{entity: GPE}}, {{{NUMBER}}}]}}}}}}")
    check_pipeline(book, tiny)
    with pytest.raises(CodebookError, match=r"`entity: GPE` needs entities; .* reads en, and spaCy's blank"):
        annotate(book, [document("Iran 5", language="fa")], tiny)


def test_a_label_or_tag_that_the_pipeline_never_gives_is_no_silent_zero(tiny):
    book = codebook("entity: GPEE", "pos: power/INTJ", "tokens: [{ENT_TYPE: {IN: [GPE, LOC]}}, {DEP: nsubj}]")
    tags = "ADJ, ADP, AUX, DET, NOUN, NUM, PART, PRON, PROPN, PUNCT, VERB"
    assert mistakes(book, tiny) == [
        "book.yaml:5:9: x.1: `GPEE` is none of the entities that the pipeline knows (GPE); write GPE",
        f"book.yaml:6:9: x.2: `INTJ` is none of the parts of speech that the pipeline knows ({tags}); "
        "write one of these",
        "book.yaml:7:9: x.3: `LOC` is none of the entities that the pipeline knows (GPE); write one of these",
        "book.yaml:7:9: x.3: `nsubj` is none of the dependencies that the pipeline knows (ROOT, dep); write "
        "one of these",
    ]


def test_a_text_that_is_several_tokens_to_spacy_is_no_silent_zero():
    book = codebook('tokens: [{TEXT: $481}, {LOWER: {IN: [dr., u.s., p.m., km, "n\'t"]}}]')
    assert mistakes(book) == [
        "book.yaml:5:9: x.1: `$481` is more than one token to spaCy, `$` `481`; write one after the other"
    ]
    [message] = mistakes(codebook("tokens: [{TEXT: 制裁}]", language="zh"))
    assert "`制` `裁`" in message


def test_a_pipeline_that_is_not_there_or_broken_is_named(copy):
    assert mistakes(codebook(NUMBER), "en_no_such") == [
        f"en_no_such: is no installed pipeline and no folder of one; {installed()}"
    ]
    [message] = mistakes(codebook(NUMBER), "numpy")
    assert message.startswith("numpy: cannot be loaded (")
    (copy / "ner" / "model").write_bytes(b"xx")
    [message] = mistakes(codebook(NUMBER), str(copy))
    assert message.startswith(f"{copy}: cannot be loaded (")


@pytest.mark.parametrize("file", ["config.cfg", "meta.json", "tokenizer", "vocab/strings.json", "ner/moves"])
def test_a_damaged_pipeline_is_one_line(copy, file):
    Path(copy / file).write_bytes(b"\x00{")
    [message] = mistakes(codebook(NUMBER), str(copy))
    assert "cannot be loaded (" in message


def test_a_pipeline_is_loaded_once(tiny):
    assert load_pipeline(tiny) is pipeline_for("en-GB", tiny)
    assert pipeline_for("fa", tiny) is pipeline_for("fa") is blank_pipeline("fa")


@pytest.mark.parametrize(("language", "spacys"), [("en-GB", "en"), ("no", "nb"), ("ku", "xx"), ("prs", "xx")])
def test_documents_in_a_language_without_trained_pipeline_are_read_by_rules(language, spacys):
    assert pipeline_for(language).lang == spacys
    assert found(codebook(NUMBER, language=language), "5 x", language=language) == [("x.1", "5")]


def test_a_language_that_spacy_reads_only_with_another_package_is_named():
    try:
        spacy.blank("ja")
    except ImportError:
        [message] = mistakes(codebook(NUMBER, language="ja"))
        assert message.startswith(
            "documents in 'ja': spaCy cannot read them: Japanese support requires Sudachi"
        )
