"""Discord: the JSON of DiscordChatExporter, one file per channel or several parts of it."""

from turntoward.exports.discord.export import FORMAT

__all__ = ["FORMAT"]
