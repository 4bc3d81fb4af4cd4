"""Rows of what is there in the demo only."""

DEMO_ONLY = {"over"}
