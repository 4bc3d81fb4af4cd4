"""A disk whose power fails, and what a database keeps of what it was told (`power_cuts`)."""
