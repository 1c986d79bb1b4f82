"""In which documents entries are looked for: ``only_in`` and the variables of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.errors import CodebookError, Problem
from rubricate.codebooks.rules.conditions import parse_condition
from rubricate.codebooks.rules.variables import comparisons, holds
from rubricate.coding.plan import applies_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.rules.variables import Condition
    from rubricate.coding.plan import Plan
    from rubricate.corpus.document import Document

OWN = ("document", "citekey", "title", "date", "language", "file")
"""What every document has, besides the variables that its corpus brings."""


def values_of(document: Document) -> Mapping[str, str]:
    """The variables of a document by name, with those that every document has."""
    own = (document.id, document.citekey, document.title, document.date, document.language, document.file)
    return {**document.variables, **{name: value for name, value in zip(OWN, own, strict=True) if value}}


def looked_for(conditions: Sequence[Condition], document: Document) -> bool:
    """Whether an entry with these conditions is looked for in a document."""
    if not conditions:
        return True
    variables = values_of(document)
    return all(holds(condition, variables) for condition in conditions)


def applicable(plan: Plan, document: Document) -> list[bool]:
    """For each code whether one of its entries is looked for in a document of the plan's language."""
    return applicable_by(plan.entries_of, plan.rules.only_in, document)


def applicable_by(
    entries_of: Sequence[Sequence[int]], only_in: Mapping[int, Sequence[Condition]], document: Document
) -> list[bool]:
    """The same without a plan: by code the entries in the document's language, by entry its conditions."""
    return [
        any(entry not in only_in or looked_for(only_in[entry], document) for entry in entries)
        for entries in entries_of
    ]


def conditions_of(codebook: Codebook) -> dict[int, tuple[Condition, ...]]:
    """The conditions of entries on the variables of documents, by the entry's index."""
    return {
        index: tuple(parse_condition(condition) for condition in entry.only_in)
        for index, entry in enumerate(codebook.entries)
        if entry.only_in
    }


def entries_looked_for(codebook: Codebook, documents: Sequence[Document]) -> list[bool]:
    """For each entry whether it is looked for in one of these documents: by its language and conditions."""
    found: dict[tuple[str, tuple[str, ...]], bool] = {}
    for entry in codebook.entries:
        if (entry.language, entry.only_in) not in found:
            conditions = [parse_condition(condition) for condition in entry.only_in]
            found[entry.language, entry.only_in] = any(
                applies_to(entry, document.language) and looked_for(conditions, document)
                for document in documents
            )
    return [found[entry.language, entry.only_in] for entry in codebook.entries]


def names_asked(codebook: Codebook) -> dict[str, list[tuple[int, str]]]:
    """The variables that ``only_in`` names, without those that every document has: for each the entries, by
    index and id.
    """
    names: dict[str, list[tuple[int, str]]] = {}
    for index, entry in enumerate(codebook.entries):
        for condition in entry.only_in:
            for one in comparisons(parse_condition(condition)):
                if one.variable not in OWN and (index, entry.id) not in names.setdefault(one.variable, []):
                    names[one.variable].append((index, entry.id))
    return names


def refuse_unknown(codebook: Codebook, known: Iterable[str], file: str) -> None:
    """Raise CodebookError where ``only_in`` names a variable that is not among the known ones."""
    variables = list(dict.fromkeys(known))
    missing = {name: who for name, who in names_asked(codebook).items() if name not in variables}
    if not missing:
        return
    there = ", ".join((*variables, *OWN))
    entries = codebook.entries
    raise CodebookError(
        Problem(
            file,
            entries[index].mark.line,
            entries[index].mark.column,
            f"{entry}: `only_in` asks for `{name}`, which no document has; there are {there}",
        )
        for name, who in missing.items()
        for index, entry in who
    )


def watched(codebook: Codebook, documents: Iterable[Document], file: str) -> Iterator[Document]:
    """The same documents; CodebookError behind the last where none had a variable that ``only_in`` names."""
    asked = names_asked(codebook)
    seen: dict[str, None] = {}
    none = True
    for document in documents:
        none = False
        if asked:
            seen |= dict.fromkeys(document.variables)
        yield document
    if asked and not none:
        refuse_unknown(codebook, seen, file)
