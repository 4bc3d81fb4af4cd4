"""A table of messages from any tool: CSV, TSV, JSON Lines, or a JSON array of objects."""

from turntoward.exports.table.export import FORMAT

__all__ = ["FORMAT"]
