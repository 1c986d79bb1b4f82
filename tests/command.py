"""The command line in tests: in this process, because that is fast, or truly as a command."""

import csv
import os
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from typer import testing

from rubricate.cli.app import app

# Putting the commands together takes longer than most of them do, and typer's runner does it at every call.
testing._get_command = cache(testing._get_command)

CODEBOOK = """\
codes:
  conflict:
    label: Conflict
    codes:
      sanctions: {label: Sanctions, terms: [sanction, arms embargo]}
      war: {label: War, terms: [war]}
"""


def rubricate(*arguments, stdin=None):
    """The result of a command; a traceback is a failure of the test."""
    result = testing.CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def command(*arguments, **options):
    """The finished process of a real command."""
    return subprocess.run(
        line(*arguments), **{"capture_output": True, "text": True, "encoding": "utf-8", **options}
    )


def line(*arguments):
    return [sys.executable, "-m", "rubricate", *map(str, arguments)]


def make_study(folder):
    """A codebook and two texts below ``folder``."""
    (folder / "texts").mkdir(parents=True)
    (folder / "codebook.yaml").write_text(CODEBOOK)
    (folder / "texts" / "a.txt").write_text("No sanctions yet.\n\nAn arms embargo, and then war.\n")
    (folder / "texts" / "b.md").write_text("# War\n\nPeace at last.\n")
    return folder


def contents(folder):
    """Every file and folder below, hidden ones too, with the bytes."""
    paths = sorted(Path(folder).rglob("*"))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in paths
    }


def user_folder(folder):
    """A working directory whose files have the names of our rooms, as researchers' folders do."""
    for name in ("corpus", "reports", "rubricate"):
        (folder / name).mkdir(parents=True)
        (folder / name / "mine.txt").write_text("War.")
    for name in ("coding", "corpus", "codebooks", "reports", "typing_extensions_of_mine"):
        (folder / f"{name}.py").write_text("raise RuntimeError('this is the script of somebody else')")
    return folder


def environment(**variables):
    return {**os.environ, **variables}


def read_rows(path):
    """The rows of a table, each by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@contextmanager
def as_nobody():
    """Give up the rights of root, who may read and write everything, for a while."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(65534)
    except OSError:
        pytest.skip("root may do everything here")
    try:
        yield
    finally:
        os.seteuid(0)
