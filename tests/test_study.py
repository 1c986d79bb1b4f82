"""Study folders: making one, finding one, and what its study.toml may say."""

import os
import re
from pathlib import Path

import pytest

from rubricate.codebooks import read_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS
from rubricate.corpus.errors import CorpusError
from rubricate.study import Study, find_study, init_study, starters
from rubricate.study_settings import KEYS
from tests.command import contents


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_study_has_settings_a_codebook_and_room_for_a_corpus():
    assert init_study(Path("deep/peace")) == Study(Path("deep/peace"), "peace", "en")
    assert sorted(contents("deep/peace")) == ["codebook.yaml", "corpus", "sources", "study.toml"]
    assert find_study("deep/peace") == Study(Path("deep/peace"), "peace", "en")
    codebook = read_codebook("deep/peace/codebook.yaml")
    assert (codebook.name, [code.id for code in codebook.codes]) == ("peace", ["deterrence"])


def test_an_empty_folder_with_hidden_files_becomes_a_study():
    Path("peace/.git").mkdir(parents=True)
    init_study(Path("peace"))
    assert find_study("peace").name == "peace"
    assert Path("peace/.git").is_dir()


@pytest.mark.parametrize("starter", starters())
def test_a_starter_is_copied_as_it_is(starter):
    init_study(Path("peace"), starter)
    shipped = Path(__file__).parents[1] / "codebooks" / "starters" / f"{starter}.yaml"
    assert Path("peace/codebook.yaml").read_text("utf-8") == shipped.read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["تحریم", "制裁", 'a "quoted" name', "back\\slash", "a\nb", "del\x7f", "{braces}", "it's: yes #1"]
)
def test_a_study_has_the_name_of_its_folder_in_any_script(name):
    study = init_study(Path(name))
    assert find_study(name) == study
    assert read_codebook(f"{name}/codebook.yaml").name == study.name


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_whose_name_is_no_text_becomes_a_study():
    folder = Path(os.fsdecode(b"caf\xe9"))
    init_study(folder)
    assert find_study(str(folder)).name == "caf\\udce9"


def test_a_folder_that_holds_something_is_refused_and_stays_as_it_was():
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("War.")
    with pytest.raises(CorpusError, match=r"^mine: holds notes.txt; name a new or empty folder$"):
        init_study(Path("mine"))
    assert contents("mine") == {"notes.txt": b"War."}


def test_a_study_is_not_made_twice():
    init_study(Path("peace"))
    before = contents("peace")
    with pytest.raises(CorpusError, match=r"^peace: holds codebook.yaml; name a new or empty folder$"):
        init_study(Path("peace"))
    assert contents("peace") == before


def test_a_file_is_no_study():
    Path("notes.txt").write_text("War.")
    with pytest.raises(CorpusError, match=r"^notes.txt: is a file; name a folder$"):
        init_study(Path("notes.txt"))
    with pytest.raises(CorpusError, match=r"^notes.txt/deep: cannot be written: not a directory$"):
        init_study(Path("notes.txt/deep"))


def test_an_unknown_starter_is_refused_before_anything_is_written(here):
    with pytest.raises(
        CorpusError, match=r"^--starter: there is no 'peace'; there are defence_diplomacy, minimal$"
    ):
        init_study(Path("peace"), "peace")
    assert contents(here) == {}


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_study_that_cannot_be_finished_leaves_nothing(here, monkeypatch, existing, failure):
    if existing:
        Path("deep/peace").mkdir(parents=True)
    before = contents(here)

    def fail(*_):
        raise failure

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((CorpusError, KeyboardInterrupt)) as raised:
        init_study(Path("deep/peace"))
    if isinstance(failure, OSError):
        assert str(raised.value) == "deep/peace: cannot be written: no space left on device"
    assert contents(here) == before


def test_a_study_is_found_from_any_folder_inside(monkeypatch):
    init_study(Path("peace"))
    Path("peace/sources/deep").mkdir()
    assert find_study("peace").folder == Path("peace")
    monkeypatch.chdir("peace")
    assert find_study() == Study(Path(), "peace", "en")
    monkeypatch.chdir("sources/deep")
    assert find_study() == Study(Path("../.."), "peace", "en")


def test_no_study_is_told():
    Path("empty").mkdir()
    with pytest.raises(
        CorpusError, match=r"^this folder is no study and lies in none; name one with --study"
    ):
        find_study()
    with pytest.raises(CorpusError, match=r"^empty: is no study: it has no study.toml; make one with"):
        find_study("empty")
    with pytest.raises(CorpusError, match=r"^none: is no study"):
        find_study("none")


def settings(text):
    Path("peace").mkdir(exist_ok=True)
    Path("peace/study.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return find_study("peace")


def test_settings_may_be_left_out():
    assert settings("") == Study(Path("peace"), "peace", "en")
    assert settings('language = "pt-BR"\n') == Study(Path("peace"), "peace", "pt-BR")
    assert settings('name = "War"') == Study(Path("peace"), "War", "en")


def test_a_study_says_how_its_passes_count():
    text = 'unit = "sentence"\nparts = ["body", "title"]\nduplicates = "near"\npipeline = "en_core_web_sm"\n'
    chosen = Settings("sentence", ("title", "body"), "near", pipeline="en_core_web_sm")
    assert settings(text).settings == chosen
    assert settings("").settings == Settings()


def test_a_pipeline_may_be_a_folder_of_the_study():
    Path("peace/models/mine").mkdir(parents=True)
    assert settings('pipeline = "models/mine"').settings.pipeline == "peace/models/mine"


def test_every_setting_that_a_new_study_names_may_be_set():
    init_study(Path("war"))
    text = Path("war/study.toml").read_text()
    assert set(re.findall(r"^(?:# )?(\w+) =", text, re.MULTILINE)) == set(KEYS)
    study = settings(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    chosen = Settings("sentence", ("title", "abstract", "body"), "near", pipeline="en_core_web_sm")
    assert (study.settings, study.sample) == (chosen, True)
    assert settings("").sample is False


def test_a_mistake_is_told_with_its_line():
    with pytest.raises(CorpusError, match=r"^peace/study.toml:3: 'word' is no unit; write one of paragraph"):
        settings('# unit\nname = "x"\n  "unit" = "word"\n')
    with pytest.raises(CorpusError, match=r"^peace/study.toml:2: 'colours' is not known"):
        settings('name = "x"\n[colours]\nred = 1\n')


def test_a_byte_order_mark_is_no_mistake():
    assert settings(b'\xef\xbb\xbfname = "War"\r\n').name == "War"


MISTAKES = {
    "name": "is no sound TOML: Expected '=' after a key in a key/value pair (at end of document)",
    'colour = "red"': "'colour' is not known; there are " + ", ".join(KEYS),
    "name = 3": "name must be a text in quotation marks",
    'name = " "': "name must be a text in quotation marks",
    "[name]\na = 1": "name must be a text in quotation marks",
    'language = "English"': "'English' is no language code; write one such as en, fa or pt-BR",
    'unit = "word"': "'word' is no unit; write one of paragraph, sentence, item, heading, turn, document",
    "unit = 3": "unit must be a text in quotation marks",
    'parts = "body"': 'parts must be a list, such as ["title", "body"]',
    "parts = []": 'parts must be a list, such as ["title", "body"]',
    'parts = ["body", "tail"]': "'tail' is no part; write some of " + ", ".join(PARTS),
    "parts = [3]": "3 is no part; write some of " + ", ".join(PARTS),
    'duplicates = "drop"': "'drop' is no choice; write one of keep, exact, near",
    "pipeline = true": "pipeline must be a text in quotation marks",
    "[subsets]\na = 1": "subsets are not there yet: every pass is over the whole corpus; take them out",
    'sample = "yes"': "sample must be true or false",
    "sample = 1": "sample must be true or false",
    'language = ""': "language must be a text in quotation marks",
    b'name = "caf\xe9"': "is no UTF-8; save it anew",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items())
def test_a_mistake_in_the_settings_is_one_line(text, message):
    with pytest.raises(CorpusError) as raised:
        settings(text)
    line = ":1" if isinstance(text, str) and "=" in text else ""
    assert str(raised.value) == f"peace/study.toml{line}: {message}"


def test_settings_that_cannot_be_opened_are_told():
    Path("peace/study.toml").mkdir(parents=True)
    with pytest.raises(CorpusError, match=r"^peace: is no study"):
        find_study("peace")
