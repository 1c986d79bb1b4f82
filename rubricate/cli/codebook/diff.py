"""``rubricate codebook diff``: what differs between two codebooks, and what that does to a corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.apply import chosen_settings
from rubricate.cli.codebook.changing import edit_errors
from rubricate.cli.codebook.reading import File
from rubricate.cli.corpus.printing import notes, print_json, print_lines
from rubricate.cli.differences import EXAMPLES, lines_of_codebooks, lines_of_segments
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import (  # typer reads them
    Attributed,
    CorrectionsFile,
    Duplicates,
    Encoding,
    Full,
    Hedged,
    IdColumn,
    Json,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    Negated,
    Parts,
    Pipeline,
    Question,
    RepairsFile,
    Split,
    StudyFolder,
    TextColumn,
    Unit,
)
from rubricate.cli.terminal import terminal_width
from rubricate.cli.usage import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.cli.corpus.reading import Reading
    from rubricate.codebooks import Codebook
    from rubricate.codebooks.difference import Difference
    from rubricate.coding.comparing.comparison import Comparison
    from rubricate.coding.settings import Settings
    from rubricate.corpus.readers.raw import ReadOptions
    from rubricate.study import Study

    How = tuple[str, tuple[str, str], tuple[str, str], ReadOptions]

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help="The earlier codebook: a YAML file, or a tag or number of a state.  [default: the last tag, or "
        "else the last state]",
        show_default=False,
    ),
]
New = Annotated[
    str,
    typer.Argument(
        metavar="NEW", help="The later one.  [default: the codebook as it is now]", show_default=False
    ),
]
On = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="SOURCE...",
        help="Apply both to these documents.  [default: those of the study]",
        show_default=False,
    ),
]


class OnCommand(Command):
    """A command whose option ``--on`` takes as many sources as follow it, as a shell makes of a glob."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, with ``--on`` before each of its sources."""
        spread: list[str] = []
        sources = 0
        for word in args:
            if word == "--on" or (word.startswith("-") and word != "-"):
                sources = 1 if word == "--on" else 0
            elif sources:
                spread += ["--on"] if sources > 1 else []
                sources += 1
            spread.append(word)
        return super().parse_args(ctx, spread)


def diff(
    old: Old = "",
    new: New = "",
    file: File = "",
    on: On = None,
    full: Full = False,
    as_json: Json = False,
    study: StudyFolder = "",
    unit: Unit = "",
    language: Language = "",
    metadata: MetadataFile = "",
    name_pattern: NamePattern = "",
    repairs: RepairsFile = "",
    corrections: CorrectionsFile = "",
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    encoding: Encoding = "",
    main_content: MainContent = False,
    split: Split = "",
    parts: Parts = "",
    duplicates: Duplicates = "",
    pipeline: Pipeline = "",
    negated: Negated = "keep",
    hedged: Hedged = "keep",
    attributed: Attributed = "keep",
    question: Question = "keep",
) -> None:
    """Say what differs between two codebooks and, on documents, what that does.

    Codes and entries that were added, removed, renamed, moved or changed are named. With --on, or in a study,
    both codebooks are applied: segments gained and lost are shown entry by entry, with examples, and the
    numbers of codes and pairs of codes before and after. Tags and numbers are those of codebook history; with
    neither, the codebook is compared with its last tag, or else its last state.

    Example: rubricate codebook diff old.yaml codebook.yaml --on speeches/
    """
    with one_line_errors(), edit_errors(file or _codebook_of(study)) as codebook:
        from rubricate.coding.settings import Settings
        from rubricate.corpus.readers.raw import ReadOptions

        within = _study(study)
        filters = (negated, hedged, attributed, question)
        settings = replace(
            within.settings if within and not on else Settings(),
            **chosen_settings(unit, parts, duplicates, pipeline, *filters),
        )
        options = ReadOptions(text_column, id_column, encoding, main_content, split)
        how = (language, (metadata, name_pattern), (repairs, corrections), options)
        named = [(name, _read(name, codebook)) for name in (old or _last(codebook), new or codebook)]
        _diff(named, on or [], within, how, settings, full=full, as_json=as_json)


def _diff(
    named: Sequence[tuple[str, Codebook]],
    sources: Sequence[str],
    study: Study | None,
    how: How,
    chosen: Settings,
    *,
    full: bool,
    as_json: bool,
) -> None:
    from rubricate.codebooks.difference import difference
    from rubricate.coding.pipeline_check import check_pipeline

    before, after = (book for _, book in named)
    changes, found = difference(before, after), None
    documents = _documents(sources, study, how, after.language)
    if documents:
        for name, book in named:
            check_pipeline(book, chosen.pipeline, name)
        most = None if full or as_json else EXAMPLES
        found = _compare(before, after, changes, documents, chosen, most)
    _show(changes, found, full=full, as_json=as_json)
    if documents:
        documents.tell()


def _codebook_of(study: str) -> str:
    """The codebook of a study that was named; nothing, where none was."""
    from rubricate.corpus.storage.layout import CODEBOOK
    from rubricate.study import find_study

    return str(find_study(study).folder / CODEBOOK) if study else ""


def _read(named: str, codebook: str) -> Codebook:
    """The codebook of a file, or of a state of ``codebook`` with this tag or number."""
    from rubricate.codebooks import parse_codebook, read_codebook
    from rubricate.codebooks.editing.history import state_of
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_text import decoded

    if Path(named).is_file() or Path(named).name != named or Path(named).suffix in (".yaml", ".yml"):
        return read_codebook(named)
    state = f"{codebook} {named}"
    return parse_codebook(decoded(state_of(codebook, named), Problems(state)), state)


def _last(codebook: str) -> str:
    """The name of the state that the codebook is compared with where none is named, which is told."""
    from rubricate.codebooks.editing.history import last_state

    state = last_state(codebook)
    name = state.tags[-1] if state.tags else f"state {state.number}"
    notes([f"{codebook}: compared with {name}, of {state.time[:16].replace('T', ' ')}"])
    return state.name


def _study(named: str) -> Study | None:
    """The study that was named or in which this folder lies; None where there is none."""
    from rubricate.corpus.errors import CorpusError
    from rubricate.study import find_study

    try:
        return find_study(named)
    except CorpusError:
        if named:
            raise
        return None


def _documents(sources: Sequence[str], study: Study | None, how: How, fallback: str) -> Reading | None:
    """The documents to which both are applied; None where there are none."""
    from rubricate.cli.corpus.reading import reading
    from rubricate.corpus.storage.stored import Store

    if sources:
        return reading(sources, "", *how, fallback)
    if study is None:
        return None
    documents = reading((), str(study.folder), *how)
    with Store(study.folder) as store:
        if store.groups:
            return documents
    notes(["the corpus of the study is empty, so only the codebooks are compared; or name documents: --on"])
    return None


def _compare(
    before: Codebook,
    after: Codebook,
    changes: Difference,
    documents: Reading,
    chosen: Settings,
    most: int | None,
) -> Comparison:
    from rubricate.cli.progress import progress
    from rubricate.coding.comparing.codebooks import compare_codebooks

    with progress("comparing") as follow:
        return compare_codebooks(before, after, changes, follow(documents.documents()), chosen, most)


def _show(changes: Difference, found: Comparison | None, *, full: bool, as_json: bool) -> None:
    from rubricate.cli.difference_rows import rows_of_codebooks, rows_of_segments

    if as_json:
        print_json(codebook=rows_of_codebooks(changes), **(rows_of_segments(found) if found else {}))
        return
    print_lines(lines_of_codebooks(changes, terminal_width()))
    if found:
        print_lines(lines_of_segments(found, terminal_width(), full=full))
