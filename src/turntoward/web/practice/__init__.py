"""A practice that hosts the companion: its page, its therapists, consult requests."""
