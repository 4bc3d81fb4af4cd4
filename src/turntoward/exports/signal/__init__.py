"""Signal: its own export (`main.jsonl`), signal-export's JSON, and the texts of older tools."""

from turntoward.exports.signal.export import FORMAT

__all__ = ["FORMAT"]
