import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rituals", "0002_reminders"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="pushsubscription",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions.session",
            ),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="mark",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="reminder",
            name="ritual_at",
            field=models.TimeField(null=True),
        ),
    ]
