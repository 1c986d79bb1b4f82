"""Passages that repeat earlier ones, word for word or nearly."""
