"""What an earlier pass found is used again, and makes no difference but in time."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import parse_codebook
from rubricate.codebooks import read_codebook
from rubricate.coding.apply import unmarked
from rubricate.coding.reuse.coding import ReusingCoder
from rubricate.coding.reuse.keeping import find_kept, read_kept
from rubricate.coding.reuse.keys import code_keys, common_key
from rubricate.coding.settings import Settings
from rubricate.corpus.storage.cache import _hash
from rubricate.corpus.storage.layout import CACHE
from rubricate.corpus.storage.removing import remove_documents
from rubricate.corpus.storage.stored import Store
from rubricate.study import Study
from rubricate.study_coding import _keys
from rubricate.study_pass import PASSES, apply_in_study, replay_in_study
from tests.studies import add, change, new_study, write

WAR = "war: {terms: [war, arms race]}"
ARMS = "arms: {negated: drop, terms: [arms, {term: race, not_inside: [arms race]}]}"
RULE = "rule: {rules: ['@war NEAR/6 arms', 'war AND @arms'], terms: [{term: left, unless: '@war'}]}"
FARSI = "jang: {terms: {fa: [جنگ]}}"
TWICE = "The war ended in an arms race, and no arms were left for us."
TEXTS = {
    "a": "# War\n\nNo war, it said. An arms race.\n\n" + TWICE,
    "b": TWICE + "\n\nWhat war?",
    "c": "جنگ",
}


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write({f"texts/{name}.md": text for name, text in TEXTS.items()})
    folder = new_study()
    add(folder, "texts")
    return folder


def codebook(study, *codes):
    text = "language: en\ncodes:\n" + "".join(f"  {code}\n" for code in codes)
    (study / "codebook.yaml").write_text(text, encoding="utf-8")


def everything(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != "run.json"}


def run(study, chosen=None):
    """The bytes of all files of a pass, and of all tables."""
    done = apply_in_study(Study(study, "s"), "", chosen or Settings(), out="out")
    return everything(done.folder.path), everything("out")


def afresh(study, chosen=None):
    """The same without what earlier passes left."""
    shutil.rmtree(study / CACHE, ignore_errors=True)
    shutil.rmtree(study / PASSES, ignore_errors=True)
    return run(study, chosen)


def layers(study, book, chosen=None):
    """What is kept that a pass with this codebook would use."""
    with Store(study) as store:
        chosen = chosen or Settings()
        return read_kept(find_kept(study, book, chosen, _keys(store, chosen)))


FILTERED = Settings(negated="drop", parts=("title", "heading", "body"))


UNITS = Settings("sentence", duplicates="exact")


@pytest.mark.parametrize(
    ("before", "after", "chosen"),
    [
        ((WAR, ARMS), (WAR, ARMS.replace("race,", "races,")), Settings()),
        ((WAR, ARMS), (ARMS, WAR), UNITS),
        ((WAR,), (ARMS, WAR, FARSI), FILTERED),
        ((WAR, ARMS, FARSI), (FARSI,), Settings()),
        ((WAR, ARMS), (WAR, ARMS.replace("drop", "keep")), FILTERED),
        ((WAR, ARMS), (WAR.replace("war:", "battle:"), ARMS), UNITS),
        ((WAR, ARMS), ("war: {label: Wars, terms: [war, arms race], codes: {" + ARMS + "}}",), Settings()),
        ((WAR,), ("x: {terms: [nowhere]}",), Settings()),
        ((WAR, ARMS, RULE), (WAR, ARMS, RULE, FARSI), Settings()),
        ((WAR, ARMS), (RULE, WAR, ARMS), FILTERED),
        ((WAR, ARMS, RULE), (WAR.replace("war,", "wars,"), ARMS, RULE), Settings()),
    ],
)
def test_a_codebook_that_changed_gives_what_a_full_pass_gives(study, before, after, chosen):
    codebook(study, *before)
    run(study, chosen)
    codebook(study, *after)
    again = run(study, chosen)
    assert again == afresh(study, chosen)


@pytest.mark.parametrize("chosen", [Settings(), Settings(duplicates="exact")])
def test_a_corpus_that_changed_gives_what_a_full_pass_gives(study, chosen):
    codebook(study, WAR, ARMS)
    run(study, chosen)
    change("texts/b.md", "Arms, no war.\n\n" + TEXTS["b"])
    add(study, "texts")
    changed = run(study, chosen)
    assert changed == afresh(study, chosen)
    remove_documents(study, ["a"])
    assert run(study, chosen) == afresh(study, chosen)


def test_only_codes_that_changed_are_looked_for(study):
    codebook(study, WAR, ARMS)
    run(study)
    codebook(study, FARSI, WAR.replace("war,", "wars,"), ARMS)
    book = read_codebook(study / "codebook.yaml")
    assert ReusingCoder(book, Settings(), unmarked, layers(study, book)).changed == [0, 1]
    assert layers(study, book, Settings("sentence")) == []


def test_a_pass_keeps_only_what_is_not_kept_yet(study):
    codebook(study, WAR, ARMS)
    run(study)
    codebook(study, WAR, ARMS.replace("race,", "races,"))
    run(study)
    book = read_codebook(study / "codebook.yaml")
    first, second = layers(study, book)
    assert (len(first.codes), len(second.codes)) == (2, 1)
    codebook(study, WAR, ARMS)
    run(study)
    assert len(list((study / CACHE).glob("coded-*"))) == 2  # what the first pass found is there still


def test_layers_become_one_before_they_are_many(study):
    codes = [f"c{number}: {{terms: [war, arms]}}" for number in range(6)]
    for number, expected in enumerate((1, 2, 3, 4, 1, 2)):
        codes[number] = codes[number].replace("arms", "race")
        codebook(study, *codes)
        again = run(study)
        assert len(layers(study, read_codebook(study / "codebook.yaml"))) == expected
    assert again == afresh(study)


def test_a_code_that_changes_again_and_again_is_always_the_second_layer(study):
    for number in range(6):
        codebook(study, WAR, ARMS.replace("race,", f"race{number},"))
        run(study)
        assert len(layers(study, read_codebook(study / "codebook.yaml"))) == min(number + 1, 2)


@pytest.mark.parametrize("damaged", [0, 1])
@pytest.mark.parametrize("kind", ["coded", "forms"])
def test_a_layer_that_is_damaged_or_gone_is_made_anew(study, kind, damaged):
    codebook(study, WAR, ARMS)
    run(study)
    before = set((study / CACHE).glob(f"{kind}-*"))
    codebook(study, WAR, FARSI, ARMS)
    known = run(study)
    shutil.rmtree(study / PASSES)
    added = set((study / CACHE).glob(f"{kind}-*")) - before
    for path in (before, added)[damaged]:
        path.write_bytes(path.read_bytes()[:-9]) if damaged else path.unlink()
    assert run(study) == known
    assert len(layers(study, read_codebook(study / "codebook.yaml"))) in (1, 2)


def test_what_an_earlier_version_kept_is_not_looked_at(study):
    import pyarrow as pa
    import pyarrow.parquet as pq

    codebook(study, WAR, ARMS)
    first = run(study)
    for path in (study / CACHE).glob("coded-*"):
        table = pq.read_table(path).replace_schema_metadata({b"rubricate": b"{}"})
        pq.write_table(pa.table(table), path)
        path.rename(path.with_name(f"{path.name.partition('.')[0]}.{_hash(path)}.parquet"))
    assert layers(study, read_codebook(study / "codebook.yaml")) == []
    assert run(study) == first


def test_what_was_kept_is_no_secret_of_the_cache(study):
    codebook(study, WAR)
    first = run(study)
    for path in (study / CACHE).glob("coded-*"):
        path.write_bytes(b"damaged")
    assert run(study) == first
    assert (study / CACHE / ".gitignore").read_text() == "*\n"


def test_a_replay_takes_nothing_from_earlier_passes(study):
    codebook(study, WAR, ARMS)
    run(study)
    (path,) = (study / CACHE).glob("forms-*")
    path.write_bytes(b"damaged")
    assert replay_in_study(Study(study, "s"), "")[1].identical


def test_a_study_whose_words_are_not_stored_is_coded_for_all_that(study):
    codebook(study, WAR, ARMS)
    known = run(study)
    (study / "corpus" / "words.arrow").unlink()
    assert afresh(study) == known
    assert add(study, "texts").unchanged == 3  # but the words are made anew
    assert (study / "corpus" / "words.arrow").exists()
    assert afresh(study) == known


def test_a_code_depends_on_those_that_its_rules_ask_about():
    rules = "a: {rules: ['@b AND peace']}, b: {rules: ['@c OR arms']}"
    texts = (f"codes: {{{rules}, c: {{terms: [{term}]}}, d: {{terms: [x]}}}}" for term in ("war", "wars"))
    before, after = (code_keys(parse_codebook(text)) for text in texts)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, False, False, True]


def test_nothing_is_kept_where_a_pipeline_decides():
    book = parse_codebook("codes: {a: {terms: [{entity: GPE}]}, b: {terms: [war]}}")
    assert common_key(book, Settings()) == ""
    assert find_kept(Path("nowhere"), book, Settings(), ["any"]) == ()


WORDS = ("war", "arms", "race", "no", "it said", "“", "”", "?", ".", "—", "\n\n")


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=3),
    st.lists(st.sampled_from([WAR, ARMS, FARSI]), unique=True, min_size=1),
    st.lists(st.sampled_from([WAR, ARMS, FARSI]), unique=True, min_size=1),
)
def test_any_two_passes(tmp_path_factory, texts, before, after):
    folder = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write({f"texts/{number}.txt": "War. " + " ".join(words) for number, words in enumerate(texts)})
        study = new_study()
        add(study, "texts", language="en")
        codebook(study, *before)
        run(study)
        codebook(study, *after)
        assert run(study) == afresh(study)
