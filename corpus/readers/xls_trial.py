"""Older Excel workbooks are tried in a process of their own: four damaged bytes can ask for more memory than
there is, and the program that finds none ends at once.
"""

from __future__ import annotations

import io
import subprocess
import sys

from rubricate.corpus.readers.own_process import PATIENCE, limit_memory, own_process


def is_harmless(data: bytes) -> bool:
    """Tell whether the sheets of an .xls can be opened, or be refused in good order, without a crash."""
    with own_process("rubricate.corpus.readers.xls_trial") as process:
        try:
            process.communicate(data, PATIENCE)
        except subprocess.TimeoutExpired:
            return False
    return process.returncode == 0


def main() -> None:
    """Open all sheets of the workbook on standard input; what goes wrong in good order is no failure."""
    from python_calamine import CalamineError, load_workbook

    limit_memory()
    try:
        workbook = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        for index in range(len(workbook.sheet_names)):
            workbook.get_sheet_by_index(index)
    except CalamineError:
        pass


if __name__ == "__main__":
    main()
