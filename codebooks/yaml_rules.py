"""Rules and conditions in a codebook file: read, checked, and every mistake shown at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rubricate.codebooks.rules.conditions import parse_condition, written_condition
from rubricate.codebooks.rules.mistakes import LanguageError
from rubricate.codebooks.rules.operands import references
from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.rules.writing import written
from rubricate.codebooks.yaml_fields import shown
from rubricate.codebooks.yaml_places import place_in_file, places_in_file, pointed_out

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Mark
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.rules.mistakes import Mistake
    from rubricate.codebooks.yaml_tree import TextNode


class Use(NamedTuple):
    """Where a rule of a code names another (``@target``), or it and those below it (``subcodes``)."""

    code: str
    target: str
    subcodes: bool
    mark: Mark


class Uses:
    """The codes that the rules of one code name, in file order."""

    def __init__(self, code: str) -> None:
        """Begin with none."""
        self.code = code
        self.found: list[Use] = []

    def add(self, target: str, subcodes: bool, mark: Mark) -> None:
        """Note that a rule names a code."""
        self.found.append(Use(self.code, target, subcodes, mark))


def read_rule(node: TextNode, problems: Problems, uses: Uses, *, condition: bool = False) -> str:
    """The text of a rule in its one form; what is wrong with it is reported, and the text stays as it is."""
    if _is_folded(node, problems):
        return node.text
    try:
        rule = parse_rule(node.text, condition=condition)
    except LanguageError as error:
        _report(error, node, problems)
        return node.text
    named = list(references(rule))
    marks = places_in_file(node, [reference.at for reference in named], problems.lines)
    for reference, mark in zip(named, marks, strict=True):
        uses.add(reference.code, reference.subcodes, mark)
    return written(rule)


def read_condition(node: TextNode, problems: Problems) -> str:
    """The text of a condition on variables in its one form; what is wrong with it is reported."""
    if _is_folded(node, problems):
        return node.text
    try:
        return written_condition(parse_condition(node.text))
    except LanguageError as error:
        _report(error, node, problems)
        return node.text


def _is_folded(node: TextNode, problems: Problems) -> bool:
    """Report a text that goes over several lines without saying so: a dash may be missing there."""
    if node.folded:
        wrong = f"{shown(node.text)} goes over several lines"
        problems.add(node.mark, f"{wrong}; write the missing dash, or >- before it and all of it below")
    return node.folded


def _report(error: LanguageError, node: TextNode, problems: Problems) -> None:
    for mistake in error.mistakes:
        _point(mistake, node, problems)


def _point(mistake: Mistake, node: TextNode, problems: Problems) -> None:
    mark = place_in_file(node, mistake.at, problems.lines)
    problems.add(mark, mistake.message, pointed_out(mark, problems.lines))
