"""Entries that a spaCy pipeline reads: a tiny one is trained and used for real."""

import subprocess
import sys

import numpy as np
import pytest
import spacy
from spacy.language import Language

from rubricate.coding.pipeline import load_pipeline, pipeline_versions
from rubricate.coding.pipeline_components import idle_components, provided
from rubricate.coding.pipeline_tokens import Tokens, heads_of
from rubricate.coding.scope import UNPARSED
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary
from tests.pipelines import SENTENCES, annotate, codebook, document, found, trained

NOUN, VERB = "pos: power/NOUN", "pos: power/VERB"
TEXTS = [text.replace(" .", ".") for text, *_ in SENTENCES]
MONEY = "tokens: [{IS_CURRENCY: true}, {LIKE_NUM: true}, {LOWER: {IN: [million, billion]}}]"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The name of the pipeline."""
    return trained(tmp_path_factory)


@pytest.fixture
def handed(monkeypatch):
    """The texts that are handed to spaCy, as they come."""
    texts = []
    pipe = Language.pipe

    def listening(self, pairs, **options):
        if options.get("as_tuples"):  # as we ask; spaCy then calls itself without
            pairs = list(pairs)
            texts.extend(text for text, _ in pairs)
        return pipe(self, pairs, **options)

    monkeypatch.setattr(Language, "pipe", listening)
    return texts


# Parts of speech ----------------------------------------------------------------------------------------


def test_a_word_is_found_only_with_its_part_of_speech(tiny):
    book = codebook(NOUN, VERB)
    assert found(book, "The power of Iran grew.", "Engines power the ship.", name=tiny) == [
        ("x.1", "power"),
        ("x.2", "power"),
    ]


def test_a_base_form_finds_its_inflections_and_an_inflected_word_only_itself(tiny):
    texts = ("The great powers met in Iran.", "A great power left Russia.")
    assert found(codebook(NOUN), *texts, name=tiny) == [("x.1", "powers"), ("x.1", "power")]
    assert found(codebook("pos: powers/NOUN"), *texts, name=tiny) == [("x.1", "powers")]


def test_of_several_words_each_has_its_own_part_of_speech(tiny):
    book = codebook("pos: great/ADJ power/NOUN", "pos: great/VERB power/NOUN", "pos: great power/NOUN")
    texts = ("The great powers met in Iran.", "A great-power train left.")
    assert found(book, *texts, name=tiny)[:2] == [("x.1", "great powers"), ("x.3", "great powers")]


def test_a_match_of_words_says_which_words_they_are(tiny):
    book = codebook("pos: great/ADJ power/NOUN")
    reading, annotation = annotate(
        book, [document("In 2015 a great power left.", "A great power left.")], tiny
    )
    places = zip(annotation.matches.word.tolist(), annotation.matches.words.tolist(), strict=True)
    assert [
        [reading.vocabulary.words[number] for number in reading.words.id[at : at + count]]
        for at, count in places
    ] == [["great", "power"]] * len(annotation.matches)
    assert len(annotation.matches) == 2


def test_a_word_inside_a_token_has_the_part_of_speech_of_that_token(tiny):
    """To us "didn't" is didn and t, to spaCy did and n't."""
    tags = {token.text: token.pos_ for token in spacy.load(tiny)("China didn't meet Russia.")}
    book = codebook(f"pos: didn/{tags['did']}", f"""pos: t/{tags["n't"]}""")
    assert found(book, "China didn't meet Russia.", name=tiny) == [("x.1", "didn"), ("x.2", "t")]


# Entities -----------------------------------------------------------------------------------------------


def test_every_entity_of_a_label_is_found(tiny):
    texts = ("Russia met the engines of China.", "Two engines power the ship.")
    assert found(codebook("entity: GPE"), *texts, name=tiny) == [("x.1", "Russia"), ("x.1", "China")]


def test_an_entity_entry_may_stand_under_several_codes(tiny):
    book = codebook("entity: GPE", "entity: GPE")
    assert found(book, "Iran left the ship.", name=tiny) == [("x.1", "Iran"), ("x.2", "Iran")]


# Token patterns -----------------------------------------------------------------------------------------


def test_a_pattern_of_shapes_and_numbers_needs_no_training():
    texts = ("Arms for $481 million or €3,5 billion.", "No 481 million, no $481, a dollar 481 million.")
    assert found(codebook(MONEY), *texts) == [("x.1", "$481 million"), ("x.1", "€3,5 billion")]


@pytest.mark.parametrize("blank", ["\u00a0", "\n", "  ", "\u2009", " \n "])
def test_whatever_blanks_stand_between_tokens_a_pattern_goes_over_them(blank):
    text = f"It{blank}cost{blank}$481{blank}million{blank}then."
    assert found(codebook(MONEY), text) == [("x.1", f"$481{blank}million")]


def test_a_match_touches_the_words_that_it_covers_and_one_of_signs_none():
    book = codebook(MONEY, "tokens: [{TEXT: $}]")
    reading, annotation = annotate(book, [document("A loan of $481 million.")])
    matches = annotation.matches
    assert sorted(zip(matches.term.tolist(), matches.words.tolist(), strict=True)) == [(0, 2), (1, 0)]
    first = int(matches.word[matches.term == 0][0])
    assert reading.vocabulary.words[reading.words.id[first]] == "481"


def test_a_token_that_is_part_of_a_word_of_ours_takes_that_word():
    book = codebook("tokens: [{LIKE_NUM: true}, {LOWER: km}]", "tokens: [{LOWER: km}]")
    _, annotation = annotate(book, [document("A range of 2000km was tested.")])
    assert found(book, "A range of 2000km was tested.") == [("x.1", "2000km"), ("x.2", "km")]
    assert annotation.matches.words.tolist() == [1, 1]
    assert len(set(annotation.matches.word.tolist())) == 1


def test_a_pattern_may_ask_for_what_only_a_trained_pipeline_knows(tiny):
    book = codebook(
        "tokens: [{ENT_TYPE: GPE}, {POS: VERB}]", "tokens: [{LOWER: power, POS: {NOT_IN: [VERB]}}]"
    )
    texts = ("Russia met China.", "Engines power the ship.", "The power of Iran fell.")
    assert found(book, *texts, name=tiny) == [("x.1", "Russia met"), ("x.2", "power"), ("x.1", "Iran fell")]


# What spaCy reads ---------------------------------------------------------------------------------------


def test_for_words_spacy_reads_exactly_the_paragraphs_that_hold_them(tiny, handed):
    found(codebook(NOUN, "pos: ship/NOUN"), *TEXTS, name=tiny)
    assert handed == [text for text in TEXTS if "power" in text or "ship" in text]


def test_for_entities_spacy_reads_every_paragraph(tiny, handed):
    found(codebook("entity: GPE"), *TEXTS, name=tiny)
    assert handed == TEXTS


def test_spacy_reads_no_paragraph_outside_of_those_asked_for(tiny, handed):
    where = np.array([index % 2 == 0 for index in range(len(TEXTS))])
    for entry in ("entity: GPE", NOUN, "tokens: [{LOWER: the}]"):
        handed.clear()
        _, annotation = annotate(codebook(entry), [document(*TEXTS)], tiny, where)
        assert set(handed) <= set(TEXTS[::2])
        assert handed
        assert not (annotation.paragraphs & ~where).any()


COST, RANGE, DAYS, KM, MAIL, NONE, ODD = PARAGRAPHS = (
    "It cost $481 million.",
    "A range of 2000km.",
    "Ten days.",
    "KM",
    "Write to a@b.org.",
    "Nothing.",
    "Million $ 3",
)


@pytest.mark.parametrize(
    ("pattern", "candidates"),
    [
        (MONEY, [COST, ODD]),
        ("tokens: [{LOWER: km}]", [RANGE, KM]),
        ("tokens: [{LIKE_NUM: true}]", [COST, RANGE, DAYS, ODD]),
        ("tokens: [{SHAPE: dddd}]", [COST, RANGE, ODD]),
        ("tokens: [{SHAPE: {IN: [dddd, Xxxx]}}, {LOWER: days}]", [DAYS]),
        ("tokens: [{IS_CURRENCY: true, OP: '?'}, {LOWER: days}]", [DAYS]),
        ("tokens: [{LOWER: no, OP: '!'}, {LOWER: {IN: [days, km]}}]", [RANGE, DAYS, KM]),
        ("tokens: [{LIKE_EMAIL: true}]", [MAIL]),
        ("tokens: [{IS_DIGIT: false, LOWER: '@'}]", [MAIL]),
    ],
)
def test_for_a_pattern_spacy_reads_the_paragraphs_with_what_it_cannot_do_without(handed, pattern, candidates):
    found(codebook(pattern), *PARAGRAPHS)
    assert handed == candidates


def test_a_pattern_without_anything_to_look_for_is_read_everywhere(handed):
    found(codebook("tokens: [{IS_TITLE: true}]"), "One text.", "another")
    assert handed == ["One text.", "another"]


def test_no_paragraphs_and_empty_ones_are_no_trouble(tiny):
    for book in (codebook("entity: GPE"), codebook(NOUN), codebook(MONEY)):
        assert found(book, name=tiny) == []
        assert found(book, "", " ", name=tiny) == []


def test_results_do_not_depend_on_what_is_read_beside_them(tiny):
    alone = [found(codebook("entity: GPE", NOUN), text, name=tiny) for text in TEXTS]
    together = found(codebook("entity: GPE", NOUN), *TEXTS, name=tiny)
    assert [row for rows in alone for row in rows] == together


# Heads --------------------------------------------------------------------------------------------------


def heads(reading, annotation):
    words = [reading.vocabulary.words[number] for number in reading.words.id]
    return [
        (word, words[head] if head >= 0 else None) for word, head in zip(words, annotation.heads, strict=True)
    ]


def test_a_parser_says_which_word_each_word_hangs_on(tiny):
    reading, annotation = annotate(codebook("entity: GPE"), [document("A great power left Russia.")], tiny)
    assert heads(reading, annotation) == [
        ("A", "power"),
        ("great", "power"),
        ("power", "left"),
        ("left", "left"),
        ("Russia", "left"),
    ]


def test_heads_are_known_only_where_a_parser_has_read(tiny):
    documents = [document("Nothing here.", "The power of Russia fell.")]
    reading, annotation = annotate(codebook(NOUN), documents, tiny)
    assert [head for _, head in heads(reading, annotation)] == [
        None,
        None,
        "power",
        "fell",
        "power",
        "of",
        "fell",
    ]
    _, annotation = annotate(codebook("tokens: [{LOWER: power}]"), documents)
    assert annotation.heads.tolist() == [UNPARSED] * 7


def made_heads(text, *tokens):
    """The heads of a text with these tokens, each with the position of its head."""
    reading = read_words([document(text)], Vocabulary())
    words, head = zip(*tokens, strict=True)
    start = []
    for word in words:
        start.append(text.index(word, start[-1] + 1 if start else 0))
    end = [place + len(word) for place, word in zip(start, words, strict=True)]
    columns = (np.array(column, np.int64) for column in (start, end, [0] * len(words), head))
    heads = heads_of(reading, Tokens(*columns), np.ones(1, bool))
    names = [reading.vocabulary.words[number] for number in reading.words.id]
    return [(name, names[head]) for name, head in zip(names, heads.tolist(), strict=True)]


def test_what_hangs_on_a_punctuation_mark_hangs_where_the_mark_does():
    assert made_heads("Arms: none", ("Arms", 0), (":", 0), ("none", 1)) == [
        ("Arms", "Arms"),
        ("none", "Arms"),
    ]
    assert made_heads("Arms: none", ("Arms", 1), (":", 1), ("none", 1)) == [
        ("Arms", "Arms"),
        ("none", "none"),
    ]


def test_a_word_of_several_tokens_hangs_where_the_highest_of_them_does():
    """And not in a circle, though the first token of each hangs on a token of the other."""
    tokens = (("can", 2), ("not", 1), ("go", 1))
    assert made_heads("cannot go", *tokens) == [("cannot", "cannot"), ("go", "cannot")]
    assert made_heads("didn't go", ("did", 2), ("n't", 2), ("go", 2)) == [
        ("didn", "go"),
        ("t", "go"),
        ("go", "go"),
    ]


def test_heads_count_words_of_ours_whatever_tokens_stand_before(tiny):
    reading, annotation = annotate(
        codebook("entity: GPE"), [document("$5 didn't.  ", "Iran left  the ship.")], tiny
    )
    assert heads(reading, annotation)[-4:] == [
        ("Iran", "left"),
        ("left", "left"),
        ("the", "ship"),
        ("ship", "left"),
    ]


# Pipelines ----------------------------------------------------------------------------------------------


def test_only_components_that_something_needed_stands_on_run(tiny):
    nlp = load_pipeline(tiny)
    assert provided(nlp) == {"pos", "morph", "dep", "entity"}
    assert idle_components(nlp, {"pos"}) == ["ner"]
    assert idle_components(nlp, {"entity"}) == ["morphologizer"]
    assert idle_components(nlp, {"dep"}) == ["morphologizer", "ner"]


def test_what_runs_finds_what_the_whole_pipeline_finds(tiny):
    nlp = load_pipeline(tiny)
    whole = list(nlp.pipe(TEXTS))
    for needs, seen in (
        ({"pos"}, lambda doc: [(token.pos_, token.head.i) for token in doc]),
        ({"entity"}, lambda doc: [(entity.start, entity.end, entity.label_) for entity in doc.ents]),
    ):
        part = list(nlp.pipe(TEXTS, disable=idle_components(nlp, needs)))
        assert list(map(seen, part)) == list(map(seen, whole))


def test_a_component_that_is_not_spacys_keeps_running_with_all_before_it(tiny):
    nlp = spacy.load(tiny)
    Language.component("test_marks_nothing", func=lambda doc: doc)
    nlp.add_pipe("test_marks_nothing", last=True)
    assert idle_components(nlp, {"pos"}) == []


def test_rules_that_give_parts_of_speech_and_entities_are_enough(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[{"LOWER": "power"}]], {"POS": "NOUN"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Iran"}])
    nlp.to_disk(tmp_path / "rules")
    name = str(tmp_path / "rules")
    assert provided(load_pipeline(name)) == {"pos", "entity"}
    assert found(codebook(NOUN, "entity: GPE"), "The power of Iran.", name=name) == [
        ("x.1", "power"),
        ("x.2", "Iran"),
    ]


def test_a_pass_records_spacy_only_where_an_entry_needs_it(tiny):
    assert pipeline_versions(codebook("power"), tiny) == {}
    assert list(pipeline_versions(codebook(MONEY), "")) == ["spacy", "thinc"]
    recorded = pipeline_versions(codebook(NOUN), tiny)
    assert recorded["spacy"] == spacy.__version__
    assert recorded["pipeline"]["name"] == "en_tiny"
    assert recorded["pipeline"]["version"] == "1.2.3"
    assert len(recorded["pipeline"]["sha256"]) == 64


def test_the_same_pipeline_in_another_place_has_the_same_record_and_another_one_has_not(tiny, tmp_path):
    nlp = spacy.load(tiny)
    nlp.to_disk(tmp_path / "copy")
    nlp.remove_pipe("ner")
    nlp.to_disk(tmp_path / "less")
    first = pipeline_versions(codebook(NOUN), tiny)
    assert pipeline_versions(codebook(NOUN), str(tmp_path / "copy")) == first
    assert pipeline_versions(codebook(NOUN), str(tmp_path / "less")) != first


def test_neither_a_codebook_of_words_nor_checking_any_imports_spacy():
    loaded = "print('spacy' in sys.modules)"
    applied = (
        "import sys; from rubricate import apply_codebook, parse_codebook;"
        "from rubricate.corpus.document import Document, Paragraph;"
        "book = parse_codebook('codes: {x: {terms: [power]}}');"
        "list(apply_codebook(book, [Document('d', 'power', (Paragraph(0, 5),))]));"
    )
    checked = (
        "import sys; from rubricate import parse_codebook;"
        "from rubricate.codebooks.check import check_codebook;"
        "check_codebook(parse_codebook('codes: {x: {terms: [{pos: power/NOUN}, {entity: GPE}]}}'));"
    )
    for program in (applied, checked):
        done = subprocess.run([sys.executable, "-c", program + loaded], capture_output=True, text=True)
        assert (done.stdout, done.stderr) == ("False\n", "")
