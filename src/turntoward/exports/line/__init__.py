"""LINE's text export, from a phone (with tabs) or from a computer (with spaces)."""

from turntoward.exports.line.export import FORMAT

__all__ = ["FORMAT"]
