"""``rubricate corpus remove``: documents out of a study's corpus, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.corpus.printing import print_lines, some
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import StudyFolder
from rubricate.cli.terminal import number


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="Ids of documents.")],
    undo: Annotated[bool, typer.Option("--undo", help="Put documents back that were removed.")] = False,
    study: StudyFolder = "",
) -> None:
    """Take documents out of the corpus.

    The copies of their sources stay, and adding the sources again leaves these documents out, until --undo
    puts them back.

    Example: rubricate corpus remove 2015/kerry
    """
    with one_line_errors():
        from rubricate.corpus.storage.adding import restore_documents
        from rubricate.corpus.storage.removing import remove_documents
        from rubricate.study import find_study

        here = find_study(study)
        if undo:
            back = restore_documents(here.folder, documents, here.language).new
            print_lines([f"{number(len(back), 'document')} put back: {some(back)}"])
        else:
            gone = remove_documents(here.folder, documents)
            print_lines([f"{number(len(gone), 'document')} removed: {some(gone)}; --undo puts them back"])
