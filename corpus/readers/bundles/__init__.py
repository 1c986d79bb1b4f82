"""Bundles: files that hold many documents one below the other, as a user or a press database marks them."""
