"""Start the companion: data folder, database, worker, addresses, server. Nothing else is needed."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turntoward.web.ports import CannotStart, free_port, lan_address

__all__ = ["CannotStart", "Place", "free_port", "place", "prepare", "run", "worker"]

#: A worker that ends by itself is started again after this many seconds.
_WORKER_REST_S = 2.0
#: How many new things start a search among them for what can go, and how many such searches one
#: among all. A page makes tens of thousands, nearly all of which go without a search.
_SEARCHES = (5_000, 10, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the companion can be reached: on this machine, and from a phone on the same network.

    `practice` is where a practice that hosts it begins, null where none is to begin.
    """

    here: str
    phone: str | None
    practice: str | None = None


def prepare(*, data: Path | None, demo: bool, port: int, practice: bool = False) -> None:
    """Set the environment that the settings read, and bring the database up to date."""
    if practice:
        os.environ["TURNTOWARD_PRACTICE"] = "1"
    if data is not None:
        os.environ["TURNTOWARD_DATA"] = str(data)
    if demo:
        from turntoward.web.places import data_folder

        # Invented people never share a database with real ones.
        if os.environ.get("TURNTOWARD_DATABASE"):
            raise CannotStart(
                "The demo keeps to a database of its own. Start it without TURNTOWARD_DATABASE."
            )
        folder = "demo" if os.environ.get("TURNTOWARD_PRACTICE") != "1" else "demo-practice"
        os.environ["TURNTOWARD_DATA"] = str(data_folder() / folder)
        os.environ["TURNTOWARD_DEMO"] = "1"
    address = lan_address()
    if address:
        os.environ.setdefault("TURNTOWARD_ADDRESS", f"http://{address}:{port}")
    names = [*filter(None, [address]), socket.gethostname(), f"{socket.gethostname()}.local"]
    given = os.environ.get("TURNTOWARD_HOSTS", "")
    os.environ["TURNTOWARD_HOSTS"] = ",".join([*filter(None, [given]), *names])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
    import django

    django.setup(set_prefix=False)
    _migrate()
    from turntoward.web.readings.store import delete_forgotten_files

    delete_forgotten_files()


def _migrate() -> None:
    """Run migrations only where some are missing: looking is far quicker than running."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise CannotStart(
            f"The database could not be opened ({error}). Is another program using the data folder?"
        ) from error
    finally:
        connection.close()


def place(port: int) -> Place:
    """The addresses for a port, with the start link's path where nobody has begun yet."""
    from turntoward.web.couples.opening import start_token
    from turntoward.web.practice import opening

    token, first = start_token(), opening.start_token()
    path = f"/welcome/{token}/" if token else "/"
    address = lan_address()
    phone = f"http://{address}:{port}{path}" if address else None
    begins = f"{_asked_for_at(port)}/practice/start/{first}/" if first else None
    return Place(here=f"http://localhost:{port}{path}", phone=phone, practice=begins)


def _asked_for_at(port: int) -> str:
    """Where a hosted companion is asked for: behind a proxy with HTTPS, localhost leads nowhere."""
    from django.conf import settings

    named = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    return named[0].rstrip("/") if named else f"http://localhost:{port}"


@contextmanager
def worker() -> Iterator[None]:
    """A worker process beside the server; it ends with the block, and with the server's death."""
    ending = threading.Event()

    def keep_running() -> None:
        while not ending.is_set():
            command = [sys.executable, "-m", "turntoward.web.worker"]
            with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
                while process.poll() is None and not ending.wait(0.2):
                    pass
                if process.stdin:
                    process.stdin.close()
                if process.poll() is None:
                    process.terminate()
            ending.wait(_WORKER_REST_S)

    thread = threading.Thread(target=keep_running, name="worker-keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(timeout=10)


def _settle_memory() -> None:
    """Load all pages, then leave what never goes out of every search for what can go.

    Python stops everything for that search: a quarter of a second where a thousand streams are
    open, most of it spent on modules.
    """
    from django.conf import settings

    importlib.import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SEARCHES)


def run(port: int, on_ready: Callable[[], None], application: Any = None) -> None:
    """Serve until told to end; `on_ready` runs once the first page can be asked for.

    `application` is the companion unless another one, around it, is given.
    """
    import uvicorn

    from turntoward.web import asgi
    from turntoward.web.look_around import end_visit

    config = uvicorn.Config(
        application or asgi.application,
        host="0.0.0.0",
        port=port,
        # Its own handlers would show addresses and error texts; ours take them out.
        log_config=None,
        log_level="warning",
        # Addresses can hold a pairing token, so none is logged.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    _settle_memory()

    async def main() -> None:
        async def tell() -> None:
            while not server.started:
                await asyncio.sleep(0.02)
            on_ready()

        telling = asyncio.create_task(tell())
        await server.serve()
        telling.cancel()

    # uvicorn ends well on SIGTERM and then raises it again, which would end this process at once:
    # then nobody would tell the worker to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with worker():
            asyncio.run(main())
    finally:
        end_visit()
