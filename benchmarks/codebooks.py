"""What codebooks cost: seconds of CPU to read one and to apply it, from twenty terms to ten thousand.

    uv run python benchmarks/codebooks.py CORPUS.csv.gz

Documents are read once and stay in memory; duplicates are not looked for. The terms are drawn from the words
and pairs of words of the corpus itself, half of each, with a fixed seed; how many segments they find is told,
since that is what they cost. The starter codebook has 200 regexes beside its terms.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate import Codebook, Document

SIZES = (20, 1_000, 10_000)
CODES = 20


def main() -> None:
    """Print a line for each codebook and round."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", help="a CSV file with a text column, or any other SOURCE")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is applied (default 3)")
    arguments = parser.parse_args()

    from rubricate import read_corpus

    documents = list(read_corpus([arguments.corpus], language="en"))
    named = list(_codebooks(documents))
    print(f"{'codebook':>12} {'entries':>8} {'segments':>9} {'seconds':>8}")
    for _ in range(arguments.rounds):
        for name, codebook in named:
            seconds, segments = _apply(codebook, documents)
            print(f"{name:>12} {len(codebook.entries):>8,} {segments:>9,} {seconds:>8.2f}")


def _codebooks(documents: list[Document]) -> Iterator[tuple[str, Codebook]]:
    from rubricate import parse_codebook

    words, pairs = _vocabulary(documents)
    draw = random.Random(1)
    for size in SIZES:
        terms = [*draw.sample(words, size // 2), *draw.sample(pairs, size // 2)]
        codes = (", ".join(f"{{word: {term}}}" for term in terms[code::CODES]) for code in range(CODES))
        lines = "".join(f"  c{number}: {{terms: [{some}]}}\n" for number, some in enumerate(codes))
        yield f"{size:,} terms", parse_codebook(f"name: {size} terms\ncodes:\n{lines}")
    starter = files("rubricate.codebooks") / "starters" / "defence_diplomacy.yaml"
    yield "the starter", parse_codebook(starter.read_text("utf-8"))


def _vocabulary(documents: list[Document]) -> tuple[list[str], list[str]]:
    """The 10,000 most frequent words of four letters or more, and the 40,000 pairs of three or more."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for document in documents:
        text = document.text.lower()
        words.update(re.findall(r"\b[a-z]{4,}\b", text))
        pairs.update(" ".join(pair) for pair in re.findall(r"\b([a-z]{3,}) (?=([a-z]{3,})\b)", text))
    return [word for word, _ in words.most_common(10_000)], [pair for pair, _ in pairs.most_common(40_000)]


def _apply(codebook: Codebook, documents: list[Document]) -> tuple[float, int]:
    """Seconds of CPU, and how many segments are found."""
    from rubricate import apply_codebook

    begun = time.process_time()
    segments = sum(
        len(batch.segments) for batch in apply_codebook(codebook, documents, mark_duplicates=False)
    )
    return time.process_time() - begun, segments


if __name__ == "__main__":
    main()
