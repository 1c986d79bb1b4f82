"""The unit item: list items, and the members of enumerations inside a sentence."""
