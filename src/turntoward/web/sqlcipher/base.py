"""Django's backend for SQLite on SQLCipher: the same in everything but what lies on the disk.

Django's own takes `sqlite3` from the standard library by name where it connects, makes a cursor and
says what a column's type becomes: those three are here. The key is the `PASSWORD` of the settings,
in hexadecimal.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from turntoward.web.sqlcipher.file import connect

Params = Sequence[Any] | Mapping[str, Any]

dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", base.decoder(parse_date))
dbapi2.register_converter("time", base.decoder(parse_time))
dbapi2.register_converter("datetime", base.decoder(parse_datetime))
dbapi2.register_converter("timestamp", base.decoder(parse_datetime))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, base.adapt_date)
dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)


class Cursor(dbapi2.Cursor):  # type: ignore[misc] # it comes without types
    """A cursor that takes Django's placeholders."""

    def execute(self, query: str, params: Params | None = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(self._with_its_own(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Params]) -> Any:
        """Run one statement for each of these."""
        rows = list(param_list)
        return super().executemany(self._with_its_own(query, rows[0] if rows else ()), rows)

    def _with_its_own(self, query: str, params: Params) -> str:
        names = list(params) if isinstance(params, Mapping) else None
        return str(base.SQLiteCursorWrapper.convert_query(self, query, param_names=names))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to an encrypted file."""

    Database = dbapi2
    init_commands: list[str]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file. A key that is not the file's shows here, with the first command."""
        how = dict(conn_params)
        key = bytes.fromhex(self.settings_dict["PASSWORD"])
        connection = connect(how.pop("database"), key, **how)
        register(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        for command in self.init_commands:
            if command.strip():
                connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of this connection."""
        return self.connection.cursor(factory=Cursor)
