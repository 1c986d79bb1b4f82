"""Words that look like slips of optical recognition or typing."""
