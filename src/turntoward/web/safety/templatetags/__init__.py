"""Tags of the safety pages."""
