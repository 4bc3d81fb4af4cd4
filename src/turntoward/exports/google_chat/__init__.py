"""Google Chat: the folder of Google Takeout, all its chats together."""

from turntoward.exports.google_chat.export import FORMAT

__all__ = ["FORMAT"]
