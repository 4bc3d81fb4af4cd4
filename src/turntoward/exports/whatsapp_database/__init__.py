"""WhatsApp's own database through WhatsApp Chat Exporter, and the JSON that this tool writes."""

from turntoward.exports.whatsapp_database.export import FORMAT

__all__ = ["FORMAT"]
