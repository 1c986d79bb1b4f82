"""Regexes and other terms without words: what is ruled out unread holds no match, whatever the script."""

import random

import pytest

from rubricate.codebooks.regex_elements import CLASSES, elements, set_items
from rubricate.codebooks.regexes import compiled, parse_regex
from rubricate.codebooks.terms import Term, parse_term
from rubricate.coding.marked_text import marked_spans, word_borders
from rubricate.coding.sieve import Sieve
from rubricate.coding.spans import Wordless
from rubricate.coding.twins import as_typed
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary

WORDS = (
    "US us Us Iran iran’s IRAN kin \u212ain ſin sin Straße STRASSE STRAẞE İran ıran ΣΑΣ σας 2015 2015s ۱۴۰۰ "
    "P5 co-op coop U.S. U.S U S defence defense san\u00adction sanction \u200fIran\u200e US\u200d a\u200db "
    "cafe\u0301 café cafe \u0301a e\u0345 eι санкции САНКЦИИ تحریم تحريم تحریم\u200cها می\u200cشود 制裁 制 "
    "裁 制a 制\u0301a 辻\U000e0100 น้ำ นา กำ Ⓐ ⓐ Ⅷ ⅷ ƛ \ua7dc ʼn ʹ _x 👍 ❤\ufe0f 𝒳 \ufdd0 ½ ² ª ͅ ﬁ ﬅ"
).split(" ")
GAPS = (
    *[" "] * 8,
    "",
    "",
    "\n",
    "-",
    "–",
    ", ",
    "’",
    ". ",
    "+",
    "\u00a0",
    "\u200b",
    "\x01",
    " :) ",
    "€",
    "%",
)
SIGNS = (":)", "👍", "+", "…", "❤️", "Ⓐ", ") (", "%", "’", ": )", "!!")


def escaped(text):
    return "".join("\\" + character if character in ".+*?()[]{}|^$\\" else character for character in text)


ATOMS = (
    *map(escaped, (*WORDS, *"UISsktaie5+-%€.")),
    r"\b", r"\b", r"\b", r"\s", r"\s", r"\s+", r"\w", r"\d", r"\W", r"\S", r"\D", ".", "^", "$", r"\A", r"\z",
    r"\pL", r"\p{Lu}", "[[:alpha:]]", "[a-c]", "[A-Z]", "[’'ʼ]", r"[\s-]", r"[\w-]", "[^ a]", "[kſß]", "[Ii]",
    r"\x{212a}", r"\.", r"\+", r"[\x{ad}\x{301}a]", "(?i)", "(?-i)", "(?s)", "(?m)", "(?U)",
)  # fmt: skip
REPEATS = (*[""] * 12, "?", "*", "+", "{2}", "{0}", "{0,2}", "{1,2}", "??", "+?", "{2,}")


def some_pattern(draw, depth=0):
    pattern = ""
    for _ in range(draw.randint(1, 4)):
        if depth < 3 and draw.random() < 0.25:
            branches = [some_pattern(draw, depth + 1) for _ in range(draw.choice([1, 1, 2, 3]))]
            pattern += f"{draw.choice(['(', '(?:', '(?:', '(?i:', '(?-i:'])}{'|'.join(branches)})"
        else:
            pattern += draw.choice(ATOMS)
        pattern += draw.choice(REPEATS)
    return pattern


def some_documents(draw):
    """Documents of a few paragraphs, some of which begin or end within a word."""
    documents = []
    for number in range(draw.randint(1, 3)):
        between, edges, text = draw.choice(["\n\n", "\n\n", "\n\n", "", " "]), [], ""
        for _ in range(draw.randint(1, 8)):
            text += between if text else ""
            piece = "".join(draw.choice(WORDS) + draw.choice(GAPS) for _ in range(draw.randint(0, 10)))
            edges.append((len(text), len(text) + len(piece)))
            text += piece
        documents.append(
            Document(str(number), text, tuple(Paragraph(*edge) for edge in edges), language="en")
        )
    return documents


def found(pattern, text, *edges):
    """The hits of a regex or a sign in these paragraphs of a text."""
    document = Document("d", text, tuple(Paragraph(*edge) for edge in edges), language="en")
    regex = regex_or_none(pattern) if pattern in REGEXES else None
    term = Term((), (), regex) if regex else parse_term(pattern)
    reading = read_words([document], Vocabulary())
    return [text[start:end] for _, start, end in Wordless([(0, term)]).find(reading, None)]


REGEXES = (r"a\W+b|b", r"\bIran\b", r"\bian\b", r"\bán", "(?s)b.*")


def test_no_match_reaches_over_paragraphs_or_hides_another():
    assert found(r"a\W+b|b", "a b a\n\nb", (0, 5), (7, 8)) == ["a b", "b"]
    assert found("(?s)b.*", "a b\n\nbb\n\nc", (0, 3), (5, 7), (9, 10)) == ["b", "bb"]
    assert found(") (", "a )\n\n( ) (", (0, 3), (5, 10)) == [") ("]


def test_a_paragraph_that_cuts_a_word_is_read_as_a_text_of_its_own():
    assert found(r"\bIran\b", "Iranian", (0, 4), (4, 7)) == ["Iran"]
    assert found(r"\bian\b", "Iranian", (0, 4), (4, 7)) == ["ian"]
    assert found(r"\bán", "Iránian", (0, 2), (2, 7)) == ["án"]


def test_paragraphs_without_the_words_of_a_regex_are_left_out():
    sieve = Sieve([parse_regex(pattern).needs for pattern in (r"\bUS\s+troops", r"(?i)us\W+troops", r"\d+")])
    vocabulary = Vocabulary()
    first, second = (
        read_words([Document("d", text, (Paragraph(0, 8), Paragraph(10, 20), Paragraph(22, 30)))], vocabulary)
        for text in ("about us\n\nUS  troops\n\nno thing", "US talks\n\nBUS troops\n\nthe west")
    )
    assert [may if may is None else may.tolist() for may in sieve.paragraphs(first)] == [
        [False, True, False], [False, True, False], None,
    ]  # fmt: skip
    assert [may if may is None else may.tolist() for may in sieve.paragraphs(second)] == [
        [False, False, False], [False, True, False], None,
    ]  # fmt: skip


def regex_or_none(pattern):
    try:
        return parse_regex(pattern)
    except ValueError:
        return None


def one_by_one(term, pattern, reading):
    """Every match, each paragraph read by itself in the form that is made for any text."""
    for start, end in zip(reading.paragraph_start.tolist(), reading.paragraph_end.tolist(), strict=True):
        piece = reading.words.text[start:end]
        if term.regex is None:
            yield from (
                match.span() for match in as_typed(term.gaps[0]).finditer(reading.words.text, start, end)
            )
        elif term.regex.borders and not piece.isascii():
            yield from (
                (start + one, start + other) for one, other in marked_spans(term.regex, piece, word_borders)
            )
        else:
            found = compiled(with_classes(pattern)).finditer(piece)
            yield from ((start + match.start(), start + match.end()) for match in found)


def with_classes(pattern):
    """The pattern with the Unicode meanings of its classes, and with its borders."""
    written = ""
    for part in elements(pattern):
        negated, items = set_items(part.text) if part.kind == "set" else (False, [])
        if part.kind == "class":
            written += f"[{'^' * part.text[1].isupper()}{CLASSES[part.text[1].lower()]}]"
        elif items:
            inside = "".join(CLASSES[item.text[1]] if item.kind == "class" else item.text for item in items)
            written += f"[{'^' * negated}{inside}]"
        else:
            written += part.text
    return written


def check(pairs, readings):
    """That terms looked for together are found where each is found in every paragraph by itself."""
    terms = [Term((), (), regex) if regex else parse_term(pattern) for pattern, regex in pairs]
    wordless, vocabulary = Wordless(enumerate(terms)), Vocabulary()
    for documents in readings:
        reading = read_words(documents, vocabulary)
        found = [[] for _ in terms]
        for number, start, end in wordless.find(reading, None):
            found[number].append((start, end))
        for term, (pattern, _), spans in zip(terms, pairs, found, strict=True):
            assert spans == list(one_by_one(term, pattern, reading)), pattern


def check_many(seed):
    """Fifty random regexes and three signs over three readings of a growing vocabulary."""
    draw, pairs = random.Random(seed), []
    while len(pairs) < 50:
        pattern = some_pattern(draw)
        regex = regex_or_none(pattern)
        pairs += [(pattern, regex)] if regex else []
    pairs += [(sign, None) for sign in draw.sample(SIGNS, 3)]
    check(pairs, [some_documents(draw) for _ in range(3)])


@pytest.mark.parametrize("seed", range(20))
def test_a_sieve_loses_nothing(seed):
    check_many(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 320))
def test_a_sieve_loses_nothing_of_thousands_of_regexes(seed):
    check_many(seed)
