"""What can go wrong with an edit, said in one line."""

from __future__ import annotations


class EditError(Exception):
    """An edit cannot be made: what is wrong, and what to do. Nothing was written."""
