"""WhatsApp: the chat that Export chat writes, as .txt or as a .zip with or without media."""

from turntoward.exports.whatsapp.export import FORMAT

__all__ = ["FORMAT"]
