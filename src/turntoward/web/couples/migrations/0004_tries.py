from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("couples", "0003_companion"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
