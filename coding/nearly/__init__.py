"""Near misses: what of an entry stands in a paragraph though it makes no segment there, and why not."""
