"""Random histories of a study: texts, metadata and corrections that change, and a codebook that is edited."""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st

from rubricate.coding.settings import DUPLICATES, FILTERS, Settings
from rubricate.corpus.document import ANALYSED, PARTS
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.passages import UNITS
from rubricate.corpus.storage.deciding import add_correction
from rubricate.corpus.storage.removing import remove_documents
from rubricate.study import Study, init_study
from tests.studies import add, documents, write

NAMES = ("d0", "d1", "d2", "d3", "d4")

WORDS = (
    *(
        "war",
        "Wars",
        "arms",
        "arms race",
        "arms-race",
        "oil",
        "embargo",
        "Sanctions",
        "peace",
        "“peace”",
        "“",
    ),
    *("no", "not", "may", "reportedly", "he said that", "?", ".", ".", "!", "…", " - ", ":)", "C++", "U.S."),
    *("co-operation", "co-\noperation", "جنگ", "تحریم‌ها", "战争。", "Rüstung", "👍🏽", "a) one; b) two"),
    "the harbour lay still all night and nobody came",
)
PARAGRAPH = st.tuples(
    st.sampled_from(("", "", "# ", "- ")), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
).map(lambda made: made[0] + " ".join(made[1]).replace("\n", "\n" if not made[0] else " "))
REFERENCES = "References\n\n- War, A. (2010). Oil war. *Arms*, 2."
TEXT = st.lists(st.one_of(PARAGRAPH, st.just(REFERENCES)), min_size=1, max_size=4).map(
    lambda some: "\n\n".join(some) + "\n"
)
"""Never empty: of a file that holds no text any more, a study keeps what it read of it before."""

METADATA = st.lists(
    st.tuples(
        st.sampled_from(("", "2001", "2020")),
        st.sampled_from(("irna", "mehr", "")),
        st.sampled_from(("en", "en", "fa", "zh", "")),
    ),
    min_size=len(NAMES),
    max_size=len(NAMES),
).map(
    lambda rows: "\n".join(
        ["document,year,outlet,language"]
        + [",".join((name, *row)) for name, row in zip(NAMES, rows, strict=True)]
        + [""]
    )
)

TERMS = (
    *(
        "war",
        "arms race",
        "arms",
        "arm*",
        "*race",
        "U.S.",
        "C++",
        "embargo",
        "sanction",
        "co-operation",
        ":)",
    ),
    *({"lemma": "arm"}, {"regex": "w\\w+"}, {"term": "race", "not_inside": ["arms race"]}),
    *({"term": "war", "unless": "peace"}, {"term": "oil", "only_in": "year >= 2018"}),
)
RULES = (
    *("war NEAR/4 oil", "arms AND peace", "war NOT peace", "oil THEN/3 embargo", "war NOT NEAR/3 oil"),
    *(
        "COUNT(war) >= 2",
        "(war OR arms) THEN/4 (oil OR race)",
        {"rule": "war AND peace", "within": "document"},
    ),
    {"rule": "arms AND oil", "only_in": "outlet = irna", "within": "paragraph"},
)
ASKING = ("@asked NEAR/5 war", "@asked AND arms", "@asked NOT peace")
ASKING_BELOW = (*ASKING, "@top/* NEAR/6 no")
IN_LANGUAGES = {"fa": ["جنگ"], "zh": ["制裁"], "any": ["战争", "arms"]}


def _code(*rules, below=None):
    """A code, with the rules that it may have, and codes below it."""
    terms = st.lists(st.sampled_from(TERMS), min_size=1, max_size=3, unique_by=str)
    optional = {
        "negated": st.just("drop"),
        "only_in": st.sampled_from(("year >= 2000", "outlet = irna")),
        "unless": st.just("peace"),
    }
    if rules:
        optional["rules"] = st.lists(st.sampled_from(rules), min_size=1, max_size=3, unique_by=str)
    fixed = {
        "label": st.sampled_from("ABC"),
        "terms": terms | terms.map(lambda some: {"en": some, **IN_LANGUAGES}),
    }
    return st.fixed_dictionaries(
        fixed | ({"codes": st.fixed_dictionaries(below)} if below else {}), optional=optional
    )


CODES = {
    "top": _code(*RULES, *ASKING, below={"leaf": _code(*RULES, *ASKING), "sub": _code(*RULES)}),
    "asked": _code(*RULES),
    "one": _code(*RULES, *ASKING_BELOW),
    "other": _code(*RULES, *ASKING_BELOW),
    "hand": st.just({"coded_by": "hand"}),
}
HEAD = st.fixed_dictionaries(
    {
        "language": st.just("en"),
        "hyphens": st.sampled_from(("split", "split", "keep")),
        "within": st.sampled_from(("sentence", "paragraph", "document")),
    }
)
CODEBOOK = st.tuples(HEAD, st.fixed_dictionaries(CODES))

SETTINGS = st.builds(
    Settings,
    unit=st.sampled_from(("paragraph", *UNITS)),
    parts=st.just(ANALYSED) | st.lists(st.sampled_from(PARTS), min_size=1, unique=True).map(tuple),
    duplicates=st.sampled_from(DUPLICATES),
    negated=st.sampled_from(("keep", *FILTERS)),
    hedged=st.sampled_from(("keep", *FILTERS)),
)

CHANGE = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), TEXT),
    st.tuples(st.just("remove"), st.integers(0, 9), st.none()),
    st.tuples(st.just("metadata"), st.none(), METADATA),
    st.tuples(
        st.just("correct"), st.integers(0, 99), st.sampled_from(("heading", "body", "references", "title"))
    ),
    *(st.tuples(st.just("code"), st.just(name), made) for name, made in CODES.items() if name != "hand"),
    st.tuples(st.just("order"), st.none(), st.permutations(tuple(CODES))),
    st.tuples(st.just("head"), st.none(), HEAD),
    st.tuples(st.just("settings"), st.none(), SETTINGS),
)


def _sorted(value):
    """A part of a codebook with its keys sorted, but for codes, whose order says something."""
    if isinstance(value, list):
        return [_sorted(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: _sorted(code) for name, code in value[key].items()}
        if key == "codes"
        else _sorted(value[key])
        for key in sorted(value)
    }


class History:
    """A study beside a folder of texts and a table of metadata, in the folder in which we are."""

    def __init__(self, texts, metadata, codebook, settings):
        self.folder = init_study(Path("study")).folder
        self.head, self.codes = codebook[0], dict(codebook[1])
        self.settings = settings
        self.removed, self.corrected = set(), set()
        self._clock = 10**18
        for name, text in zip(NAMES, texts, strict=False):
            self._put(f"texts/{name}.md", text)
        self._put("meta.csv", metadata)
        self._add()
        self._write_codebook()

    def study(self):
        return Study(self.folder, "study")

    def do(self, what, where, new):
        """Change something: see CHANGE."""
        getattr(self, f"_{what}")(where, new)
        self._write_codebook()

    def fresh(self):
        """A study of the same texts, metadata, decisions and codebook, made at once."""
        shutil.rmtree("fresh", ignore_errors=True)
        folder = init_study(Path("fresh")).folder
        shutil.copy(self.folder / "codebook.yaml", folder / "codebook.yaml")
        if (self.folder / "corpus/corrections.csv").exists():
            shutil.copy(self.folder / "corpus/corrections.csv", folder / "corpus/corrections.csv")
        add(folder, "texts", metadata="meta.csv")
        if gone := sorted({one.id for one in documents(folder)} & self.removed):
            remove_documents(folder, gone)
        return Study(folder, "study")

    def _write(self, name, text):
        if name not in self.corrected:  # the correction would not fit any more
            self._put(f"texts/{name}.md", text)
            self._add()

    def _metadata(self, _, table):
        self._put("meta.csv", table)
        self._add()

    def _remove(self, number, _):
        there = [one.id for one in documents(self.folder)]
        if len(there) > 1:
            self.removed |= {*remove_documents(self.folder, [there[number % len(there)]])}

    def _correct(self, number, part):
        places = [(one.id, place) for one in documents(self.folder) for place in range(len(one.paragraphs))]
        if places:
            name, place = places[number % len(places)]
            with suppress(CorpusError):  # it is corrected already
                add_correction(self.folder, f"{name}#p{place + 1}", "part", part, "why")
                self.corrected.add(name)

    def _code(self, name, code):
        self.codes[name] = code

    def _order(self, _, names):
        self.codes = {name: self.codes[name] for name in names}

    def _head(self, _, head):
        self.head = head

    def _settings(self, _, chosen):
        self.settings = chosen

    def _add(self):
        add(self.folder, "texts", metadata="meta.csv")

    def _put(self, path, text):
        """Write a file that is newer than any before it."""
        write({path: text})
        self._clock += 10**9
        os.utime(path, ns=(self._clock, self._clock))

    def _write_codebook(self):
        """Write the codebook; JSON is YAML.

        Keys are sorted: a codebook that says the same in another order makes no new pass, and the one that is
        kept holds the file as it was.
        """
        text = json.dumps(_sorted({**self.head, "codes": self.codes}), ensure_ascii=False)
        (self.folder / "codebook.yaml").write_text(text, encoding="utf-8")
