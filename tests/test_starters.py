"""The shipped codebooks: readable, tested by their own examples, without dead entries, and all our own."""

from __future__ import annotations

import csv
import gzip
import re
import re._constants as constants
import re._parser as regex_parser
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import pytest
import yaml

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.yaml_file import read_codebook
from rubricate.coding.apply import apply_codebook
from rubricate.coding.examples import run_examples
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
STARTERS = sorted((ROOT / "codebooks" / "starters").glob("*.yaml"))
DEFENCE = ROOT / "codebooks" / "starters" / "defence_diplomacy.yaml"
MANUAL = (ROOT / "docs" / "defence-diplomacy.md").read_text("utf-8")
RUN = 8
"""So many words in a row, in two texts, are a quotation."""

GROUPS = {
    "structure": ["structural_realism", "power_transition", "us_west_hegemony", "nato_containment"],
    "means": ["defence_diplomacy", "defence_doctrine", "deterrence", "national_power", "hard_soft_power"],
    "relation": ["east_orientation", "military_cooperation", "partnership_level", "russia_mistrust"],
    "environment": [
        "ukraine_war",
        "sanctions",
        "nuclear_jcpoa",
        "regional_environment",
        "threat_to_iran",
        "iran_as_threat",
    ],
    "response": ["domestic_legitimacy", "public_diplomacy"],
    "valence": ["consequence_positive", "consequence_negative"],
    "time": ["time_pre_2022", "time_post_2022", "time_future"],
}

starters = pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not published")


@cache
def codebook(file: Path) -> Codebook:
    return read_codebook(file)


def defence() -> Codebook:
    return codebook(DEFENCE)


def with_entries(found: Codebook) -> list[Code]:
    return [code for code in found.codes if code.entries]


# Every starter ------------------------------------------------------------------------------------------


@starters
def test_a_reader_of_yaml_without_libyaml_can_read_it(file: Path) -> None:
    """A bare ``?`` or ``*`` in a flow list is read by libyaml and refused by PyYAML's own parser."""
    assert "codes" in yaml.load(file.read_text("utf-8"), Loader=yaml.SafeLoader)


@starters
def test_every_code_has_a_definition(file: Path) -> None:
    assert [code.id for code in codebook(file).codes if not code.definition.strip()] == []


@starters
def test_every_example_is_coded_as_it_says(file: Path) -> None:
    ran = run_examples(codebook(file))
    assert [(run.code.id, run.example.text, run.hits) for run in ran if not run.passed] == []


@starters
def test_every_code_with_entries_has_two_hits_and_a_near_miss(file: Path) -> None:
    few = {
        code.id: (hits, len(code.examples) - hits)
        for code in with_entries(codebook(file))
        for hits in [sum(example.applies for example in code.examples)]
        if hits < 2 or len(code.examples) == hits
    }
    assert few == {}


@starters
def test_no_example_stands_twice_in_a_code(file: Path) -> None:
    for code in codebook(file).codes:
        texts = [example.text for example in code.examples]
        assert len(set(texts)) == len(texts), code.id


@starters
def test_boundaries_lead_to_codes_that_exist(file: Path) -> None:
    known = {code.id for code in codebook(file).codes}
    assert {other for code in codebook(file).codes for other in code.see} <= known


@starters
def test_no_entry_stands_under_two_codes_unless_its_note_says_why(file: Path) -> None:
    places = defaultdict(list)
    for code in codebook(file).codes:
        for entry in code.entries:
            places[entry.text.casefold(), entry.language].append((code.id, entry.note))
    repeated = {key: found for key, found in places.items() if len(found) > 1}
    assert [key for key, found in repeated.items() if len({code for code, _ in found}) < len(found)] == []
    assert [key for key, found in repeated.items() if not all(note for _, note in found)] == []


@starters
def test_every_entry_finds_its_own_words(file: Path) -> None:
    """An entry that its own not_inside swallows, or a regex that nothing can fill, would never match."""
    entries = terms(codebook(file))
    assert [entry.text for entry, found in zip(entries, matched(file), strict=True) if not found] == []


def terms(found: Codebook) -> list[Entry]:
    """The entries that are no rules."""
    return [entry for entry in found.entries if entry.kind != "rule"]


def matched(file: Path) -> list[bool]:
    """Whether each term, alone in a code, finds a text made from it."""
    found = codebook(file)
    alone = replace(
        found, codes=tuple(Code(f"c{i}", f"c{i}", entries=(e,)) for i, e in enumerate(terms(found)))
    )
    spoken = [found.language if entry.language == "any" else entry.language for entry in terms(found)]
    documents = [document(str(i), a_text(entry), spoken[i]) for i, entry in enumerate(terms(found))]
    hits = [False] * len(documents)
    for batch in apply_codebook(alone, documents, Settings(unit="document")):
        rows = zip(batch.segments.document.tolist(), batch.segments.code.tolist(), strict=True)
        for owner, code in rows:
            hits[code] |= batch.documents[owner].id == str(code)
    return hits


def document(name: str, text: str, language: str) -> Document:
    return Document(id=name, text=text, paragraphs=(Paragraph(0, len(text)),), language=language)


def a_text(entry: Entry) -> str:
    """The shortest text that a term or the first branch of a regex describes."""
    if entry.kind == "regex":
        return described(regex_parser.parse(entry.text))
    if entry.kind in ("term", "glob"):
        return re.sub(r"(?<!\\)[*?]", "x", entry.text).replace("\\", "")
    return entry.text


def described(nodes: regex_parser.SubPattern) -> str:
    return "".join(one(*node) for node in nodes)


def one(kind: object, value: object) -> str:
    """A text for one node of a parsed regex."""
    if kind is constants.LITERAL:
        return chr(value)
    if kind is constants.IN:
        return one(*value[0])
    if kind is constants.RANGE:
        return chr(value[0])
    if kind is constants.CATEGORY:
        return {
            constants.CATEGORY_DIGIT: "1",
            constants.CATEGORY_SPACE: " ",
            constants.CATEGORY_WORD: "a",
            constants.CATEGORY_NOT_WORD: " ",
        }[value]
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        return described(value[2]) * value[0]
    if kind is constants.BRANCH:
        return described(value[1][0])
    if kind is constants.SUBPATTERN:
        return described(value[3])
    assert kind is constants.AT, kind
    return ""


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?i)\bUN\s?SC\b", "unsc"),
        (r"\b(?:one|two)\s+[\w-]+", "one a"),
        (r"(?:\w+\s+){0,3}?end$", "end"),
        (r"20\d\d|x", "2011"),
    ],
)
def test_a_text_is_made_from_a_regex(pattern: str, text: str) -> None:
    made = described(regex_parser.parse(pattern))
    assert made.lower() == text
    assert re.search(pattern, made)


# The defence diplomacy codebook -------------------------------------------------------------------------


def test_defence_diplomacy_has_26_codes_in_seven_groups() -> None:
    tree: dict[str, list[str]] = {}
    for code in defence().codes:
        tree.setdefault(code.parent or code.id, [])
        if code.parent:
            tree[code.parent].append(code.id)
    assert tree == GROUPS
    assert sum(map(len, GROUPS.values())) == 26
    assert [code.id for code in defence().codes if bool(code.entries) == (code.id in GROUPS)] == []


def test_every_theme_says_when_to_use_it_when_not_and_what_borders_on_it() -> None:
    bare = [
        code.id
        for code in with_entries(defence())
        if not (code.label and code.when_to_use and code.when_not_to_use and code.see)
    ]
    assert bare == []


def test_codes_that_need_a_reader_say_so() -> None:
    by_both = [code for code in defence().codes if code.coded_by != "rules"]
    assert [code.id for code in by_both] == [*GROUPS["environment"][-2:], *GROUPS["valence"]]
    assert [code.id for code in by_both if "reader decides" not in code.definition] == []


def test_the_manual_counts_right() -> None:
    codes = with_entries(defence())
    examples = [example.applies for code in codes for example in code.examples]
    hits = sum(examples)
    counted = f"{len(defence().entries):,} entries and {len(examples)} examples ({hits} that must be coded, "
    assert f"{counted}{len(examples) - hits} near misses" in " ".join(MANUAL.split())


def test_the_manual_names_the_codes_with_rules() -> None:
    section = MANUAL.split("## What its rules do\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([a-z].*?) \|", section, re.MULTILINE)
    named = re.findall(r"[a-z0-9_]+", " ".join(cells))
    ruled = [code.id for code in defence().codes if any(entry.kind == "rule" for entry in code.entries)]
    assert named == ["code", *ruled]
    assert f"{'Twelve'} codes have a [rule]" in section
    assert len(ruled) == 12


def test_every_rule_finds_an_example_that_no_term_finds_or_is_a_candidate_for_a_reader() -> None:
    without = tuple(
        replace(code, entries=tuple(entry for entry in code.entries if entry.kind != "rule"))
        for code in defence().codes
    )
    ran = run_examples(replace(defence(), codes=without))
    missed = {run.code.id for run in ran if not run.passed}
    ruled = {code.id for code in defence().codes if any(entry.kind == "rule" for entry in code.entries)}
    assert ruled - missed == {"russia_mistrust", "consequence_negative"}


def test_the_manual_names_every_group_and_code() -> None:
    for row in GROUPS.values():
        assert f"| {', '.join(row)} |" in MANUAL


# The Persian terms of the defence diplomacy codebook ------------------------------------------------------


def persian() -> list[tuple[str, bool, str]]:
    """Code, whether it applies, and sentence of every Persian example."""
    return [
        (code.id, example.applies, example.text)
        for code in defence().codes
        for example in code.examples
        if example.language == "fa"
    ]


def in_persian() -> list[Code]:
    return [code for code in defence().codes if any(entry.language == "fa" for entry in code.entries)]


def test_every_code_with_persian_terms_has_two_persian_hits_and_a_near_miss() -> None:
    counts = Counter((code, applies) for code, applies, _ in persian())
    assert {code for code, _ in counts} == {code.id for code in in_persian()}
    assert [code for code, _ in counts if counts[code, True] < 2 or not counts[code, False]] == []


def test_the_manual_names_the_codes_without_persian_terms() -> None:
    section = " ".join(MANUAL.split("## Persian\n")[1].split("\n## ")[0].split())
    without = [code.id for code in with_entries(defence()) if code not in in_persian()]
    assert f"These have none: {', '.join(without)}." in section
    entries = sum(entry.language == "fa" for entry in defence().entries)
    hits = sum(applies for _, applies, _ in persian())
    assert f"{len(in_persian())} codes have Persian terms, {entries} entries" in section
    assert f"{hits} sentences that must be coded and {len(persian()) - hits} that must not" in section


# Our own words ------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(texts: list[str]) -> set[tuple[str, ...]]:
    """Every run of RUN words in these texts."""
    found = set()
    for text in texts:
        split = words(text)
        found.update(zip(*(islice(split, start, None) for start in range(RUN)), strict=False))
    return found


@cache
def ours() -> set[tuple[str, ...]]:
    """The runs of words in the prose of codebooks (labels are given), in the manual and in shipped texts."""
    prose = [MANUAL]
    for file in STARTERS:
        for code in codebook(file).codes:
            prose += [code.definition, code.memo, *code.when_to_use, *code.when_not_to_use]
            prose += [*code.see.values(), *(example.text for example in code.examples)]
            prose += [entry.note for entry in code.entries]
    shipped = [*(ROOT / "corpus").glob("*/texts/*"), *(ROOT / "corpus").glob("*/README.md")]
    return runs([*prose, *(file.read_text("utf-8") for file in shipped)])


def quoted(text: str, heads: set[tuple[str, ...]]) -> list[str]:
    """What of a text is ours word for word; ``heads`` are the first two words of our runs."""
    split = words(text)
    at = [index for index, pair in enumerate(pairwise(split)) if pair in heads]
    found = (tuple(split[index : index + RUN]) for index in at)
    return [" ".join(run) for run in found if run in ours()]


def test_a_quotation_is_seen() -> None:
    run = min(ours())
    assert quoted(f"They wrote: {' '.join(run).upper()}!", {run[:2]}) == [" ".join(run)]
    assert quoted(" ".join(run[:-1]), {run[:2]}) == []


@shared
@pytest.mark.parametrize("folder", ["seeds", "reference", "data/inaugural"])
def test_nothing_is_quoted_from_the_shared_texts(folder: str) -> None:
    heads = {run[:2] for run in ours()}
    files = sorted(file for file in (SHARED / folder).iterdir() if file.suffix in (".txt", ".md"))
    assert files
    found = {file.name: quoted(file.read_text("utf-8"), heads) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@shared
@pytest.mark.slow
def test_nothing_is_quoted_from_the_speeches() -> None:
    heads = {run[:2] for run in ours()}
    csv.field_size_limit(10**7)
    with gzip.open(SHARED / "data" / "ungdc_2008_2022.csv.gz", "rt", encoding="utf-8", newline="") as file:
        found = {row["doc_id"]: quoted(row["text"], heads) for row in csv.DictReader(file)}
    assert len(found) == 2904
    assert {name: lines for name, lines in found.items() if lines} == {}
