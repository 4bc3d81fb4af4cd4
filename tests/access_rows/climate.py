"""Rows of the climate."""

OWN = {"climate"}
