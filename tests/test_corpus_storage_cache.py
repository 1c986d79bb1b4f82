"""What a study has computed and keeps may be damaged or taken away: no result ever depends on it."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from rubricate.coding.settings import Settings
from rubricate.corpus.storage.cache import cache, cached, cached_names
from rubricate.corpus.storage.layout import CACHE
from rubricate.corpus.words import lemmas
from rubricate.study import Study
from rubricate.study_pass import PASSES, apply_in_study
from tests.studies import add, new_study, write

NEAR = Settings(duplicates="near")
SPEECH = "They say that the war is over and that an arms race of eleven countries has begun. "
CODEBOOK = "codes: {war: {terms: [war, arms race]}, race: {terms: [race], rules: [war AND race]}}"


KINDS = ("coded", "duplicates", "forms", "lemmas")


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study with a pass, and all that it left in the cache."""
    monkeypatch.chdir(tmp_path)
    write({f"texts/{name}.txt": SPEECH + text for name, text in {"a": "", "b": "", "c": "Wars."}.items()})
    folder = new_study()
    add(folder, "texts")
    (folder / "codebook.yaml").write_text(CODEBOOK)
    monkeypatch.setattr(lemmas, "_LISTS", {})
    run(folder, "lemmas")
    return folder


def run(study, kind=""):
    """The bytes of all tables of the pass; word lists are asked as by a new process where that matters."""
    if kind == "lemmas":
        for path in (study / CACHE).glob("coded-*"):
            path.unlink()  # or nobody would ask for a lemma
        lemmas._LISTS.clear()
        for remembered in (lemmas.lemma, lemmas._standard, lemmas._inverse):
            remembered.cache_clear()
    shutil.rmtree(study / PASSES, ignore_errors=True)
    apply_in_study(Study(study, "s"), "", NEAR, out="out")
    return {path.name: path.read_bytes() for path in Path("out").iterdir()}


def kept(study, kind):
    (path,) = (study / CACHE).glob(f"{kind}-*")
    return path


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_a_byte_that_has_changed_changes_no_result(study, kind):
    known, content = run(study), kept(study, kind).read_bytes()
    for place in range(1, len(content), len(content) // 3):
        kept(study, kind).write_bytes(flipped(content, place))
        assert run(study, kind) == known
        assert kept(study, kind).read_bytes() == content  # and it is whole again


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b"PAR1 and no table PAR1"])
def test_what_is_no_such_file_changes_no_result(study, kind, content):
    known = run(study)
    kept(study, kind).write_bytes(content)
    assert run(study, kind) == known


def test_a_sound_file_in_the_place_of_another_changes_no_result(study):
    known = run(study)
    kept(study, "coded").write_bytes(kept(study, "duplicates").read_bytes())
    assert run(study) == known


def test_lemmas_that_somebody_wrote_into_the_cache_are_not_believed(study):
    known = run(study)
    answers = json.loads(kept(study, "lemmas").read_text())
    wrong = {name: dict.fromkeys(some, "x") for name, some in answers.items()}
    kept(study, "lemmas").write_text(json.dumps(wrong))
    assert run(study, "lemmas") == known


def test_a_folder_that_nobody_can_write_costs_time_and_nothing_else(study):
    known = run(study)
    with suppress(OSError):
        kept(study, "coded").unlink()
        (study / CACHE).chmod(0o500)
    assert run(study) == known
    (study / CACHE).chmod(0o700)


@pytest.mark.parametrize("instead", ["file", "link to nowhere"])
def test_what_stands_in_the_place_of_the_cache_is_left_alone(study, instead):
    known = run(study)
    shutil.rmtree(study / CACHE)
    if instead == "file":
        (study / CACHE).write_text("mine")
    else:
        (study / CACHE).symlink_to("nowhere")
    assert run(study) == known
    assert (study / CACHE).is_symlink() or (study / CACHE).read_text() == "mine"


def test_what_is_kept_is_found_by_its_name_until_another_takes_its_place(tmp_path):
    cache(tmp_path, "kind-a.json", lambda new: new.write_text("1"))
    cache(tmp_path, "kind-b.json", lambda new: new.write_text("2"))
    cache(tmp_path, "kind-a.json", lambda new: new.write_text("3"))
    assert cached(tmp_path, "kind-a.json").read_text() == "3"
    assert sorted(cached_names(tmp_path, "kind-")) == ["kind-a.json", "kind-b.json"]
    assert cached(tmp_path, "kind-c.json") is None
