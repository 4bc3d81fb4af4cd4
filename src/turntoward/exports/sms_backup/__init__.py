"""SMS Backup & Restore: texts, pictures and calls of an Android phone, as XML."""

from turntoward.exports.sms_backup.export import FORMAT

__all__ = ["FORMAT"]
