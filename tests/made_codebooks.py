"""Codebooks made up by hypothesis, for the tests of writing and reading them."""

from dataclasses import replace

from hypothesis import strategies as st

from rubricate.codebooks import Code, Codebook, Entry, Example
from rubricate.codebooks.formats.ids import Ids
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.yaml_text import unwanted

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
LINES = st.text(LETTERS, min_size=1, max_size=30).filter(lambda text: text.strip() and not unwanted(text))
TEXTS = st.one_of(
    LINES,
    st.text("ab: -#'\"\\\n,[]{}*&!|>%@`", min_size=1, max_size=20).filter(str.strip),
    st.sampled_from(
        ["1. a", "2) b\n---", "a\n===", "- c\n+ d", "    e", "| f |", "<g>&amp;", "![h](i)", "a\n# j"]
    ),
    st.text("long words ", min_size=90, max_size=250).filter(lambda text: text.strip(" ")),
)
SIGNS = "ab*?\\-'. :#[]{}"


def is_term(kind, text):
    try:
        parse_term(text, kind)
    except ValueError:
        return False
    return not unwanted(text)


def terms(kind):
    return st.text(st.one_of(st.sampled_from(SIGNS), LETTERS), min_size=1, max_size=12).filter(
        lambda text: "\n" not in text and text.strip() and is_term(kind, text)
    )


ENTRIES = st.sampled_from(["term", "lemma", "word", "case", "glob", "regex"]).flatmap(
    lambda kind: st.builds(
        Entry,
        id=st.just(""),
        kind=st.just(kind),
        text=terms(kind),
        language=st.just("en"),
        not_inside=st.lists(st.sampled_from(["a b", "*c", "d: e", "f"]), max_size=2, unique=True).map(tuple),
        note=st.one_of(st.just(""), TEXTS),
    )
)
CONDITIONS = st.sampled_from(["peace", "visa OR parking", '"a b"', "COUNT(x) >= 2"])
RULES = st.builds(
    Entry,
    id=st.sampled_from(["", "", "named"]),
    kind=st.just("rule"),
    text=st.sampled_from(
        [
            "a NEAR/4 b",
            '(lemma:"a" OR lemma:"b") NOT lemma:"c"',
            'lemma:"a" THEN/0 lemma:"b"',
            'COUNT(lemma:"a") >= 2',
            'case:"US" AND NATO',
            'lemma:"a" NEAR/3 lemma:"b"',
            'regex:"(?i)x+" OR "a: b"',
        ]
    ),
    language=st.just("en"),
    within=st.sampled_from(["sentence", "paragraph", "document"]),
    unless=st.one_of(st.just(()), CONDITIONS.map(lambda rule: (rule,))),
    only_in=st.sampled_from([(), ("year >= 2018",)]),
)
LIMITED = ENTRIES.flatmap(
    lambda entry: st.builds(
        replace,
        st.just(entry),
        unless=CONDITIONS.map(lambda rule: (rule,)),
        within=st.sampled_from(["sentence", "document"]),
    )
)


def ordered(entries):
    """Terms before rules, each rule's name once."""
    named = [entry for entry in entries if entry.id == "named"][:1]
    kept = [entry for entry in entries if entry.id != "named"] + named
    return tuple(sorted(kept, key=lambda entry: entry.kind == "rule"))


EXAMPLES = st.builds(
    Example,
    text=TEXTS,
    applies=st.booleans(),
    language=st.sampled_from(["", "fa"]),
    variables=st.dictionaries(st.sampled_from(["year", "no", "a b"]), TEXTS, max_size=2),
    origin=st.one_of(st.just(""), TEXTS),
)


def tuples(items, most=2):
    return st.lists(items, max_size=most).map(tuple)


CODES = st.builds(
    Code,
    id=st.just(""),
    label=TEXTS,
    definition=st.one_of(st.just(""), TEXTS),
    when_to_use=tuples(TEXTS),
    when_not_to_use=tuples(TEXTS),
    examples=tuples(EXAMPLES),
    coded_by=st.sampled_from(["rules", "both"]),
    negated=st.sampled_from(["keep", "drop"]),
    entries=st.lists(st.one_of(ENTRIES, ENTRIES, RULES, LIMITED), min_size=1, max_size=4).map(ordered),
    exclusive=st.booleans(),
    color=st.sampled_from(["", "#cc3300"]),
    memo=st.one_of(st.just(""), TEXTS),
    literature=tuples(TEXTS),
    guid=st.sampled_from(["", "5215cc69-b628-4e02-afb9-9beeaee55808"]),
    was=tuples(st.sampled_from(["old", "older"])),
)


@st.composite
def codebooks(draw, codes=CODES, languages=("en", "fa", "any"), levels=3):
    """A codebook that could have been read: ids, parents and languages as the reader leaves them."""
    ids, made, open_ids = Ids(), [], [""]
    for drawn in draw(st.lists(codes, min_size=1, max_size=5)):
        depth = draw(st.integers(0, min(len(open_ids), levels) - 1))
        open_ids = open_ids[: depth + 1]
        code = replace(drawn, id=ids.of(drawn.label), parent=open_ids[-1])
        made.append(replace(code, entries=tuple(_placed(draw, code, languages))))
        open_ids.append(code.id)
    parents = {code.parent for code in made}
    made = [replace(code, exclusive=code.exclusive and code.id in parents) for code in made]
    see = draw(st.dictionaries(st.sampled_from([code.id for code in made]), TEXTS, max_size=2))
    made[-1] = replace(made[-1], see=see)
    return Codebook(draw(st.one_of(st.just(""), TEXTS)), tuple(made), version="1.0", language=languages[0])


def _placed(draw, code, languages):
    """The entries with their ids; terms of one language stand together, rules anywhere."""
    terms = [entry for entry in code.entries if entry.kind != "rule"]
    rules = code.entries[len(terms) :]
    spoken = sorted(draw(st.sampled_from(languages)) for _ in terms)
    for number, (entry, language) in enumerate(zip(terms, spoken, strict=True), 1):
        yield replace(entry, id=f"{code.id}.{number}", language=language)
    for number, entry in enumerate(rules, 1):
        yield replace(
            entry, id=f"{code.id}.{entry.id or f'r{number}'}", language=draw(st.sampled_from(languages))
        )
