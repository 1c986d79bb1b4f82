"""The codes of a codebook file: their tree, their terms and their examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Code, Example
from rubricate.codebooks.yaml_entries import read_entries
from rubricate.codebooks.yaml_fields import Fields, nearest, node_name, shown
from rubricate.codebooks.yaml_terms import is_language
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode
from rubricate.codebooks.yaml_uses import check_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Mark
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_rules import Use

ID = re.compile("[a-z0-9_]{1,32}")
"""The form of the id of a code."""


class CodeReader:
    """Reads codes in file order; what holds for the whole tree (ids, references) is checked on the way."""

    def __init__(self, language: str, within: str, problems: Problems) -> None:
        """Begin with no codes; ``language`` is the language of entries in a plain list, ``within`` the scope
        of those that name none.
        """
        self.codes: list[Code] = []
        self._language = language
        self._within = within
        self._uses: list[Use] = []
        self._problems = problems
        self._places: dict[str, Mark] = {}
        self._references: list[TextNode] = []

    def read(self, node: Node | None, mark: Mark, parent: str = "") -> None:
        """Read the value of a ``codes`` key, with all codes below; ``mark`` is where it is missing."""
        if isinstance(node, BrokenNode):
            return
        if isinstance(node, MappingNode) and node.pairs:
            for key, value in node.pairs:
                self._code(key, value, parent)
            return
        if node is None or isinstance(node, MappingNode) or node_name(node) == "nothing":
            wrong = "`codes` is missing or empty"
        else:
            wrong = f"`codes` takes a mapping from ids to codes, not {node_name(node)}"
        self._problems.add(
            node.mark if node else mark, f"{wrong}; write `codes:` and an id below, as in `trade:`"
        )

    def check_references(self) -> None:
        """Report what names a code that does not exist (``see``, ``@code``); to be called after reading."""
        check_uses(self._uses, self.codes, self._places, self._problems)
        for key in self._references:
            if key.text not in self._places:
                close = nearest(key.text, self._places)
                instead = f"write `{close}`" if close else "write the id of a code of this codebook"
                self._problems.add(key.mark, f"there is no code {shown(key.text)}; {instead}")

    def _code(self, key: TextNode, node: Node, parent: str) -> None:
        self._check_id(key)
        if isinstance(node, MappingNode):
            self._mapping(key, node, parent)
        elif isinstance(node, TextNode | ListNode):
            self._problems.add(node.mark, _no_mapping(key.text, node))

    def _check_id(self, key: TextNode) -> None:
        name = key.text
        if not ID.fullmatch(name):
            self._problems.add(key.mark, _bad_id(name))
        elif name in keys.RESERVED:
            taken = f"the id `{name}` is the name of another column of {keys.RESERVED[name]}.csv"
            self._problems.add(key.mark, f"{taken}; give the code another id, such as `{name}s`")
        elif name in self._places:
            line = self._places[name].line
            wrong = f"the id `{name}` is used twice, first in line {line}"
            self._problems.add(key.mark, f"{wrong}; give one of the two another id")
        self._places.setdefault(name, key.mark)

    def _mapping(self, key: TextNode, node: MappingNode, parent: str) -> None:
        name, fields = key.text, Fields(node, keys.CODE, self._problems)
        coded_by = fields.choice("coded_by", keys.CODED_BY)
        if coded_by != "hand" and not _may_have_terms(fields):
            wrong = f"`{name}` has no `terms` and no `rules`"
            self._problems.add(key.mark, f"{wrong}; add some, or write `coded_by: hand`")
        for what in ("terms", "rules"):
            if coded_by == "hand" and what in fields:
                wrong = f"`{name}` has `{what}`, but `coded_by: hand`"
                mark = (fields.node("coded_by") or node).mark
                self._problems.add(mark, f"{wrong}; write `both`, or remove the {what}")
        entries, uses = read_entries(name, fields, self._language, self._within, self._problems)
        self._uses += uses.found
        see = fields.pairs("see")
        self._references += [code for code, _ in see]
        self.codes.append(
            Code(
                id=name,
                label=fields.text("label", name.replace("_", " ").capitalize()),
                parent=parent,
                definition=fields.text("definition"),
                when_to_use=_texts(fields, "when_to_use"),
                when_not_to_use=_texts(fields, "when_not_to_use"),
                see={code.text: why for code, why in see},
                examples=tuple(self._examples(fields)),
                coded_by=coded_by,
                negated=fields.choice("negated", keys.NEGATED),
                entries=entries,
                color=fields.text("color"),
                memo=fields.text("memo"),
                literature=_texts(fields, "literature"),
                guid=fields.text("guid"),
                was=_texts(fields, "was"),
                mark=key.mark,
                exclusive=self._exclusive(fields),
            )
        )
        if "codes" in fields:
            self.read(fields.node("codes"), key.mark, parent=name)

    def _exclusive(self, fields: Fields) -> bool:
        exclusive = fields.choice("exclusive", keys.EXCLUSIVE) == "true"
        if exclusive and "codes" not in fields:
            wrong = "`exclusive` says that the codes below exclude each other, and there are none"
            self._problems.add(fields.marks["exclusive"], f"{wrong}; move it to the code above them")
        return exclusive

    def _examples(self, fields: Fields) -> Iterator[Example]:
        for item in fields.items("examples"):
            if isinstance(item, TextNode):
                yield Example(item.text, mark=item.mark)
            elif isinstance(item, MappingNode):
                yield self._example(item)
            elif isinstance(item, ListNode):
                self._problems.add(item.mark, "an example is a text; a list stands here")

    def _example(self, node: MappingNode) -> Example:
        fields = Fields(node, keys.EXAMPLE, self._problems)
        text = fields.text("text")
        # A broken text is already reported.
        if not text.strip() and isinstance(fields.node("text"), TextNode | None):
            self._problems.add(node.mark, "an example without words; write `text:` and the sentence")
        language = fields.text("language")
        if language and not is_language(language):
            wrong = f"{shown(language)} is no language code"
            self._problems.add(fields.marks["language"], f"{wrong}; write one such as en or fa")
        return Example(
            text,
            language=language,
            applies=fields.choice("applies", keys.APPLIES) == "true",
            variables={name.text: value for name, value in fields.pairs("variables")},
            origin=fields.text("from"),
            mark=node.mark,
        )


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(node.text for node in fields.texts(key))


def _may_have_terms(fields: Fields) -> bool:
    """Whether a code has terms, or is a group, or says something else that was meant to find text."""
    meant = ("terms", "rules", "codes")
    return any(key in fields for key in meant) or any(nearest(key.text, meant) for key in fields.strange)


def _bad_id(name: str) -> str:
    fitting = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:32]
    instead = f"write `{fitting}`" if re.search("[a-z]", fitting) else "write one such as `arms_control`"
    return (
        f"{shown(name)} is no id (a–z, 0–9 and _, at most 32 characters); {instead}, and a `label` beside it"
    )


def _no_mapping(name: str, node: Node) -> str:
    if name in keys.CODE.keys:
        return f"`{name}` stands where an id of a code is expected; indent it under its code"
    found = node_name(node)
    if isinstance(node, TextNode) and node.text:
        found = f"the text {shown(node.text)}, perhaps without its colon,"
    return f"the code {shown(name)} takes keys such as `label:` and `terms:`; {found} stands here"
