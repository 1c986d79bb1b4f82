"""The rules of one code in a codebook file, and what holds for its terms and rules together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Entry
from rubricate.codebooks.yaml_fields import Fields, node_name, shown
from rubricate.codebooks.yaml_limits import Limits, read_limits
from rubricate.codebooks.yaml_rules import Uses, read_rule
from rubricate.codebooks.yaml_terms import TermReader, by_language, is_language
from rubricate.codebooks.yaml_tree import ListNode, MappingNode, Node, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.codebook import Mark
    from rubricate.codebooks.errors import Problems

_ID = re.compile("[a-z0-9_]{1,32}")


def read_entries(
    code: str, fields: Fields, language: str, within: str, problems: Problems
) -> tuple[tuple[Entry, ...], Uses]:
    """The entries of a code, terms before rules, and the codes that its rules name.

    ``language`` is that of entries in a plain list, ``within`` the codebook's scope.
    """
    uses = Uses(code)
    outer = read_limits(fields, Limits(within), problems, uses)
    if "terms" not in fields and "rules" not in fields:
        _refuse_idle(fields, problems)
    terms = TermReader(code, fields, language, outer, problems, uses).entries()
    rules = RuleReader(code, fields, language, outer, problems, uses).entries()
    entries = (*terms, *rules)
    _refuse_idle_scope(fields, entries, problems)
    return entries, uses


def _refuse_idle(fields: Fields, problems: Problems) -> None:
    for key in keys.LIMITS:
        if key in fields:
            wrong = f"`{key}` needs `terms` or `rules` beside it"
            problems.add(fields.marks[key], f"{wrong}; codes below do not inherit it")


def _refuse_idle_scope(fields: Fields, entries: Sequence[Entry], problems: Problems) -> None:
    if "within" in fields and entries and not any(entry.kind == "rule" or entry.unless for entry in entries):
        wrong = "`within` is the scope of rules and of `unless`, and there are none here"
        problems.add(fields.marks["within"], f"{wrong}; remove it")


class RuleReader:
    """Reads the rules of one code; ``language`` is that of rules in a plain list."""

    def __init__(
        self, code: str, fields: Fields, language: str, outer: Limits, problems: Problems, uses: Uses
    ) -> None:
        """Take the fields of the code, and what holds for all its entries."""
        self._code = code
        self._fields = fields
        self._language = language
        self._outer = outer
        self._problems = problems
        self._uses = uses
        self._named: dict[str, Mark] = {}

    def entries(self) -> Iterator[Entry]:
        """The rules, numbered over all languages; one with an ``id`` has that instead of its number."""
        node = self._fields.node("rules")
        for number, (item, language) in enumerate(
            by_language(node, self._language, "rules", self._problems), 1
        ):
            entry = self._entry(item, language, f"r{number}")
            if entry:
                yield entry

    def _entry(self, item: Node, language: str, name: str) -> Entry | None:
        if isinstance(item, TextNode):
            return self._made(item, name, language, self._outer, "", item.mark)
        if isinstance(item, ListNode):
            self._problems.add(item.mark, f"a rule is a text; {node_name(item)} stands here")
        if not isinstance(item, MappingNode):
            return None
        fields = Fields(item, keys.RULE, self._problems)
        rule = fields.node("rule")
        limits = read_limits(fields, self._outer, self._problems, self._uses)
        named, spoken = self._id(fields, name), self._language_of(fields, language)
        note = fields.text("note")
        if isinstance(rule, TextNode) and rule.text.strip():
            return self._made(rule, named, spoken, limits, note, item.mark)
        if not fields.strange and (rule is None or isinstance(rule, TextNode)):
            self._problems.add(fields.mark, "a rule without its words; write `rule:` and what to look for")
        elif rule is not None:
            fields.text("rule")
        return None

    def _made(self, node: TextNode, name: str, language: str, limits: Limits, note: str, mark: Mark) -> Entry:
        return Entry(
            f"{self._code}.{name}",
            "rule",
            read_rule(node, self._problems, self._uses),
            language,
            limits.not_inside,
            note,
            mark,
            limits.within,
            limits.unless,
            limits.only_in,
        )

    def _id(self, fields: Fields, number: str) -> str:
        name = fields.text("id")
        if not name:
            return number
        mark = fields.marks["id"]
        if not _ID.fullmatch(name) or name.isdecimal() or re.fullmatch("r[0-9]+", name):
            instead = "a word such as `tit_for_tat`, of a–z, 0–9 and _"
            self._problems.add(mark, f"{shown(name)} is no id of a rule; write {instead}")
        elif name in self._named:
            line = self._named[name].line
            wrong = f"the id `{name}` is used twice, first in line {line}"
            self._problems.add(mark, f"{wrong}; give one of the two another id")
        self._named.setdefault(name, mark)
        return name

    def _language_of(self, fields: Fields, language: str) -> str:
        spoken = fields.text("language")
        if not spoken:
            return language
        if spoken != keys.ANY_LANGUAGE and not is_language(spoken):
            wrong = f"{shown(spoken)} is no language code"
            self._problems.add(fields.marks["language"], f"{wrong}; write one such as en, fa or any")
        elif isinstance(self._fields.node("rules"), MappingNode):
            wrong = "the language of this rule is said above it"
            self._problems.add(fields.marks["language"], f"{wrong}; remove it, or move the rule")
        return spoken
