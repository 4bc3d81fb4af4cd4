"""Rows of the app on the phone."""

OPEN = {"manifest", "worker", "offline"}
OWN = {"phone", "token"}
