"""Applying a codebook to a corpus: matching, flags, passes."""
