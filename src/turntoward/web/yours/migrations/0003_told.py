import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("yours", "0002_sealed_anew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passkey", "A passkey was added"),
                            ("no-passkey", "A passkey was taken away"),
                            ("code", "The code of an authenticator app is asked from now on"),
                            ("no-code", "The code of an authenticator app is not asked any more"),
                            ("recovery", "A recovery code was made"),
                            ("recovered", "Your recovery code was used"),
                            ("no-recovery", "Your recovery code was thrown away"),
                            ("passphrase", "Your passphrase was changed"),
                            (
                                "vouched",
                                "A new browser was called yours while none of yours was in use",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                ("browser", models.CharField(blank=True, default="", max_length=12)),
                ("system", models.CharField(blank=True, default="", max_length=12)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("put_away_in", models.ManyToManyField(to="yours.device")),
            ],
            options={"ordering": ["-day", "-pk"]},
        ),
    ]
