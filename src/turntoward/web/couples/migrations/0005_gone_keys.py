from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("couples", "0004_tries"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoneKey",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name="couple",
            name="keys_before",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
