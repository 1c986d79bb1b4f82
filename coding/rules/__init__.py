"""Where the rules of a codebook hold: evaluated on arrays of matches, batch by batch."""
