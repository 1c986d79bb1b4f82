r"""Users' regexes over texts: Unicode meanings of ``\b \w \d \s``, the same in ASCII and beyond."""

import pytest

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.regexes import parse_regex
from rubricate.coding.apply import apply_codebook
from rubricate.corpus.document import Document, Paragraph


def found(pattern, *paragraphs):
    """The hits of a regex in a document of these paragraphs, as (start, words) in the first to the last."""
    text, places = "", []
    for paragraph in paragraphs:
        places.append(Paragraph(len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    codebook = Codebook("", (Code("c", "", entries=(Entry("c.1", "regex", pattern, "en"),)),))
    (batch,) = apply_codebook(codebook, [Document("d", text.rstrip("\n"), tuple(places), language="en")])
    columns = batch.segments
    return [(start, text[start:end]) for start, end in zip(columns.start, columns.end, strict=True)]


BORDERS = [
    # pattern, text, hits: \b holds where a word begins or ends, in every script
    (r"\bcaf\b", "caf café", ["caf"]),
    (r"\bcafé\b", "café cafés", ["café"]),
    (r"é\b", "é éa", ["é"]),
    (r"\b\w+\b", "İran’s don't", ["İran", "s", "don", "t"]),
    (r"\bتحریم\b", "تحریم‌ها تحریمی تحریم", ["تحریم", "تحریم"]),
    (r"\b制\b", "制裁", ["制"]),
    (r"\bน\b", "น้ำ นา", ["น"]),  # with its marks น้ำ is one word, then another
    (r"\b\d{4}\b", "۱۴۰۰ 14001 é", ["۱۴۰۰"]),
    # a variation selector is a word character like any mark: the border is behind it
    (r"\b\w\w\b", "辻\U000e0100", ["辻\U000e0100"]),
    (r"辻\b", "辻\U000e0100 辻", ["辻"]),
    (r"^\w\w\b$", "辻\U000e0100", ["辻\U000e0100"]),
    ("\\b1\ufe0f\\b", "1\ufe0f é", ["1\ufe0f"]),
    # invisible characters that are no word characters stay outside of a word's borders
    (r"\bIran\b", "\u200fIran\u200e é", ["Iran"]),
    (r"\w\b", "é\u00ad", ["é"]),
    # borders in the neighbourhood of other places
    (r"\b^é", "é é", ["é"]),
    (r"^\bé", "é é", ["é"]),
    (r"é\b$", "é é", ["é"]),
    (r"é$\b", "é é", ["é"]),
    (r"\A\b\bé\b\b\z", "é", ["é"]),
    (r"(?:\bé ?){2}", "é é é", ["é é "]),
    (r"\b(?:a\b|\bé)", "a é", ["a", "é"]),
    (r"(?m)^\bb\b$", "é\nb\nb c", ["b"]),
    (r"(?m:^\bé)|x$", "b\né x", ["é", "x"]),
    (r"(?m:^\bé$)", "b\né\nb", ["é"]),
    (r"(?U)\bé\b.+\b", "é b c", ["é "]),
]


@pytest.mark.parametrize(("pattern", "text", "words"), BORDERS)
def test_a_border_is_where_a_word_begins_or_ends(pattern, text, words):
    assert [hit for _, hit in found(pattern, text)] == words


ANY_CHARACTER = [
    (r"(?s)é\b.", "é\nb", ["é\n"]),
    (r"é\b.", "é\nb", []),
    (r"(?s:é\b.)b.", "é\nb\n", []),
    (r"é\b(?s:.)b(?-s:.)", "é\nbc", ["é\nbc"]),
    (r"((?s)é\b.)b.", "é\nb\n", []),
    (r"((?s)é\b.)b.", "é\nbc", ["é\nbc"]),
    (r"(?s)é|\bb.|c", "é b\nc", ["é", "b\n", "c"]),
    (r"(?si-s)É\b.", "é\n é ", ["é "]),
]


@pytest.mark.parametrize(("pattern", "text", "words"), ANY_CHARACTER)
def test_a_dot_takes_a_line_break_where_the_flag_s_holds(pattern, text, words):
    assert [hit for _, hit in found(pattern, text)] == words


SETS = [
    # sets that hold control characters or all characters must not see anything but the text
    (r"\bé[\x01- ]b", "é b", ["é b"]),
    (r"\bé[^\x01]b", "é b", ["é b"]),
    (r"é\b[\x01]b", "é\x01b é b", ["é\x01b"]),
    (r"é\b\x01b", "é\x01b é b", ["é\x01b"]),
    (r"é\b[^\x01]b", "é\x01b é b", ["é b"]),
    (r"\b[\x80-\x{10ffff}]+\b", "éé aé", ["éé"]),
    (r"\b[\x{0}-\x{10ffff}]", "é b", ["é", " ", "b"]),
    (r"\b[\x{fdcf}-\x{fdf0}a]+", "a é", ["a"]),
    (r"é\b[\PL]+b", "é, b", ["é, b"]),
    (r"é\b[^\PL]", "é, b", []),
    (r"é\b[\P{Lu}]", "é, b", ["é,"]),
    (r"é\b[[:^alpha:]]", "é, b", ["é,"]),
    (r"é\b[^[:alpha:]]", "é, b", ["é,"]),
    (r"é\b[\p{^L}]", "é, b", ["é,"]),
    (r"é\b\p{^L}", "é, b", ["é,"]),
    (r"é\b\PL\W\S", "é, b", ["é, b"]),
    (r"é\b[]x-]", "é] é- éx", ["é]", "é-"]),
    # a backslash before a backslash is one, and no class begins
    (r"[\\d]+", r"\d 12 pN", [r"\d"]),
    (r"\b[\\w]", r"é w\ ", ["w", "\\"]),
    (r"[\\W]", r"W\é", ["W", "\\"]),
    (r"[(?!]", "(no?) é!", ["(", "?", "!"]),
    (r"[\[(?=]", "[=", ["[", "="]),
    (r"[\d\-x]+", "۱-x é", ["۱-x"]),
]


@pytest.mark.parametrize(("pattern", "text", "words"), SETS)
def test_a_set_takes_its_characters_and_nothing_else(pattern, text, words):
    assert [hit for _, hit in found(pattern, text)] == words


def test_characters_without_meaning_in_the_text_stay_characters():
    text = "é\ufdd0\ufdd3\x01 é"
    assert found(r"\bé\b", text) == [(0, "é"), (5, "é")]
    assert found(r"é\b.+?\b", text) == [(0, "é\ufdd0\ufdd3\x01 ")]
    assert found(r"é\b[^ ]{3}", text) == [(0, "é\ufdd0\ufdd3\x01")]


@pytest.mark.parametrize("before", ["", "a ", "é ", "👍 ", "👨\u200d👩\u200d👧 𝒳 ", "e\u0301 ", "制裁\n"])
def test_offsets_count_code_points_whatever_stands_before(before):
    assert found(r"\bUN\b", before + "UN, UNO") == [(len(before), "UN")]
    assert found(r"UN(?:O|,)", before + "UN, UNO") == [(len(before), "UN,"), (len(before) + 4, "UNO")]


def test_a_regex_is_case_sensitive_unless_it_says_otherwise():
    assert found("us", "US us é") == [(3, "us")]
    assert found(r"(?i)\bus\b", "US us é") == [(0, "US"), (3, "us")]


def test_a_regex_stays_within_a_paragraph():
    assert found(r"a\s+b", "a", "b") == []
    assert found(r"a\s+b", "a\nb") == [(0, "a\nb")]
    assert found(r"(?s)a.*z", "a é", "z", "a z") == [(8, "a z")]
    assert found(r"^\w+$", "é", "b c", "d") == [(0, "é"), (8, "d")]


def test_spaces_digits_and_words_are_those_of_unicode():
    assert found(r"a\sb", "a\u00a0b a\u2003b a\u3000b a\u200bb") == [
        (0, "a\u00a0b"), (4, "a\u2003b"), (8, "a\u3000b"),
    ]  # fmt: skip
    assert found(r"\d+", "12 ۱۲ १२ ½ ²") == [(0, "12"), (3, "۱۲"), (6, "१२")]
    assert found(r"\w+", "e\u0301_1 制裁 👍 Ⅻ") == [(0, "e\u0301_1"), (5, "制裁"), (10, "Ⅻ")]


def test_matches_of_nothing_are_no_hits():
    assert found(r"x*y", "") == found(r"x*y", "é") == []


REFUSED = [
    (r"a(?=b)", "lookahead"),
    (r"(?<!a)b", "lookbehind"),
    (r"(a)\1", "backreference"),
    (r"(?P<x>a)(?P=x)", "backreference"),
    (r"a*", "empty string"),
    (r"\b", "empty string"),
    (r"^|x", "empty string"),
    (r"\B.", r"\\B is not supported"),
    (r"\Qa.b\E", r"\\Q is not supported"),
    (r"[\W]", r"\\W cannot stand inside"),
    (r"[a\\\S]", r"\\S cannot stand inside"),
    (r"a\b+", "repeat"),
    (r"a\b*b", "repeat"),
    (r"^?a", "repeat"),
    (r"\b(?m){2}a", "repeat"),
    (r"x+(?i)?", "repeat"),
    (r"a(?:\b|x)*b", "repeat"),
    (r"(a(\b)?){2}", "repeat"),
    ("\\b\ufdd3", "U\\+FDD3"),
    (r"\b\x{fdd3}", "U\\+FDD3"),
    (r"\b[a-\x{FDD3}]", "U\\+FDD3"),
    ("[\ufdef]", "U\\+FDEF"),
    ("(", "not a regex"),
    ("[z-a]", "not a regex"),
    (r"a\b" * 17, "more than 16"),
]


@pytest.mark.parametrize(("pattern", "message"), REFUSED)
def test_a_regex_that_cannot_be_kept_is_refused(pattern, message):
    with pytest.raises(ValueError, match=message):
        parse_regex(pattern)


@pytest.mark.parametrize("pattern", [r"\\(?:a)", r"\\1x", r"(?:\bUS ?){2,5}", r"\(\?=x", "[a(?<!]", r"\\b+"])
def test_an_escaped_backslash_hides_nothing_forbidden(pattern):
    assert parse_regex(pattern)
