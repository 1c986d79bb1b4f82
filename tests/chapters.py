"""Chapters of the manual as they are followed: files are made where they are shown, and commands are run.

A block of code below a line that ends with `name`: is that file, which is there from the beginning; one that
is shown again changes there. In a block of the language ``console`` each line that begins with "$ " is a
command, and what follows it is what it prints.

To put what the commands print now into a chapter: ``uv run python -m tests.chapters docs/corpora.md``
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.command import rubricate
from tests.manual_files import make_files

_BLOCK = re.compile(r"(?:`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)\n(?:(?!\$ ).*\n)*", re.MULTILINE)


def followed(text, folder):
    """The chapter with what its commands print, one after the other, in ``folder``."""
    make_files(folder)
    for name, _, content in reversed(_BLOCK.findall(text)):  # of those shown twice the first is left
        _write(folder, name, content)
    console = _Console()

    def follow(block):
        name, language, content = block.groups()
        _write(folder, name, content)
        if language != "console":
            return block[0]
        said = _COMMAND.sub(lambda found: f"$ {found[1]}\n{console.run(found[1])}", content)
        return block[0].replace(content, said)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return _BLOCK.sub(follow, text)


def _write(folder, name, content):
    if name:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")


class _Console:
    """A person's console: where they are, and the exit code of the last command."""

    def __init__(self):
        self.code = 0

    def run(self, command):
        """What a command prints; rubricate runs in this process, because that is fast."""
        if command == "echo $?":
            return f"{self.code}\n"
        if command.startswith("cd "):
            os.chdir(command.removeprefix("cd "))
            return ""
        before, pipe, last = command.rpartition(" | ")
        if not last.startswith("rubricate "):
            return _shell(command).decode()
        result = rubricate(*shlex.split(last)[1:], stdin=_shell(before) if pipe else None)
        self.code = result.exit_code
        return result.output


def _shell(command):
    return subprocess.run(command, shell=True, check=True, capture_output=True).stdout


def _main():
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(name).absolute()
            path.write_text(followed(path.read_text("utf-8"), Path(folder)), "utf-8")


if __name__ == "__main__":
    _main()
