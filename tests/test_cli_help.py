import subprocess
import sys

import pytest
from typer.main import get_command

from rubricate.cli.app import app
from rubricate.cli.terminal import number
from rubricate.corpus.document import ANALYSED
from rubricate.corpus.passages import UNITS
from tests.command import rubricate


def every_command(command, path=()):
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from every_command(below, (*path, name))


COMMANDS = list(every_command(get_command(app)))

HEAVY = ("numpy", "pandas", "scipy", "sklearn", "spacy", "simplemma", "re2", "rich")

IMPORTS = """
import sys
from typer.testing import CliRunner
from rubricate.cli.app import app
for command in {commands}:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0, result.output
print([name for name in {heavy} if name in sys.modules])
"""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    shown = rubricate(*command, "--help")
    assert shown.exit_code == 0
    assert f"Example: rubricate {' '.join(command)}".strip() in shown.output
    assert "<str>" not in shown.output
    assert rubricate(*command, "-h").output == shown.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_fits_80_columns(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, rubricate(*command, "--help").output.splitlines())) <= 80


def test_no_help_imports_heavy_libraries():
    script = IMPORTS.format(commands=COMMANDS, heavy=HEAVY)
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_the_units_of_the_help_are_the_units_there_are():
    shown = " ".join(rubricate("apply", "--help").output.split())
    *first, last = UNITS
    assert f"What is counted: {', '.join(first)} or {last}." in shown


def test_defaults_stand_in_one_pair_of_brackets():
    shown = " ".join(rubricate("apply", "--help").output.split())
    assert "[default: detected]" in shown
    assert "[default: (" not in shown


def test_the_parts_of_the_help_are_the_parts_analysed():
    shown = "".join(rubricate("apply", "--help").output.split())
    assert f"[default:thestudy's,else{','.join(ANALYSED)}]" in shown


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert rubricate("--version").output == f"rubricate {version('rubricate')}\n"


def test_shell_completion_can_be_installed():
    assert {"--install-completion", "--show-completion"} <= set(rubricate("--help").output.split())


def test_without_a_command_the_help_is_shown_and_the_exit_code_is_2():
    for group in ((), ("codebook",)):
        result = rubricate(*group)
        assert result.exit_code == 2
        assert "Example: rubricate" in result.output


@pytest.mark.parametrize(("count", "words"), [(0, "0 hits"), (1, "1 hit"), (12345, "12,345 hits")])
def test_numbers_are_worded(count, words):
    assert number(count, "hit") == words
