from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from rubricate.corpus.parts.names import START, is_known_heading, named, named_furniture, names
from rubricate.corpus.words.folding import fold

FILES = {
    file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8"))
    for file in (files("rubricate.corpus.parts") / "headings").iterdir()
    if file.name.endswith(".toml")
}
KINDS = {
    "references", "sources", "abstract", "other", "teaser", "button", "form", "sites", "salutations",
    "labels", "bylines", "published", "roles", "outlets", "keywords", "notices", "statements", "calls",
    "downloads", "reading", "home", "days",
    "comments", "counted", "author",
}  # fmt: skip


def test_the_languages_are_these() -> None:
    assert set(FILES) == {"en", "fa", "de", "fr", "ru", "tr", "es", "ar"}


@pytest.mark.parametrize("code", sorted(FILES))
def test_names_in_the_data_are_folded_and_of_a_kind_that_is_read(code: str) -> None:
    assert set(FILES[code]) <= KINDS
    for kind, known in FILES[code].items():
        assert known == [fold(name) for name in known], kind
        assert len(known) == len(set(known)), kind


@pytest.mark.parametrize("code", sorted(FILES))
def test_what_is_looked_for_everywhere_is_long_enough_for_the_first_test(code: str) -> None:
    lines = ("button", "teaser", "comments", "reading", "keywords")
    kinds = (*lines, "notices", "statements", "calls", "downloads")
    assert all(len(name) >= START for kind in kinds for name in FILES[code].get(kind, ()))


@pytest.mark.parametrize("code", sorted(FILES))
def test_no_doubtful_name_is_a_sure_one(code: str) -> None:
    assert set(FILES[code]["sources"]).isdisjoint(FILES[code]["references"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("References", "references"),
        ("REFERENCES:", "references"),
        ("5- References", "references"),
        ("5. References.", "references"),
        ("Literature", "sources"),
        ("IV. Sources", "sources"),
        ("Abstract", "abstract"),
        ("2.1 Methods", "other"),
        ("References.", ""),
        ("literature.", ""),
        ("Literature.", ""),
        ("Conclusion.", ""),
        ("References,", ""),
        ("a. literature.", ""),
        ("Check Also", ""),
        ("The References of the Towns", ""),
    ],
)
def test_this_is_what_a_line_is_known_for(text: str, kind: str) -> None:
    assert named(text, "en") == kind
    assert is_known_heading(text, "en") == bool(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Share", "button"),
        ("SHARE:", "button"),
        ("Comments", "button"),
        ("Comments (12)", "comments"),
        ("Comments 12", "comments"),
        ("12 comments", "comments"),
        ("Leave a Reply", "comments"),
        ("Comment 12", ""),
        ("12. Comments", ""),
        ("Read more …", "teaser"),
        ("Read more »", "teaser"),
        ("Read more...", "teaser"),
        ("Share.", ""),
        ("- Share", ""),
        ("• Share", ""),
        ("2. Share", ""),
        ("Share of the towns", ""),
        ("Share, please", ""),
    ],
)
def test_this_is_what_a_line_of_a_page_is(text: str, kind: str) -> None:
    assert named_furniture(text, "en") == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "ZUSAMMENFASSUNG", "abstract"),
        ("de", "2. Schluß", "other"),
        ("de-AT", "Fußnoten", "sources"),
        ("fr", "Résumé", "abstract"),
        ("ru", "ЗАКЛЮЧЕНИЕ", "other"),
        ("tr", "TARTIŞMA", "other"),
        ("tr", "Tartışma", "other"),
        ("tr", "GİRİŞ", "other"),
        ("es", "Conclusiones", "other"),
        ("ar", "الملخص التنفيذي", "abstract"),
        ("ar", "المراجع", "references"),
        ("fa", "نتیجه‌گیری", "other"),
        ("fa", "منابع و مآخذ:", "references"),
    ],
)
def test_every_language_has_its_names_and_the_english_ones(language: str, text: str, kind: str) -> None:
    assert named(text, language) == kind
    assert named(text, "xx") == ""
    assert named("Conclusion", language) == "other"


@pytest.mark.parametrize("language", ["", "xx", "../en", "e\0n"])
def test_an_unknown_language_has_the_english_names(language: str) -> None:
    assert names(language) == names("en")
