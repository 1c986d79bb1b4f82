"""The engine against the reference matcher, over random texts and codebooks in many scripts."""

from collections import Counter
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.regexes import parse_regex
from rubricate.codebooks.terms import parse_term
from rubricate.coding import apply
from rubricate.coding.apply import apply_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph
from tests.reference_matcher import SETS, cut_term, find, speaks

LATIN = (
    "sanction sanctions Sanctions sanctioned san\u00adction SANCTIONS defence defense Defence arms arm control "
    "controls East oriented talks talk Iran iran US us U S u.s SWIFT swift C c P5 1 AT T MI6 café cafe\u0301 CAFÉ "
    "Straße STRASSE strasse Macht Mächte macht Häuser Haus İran x_1 no not never only but without doubt longer "
    "lack of instead cannot don’t led the visa Etc Mr e.g No"
).split(" ")
CYRILLIC = "санкции САНКЦИИ санкция оружие оружия не и Ёлка ёлка".split(" ")
PERSIAN = (
    "تحریم تحريم تحریم\u200cها تـحریم تَحریم تحریم\u200fها كتاب کتاب کتابی می شود می\u200cشود ۱۴۰۰ ١٤٠٠ 1400 ها \u200fایران ایران\u200e"
).split(" ")
UNSPACED = "制裁 制 裁 武器 制\u00ad裁 ไทย กำ กา ひらカ 制a a制 辻\U000e0100".split(" ")
ASTRAL = "👍 👨\u200d👩\u200d👧 ❤️ ❤ 𝒳 🇮🇷 😀 𠀀 1️⃣ Ⓐ ⓐ".split(" ")
FLAGGED = (
    "sanction sanctions talks arms no not lack of doubt only but may May might could would like reportedly alleged "
    "possible likely is to said says that claims accused according article he we I my government the minister said "
    "put it so-called because however had 'tis ’90s states' 's 12\" 6' "
    "kein nicht könnte würde laut sagte selon n pas pourrait не может бы заявил якобы по словам گفت نیست شاید ممکن است"
).split(" ")
VOCABULARIES = (LATIN, LATIN, FLAGGED, FLAGGED, CYRILLIC, PERSIAN, UNSPACED, ASTRAL)
GAPS = (
    *[" "] * 16,
    *(
        "  ",
        "\n",
        "\u00a0",
        "-",
        "-",
        "‑",
        "–",
        "—",
        " - ",
        " – ",
        "-\n",
        "–  \n ",
        "\n-",
        ", ",
        ". ",
        ".",
        ".\n",
    ),
    *(
        "? ",
        "; ",
        ": ",
        " (",
        ") ",
        "’s ",
        "'s ",
        "ʼs ",
        "'",
        "’",
        "`",
        "/",
        "&",
        "+",
        "++ ",
        "++",
        "",
        "\u200c",
    ),
    *(
        "\u200c ",
        " \u200c",
        "\u200d",
        "\u00ad",
        " \u200e ",
        "-\u200e\n",
        " :) ",
        ":-) ",
        "…",
        "!",
        "!!",
        "*",
        "\\",
    ),
    *(" & ", "。", "؟ ", "،", "#", "@", "\t", "-\u00a0", "\u200c\u200c", "(\n", "\r\n", "\u0301 "),
    *(
        "\x01",
        "\ufdd0",
        " \ufdd4 ",
        "\ufe0f",
        "\ufe0f ",
        "\U000e0100 ",
        "\u2066",
        "\u200b",
        " \u0301",
        "\n\n",
        "\u0301",
    ),
)
QUOTING = (
    ' "',
    '" ',
    '"',
    " “",
    "” ",
    "“ ",
    " ”",
    "„",
    "“",
    " ‘",
    "’ ",
    " '",
    "' ",
    " «",
    "» ",
    "» ",
    " »",
    "« ",
    "「",
    "」",
)
ENDING = (", ", ", ", "، ", "? ", "؟ ", "?” ", '?" ', "?! ", "? » ", ".” ", " (“", ": “", ", – ", "? 3 ")
JOINS = (
    *[" "] * 8,
    "-",
    "-",
    "–",
    ".",
    ". ",
    "&",
    " & ",
    "+",
    "’s ",
    "'",
    "/",
    "",
    "",
    "\u200c",
    " - ",
    ".-",
    "  ",
)
EDGES = (*[""] * 16, ".", "++", "#", "(", ")", "+", "!", "( ")
WORDLESS = (
    ":)",
    ":-)",
    "👍",
    "👨\u200d👩\u200d👧",
    "❤️",
    "!!",
    "…",
    "&",
    "++",
    ": )",
    "—",
    "\\*",
    "?!",
    "(",
    "- -",
    "Ⓐ",
    "😀",
)


def texts(vocabulary):
    gaps = (*GAPS, *QUOTING * 2, *ENDING * 2, *[" "] * 40) if vocabulary is FLAGGED else GAPS
    tokens = st.tuples(st.sampled_from(vocabulary), st.sampled_from(gaps))
    return st.lists(tokens, min_size=0, max_size=14).map(lambda pairs: "".join(map("".join, pairs)))


@st.composite
def documents(draw, vocabularies, number):
    whole = FLAGGED if FLAGGED in vocabularies else sum(vocabularies, [])
    pieces = draw(st.lists(texts(whole), min_size=0, max_size=4))
    pieces = [piece.strip() for piece in pieces]
    pieces = [piece for piece in pieces if piece]
    paragraphs, text = [], ""
    for piece in pieces:
        part = draw(st.sampled_from(["body", "body", "body", "references", "title"]))
        start = len(text) + 2 * bool(paragraphs)
        text += ("\n\n" if paragraphs else "") + piece
        paragraphs.append(Paragraph(start, start + len(piece), part))
    language = draw(st.sampled_from(["en", "en", "en-GB", "", "de", "fa", "fr", "ru", "zh"]))
    return Document(str(number), text, tuple(paragraphs), language=language)


@st.composite
def words(draw, vocabulary):
    word = draw(st.sampled_from(vocabulary))
    shape = draw(st.sampled_from(["", "", "", "", "", "*", "?", "^*", "in"]))
    if shape == "in" and len(word) > 2:
        return word[0] + "*" + word[2:]
    return "*" + word[1:] if shape == "^*" and len(word) > 1 else word + (shape if shape in "*?" else "")


@st.composite
def terms(draw, vocabulary):
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(WORDLESS))
    term = draw(words(vocabulary))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        term += draw(st.sampled_from(JOINS)) + draw(words(vocabulary))
    return draw(st.sampled_from(EDGES)) + term + draw(st.sampled_from(EDGES))


ATOMS = (
    r"\w",
    r"\d",
    r"\s",
    ".",
    "[sanctio]",
    "[^ s]",
    r"\W",
    r"\S",
    r"\b",
    r"\b",
    r"\b",
    "US",
    "制",
    "é",
    "ت",
    "й",
    "-",
    "^",
    "$",
    *SETS,
)
QUANTIFIERS = {"": (1, 1), "+": (1, 99), "*": (0, 99), "?": (0, 1), "{1,3}": (1, 3)}


@st.composite
def regexes(draw, deep=True):
    """A pattern and its branches as the reference wants them."""
    branches, pattern = [], []
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        items, text = [], ""
        for _ in range(draw(st.integers(1, 4))):
            if deep and draw(st.integers(0, 5)) == 0:
                inner, group = draw(regexes(deep=False))
                count = draw(st.integers(1, 2))
                text += f"(?:{inner}){'{2}' if count == 2 else ''}"
                items.append((group, count, count))
                continue
            atom = draw(st.sampled_from(ATOMS))
            word = len(atom) == 2 and atom[0] != "\\"
            plain = word or atom in (r"\b", "^", "$")
            sign = "" if plain else draw(st.sampled_from([*QUANTIFIERS]))
            text += atom + sign
            items += [(letter, *QUANTIFIERS[sign]) for letter in (atom if word else [atom])]
        if draw(st.integers(0, 7)) == 0:
            items, text = [("^", 1, 1), *items], "^" + text
        if draw(st.integers(0, 7)) == 0:
            items, text = [*items, ("$", 1, 1)], text + "$"
        branches.append(items)
        pattern.append(text)
    return "|".join(pattern), branches


@st.composite
def codebooks(draw, vocabularies):
    vocabulary = sum(vocabularies, [])
    patterns, codes = {}, []
    for number in range(draw(st.integers(1, 3))):
        entries = []
        for _ in range(draw(st.integers(0, 5))):
            kind = draw(st.sampled_from([*["term"] * 7, "word", "case", "lemma", "glob", "regex"]))
            if kind == "regex":
                text, branches = draw(regexes())
                patterns[text] = branches
            else:
                text = draw(terms(vocabulary))
            outer = tuple(draw(st.lists(terms(vocabulary), max_size=2))) if draw(st.booleans()) else ()
            outer = tuple(term for term in outer if is_term(term))
            language = draw(st.sampled_from(["en", "en", "any", "any", "fa", "de"]))
            if is_term(text, kind):
                entries.append(Entry(f"c{number}.{len(entries)}", kind, text, language, not_inside=outer))
        negated = draw(st.sampled_from(["keep", "keep", "drop"]))
        codes.append(Code(f"c{number}", "", entries=tuple(entries), negated=negated))
    return Codebook("random", tuple(codes), language=draw(st.sampled_from(["en", "en", "fa"]))), patterns


def is_term(text, kind="term"):
    try:
        parse_term(text, kind)
    except ValueError:
        return False
    return True


@st.composite
def jobs(draw):
    vocabularies = draw(st.lists(st.sampled_from(VOCABULARIES), min_size=1, max_size=2))
    codebook, patterns = draw(codebooks(vocabularies))
    count = draw(st.integers(1, 4))
    return codebook, patterns, [draw(documents(vocabularies, number)) for number in range(count)]


@contextmanager
def batch_size(characters):
    before, apply.BATCH = apply.BATCH, characters
    try:
        yield
    finally:
        apply.BATCH = before


def check(job, unit, size):
    codebook, patterns, some = job
    with batch_size(size):
        batches = list(apply_codebook(codebook, some, Settings(unit=unit)))
    assert [one for batch in batches for one in batch.documents] == some
    owners = [number for number, code in enumerate(codebook.codes) for _ in code.entries]
    matches, forms = Counter(), Counter()
    for batch in batches:
        matches.update({entry: count for entry, count in enumerate(batch.matches.tolist()) if count})
        forms.update(batch.forms)
        check_columns(batch, codebook)
        for number, document in enumerate(batch.documents):
            check_document(batch, number, document, codebook, patterns, unit)
    expected = [find(codebook, document, patterns) for document in some]
    assert matches == sum((Counter(found.matches) for found in expected), Counter())
    assert forms == sum((Counter(found.forms) for found in expected), Counter())
    assert all(owners[entry] < len(codebook.codes) for entry in matches)


def check_document(batch, number, document, codebook, patterns, unit):
    columns, found = batch.segments, find(codebook, document, patterns)
    rows = [index for index, one in enumerate(columns.document.tolist()) if one == number]
    names = ("start", "end", "code", "entry", "words", *FLAGS, "sentence_start", "sentence_end")
    seen = [tuple(getattr(columns, name)[index].item() for name in names) for index in rows]
    assert seen == [(*one[:5], *one[5], *one[6]) for one in found.segments]
    for index, (start, end, *_) in zip(rows, seen, strict=True):
        assert 0 <= start < end <= len(document.text)
        paragraph = document.paragraphs[columns.paragraph[index]]
        assert paragraph.start <= start < end <= paragraph.end
        passage = columns.passage[index]
        assert batch.passages.document[passage] == number
        assert batch.passages.start[passage] <= start
        # A regex can begin in the white space behind a sentence: it then belongs to that sentence.
        assert not document.text[batch.passages.end[passage] : start + 1].strip()
        if unit != "document":
            assert batch.passages.paragraph[passage] == columns.paragraph[index]
    language = document.language or codebook.language
    applicable = [any(speaks(entry, language) for entry in code.entries) for code in codebook.codes]
    assert batch.applicable[number].tolist() == applicable


def check_columns(batch, codebook):
    columns = batch.segments
    order = list(zip(columns.document, columns.start, columns.end, columns.code, strict=True))
    assert order == sorted(order)
    for code in range(len(codebook.codes)):
        mine = [index for index in range(len(columns)) if columns.code[index] == code]
        taken = [word for i in mine for word in range(columns.word[i], columns.word[i] + columns.words[i])]
        assert len(taken) == len(set(taken))
    assert sum(hits for _, _, hits in batch.parts.values()) >= len(columns)


UNITS = st.sampled_from(["paragraph", "sentence", "document"])
SIZES = st.sampled_from([1, 40, 2_000_000])
UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=UNHURRIED)
@given(jobs(), UNITS, SIZES)
def test_the_engine_finds_what_the_reference_finds(job, unit, size):
    check(job, unit, size)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=UNHURRIED)
@given(jobs(), UNITS, SIZES)
def test_the_engine_finds_what_the_reference_finds_in_thousands_of_jobs(job, unit, size):
    check(job, unit, size)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=UNHURRIED)
@given(
    st.sampled_from(VOCABULARIES).flatmap(terms), st.sampled_from(["term", "word", "case", "lemma", "glob"])
)
def test_a_term_is_cut_into_the_words_that_the_reference_sees(term, kind):
    if is_term(term, kind):
        assert len(parse_term(term, kind).slots) == len(cut_term(term, kind)[0])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(regexes())
def test_every_regex_is_taken_or_refused_with_a_message(regex):
    try:
        parse_regex(regex[0])
    except ValueError as error:
        assert "empty string" in str(error) or "repeated group" in str(error)
