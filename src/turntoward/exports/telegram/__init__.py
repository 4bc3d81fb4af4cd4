"""Telegram: result.json of Telegram Desktop, of one chat or of a whole account."""

from turntoward.exports.telegram.export import FORMAT

__all__ = ["FORMAT"]
