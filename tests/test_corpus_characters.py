from __future__ import annotations

import numpy as np
import pytest

from rubricate.corpus.words.characters import (
    CLOSER,
    DASH,
    DASHES,
    IGNORED,
    LETTER,
    MARK,
    OPENER,
    OTHER,
    SINGLE,
    SINGLE_MARK,
    SPACE,
    TERMINAL,
    TERMINALS,
    ZWNJ,
    classify,
    kind_of,
)


def kinds(text: str) -> list[int]:
    return classify(np.array([ord(character) for character in text], np.uint32)).tolist()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aÉßЖםیथ한9٣۴Ⅷ_", LETTER),
        ("\u0301\u064e\u05b0\u093e", MARK),
        ("制々ひカｶไກကក\U00020000", SINGLE),
        ("ั\u3099ិ", SINGLE_MARK),
        (" \n\t\u00a0\u2009\u3000", SPACE),
        ("+&@#€°,:;/|", OTHER),
        ("([{«“¿", OPENER),
        (")]}»”", CLOSER),
        (TERMINALS, TERMINAL),
        (DASHES + ZWNJ, DASH),
        (IGNORED, MARK),
    ],
)
def test_every_character_has_the_class_of_its_kind(text: str, kind: int) -> None:
    if kind == OPENER:
        assert set(kinds(text)) <= {OPENER}
    else:
        assert kinds(text) == [kind] * len(text)


def test_no_text_has_no_classes() -> None:
    assert kinds("") == []


def test_the_class_of_a_character_is_the_same_in_any_text() -> None:
    """Below 256, in plane 0, beyond it, and once more now that all of them are known."""
    codes = [*range(0x3000), *range(0x3000, 0x20000, 7), 0x2FFFF, 0xE0100, 0x10FFFF]
    expected = [kind_of(chr(code)) for code in codes]
    for _ in range(2):
        assert classify(np.array(codes, np.uint32)).tolist() == expected


def test_a_character_beyond_plane_0_leaves_the_classes_of_the_others_alone() -> None:
    assert kinds("a b")[:3] == kinds("a b\U0001d4d0")[:3]
    assert kinds("\U0001d4d0") == [LETTER]
    assert kinds("\U0001f600") == [OTHER]


def test_lone_surrogates_are_no_letters() -> None:
    assert kinds("\ud800\udfff") == [OTHER, OTHER]
