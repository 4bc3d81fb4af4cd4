"""Tags of the page of small shifts that are not enough."""
