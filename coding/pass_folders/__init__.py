"""Coding passes on disk: one folder each, written once and never changed."""
