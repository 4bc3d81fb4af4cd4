from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_to_who_stayed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A trial of two from which one has left is the other's alone.

    It began with two yeses. One of them went with whoever gave it.
    """
    trials = apps.get_model("trials", "Trial").objects
    for trial in trials.filter(alone_for=None, begins__isnull=False):
        stayed = list(trial.replies.filter(yes=True).values_list("partner", flat=True))
        if len(stayed) == 1:
            trials.filter(pk=trial.pk).update(alone_for=stayed[0])


class Migration(migrations.Migration):
    dependencies = [("trials", "0001_initial")]

    operations = [migrations.RunPython(give_to_who_stayed, migrations.RunPython.noop)]
