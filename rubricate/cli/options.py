"""Options that several commands have, each with what --help says of it."""

from __future__ import annotations

from typing import Annotated

import typer

Unit = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="What is counted: paragraph, sentence, item, heading, turn or document.  "
        "[default: the study's, else paragraph]",
        show_default=False,
    ),
]
Duplicates = Annotated[
    str,
    typer.Option(
        "--duplicates",
        metavar="WHICH",
        help="Repeated passages: keep counts them, exact or near counts only the first.  "
        "[default: the study's, else keep]",
        show_default=False,
    ),
]
Negated = Annotated[
    str,
    typer.Option("--negated", metavar="WHICH", help="Negated hits: keep them, drop them, or only these."),
]
Hedged = Annotated[
    str,
    typer.Option("--hedged", metavar="WHICH", help="Hedged hits (may, reportedly): keep, drop or only."),
]
Attributed = Annotated[
    str,
    typer.Option(
        "--attributed", metavar="WHICH", help="Hits in what others say or in quotes: keep, drop or only."
    ),
]
Question = Annotated[
    str, typer.Option("--question", metavar="WHICH", help="Hits in questions: keep, drop or only.")
]
CodebookFile = Annotated[
    str,
    typer.Argument(
        metavar="CODEBOOK", help="The codebook, a YAML file.  [default: the study's]", show_default=False
    ),
]
SomeSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE", help="Files, folders, globs or zip archives of documents; - is standard input."
    ),
]
Out = Annotated[
    str,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Folder for the tables; replaced if rubricate wrote it, else refused.",
        show_default=False,
    ),
]
Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="CODE",
        help="Language of documents whose metadata name none, such as en or fa.  "
        "[default: guessed where the text leaves no doubt]",
        show_default=False,
    ),
]
MetadataFile = Annotated[
    str,
    typer.Option(
        "--metadata",
        metavar="FILE",
        help="Table with a document column, whose other columns become variables; or a bibliography: .bib, "
        "or .json as Zotero exports it.",
    ),
]
NamePattern = Annotated[
    str,
    typer.Option(
        "--name-pattern",
        metavar="PATTERN",
        help="Variables in the names of files, such as '{outlet}_{date:%Y-%m-%d}.txt'; {} passes over.",
    ),
]
RepairsFile = Annotated[
    str,
    typer.Option(
        "--repairs",
        metavar="FILE",
        help="CSV of words to repair in the texts: document, before, after.",
    ),
]
CorrectionsFile = Annotated[
    str,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="CSV of corrections to parts, borders and titles of the texts.",
    ),
]
TextColumn = Annotated[
    str,
    typer.Option(
        "--text-column",
        metavar="NAME",
        help="Column of a CSV or TSV that holds the text.  [default: text]",
        show_default=False,
    ),
]
IdColumn = Annotated[
    str,
    typer.Option(
        "--id-column",
        metavar="NAME",
        help="Column of a CSV or TSV that names the document.  [default: doc_id, id or document]",
        show_default=False,
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of the files, such as cp1256.  [default: detected]",
        show_default=False,
    ),
]
Parts = Annotated[
    str,
    typer.Option(
        "--parts",
        metavar="PARTS",
        help="Parts to analyse, separated by commas; also: heading, references, boilerplate.  "
        "[default: the study's, else title,abstract,body,list,caption,table,footnote]",
        show_default=False,
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=256,
        help="Processes that work at the same time; what comes out does not depend on it.",
    ),
]
Pipeline = Annotated[
    str,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="An installed spaCy pipeline, or its folder, for entries that need one.  [default: the study's]",
        show_default=False,
    ),
]
SpreadsheetSafe = Annotated[
    bool,
    typer.Option("--spreadsheet-safe", help="Write ' before cells that Excel would run as formulas."),
]
MainContent = Annotated[bool, typer.Option("--main-content", help="Of web pages, analyse the article only.")]
Split = Annotated[
    str,
    typer.Option(
        "--split",
        metavar="REGEX",
        help="Cut files of several documents before each line that matches; none: leave bundles whole.",
    ),
]
StudyFolder = Annotated[
    str,
    typer.Option(
        "--study",
        metavar="FOLDER",
        help="The study.  [default: the one in which this folder lies]",
        show_default=False,
    ),
]
PassOption = Annotated[
    str,
    typer.Option(
        "--pass",
        metavar="PASS",
        help="Number of the pass, or the beginning of its id.  [default: the last]",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Full = Annotated[
    bool, typer.Option("--full", help="All segments and pairs of codes, not only the first of each.")
]
