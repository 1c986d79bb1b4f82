import pytest

from rubricate.corpus.document import Document
from rubricate.scripts import Foreign, is_foreign, script_of, watch_scripts

TEXTS = {
    "Latin": "The ferry left the quiet harbour before dawn.",
    "Arabic": "کشتی پیش از سپیده‌دم بندر آرام را ترک کرد.",
    "Cyrillic": "Паром покинул тихую гавань до рассвета.",
    "Han": "渡轮在黎明前离开了宁静的港口码头没有人看见它离去的样子",
}


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("written", TEXTS)
def test_a_text_is_foreign_to_every_script_but_its_own(script, written):
    assert is_foreign(TEXTS[written], script) == (script != written)


def test_names_in_another_script_do_not_make_a_text_foreign_nor_native():
    assert not is_foreign(TEXTS["Arabic"] + " (NATO, SWIFT, UNSCR 1929)", "Arabic")
    assert is_foreign(TEXTS["Arabic"] * 10 + " (NATO, SWIFT)", "Latin")


@pytest.mark.parametrize("text", ["", "1929, 2231.", "— ؟ —", "Καλημέρα"])
def test_too_few_letters_say_nothing(text):
    assert not is_foreign(text, "Latin")


def test_letters_of_a_script_that_is_not_in_the_table_are_letters():
    assert is_foreign("Το πλοίο άφησε το λιμάνι πριν την αυγή.", "Latin")


def test_of_a_language_whose_script_is_not_known_nothing_is_foreign():
    assert [script_of(language) for language in ("", "ja", "tlh", "en-GB", "FA")] == [
        *("", "", ""),
        *("Latin", "Arabic"),
    ]
    assert not is_foreign(TEXTS["Cyrillic"], "")


def test_documents_go_by_and_the_foreign_ones_are_noted():
    documents = [
        Document("a", TEXTS["Cyrillic"], (), language="en"),
        Document("b", TEXTS["Cyrillic"], (), language="ru"),
        Document("c", TEXTS["Cyrillic"], (), language="ja"),
        Document("d", TEXTS["Latin"], (), language="fa"),
    ]
    foreign = []
    assert list(watch_scripts(iter(documents), foreign)) == documents
    assert foreign == [Foreign("a", "Latin", "en"), Foreign("d", "Arabic", "fa")]
