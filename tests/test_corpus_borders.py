from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.words.borders import Vocabulary, find_words, word_edges, words_of
from rubricate.corpus.words.characters import DASHES, IGNORED, QUOTES, ZWNJ
from rubricate.corpus.words.folding import fold

UNSPACED = (
    "CJK ",
    "HIRAGANA",
    "KATAKANA",
    "HALFWIDTH KATAKANA",
    "THAI",
    "LAO",
    "MYANMAR",
    "KHMER",
    "IDEOGRAPHIC",
)
APOSTROPHES = frozenset("".join(QUOTES.values()))
CHARACTERS = st.one_of(
    st.sampled_from("abcXYZéßİ09_"),
    st.sampled_from("шщъЖ"),
    st.sampled_from("تحریمكي۴٣\u064e\u0651"),
    st.sampled_from("制裁々ひカｶ\u3099"),
    st.sampled_from("ไทกำ่ັກကိក"),
    st.sampled_from("𝒳😀𠀀𐍈\U000e0100\ufe0f"),
    st.sampled_from(IGNORED + ZWNJ),
    st.sampled_from(" \n\t\u00a0.,'’ʼ-–—()\u0301"),
)
TEXTS = st.text(CHARACTERS, max_size=60)


def is_unspaced(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(UNSPACED) and unicodedata.category(character)[0] in "LN"


def slow_words(text: str) -> list[tuple[int, int]]:
    """The definition, character by character; a mark belongs to the character before it."""
    found: list[list[int]] = []
    open_word = bearer_unspaced = False
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        mark = character in IGNORED or category[0] == "M"
        letter = category[0] == "L" or category in ("Nd", "Nl") or character == "_"
        if character in DASHES + ZWNJ or character in APOSTROPHES or not (mark or letter):
            open_word = bearer_unspaced = False
            continue
        if not open_word or (not mark and (is_unspaced(character) or bearer_unspaced)):
            found.append([at, at + 1])
        else:
            found[-1][1] = at + 1
        open_word = True
        if not mark:
            bearer_unspaced = is_unspaced(character)
    return [(start, end) for start, end in found if fold(text[start:end])]


def borders(text: str) -> list[tuple[int, int]]:
    words = find_words(text, Vocabulary())
    return list(zip(words.start.tolist(), words.end.tolist(), strict=True))


@settings(max_examples=400)
@given(TEXTS)
def test_words_are_those_of_a_slow_loop(text: str) -> None:
    assert borders(text) == slow_words(text)


@given(st.lists(TEXTS, max_size=4))
def test_equal_words_have_one_number_and_different_words_two(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    numbers: dict[str, int] = {}
    for text in texts:
        words = find_words(text, vocabulary)
        for start, end, number in zip(
            words.start.tolist(), words.end.tolist(), words.id.tolist(), strict=True
        ):
            assert vocabulary.words[number] == text[start:end]
            assert numbers.setdefault(text[start:end], number) == number
    assert len(set(numbers.values())) == len(numbers)
    assert len(set(vocabulary.words)) == len(vocabulary.words)


def test_no_text_has_no_words() -> None:
    assert words_of("") == words_of(" \n—…") == []
    assert len(find_words("", Vocabulary())) == 0


def test_what_nobody_sees_is_no_word() -> None:
    assert words_of("\u00ad a \u200d") == ["a"]


def test_what_nobody_sees_stays_in_its_word() -> None:
    assert words_of("san\u00adction") == ["san\u00adction"]


def test_hyphens_apostrophes_and_joiners_that_part_part() -> None:
    assert words_of("East-oriented Iran’s می\u200cشود x_1") == [
        "East",
        "oriented",
        "Iran",
        "s",
        "می",
        "شود",
        "x_1",
    ]


def test_scripts_without_spaces_have_a_word_per_character() -> None:
    assert words_of("制裁x制") == ["制", "裁", "x", "制"]
    assert words_of("ไทย") == ["ไ", "ท", "ย"]
    assert words_of("กั่น") == ["กั่", "น"]


@given(st.text(st.sampled_from("aZé_9 -—.,’\u200c\u00ad\u200d制裁กั่นကဤつ々كي۱ًⓐ😀\ufe0f\u0301\n")))
def test_words_of_a_short_text_are_those_of_a_long_one(text: str) -> None:
    words = find_words(text, Vocabulary())
    assert word_edges(text) == list(zip(words.start.tolist(), words.end.tolist(), strict=True))


def test_words_of_any_length_are_told_apart_to_their_last_letter() -> None:
    vocabulary = Vocabulary()
    for length in (*range(1, 20), 63, 64, 65, 66, 200, 5000):
        stem = "a" * (length - 1)
        words = find_words(f"{stem}b {stem}c {stem}b", vocabulary)
        one, other, again = words.id.tolist()
        assert one == again != other
        assert vocabulary.words[one] == stem + "b"


def test_a_word_is_the_same_wherever_it_stands() -> None:
    words = find_words("𝒳 arms\n" * 3 + "arms", Vocabulary())
    assert set(words.id.tolist()) == {0, 1}
    assert set(find_words("arms", vocabulary := Vocabulary()).id.tolist()) == {0}
    assert find_words("𠀀 arms", vocabulary).id.tolist() == [1, 0]


def test_a_text_of_more_than_a_million_characters_has_the_words_of_its_pieces() -> None:
    piece = "sanctions on Iran’s " + "x" * 70 + " تحریم " + "y" * 9 + "制 "
    times = 1_100_000 // len(piece) + 1
    vocabulary = Vocabulary()
    long, short = find_words(piece * times, vocabulary), find_words(piece, vocabulary)
    assert len(piece) * times > 1 << 20
    assert long.id.tolist() == short.id.tolist() * times
    assert long.start.tolist()[-len(short) :] == (short.start + len(piece) * (times - 1)).tolist()


def test_a_word_of_more_than_a_million_characters_is_one_word() -> None:
    size = (1 << 20) + 5
    vocabulary = Vocabulary()
    words = find_words("z" * size + " a " + "z" * size + "a a", vocabulary)
    assert words.id.tolist() == [0, 1, 2, 1]
    assert [len(word) for word in vocabulary.words] == [size, 1, size + 1]


def test_words_of_other_lengths_with_the_same_beginning_and_end_have_other_numbers() -> None:
    words = ["Ghanian", "Ghanaian", "lengthy", "lenghthy", "abcde", "abcdbcde", "abcdabcd", "abcdeabcd"]
    vocabulary = Vocabulary()
    assert find_words(" ".join(words), vocabulary).id.tolist() == list(range(len(words)))
    assert vocabulary.words == words


def test_all_words_of_a_word_list_have_numbers_of_their_own() -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms = sorted(
        {
            form
            for form in DefaultDictionaryFactory().get_dictionary("en")
            if form.isalpha() and "ʼ" not in form
        }
    )
    vocabulary = Vocabulary()
    assert find_words(" ".join(forms), vocabulary).id.tolist() == list(range(len(forms)))
