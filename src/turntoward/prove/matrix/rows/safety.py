"""Rows of the safety app."""

from turntoward.prove.matrix.row import anybody

ROWS = (anybody("safety", "GET", "/safety/"),)
