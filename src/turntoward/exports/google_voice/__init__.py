"""Google Voice: the pages of Google Takeout, texts and calls, all together."""

from turntoward.exports.google_voice.export import FORMAT

__all__ = ["FORMAT"]
