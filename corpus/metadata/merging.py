"""The variables of a document, from everything that says some: which value holds, and what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.readers.dates import DATE, is_date
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.corpus.document import Source
    from rubricate.corpus.metadata.names import NamePattern
    from rubricate.corpus.metadata.table import Metadata

_FILE_NAME = "file name"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of a variable of a document: ``kept`` holds, ``other`` is set aside.

    Each comes from a file, or from "file name".
    """

    document: str
    variable: str
    kept: str
    kept_from: str
    other: str
    other_from: str


@dataclass(slots=True)
class Misfits:
    """What does not fit together, collected while documents go by, in the order of their ids.

    ``conflicts`` between values; ``rows`` (or citekeys) without a document, sorted, known once all documents
    have gone by; ``documents`` without a row; ``names`` of files that the pattern does not fit, each once;
    ``doubts``, what could not be made a value.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def of(self, document: str, file: str) -> Misfits:
        """Those of one document, which came from ``file``."""
        return Misfits(
            conflicts=[conflict for conflict in self.conflicts if conflict.document == document],
            documents=[name for name in self.documents if name == document],
            names={name: None for name in self.names if name == file},
        )


class _Layer(NamedTuple):
    """Values and where they come from."""

    origin: str
    values: Mapping[str, str]


def add_variables(
    sources: Iterable[Source], metadata: Metadata | None, pattern: NamePattern | None, misfits: Misfits
) -> Iterator[Source]:
    """Yield the documents with all their variables.

    Where several sources have a value, that of the metadata holds, then that of the document itself (columns
    of its row, front matter), then that of the file's name, then what the file says of itself. An empty cell
    means "no value", so a value beats it wherever it comes from; and a variable that is known of some
    documents is an empty cell of others.
    """
    misfits.doubts += metadata.doubts if metadata else ()
    columns = (*(metadata.columns if metadata else ()), *(pattern.names if pattern else ()))
    used: set[str] = set()
    for source in sources:
        layers = [_Layer(source.file, source.variables)]
        if metadata:
            layers.insert(0, _Layer(metadata.file, _row(source, metadata, used, misfits)))
        if pattern:
            layers.append(_Layer(_FILE_NAME, _named(source, pattern, misfits)))
        variables = _merged(source, layers, columns, misfits.conflicts)
        variables |= _properties(source, variables)
        yield source if variables == source.variables else replace(source, variables=variables)
    misfits.rows += sorted(metadata.rows.keys() - used) if metadata else ()


def _row(source: Source, metadata: Metadata, used: set[str], misfits: Misfits) -> Mapping[str, str]:
    form = same_form(source.id)
    if form not in metadata.rows:
        misfits.documents.append(source.id)
        return {}
    used.add(form)
    return metadata.rows[form]


def _named(source: Source, pattern: NamePattern, misfits: Misfits) -> Mapping[str, str]:
    from rubricate.corpus.metadata.names import read_name

    named = read_name(pattern, source.file)
    if named is None:
        misfits.names[source.file] = None  # once, though all rows of a table have its name
    return named or {}


def _merged(
    source: Source, layers: Sequence[_Layer], columns: Sequence[str], conflicts: list[Conflict]
) -> dict[str, str]:
    """The first value of each variable that is not blank, and what contradicts it; layers come strongest
    first.
    """
    variables = {}
    for name in dict.fromkeys((*source.variables, *columns)):
        given = [(layer.values[name], layer.origin) for layer in layers if layer.values.get(name, "").strip()]
        kept, kept_from = given[0] if given else ("", "")
        variables[name] = kept
        conflicts += (
            Conflict(source.id, name, kept, kept_from, other, other_from)
            for other, other_from in given[1:]
            if not _agree(name, kept, other)
        )
    return variables


def _agree(variable: str, kept: str, other: str) -> bool:
    """Tell whether two values are the same but for white space at their ends and how accents are spelled; of
    a date, also whether the other only says less: 2019 of 2019-05-12.
    """
    kept, other = same_form(kept.strip()), same_form(other.strip())
    return kept == other or (variable == DATE and kept.startswith(other))


def _properties(source: Source, variables: Mapping[str, str]) -> dict[str, str]:
    """What the file says of itself and nothing else does; it is known to be careless.

    The title is left to ``making``, where that in the text comes first, and the language to ``reader``,
    where a guess does: templates of web pages are often in another one.
    """
    sound = {
        **source.properties,
        "title": "",
        "language": "",
        DATE: _sound_date(source.properties.get(DATE, "").strip()),
    }
    return {
        name: value for name, value in sound.items() if value.strip() and not variables.get(name, "").strip()
    }


def _sound_date(text: str) -> str:
    return text if is_date(text) else ""
