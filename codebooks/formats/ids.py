"""From the names of foreign categories to ids of codes, and from ids to GUIDs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from rubricate.codebooks.keys import RESERVED

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code

_LONGEST = 32
_ID = re.compile("[a-z0-9_]{1,32}")
_NEW_WORD = re.compile("(?<=[a-z])(?=[A-Z])")
_NO_ID = re.compile("[^a-z0-9]+")
_GUIDS = UUID("5f2c1b0e-8d0c-4c56-9a55-0a8f6b1d7c3e")


class Ids:
    """Gives every name an id that no other has."""

    def __init__(self) -> None:
        """Begin with none."""
        self._taken = set(RESERVED)
        self._next: dict[str, int] = {}

    def of(self, name: str) -> str:
        """The id of the next code with this name.

        >>> ids = Ids()
        >>> ids.of("Arms control"), ids.of("ArmsControl"), ids.of("تحریم"), ids.of("code")
        ('arms_control', 'arms_control_2', 'code_2', 'code_3')
        """
        stem = name if _ID.fullmatch(name) else plain_id(name) or "code"
        found, number = stem, self._next.get(stem, 2)
        while found in self._taken:
            suffix = f"_{number}"
            found = stem[: _LONGEST - len(suffix)] + suffix
            number += 1
        self._next[stem] = number
        self._taken.add(found)
        return found


def plain_id(name: str) -> str:
    """A name in the characters of an id, perhaps none.

    >>> plain_id("Nuclear  Détente!"), plain_id("HarmVirtue")
    ('nuclear_detente', 'harm_virtue')
    """
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NO_ID.sub("_", _NEW_WORD.sub("_", bare).lower()).strip("_")[:_LONGEST].strip("_")


def guid_of(code: Code, book: str) -> str:
    """The GUID of a code: its own, or one made of the codebook's name and the code's first id.

    A code that is renamed keeps it, as long as ``was`` tells its earlier ids.
    """
    return code.guid or str(uuid5(_GUIDS, f"{book}/{(*code.was, code.id)[0]}"))
