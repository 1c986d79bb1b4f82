"""A corpus on disk: the original files, and what was read from them as Parquet."""
