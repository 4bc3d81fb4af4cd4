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

from turntoward.web.https.here import context_for, here
from turntoward.web.https.serving import Asked, doorway, keep_renewed, make_ready, tell_settings
from turntoward.web.ports import CannotStart, free_port, lan_address

__all__ = ["Asked", "CannotStart", "Place", "free_port", "place", "prepare", "run", "worker"]

#: A worker that ends by itself is started again after this many seconds.
_WORKER_REST_S = 2.0
_NEWER = (
    "A newer Turntoward has been started on this data folder. Update Turntoward here, then start "
    "it again. Nothing was changed."
)
#: How many new things start a search among them for what can go, and how many such searches one
#: among all. A page makes tens of thousands, nearly all of which go without a search.
_SEARCHES = (5_000, 10, 10)
_THIS_MACHINE = "127.0.0.1,::1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the companion can be reached: on this machine, and from a phone on the same network.

    `practice` is where a practice that hosts it begins, null where none is to begin. `trust` is
    where a phone comes to trust its certificate, which has this `fingerprint`; empty without one.
    """

    here: str
    phone: str | None
    practice: str | None = None
    trust: str = ""
    fingerprint: str = ""


def prepare(
    *,
    data: Path | None,
    demo: bool,
    port: int,
    practice: bool = False,
    https: Asked | None = None,
) -> None:
    """Set the environment that the settings read, and bring the database up to date."""
    if https:
        tell_settings(https, port)
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
    from turntoward.web.keyring import ring_folder

    ring_folder()
    if https:
        from django.conf import settings

        make_ready(https, settings.DATA, port)
    bring_up_to_date()
    from turntoward.web.readings.store import delete_forgotten_files

    delete_forgotten_files()


def bring_up_to_date() -> int:
    """The database as this version needs it: encrypted, and with every migration.

    Says how many people were left out of a folder that was restored.
    """
    from django.conf import settings
    from django.utils import timezone

    from turntoward.web.alone import alone
    from turntoward.web.restoring import finish
    from turntoward.web.sqlcipher.rewriting import settle

    with alone(settings.DATA, "start"):
        if settings.DATABASES["default"]["NAME"] == settings.SQLITE["NAME"]:
            plain = settings.PLAIN_DATABASE
            settle(settings.SQLITE["NAME"], settings.DATABASE_KEY, plain=plain)
        _migrate()
        return finish(settings.DATA, timezone.now())


def _migrate() -> None:
    """Run migrations only where some are missing: looking is far quicker than running."""
    from django.db import OperationalError, connection

    from turntoward.web.migrating import WholeMigrations

    try:
        migrations = WholeMigrations(connection)
        if migrations.is_newer():
            raise CannotStart(_NEWER)
        migrations.bring_up_to_date()
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
    address, at = lan_address(), here()
    begins = f"{_asked_for_at(port)}/practice/start/{first}/" if first else None
    if at is not None:
        trust = f"http://{address or at.name}:{at.plain_port}/https/" if at.fingerprint else ""
        there = f"{at.address}{path}"
        return Place(
            here=there, phone=there, practice=begins, trust=trust, fingerprint=at.fingerprint
        )
    phone = f"http://{address}:{port}{path}" if address else None
    return Place(here=f"http://localhost:{port}{path}", phone=phone, practice=begins)


def _asked_for_at(port: int) -> str:
    """Where a hosted companion is asked for: behind a proxy with HTTPS, localhost leads nowhere."""
    from django.conf import settings

    named = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    at = here()
    usual = at.address if at else f"http://localhost:{port}"
    return named[0].rstrip("/") if named else usual


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
    from django.conf import settings

    from turntoward.web import asgi
    from turntoward.web.look_around import end_visit

    served, at = application or asgi.application, here()
    tls = context_for(at) if at else None
    config = uvicorn.Config(
        served,
        host="0.0.0.0",
        port=port,
        # Its own handlers would show addresses and error texts; ours take them out.
        log_config=None,
        log_level="warning",
        # Addresses can hold a pairing token, so none is logged.
        access_log=False,
        server_header=False,
        # Else whatever runs on this machine could say from where, and how safely, a visitor comes.
        proxy_headers=settings.SECURE_PROXY_SSL_HEADER is not None,
        forwarded_allow_ips=_THIS_MACHINE,
        timeout_graceful_shutdown=2,
        ssl_context_factory=(lambda *_: tls) if tls else None,
    )
    server = uvicorn.Server(config)
    _settle_memory()

    async def main() -> None:
        async def tell() -> None:
            while not server.started:
                await asyncio.sleep(0.02)
            on_ready()

        beside = [asyncio.create_task(tell())]
        if at and tls:
            beside.append(asyncio.create_task(keep_renewed(at, tls)))
        await server.serve()
        for task in beside:
            task.cancel()

    # uvicorn ends well on SIGTERM and then raises it again, which would end this process at once:
    # then nobody would tell the worker to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with worker(), doorway(at, served):
            asyncio.run(main())
    finally:
        end_visit()
