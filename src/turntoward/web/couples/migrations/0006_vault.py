from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("couples", "0005_gone_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="vault_public",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="partner",
            name="recovery_salt",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="partner",
            name="recovery_sealed",
            field=models.BinaryField(null=True),
        ),
    ]
