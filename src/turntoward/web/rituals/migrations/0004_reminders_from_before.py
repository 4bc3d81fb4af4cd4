from django.apps.registry import Apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Browsers that are signed in stay reminded, and reminders stay at the hour that they had."""
    subscriptions = apps.get_model("rituals", "PushSubscription").objects
    read = SessionStore()
    if subscriptions.exists():
        for session in apps.get_model("sessions", "Session").objects.iterator():
            # Whoever was reminded in a session had its row noted in it.
            row = read.decode(session.session_data).get("push")
            if row:
                subscriptions.filter(pk=row).update(session=session)
    for reminder in apps.get_model("rituals", "Reminder").objects.select_related("ritual"):
        if reminder.ritual is not None:
            reminder.ritual_at = reminder.ritual.at
            reminder.save(update_fields=["ritual_at"])


class Migration(migrations.Migration):
    dependencies = [("rituals", "0003_reminded_where_one_is_signed_in")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
