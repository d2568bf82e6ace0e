"""Lists from Excel: what was found, what it would change, and importing it."""
