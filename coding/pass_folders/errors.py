"""What can go wrong with coding passes, said in one line."""

from __future__ import annotations


class PassError(Exception):
    """A pass cannot be found, read or written: where it is, what is wrong, and what to do."""
