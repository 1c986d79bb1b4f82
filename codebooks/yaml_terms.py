"""The terms of one code in a codebook file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Entry
from rubricate.codebooks.yaml_fields import Fields, node_name, one_of, shown
from rubricate.codebooks.yaml_limits import Limits, checked_term, read_limits, refuse_kind
from rubricate.codebooks.yaml_tokens import read_tokens
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_rules import Uses

LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The form of a language code: two or three small letters, then parts with hyphens."""


def is_language(code: str) -> bool:
    """Whether a code has the form of a language code: two or three small letters, then parts with hyphens."""
    return bool(LANGUAGE.fullmatch(code)) and code != keys.ANY_LANGUAGE


def by_language(
    node: Node | None, language: str, what: str, problems: Problems
) -> Iterator[tuple[Node, str]]:
    """Yield every item of ``terms`` or ``rules`` (``what``) with its language, that of a plain list given."""
    if not isinstance(node, MappingNode) or not node.pairs:
        yield from _listed(node, language, what, problems)
        return
    for key, value in node.pairs:
        if key.text != keys.ANY_LANGUAGE and not is_language(key.text):
            wrong = f"{shown(key.text)} is no language code"
            problems.add(key.mark, f"{wrong}; write one such as en, fa or any, or a list of {what}")
        yield from _listed(value, key.text, what, problems)


def _listed(node: Node | None, language: str, what: str, problems: Problems) -> Iterator[tuple[Node, str]]:
    if isinstance(node, ListNode) and node.items:
        yield from ((item, language) for item in node.items)
    elif isinstance(node, TextNode) and node.text.strip():
        one = what.removesuffix("s")
        problems.add(node.mark, f"{what} are a list; write a dash and a space before each {one}")
    elif node and not isinstance(node, BrokenNode):
        problems.add(node.mark, f"no {what} stand here; write at least one, or remove the key")


class TermReader:
    """Reads the terms of one code; ``language`` is that of terms in a plain list."""

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

    def entries(self) -> Iterator[Entry]:
        """The entries, numbered over all languages."""
        items = by_language(self._fields.node("terms"), self._language, "terms", self._problems)
        for number, (item, language) in enumerate(items, 1):
            entry = self._entry(item, language, number)
            if entry:
                yield entry

    def _entry(self, item: Node, language: str, number: int) -> Entry | None:
        place = f"{self._code}.{number}"
        if isinstance(item, TextNode):
            refuse_kind(item, "write `{{{kind}: {value}}}`", self._problems)
            text = checked_term(item, "term", self._problems)
            return _made(place, "term", text, language, self._outer, "", item)
        if isinstance(item, ListNode):
            self._problems.add(item.mark, f"a term is a text; {node_name(item)} stands here")
        if not isinstance(item, MappingNode):
            return None
        fields = Fields(item, keys.TERM, self._problems)
        kind, text = self._kind_and_text(fields)
        limits = read_limits(fields, self._outer, self._problems, self._uses)
        if "within" in fields and not limits.unless:
            wrong = "`within` is the scope of `unless`, and there is none here"
            self._problems.add(fields.marks["within"], f"{wrong}; remove it")
        return _made(place, kind, text, language, limits, fields.text("note"), item)

    def _kind_and_text(self, fields: Fields) -> tuple[str, str]:
        """Return the one kind of a term that is a mapping, with its text."""
        kinds = [kind for kind in keys.ENTRY_KINDS if kind in fields]
        if len(kinds) != 1:
            if not fields.strange:
                count = "more than one" if kinds else "none"
                one = f"a term has exactly one of {one_of(keys.ENTRY_KINDS)}"
                self._problems.add(fields.mark, f"{one}; {count} stands here")
            return "term", ""
        node = fields.node(kinds[0])
        if kinds[0] == "tokens":
            return "tokens", read_tokens(node, self._problems)
        if isinstance(node, TextNode):
            return kinds[0], checked_term(node, kinds[0], self._problems)
        return kinds[0], fields.text(kinds[0])


def _made(
    place: str, kind: str, text: str, language: str, limits: Limits, note: str, item: TextNode | MappingNode
) -> Entry:
    return Entry(
        place,
        kind,
        text,
        language,
        limits.not_inside,
        note,
        item.mark,
        limits.within,
        limits.unless,
        limits.only_in,
    )
