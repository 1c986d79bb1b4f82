"""Where codes speak of other codes: ``see`` and the ``@code`` of rules; carried along when an id changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import Splice, changed, code_and_rest, spliced, texts
from rubricate.codebooks.editing.pairs import key_splice, like, remove_pairs, with_key
from rubricate.codebooks.editing.places import code_paths
from rubricate.codebooks.rules.tokens import cut, reference
from rubricate.codebooks.yaml_tree import TextNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rubricate.codebooks.editing.draft import Draft, Path


@dataclass(frozen=True, slots=True)
class Reference:
    """A code that another one speaks of: where, and how: ``see``, ``@code`` or ``@code/*``."""

    code: str
    within: str
    path: Path
    form: str
    line: int


def references(draft: Draft) -> Iterator[Reference]:
    """Yield every reference, those of ``see`` first."""
    for within, path in code_paths(draft).items():
        see = draft.value((*path, "see"))
        for code in see if isinstance(see, dict) else ():
            place = (*path, "see", code)
            line = draft.line(draft.start(draft.node(place))) + 1
            yield Reference(code, within, place, "see", line)
    for path, node in texts(draft):
        if "@" not in node.text or not _is_rule(path):
            continue
        line = draft.line(draft.start(node)) + 1
        for piece in cut(node.text):
            if piece.kind == "REFERENCE":
                yield Reference(reference(piece.text)[0], code_and_rest(path)[0], path, piece.text, line)


def rename_references(
    draft: Draft, names: Mapping[str, str], codes: Mapping[Path, str] | None = None
) -> tuple[Draft, int]:
    """Let what spoke of a code speak of what ``names`` has for it; return how many references changed.

    ``codes`` are the codes that are themselves renamed, by their places.
    """
    found = [one for one in references(draft) if one.code in names]
    keys = {one.path: names[one.code] for one in found if one.form == "see"} | dict(codes or {})
    splices, expected = [], draft.plain
    for path in dict.fromkeys(one.path for one in found if one.form != "see"):
        splice, new = _in_rule(draft, path, names)
        splices.append(splice)
        expected = changed(expected, path, lambda _, new=new: new)  # type: ignore[misc]
    for path, name in keys.items():  # codes last: the paths lead through their old names
        splices.append(key_splice(draft, path, name))
        expected = with_key(expected, path, name)
    return (spliced(draft, splices, expected) if splices else draft), len(found)


def drop_see(draft: Draft, codes: Collection[str]) -> Draft:
    """Take out every ``see`` that names one of these codes."""
    found = (one.path for one in references(draft) if one.form == "see" and one.code in codes)
    return remove_pairs(draft, [*found])


def _in_rule(draft: Draft, path: Path, names: Mapping[str, str]) -> tuple[Splice, str]:
    """How a rule is written with other names, and what it says then."""
    node = draft.node(path)
    assert isinstance(node, TextNode)
    start, end = draft.start(node), draft.stop(node)
    new = _renamed(node.text, names)
    if node.style == '"':  # its marks would be taken for those of the rule
        return Splice(start, end, like(node, new)), new
    edge = len(node.style) if node.style == "'" else 0
    return Splice(start + edge, end - edge, _renamed(draft.text[start + edge : end - edge], names)), new


def _renamed(rule: str, names: Mapping[str, str]) -> str:
    parts, done = [], 0
    for piece in cut(rule):
        code, subcodes = reference(piece.text) if piece.kind == "REFERENCE" else ("", False)
        if code in names:
            parts += [rule[done : piece.at], f"@{names[code]}{'/*' if subcodes else ''}"]
            done = piece.at + len(piece.text)
    return "".join([*parts, rule[done:]])


def _is_rule(path: Path) -> bool:
    """Whether a path leads to the text of a rule."""
    _, inner = code_and_rest(path)
    return inner[-1] in ("rule", "unless") or (inner[0] in ("rules", "unless") and isinstance(inner[-1], int))
