"""Matrix: the JSON that Element writes with *Export chat*, one room per file."""

from turntoward.exports.matrix.export import FORMAT

__all__ = ["FORMAT"]
