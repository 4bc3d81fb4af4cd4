"""iMessage: `chat.db` of a Mac, or `sms.db` of an iPhone's backup."""

from turntoward.exports.imessage.export import FORMAT

__all__ = ["FORMAT"]
