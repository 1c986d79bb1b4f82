"""Variables of documents: tables, bibliographies and file names that say them, and how these are merged."""
