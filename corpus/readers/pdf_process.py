"""PDFs are read in a process of their own: a file of a few lines can make pdfium call itself without end."""

from __future__ import annotations

import pickle
import sys
from threading import Timer
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import LARGEST_TEXT
from rubricate.corpus.readers.own_process import PATIENCE, limit_memory, own_process, send
from rubricate.corpus.readers.pdf_file import PdfPage, read_file

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from rubricate.corpus.readers.raw import RawFile

    Answer = PdfPage | dict[str, str] | FileError

_ENDED = "cannot be read: it crashes the program that reads PDFs, or takes it too long; print it to a new PDF"


def read_apart(raw: RawFile) -> Iterator[PdfPage | dict[str, str]]:
    """Yield the pages of a PDF, then its properties; FileError also if reading crashes or does not end."""
    length = 0
    with own_process("rubricate.corpus.readers.pdf_process") as process:
        send(raw.data, process.stdin)
        while True:
            item = _answer(process, raw.file)
            if isinstance(item, FileError):
                raise FileError(raw.file, item.reason)
            yield item
            if not isinstance(item, PdfPage):
                return
            length += sum(len(piece.text) for piece in item.pieces)
            if length > LARGEST_TEXT:
                raise FileError(raw.file, "is longer than 64 MiB, too long for one document; split it")


def _answer(process: subprocess.Popen[bytes], file: str) -> Answer:
    assert process.stdout
    timer = Timer(PATIENCE, process.kill)
    timer.start()
    try:
        answer: Answer = pickle.load(process.stdout)  # noqa: S301 (what main has written)
    except (EOFError, pickle.UnpicklingError):
        raise FileError(file, _ENDED) from None
    finally:
        timer.cancel()
    return answer


def main() -> None:
    """Read a PDF from standard input, and write what is found to standard output, each thing pickled."""
    limit_memory()
    try:
        for item in read_file(sys.stdin.buffer.read()):
            pickle.dump(item, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.flush()
    except FileError as error:
        pickle.dump(error, sys.stdout.buffer)


if __name__ == "__main__":
    main()
