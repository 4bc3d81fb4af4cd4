"""Rows of the safety app."""

OPEN = {"safety"}
