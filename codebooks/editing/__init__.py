"""Changing a codebook file: every verb a splice of its text, with what was there before kept beside it."""
