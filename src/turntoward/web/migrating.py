"""Migrations that are there whole or not at all, however the program ends in the middle of one.

Django notes a migration that made an index or a foreign key in a transaction after the one that
changed the tables. A crash between the two left a database that no start could open any more: its
tables were there, and it did not know it.
"""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class WholeMigrations(MigrationExecutor):
    """Carries each migration out and notes it in one transaction."""

    def is_newer(self) -> bool:
        """Whether a later version has changed this database, of which this one knows nothing."""
        own = {
            app.label
            for app in apps.get_app_configs()
            if app.name.startswith(__name__.partition(".")[0])
        }
        known = self.loader.disk_migrations.keys()
        return any(one[0] in own and one not in known for one in self.loader.applied_migrations)

    def bring_up_to_date(self) -> None:
        """Every migration that is missing here."""
        newest = self.loader.graph.leaf_nodes()
        if self.migration_plan(newest):
            self.migrate(newest)

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """One migration. SQLite takes no change of the checks on rows inside a transaction."""
        if not migration.atomic:  # it has its own, and can be carried out twice
            return super().apply_migration(state, migration, fake, fake_initial)
        with self.connection.constraint_checks_disabled(), transaction.atomic():
            return super().apply_migration(state, migration, fake, fake_initial)
