"""What to read: sources, cleaning, paragraphs and passages."""
