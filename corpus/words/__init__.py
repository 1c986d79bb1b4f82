"""Words, folding, lemmas and sentences: rubricate's own, and independent of any spaCy pipeline."""
