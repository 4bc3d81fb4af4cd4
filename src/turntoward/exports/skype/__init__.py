"""Skype: messages.json of Microsoft's own export, with all conversations of an account."""

from turntoward.exports.skype.export import FORMAT

__all__ = ["FORMAT"]
