"""From a plain text to its paragraphs: lines joined, cut sentences mended, every repair on record."""
