from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def seal_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from turntoward.web.yours import sealed_anew

    sealed_anew.seal_anew(apps)


class Migration(migrations.Migration):
    # What it writes is one transaction of its own; the log of the database is cut off after that.
    atomic = False

    dependencies = [
        ("yours", "0001_devices_and_keepsakes"),
        ("couples", "0005_gone_keys"),
        ("readings", "0002_chats_and_more_names"),
        ("weather", "0001_initial"),
        ("noticed", "0001_initial"),
        ("topics", "0001_initial"),
        ("rituals", "0004_reminders_from_before"),
        ("care", "0001_care"),
        ("handover", "0001_initial"),
        ("practice", "0001_initial"),
    ]

    operations = [migrations.RunPython(seal_anew, migrations.RunPython.noop)]
