"""How fast rubricate applies a codebook to a study that holds the corpus already, and what it then needs.

    uv run python benchmarks/warm.py CORPUS.csv.gz

The coding passes of somebody who works on a codebook: the corpus is stored, the codebook changes. Each line
is the median of several runs, each a process of its own, taken in turn with all others, because the speed of
a machine drifts. Times are from the start of Python to the finished tables in memory, with imports: on the
clock, and (others on the machine disturb this less) of the processor. PhraseMatcher gets ready paragraphs,
and loading these is not counted. Writing files is left out for all but the pass itself, which a study keeps;
so is the search for duplicates, which is done once per corpus. Where ``Rscript`` is there and has quanteda,
its tokens and lookup take part.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from throughput import TERMS, _seconds_since_start

CODES = 26
TERM_COUNTS = (20, 1_000, 10_000)
SIZES = (1, 3, 10)


def main() -> None:
    """Prepare the studies, run everything in turn, and print one table."""
    arguments = _arguments()
    if arguments.side:
        print(json.dumps(_measured(arguments.side, Path(arguments.scratch), arguments.workers)))
        return
    with tempfile.TemporaryDirectory() as name:
        plans = list(_plans(arguments, Path(name)))
        found: list[list[dict[str, float]]] = [[] for _ in plans]
        for _ in range(arguments.runs):
            for plan, results in zip(plans, found, strict=True):
                results.append(_run(*plan))
        _report(plans, found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", help="a CSV file with a text column, or any other SOURCE")
    parser.add_argument("--runs", type=int, default=5, help="runs of each line (default 5)")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=SIZES, help="times the corpus (default 1 3 10)"
    )
    parser.add_argument("--terms", type=int, nargs="*", default=TERM_COUNTS, help="default 20 1000 10000")
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--side", choices=list(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--scratch", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _plans(arguments: argparse.Namespace, scratch: Path):
    """(what is run, its folder, workers) for each line; the folders are made on the way."""
    from rubricate.corpus.source_order import read_sources
    from rubricate.corpus.sources import find_sources

    texts = {one.id: one.text for one in read_sources(find_sources([arguments.corpus], []), [])}
    for size in arguments.sizes:
        study = _study(scratch / f"{size}", texts, size)
        for terms in arguments.terms if size == min(arguments.sizes) else arguments.terms[:1]:
            folder = scratch / f"{size}-{terms}"
            folder.mkdir()
            shutil.copytree(study, folder / "study")
            _write_inputs(folder, terms)
            if size == 1:
                _write_paragraphs(folder)
            _measured("warm", folder, 1)  # finds the duplicates and asks the word list, once
            yield "warm", folder, 1
            yield "incremental", folder, 1
            if size == 1:
                yield "cold", folder, 1
                yield "cold", folder, 2
                yield "spacy", folder, 1
            if terms == arguments.terms[0]:
                yield "warm", folder, 2
            if size == 1 and _has_quanteda():
                yield "quanteda", folder, 1
    yield "start", scratch, 1


def _study(folder: Path, texts: dict[str, str], size: int) -> Path:
    """A study that holds the corpus so many times; beside it the corpus as a file, as it was."""
    import csv

    from rubricate.corpus.storage.adding import add_sources
    from rubricate.corpus.storage.record import How
    from rubricate.study import init_study

    folder.mkdir()
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text"])
        rows.writerows([f"{number}-{name}", texts[name]] for number in range(size) for name in texts)
    study = init_study(folder / "study").folder
    add_sources(study, [str(folder / "corpus.csv")], How(language="en"))
    return study


def _write_inputs(folder: Path, count: int) -> None:
    """The codebook, the same with one code changed, and the corpus for those who have no study."""
    shutil.copy(folder.parent / f"{folder.name.partition('-')[0]}" / "corpus.csv", folder / "corpus.csv")
    terms = _terms(folder / "study", count)
    (folder / "terms.json").write_text(json.dumps(terms), encoding="utf-8")
    (folder / "one.yaml").write_text(_codebook(terms), encoding="utf-8")
    (folder / "other.yaml").write_text(_codebook([*terms[:-1], "negotiations"]), encoding="utf-8")


def _write_paragraphs(folder: Path) -> None:
    """The analysed paragraphs of the corpus, as rubricate cuts them, for PhraseMatcher and quanteda."""
    from rubricate import read_corpus
    from rubricate.corpus.document import ANALYSED

    with (folder / "paragraphs.jsonl").open("w", encoding="utf-8") as lines:
        for one in read_corpus([str(folder / "corpus.csv")], language="en"):
            for paragraph in one.paragraphs:
                if paragraph.part in ANALYSED:
                    lines.write(json.dumps(one.text[paragraph.start : paragraph.end]) + "\n")


def _terms(study: Path, count: int) -> list[str]:
    """So many words of the corpus, those of the smaller benchmark first."""
    from rubricate.corpus.storage.stored import Store

    with Store(study) as store:
        words = sorted({word for word in store.vocabulary.words if word.isalpha() and word.islower()})
    others = [word for word in words if len(word) > 3 and word not in TERMS]
    step = max(len(others) // max(count - len(TERMS), 1), 1)
    return [*TERMS[:count], *others[::step][: max(count - len(TERMS), 0)]]


def _codebook(terms: list[str]) -> str:
    codes = [terms[number::CODES] for number in range(CODES)]
    lines = (
        f"  code_{number:02}: {{terms: [{', '.join(f'word: {json.dumps(term)}' for term in some)}]}}\n"
        for number, some in enumerate(codes)
        if some
    )
    return "name: warm\nlanguage: en\ncodes:\n" + "".join(lines)


def _measured(side: str, folder: Path, workers: int) -> dict[str, float]:
    """Run one side in this process; seconds since its start, of the processor, and megabytes at most."""
    not_counted = SIDES[side](folder, workers) or 0.0
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": _seconds_since_start() - not_counted,
        "processor": sum(one.ru_utime + one.ru_stime for one in (own, others)) - not_counted,
        "megabytes": _most_memory(),
    }


def _most_memory() -> float:
    """Megabytes that this process had at most; getrusage would say those of its parent, if it had more."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _run(side: str, folder: Path, workers: int) -> dict[str, float]:
    if side in ("warm", "incremental"):
        _forget(folder / "study", keep=side == "incremental")
    arguments = ["--side", side, "--scratch", str(folder), "--workers", str(workers)]
    command = [sys.executable, __file__, "-", *arguments]
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    return found


def _forget(study: Path, *, keep: bool) -> None:
    """Delete the passes and what they found; with ``keep``, have the first codebook's pass before."""
    from rubricate.corpus.storage.layout import CACHE

    shutil.rmtree(study / "passes", ignore_errors=True)
    for path in (study / CACHE).glob("*"):
        if path.name.startswith(("coded-", "forms-")):
            path.unlink()
    if keep:
        _pass(study, study.parent / "one.yaml", 1)


def _pass(study: Path, codebook: Path, workers: int) -> None:
    from rubricate.cli.start import COLLECTOR, keep_memory

    gc.set_threshold(*COLLECTOR)
    keep_memory()
    from rubricate.coding.settings import Settings
    from rubricate.reports.frequency import frequency
    from rubricate.study import find_study
    from rubricate.study_pass import apply_in_study

    done = apply_in_study(find_study(str(study)), str(codebook), Settings(), workers=workers)
    frequency(done.tally, done.codebook)


def warm(folder: Path, workers: int) -> None:
    """A full pass in a study."""
    _pass(folder / "study", folder / "one.yaml", workers)


def incremental(folder: Path, workers: int) -> None:
    """A pass in a study in which one code changed since the last one."""
    _pass(folder / "study", folder / "other.yaml", workers)


def cold(folder: Path, workers: int) -> None:
    """From the file to the tables in memory."""
    from functools import partial

    from rubricate import apply_codebook, read_codebook, read_corpus
    from rubricate.cli.start import COLLECTOR, keep_memory
    from rubricate.making import make_documents
    from rubricate.reports.frequency import frequency
    from rubricate.reports.tally import tally

    gc.set_threshold(*COLLECTOR)
    keep_memory()
    codebook = read_codebook(folder / "one.yaml")
    make = partial(make_documents, workers=workers) if workers > 1 else None
    documents = read_corpus([str(folder / "corpus.csv")], language="en", make=make)
    frequency(tally(apply_codebook(codebook, documents, mark_duplicates=False), codebook), codebook)


def spacy(folder: Path, workers: int) -> float:
    """PhraseMatcher; returns the seconds of loading."""
    import spacy
    from spacy.matcher import PhraseMatcher

    begun = time.perf_counter()
    paragraphs = [json.loads(line) for line in (folder / "paragraphs.jsonl").open(encoding="utf-8")]
    loading = time.perf_counter() - begun
    nlp = spacy.blank("en")
    nlp.max_length = max(map(len, paragraphs)) + 1
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, term in enumerate(json.loads((folder / "terms.json").read_text("utf-8"))):
        matcher.add(str(number % CODES), [nlp.make_doc(term)])
    passages, together = [0] * CODES, {}
    for text in paragraphs:
        codes = sorted({int(nlp.vocab.strings[match]) for match, _, _ in matcher(nlp.make_doc(text))})
        for place, code in enumerate(codes):
            passages[code] += 1
            for other in codes[place + 1 :]:
                together[code, other] = together.get((code, other), 0) + 1
    return loading


QUANTEDA = """
library(quanteda); library(jsonlite)
folder <- commandArgs(TRUE)[1]
texts <- vapply(readLines(file.path(folder, "paragraphs.jsonl")), fromJSON, "")
terms <- fromJSON(file.path(folder, "terms.json"))
start <- proc.time()
found <- tokens_lookup(tokens(texts), dictionary(split(terms, seq_along(terms) %% 26)))
dfm(found)
cat(toJSON(list(seconds = unname((proc.time() - start)[3])), auto_unbox = TRUE))
"""


def quanteda(folder: Path, workers: int) -> float:
    """quanteda's tokens and lookup; what else R does is not counted."""
    begun = time.perf_counter()
    script = folder / "quanteda.R"
    script.write_text(QUANTEDA, encoding="utf-8")
    command = ["Rscript", str(script), str(folder)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - begun - json.loads(output[output.rindex("{") :])["seconds"]


def _has_quanteda() -> bool:
    asked = ["Rscript", "-e", "library(quanteda); library(jsonlite)"]
    return bool(shutil.which("Rscript")) and _succeeds(asked)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def start(folder: Path, workers: int) -> None:
    """The command line, which does nothing but show its help."""
    subprocess.run([sys.executable, "-m", "rubricate", "--help"], check=True, capture_output=True)


SIDES = {
    "warm": warm,
    "incremental": incremental,
    "cold": cold,
    "spacy": spacy,
    "quanteda": quanteda,
    "start": start,
}


def _report(plans: list, found: list[list[dict[str, float]]]) -> None:
    """One line each; how many times as fast as PhraseMatcher, run by run, where it had the same to do."""
    print(
        f"{'':12} {'corpus':>6} {'terms':>6} {'workers':>7} {'s':>7} {'CPU s':>7} {'MB':>5}  × PhraseMatcher"
    )
    theirs = {plan[1]: runs for plan, runs in zip(plans, found, strict=True) if plan[0] == "spacy"}
    for (side, folder, workers), runs in zip(plans, found, strict=True):
        size, _, terms = folder.name.partition("-") if side != "start" else ("", "", "")
        medians = [statistics.median(run[name] for run in runs) for name in runs[0]]
        line = f"{side:12} {size:>6} {terms:>6} {workers:>7}"
        line += f" {medians[0]:>7.2f} {medians[1]:>7.2f} {medians[2]:>5.0f}"
        for name in ("seconds", "processor") if side != "spacy" and folder in theirs else ():
            pairs = zip(theirs[folder], runs, strict=True)
            line += f"  {statistics.median(one[name] / other[name] for one, other in pairs):.1f}"
        print(line)


if __name__ == "__main__":
    main()
