"""Rows of the climate."""

from turntoward.prove.matrix.row import own

ROWS = (own("climate", "GET", "/climate/"),)
