"""What looks doubtful in a codebook that has no mistakes: one module for each kind of warning."""
