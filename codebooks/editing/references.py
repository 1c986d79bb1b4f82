"""Where codes speak of other codes: ``see`` and the ``@code`` of rules; carried along when an id changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import Splice, changed, code_and_rest, spliced, texts
from rubricate.codebooks.editing.pairs import like, remove_pair, rename_keys
from rubricate.codebooks.editing.places import code_paths
from rubricate.codebooks.yaml_tree import TextNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rubricate.codebooks.editing.draft import Draft, Path

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|@(?P<code>[a-z0-9_]+)(?P<below>/\*)?')
"""What is skipped, for a quoted text may hold an @, and what is looked for."""


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
        for found in _TOKEN.finditer(node.text):
            if code := found["code"]:
                form = f"@{code}{found['below'] or ''}"
                yield Reference(code, code_and_rest(path)[0], path, form, line)


def rename_references(
    draft: Draft, names: Mapping[str, str], codes: Mapping[Path, str] | None = None
) -> tuple[Draft, int]:
    """Let what spoke of a code speak of what ``names`` has for it; return how many references changed.

    ``codes`` are the codes that are themselves renamed, by their places.
    """
    found = [one for one in references(draft) if one.code in names]
    paths = dict.fromkeys(one.path for one in found if one.form != "see")
    draft = _rename_in_rules(draft, paths, names) if paths else draft
    keys = {one.path: names[one.code] for one in found if one.form == "see"} | dict(codes or {})
    return (rename_keys(draft, keys) if keys else draft), len(found)


def drop_see(draft: Draft, codes: Collection[str]) -> Draft:
    """Take out every ``see`` that names one of these codes."""
    while found := next((one for one in references(draft) if one.form == "see" and one.code in codes), None):
        draft = remove_pair(draft, found.path)
    return draft


def _rename_in_rules(draft: Draft, paths: Iterable[Path], names: Mapping[str, str]) -> Draft:
    splices, expected = [], draft.plain
    for path in paths:
        node = draft.node(path)
        assert isinstance(node, TextNode)
        start, end = draft.start(node), draft.stop(node)
        new = _renamed(node.text, names)
        # In double quotes YAML's marks would be taken for those of the rule.
        written = like(node, new) if node.style == '"' else _renamed(draft.text[start:end], names)
        splices.append(Splice(start, end, written))
        expected = changed(expected, path, lambda _, new=new: new)  # type: ignore[misc]
    return spliced(draft, splices, expected)


def _renamed(rule: str, names: Mapping[str, str]) -> str:
    def rename(found: re.Match[str]) -> str:
        code = found["code"]
        return f"@{names.get(code, code)}{found['below'] or ''}" if code else found[0]

    return _TOKEN.sub(rename, rule)


def _is_rule(path: Path) -> bool:
    """Whether a path leads to the text of a rule."""
    _, inner = code_and_rest(path)
    return inner[-1] in ("rule", "unless") or (inner[0] in ("rules", "unless") and isinstance(inner[-1], int))
