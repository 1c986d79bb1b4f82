"""What an edit of a large codebook costs: seconds of each command and of CPU, start of Python included.

    uv run python benchmarks/editing.py

The codebook has 500 codes in groups of ten, each with a definition, an example, a reference and some terms.
Every command is given once per round, to a codebook that is new each time; the fastest round counts.
"""

from __future__ import annotations

import argparse
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VERBS = (
    "add new --term word",
    "set c7 label Other",
    "rename c7 other",
    "move c7 --under g3",
    "merge c7 c8 --into c9",
    "split c7 new --terms c7.1 --terms c7.2",
    "remove c7 --with-references",
    "term add c7 word",
    "term remove c7 c7.1",
    "term move c7.1 c8",
    "undo",
    "tag 1.0",
    "history",
    "show c7",
)


def main() -> None:
    """Print a line for each command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--codes", type=int, default=500, help="how many codes (default 500)")
    parser.add_argument("--terms", type=int, default=5, help="terms of each (default 5)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is done (default 3)")
    arguments = parser.parse_args()
    text = _codebook(arguments.codes, arguments.terms)
    print(f"{arguments.codes:,} codes with {arguments.terms} terms, {len(text):,} characters")
    for verb in VERBS:
        seconds, cpu = min(_seconds(text, verb) for _ in range(arguments.rounds))
        print(f"{seconds:>6.2f} {cpu:>6.2f}  {verb}")


def _codebook(codes: int, terms: int) -> str:
    lines = ["name: Large", "codes:"]
    for number in range(codes):
        if number % 10 == 0:
            lines += [f"  g{number // 10}:", f"    label: Group {number // 10}", "    codes:"]
        lines += [f"      c{number}:", f"        label: Code {number}", "        definition: >-"]
        lines += ["          What is said here goes on", f"          over two lines, {number}."]
        lines += ["        see:", f"          c{(number + 1) % codes}: the one that follows"]
        lines += ["        examples:", f"          - text: Here stands w{number}x0.", "        terms:"]
        lines += [f"          - w{number}x{term}    # the term {term}" for term in range(terms)]
    return "\n".join(lines) + "\n"


def _seconds(text: str, verb: str) -> tuple[float, float]:
    """Seconds of a command, and of CPU, in a folder of its own, in which something was edited before."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "codebook.yaml").write_text(text, encoding="utf-8")
        _run(folder, "set name Larger")
        begun, used = time.perf_counter(), _cpu()
        _run(folder, verb)
        return time.perf_counter() - begun, _cpu() - used


def _cpu() -> float:
    """Seconds of CPU of all commands so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _run(folder: str, verb: str) -> None:
    line = [sys.executable, "-m", "rubricate", "codebook", *shlex.split(verb)]
    subprocess.run(line, cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    main()
