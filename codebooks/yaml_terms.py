"""The terms of one code in a codebook file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Entry
from rubricate.codebooks.pipeline_terms import parse_entity, parse_pos
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.yaml_fields import Fields, node_name, one_of, shown
from rubricate.codebooks.yaml_tokens import read_tokens
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rubricate.codebooks.errors import Problems

_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_KIND_IN_TEXT = re.compile(rf"\s*({'|'.join(keys.ENTRY_KINDS)})\s*:\s*(\S.*?)\s*", re.DOTALL)
_PLAIN = re.compile(r"\w(?:[\w /-]*\w)?")
_PARSERS: dict[str, Callable[[str], object]] = {"pos": parse_pos, "entity": parse_entity}


def is_language(code: str) -> bool:
    """Whether a code has the form of a language code: two or three small letters, then parts with hyphens."""
    return bool(_LANGUAGE.fullmatch(code)) and code != keys.ANY_LANGUAGE


def names_a_kind(text: str) -> bool:
    """Whether a text that stands alone under ``terms`` would be taken for a slip, as "case: Iran" is."""
    return bool(_KIND_IN_TEXT.fullmatch(text))


class TermReader:
    """Reads the terms of one code; ``language`` is that of terms in a plain list."""

    def __init__(self, code: str, fields: Fields, language: str, problems: Problems) -> None:
        """Take the fields of the code."""
        self._code = code
        self._fields = fields
        self._language = language
        self._problems = problems

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries, numbered over all languages."""
        outer = self._not_inside(self._fields)
        if outer and "terms" not in self._fields:
            mark = self._fields.marks["not_inside"]
            self._problems.add(mark, "`not_inside` needs `terms` beside it; codes below do not inherit it")
        numbered = enumerate(self._items(), 1)
        entries = (self._entry(item, language, number, outer) for number, (item, language) in numbered)
        return tuple(entry for entry in entries if entry)

    def _items(self) -> Iterator[tuple[Node, str]]:
        """Yield every term with its language."""
        node = self._fields.node("terms")
        if not isinstance(node, MappingNode) or not node.pairs:
            yield from self._list(node, self._language)
            return
        for key, value in node.pairs:
            if key.text != keys.ANY_LANGUAGE and not is_language(key.text):
                wrong = f"{shown(key.text)} is no language code"
                self._problems.add(key.mark, f"{wrong}; write one such as en, fa or any, or a list of terms")
            yield from self._list(value, key.text)

    def _list(self, node: Node | None, language: str) -> Iterator[tuple[Node, str]]:
        if isinstance(node, ListNode) and node.items:
            yield from ((item, language) for item in node.items)
        elif isinstance(node, TextNode) and node.text.strip():
            self._problems.add(node.mark, "terms are a list; write a dash and a space before each term")
        elif node and not isinstance(node, BrokenNode):
            self._problems.add(node.mark, "no terms stand here; write at least one, or remove the key")

    def _entry(self, item: Node, language: str, number: int, outer: tuple[str, ...]) -> Entry | None:
        place = f"{self._code}.{number}"
        if isinstance(item, TextNode):
            self._refuse_kind(item, "write `{{{kind}: {value}}}`")
            return Entry(place, "term", self._checked(item, "term"), language, outer, mark=item.mark)
        if isinstance(item, ListNode):
            self._problems.add(item.mark, f"a term is a text; {node_name(item)} stands here")
        if not isinstance(item, MappingNode):
            return None
        fields = Fields(item, keys.TERM, self._problems)
        fields.refuse_all_but_default("within", keys.WITHIN)
        kind, text = self._kind_and_text(fields)
        # Once each, in file order: the code's first.
        not_inside = tuple(dict.fromkeys(outer + self._not_inside(fields)))
        return Entry(place, kind, text, language, not_inside, fields.text("note"), item.mark)

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
            return kinds[0], self._checked(node, kinds[0])
        return kinds[0], fields.text(kinds[0])

    def _not_inside(self, fields: Fields) -> tuple[str, ...]:
        nodes = fields.texts("not_inside")
        for node in nodes:
            self._refuse_kind(node, "here stand plain terms: write `{value}`")
        return tuple(dict.fromkeys(self._checked(node, "term") for node in nodes))

    def _refuse_kind(self, node: TextNode, instead: str) -> None:
        """Report a text that names a kind, as in "case: Iran", where it is text and nothing more."""
        if not (named := _KIND_IN_TEXT.fullmatch(node.text)):
            return
        kind, value = named.groups()
        plain = kind == "tokens" or _PLAIN.fullmatch(value)
        quoted = value if plain else "'{}'".format(value.replace("'", "''"))
        wrong = f"{shown(node.text)} is one text and looks for these characters, `{kind}:` too"
        self._problems.add(node.mark, f"{wrong}; {instead.format(kind=kind, value=quoted)}")

    def _checked(self, node: TextNode, kind: str) -> str:
        """Return the text of a term, reporting what is wrong with it."""
        if node.folded or "\n" in node.text:
            wrong = f"{shown(node.text)} goes over several lines"
            self._problems.add(node.mark, f"{wrong}; write the missing dash, or put the term on one line")
            return node.text
        try:
            _parse(node.text, kind)
        except ValueError as error:
            self._problems.add(node.mark, str(error))
        return " ".join(node.text.split()) if kind in _PARSERS else node.text


def _parse(text: str, kind: str) -> None:
    """Raise a ValueError where a text is no term of its kind."""
    if kind in _PARSERS:
        _PARSERS[kind](text)
    else:
        parse_term(text, kind)
