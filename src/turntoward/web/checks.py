"""System checks: what would lose or leak something is said at the start, with what to type."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection


@register()
def acknowledged_answers_last(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SQLite is to write through: WAL, synchronous FULL, IMMEDIATE transactions."""
    if connection.vendor != "sqlite":
        return []
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if options.get("transaction_mode") == "IMMEDIATE" and "synchronous=FULL" in options.get(
        "init_command", ""
    ):
        return []
    hint = "Leave TURNTOWARD_DATABASE empty for the built-in SQLite, or name a PostgreSQL one."
    return [Error("This SQLite database could lose answers.", hint=hint, id="turntoward.E001")]


@register()
def no_kept_connections(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A server gives only so many, and busy threads would keep them all. A file has no such end."""
    if connection.vendor == "sqlite" or settings.DATABASES["default"].get("CONN_MAX_AGE", 0) == 0:
        return []
    return [
        Error("Kept connections run out.", hint="Leave CONN_MAX_AGE at 0.", id="turntoward.E002")
    ]


@register(deploy=True)
def named_host_wants_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Hosted use goes over HTTPS."""
    if settings.HTTPS or not (settings.OPEN_START or settings.PRACTICE):
        return []
    return [
        Warning(
            "Anyone on the way could read along.",
            hint="Serve it over HTTPS and set TURNTOWARD_HTTPS=1.",
            id="turntoward.W001",
        )
    ]
