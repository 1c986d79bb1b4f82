"""How fast rubricate applies a codebook, against spaCy's tokeniser and PhraseMatcher.

    uv run python benchmarks/throughput.py CORPUS.csv.gz

Both sides run as processes of their own, in turn, several times; what counts is the ratio of the two
within each pair, because the speed of a machine drifts. rubricate's time is everything from starting
Python over reading the file, cleaning, coding and counting to the finished tables in memory; spaCy's is
importing it, tokenising (``spacy.blank``), matching and counting, on paragraphs that are handed to it
ready. Writing files is left out on both sides, and so is the search for duplicates, which spaCy has not.
Twenty terms of one and two words; both sides must find the same hits.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TERMS = (
    "sanctions",
    "embargo",
    "deterrence",
    "terrorism",
    "sovereignty",
    "disarmament",
    "piracy",
    "refugees",
    "multilateralism",
    "genocide",
    "malaria",
    "world bank",
    "peace process",
    "prime minister",
    "terrorist attacks",
    "criminal court",
    "armed conflict",
    "territorial integrity",
    "death penalty",
    "arms embargo",
)
"""Lower-case words and pairs; one word stands in two of them, under two codes.

None of them occurs with a hyphen, a double space or a hyphen behind it in the corpus of the benchmark,
which PhraseMatcher would miss.
"""

CODEBOOK = "name: throughput\ncodes:\n" + "".join(
    f"  code_{number:02}: {{terms: [word: {term}]}}\n" for number, term in enumerate(TERMS)
)


def main() -> None:
    """Run the pairs and print one line each, then the medians."""
    arguments = _arguments()
    if arguments.side:
        result = SIDES[arguments.side](arguments.corpus, Path(arguments.scratch))
        result["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
        return
    with tempfile.TemporaryDirectory() as scratch:
        _prepare(arguments.corpus, Path(scratch))
        pairs = [_pair(arguments.corpus, scratch, number) for number in range(arguments.pairs + 1)][1:]
    _report(pairs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", help="a CSV file with a text column, or any other SOURCE")
    parser.add_argument(
        "--pairs", type=int, default=5, help="pairs that count; one more warms up (default 5)"
    )
    parser.add_argument("--side", choices=list(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--scratch", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _prepare(corpus: str, scratch: Path) -> None:
    """Write the analysed paragraphs, as rubricate cuts them, for spaCy to read."""
    from rubricate import read_corpus
    from rubricate.corpus.document import ANALYSED

    with (scratch / "paragraphs.jsonl").open("w", encoding="utf-8") as lines:
        for document in read_corpus([corpus], language="en"):
            for paragraph in document.paragraphs:
                if paragraph.part in ANALYSED:
                    place = [document.id, paragraph.start, document.text[paragraph.start : paragraph.end]]
                    lines.write(json.dumps(place) + "\n")


def rubricate_side(corpus: str, scratch: Path) -> dict[str, float]:
    """From the file to the tables, in memory, as the command does it."""
    import gc

    from rubricate import apply_codebook, parse_codebook, read_corpus
    from rubricate.cli.start import COLLECTOR, keep_memory
    from rubricate.reports.cooccurrence import cooccurrence
    from rubricate.reports.frequency import frequency
    from rubricate.reports.tally import tally

    gc.set_threshold(*COLLECTOR)
    keep_memory()
    codebook = parse_codebook(CODEBOOK)
    hits = []

    def kept(batches):
        for batch in batches:
            hits.append((batch.documents, batch.segments))
            yield batch

    documents = read_corpus([corpus], language="en")
    sums = tally(kept(apply_codebook(codebook, documents, mark_duplicates=False)), codebook)
    frequency(sums, codebook)
    cooccurrence(sums, codebook)
    seconds = _seconds_since_start()
    with (scratch / "rubricate.jsonl").open("w") as lines:
        for documents, segments in hits:
            columns = (segments.document, segments.start, segments.end, segments.code)
            for document, start, end, code in zip(*(column.tolist() for column in columns), strict=True):
                lines.write(json.dumps([documents[document].id, start, end, code]) + "\n")
    return {"seconds": seconds, "not_counted": 0.0}


def spacy_side(corpus: str, scratch: Path) -> dict[str, float]:
    """Tokenise, match and count ready paragraphs; loading them is timed apart and not counted."""
    import spacy
    from spacy.matcher import PhraseMatcher

    begun = time.perf_counter()
    with (scratch / "paragraphs.jsonl").open(encoding="utf-8") as lines:
        paragraphs = [json.loads(line) for line in lines]
    loading = time.perf_counter() - begun
    nlp = spacy.blank("en")
    nlp.max_length = max((len(text) for _, _, text in paragraphs), default=0) + 1
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, term in enumerate(TERMS):
        matcher.add(str(number), [nlp.make_doc(term)])
    passages = [0] * len(TERMS)
    together: dict[tuple[int, int], int] = {}
    hits = []
    for document, offset, text in paragraphs:
        doc = nlp.make_doc(text)
        found = matcher(doc)
        codes = sorted({int(nlp.vocab.strings[match]) for match, _, _ in found})
        for place, code in enumerate(codes):
            passages[code] += 1
            for other in codes[place + 1 :]:
                together[code, other] = together.get((code, other), 0) + 1
        for match, start, end in found:
            span = doc[start:end]
            hits.append(
                (document, offset + span.start_char, offset + span.end_char, int(nlp.vocab.strings[match]))
            )
    seconds = _seconds_since_start() - loading
    with (scratch / "spacy.jsonl").open("w") as lines:
        lines.writelines(json.dumps(hit) + "\n" for hit in hits)
    return {"seconds": seconds, "not_counted": loading}


SIDES = {"rubricate": rubricate_side, "spacy": spacy_side}


def _seconds_since_start() -> float:
    """Wall-clock seconds since this process was started, imports included."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    started = ticks / 100
    return float(Path("/proc/uptime").read_text().split()[0]) - started


def _pair(corpus: str, scratch: str, number: int) -> dict[str, dict[str, float]]:
    """One run of each side, in turn first and second."""
    order = list(SIDES) if number % 2 else list(reversed(SIDES))
    return {side: _run(side, corpus, scratch) for side in order}


def _run(side: str, corpus: str, scratch: str) -> dict[str, float]:
    """One side in a process of its own; both start from compiled modules, as they do where they are installed
    (the pair that warms up compiles ours)."""
    command = [sys.executable, __file__, corpus, "--side", side, "--scratch", scratch]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return {**json.loads(output), "hits": _same_hits(Path(scratch))}


def _same_hits(scratch: Path) -> float:
    """How many hits both sides found; -1 while one is missing; a difference stops the benchmark."""
    files = [scratch / f"{side}.jsonl" for side in SIDES]
    if not all(file.exists() for file in files):
        return -1
    ours, theirs = (set(file.read_text().splitlines()) for file in files)
    if ours != theirs:
        only = f"{sorted(ours - theirs)[:5]} only rubricate, {sorted(theirs - ours)[:5]} only spaCy"
        sys.exit(f"not the same hits: {only}")
    return len(ours)


def _report(pairs: list[dict[str, dict[str, float]]]) -> None:
    print(f"{'pair':>4} {'rubricate s':>12} {'spaCy s':>9} {'times as fast':>14} {'MB':>6} {'hits':>8}")
    ratios = []
    for number, pair in enumerate(pairs, 1):
        ours, theirs = pair["rubricate"], pair["spacy"]
        ratios.append(theirs["seconds"] / ours["seconds"])
        print(
            f"{number:>4} {ours['seconds']:>12.2f} {theirs['seconds']:>9.2f} {ratios[-1]:>14.2f} "
            f"{ours['megabytes']:>6.0f} {int(max(ours['hits'], theirs['hits'])):>8,}"
        )
    spread = f"lowest {min(ratios):.2f}, highest {max(ratios):.2f}"
    print(f"median: {statistics.median(ratios):.2f} times as fast ({spread})")


if __name__ == "__main__":
    main()
