"""What it costs that the database is encrypted: pages and writes, with and without.

python benchmarks/at_rest.py

Each is measured in a process of its own, on a data folder of its own, in turns; the middle of all
rounds counts. A page is Today, a write is a tap of the weather. It is time of the processor: what
the disk takes is the same for both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROUNDS, TIMES = 3, 150


def measure() -> tuple[float, float, float]:
    """Milliseconds of the processor for a page, a write, and a look at a thousand rows."""
    from turntoward.prove.place import quick_passphrases, set_up

    set_up()
    quick_passphrases()
    from django.test import Client

    from turntoward.web.couples import actions
    from turntoward.web.weather import actions as weather
    from turntoward.web.weather.models import Weather

    now = datetime.now(UTC)
    ana = actions.begin(
        name="Ana", other_name="Ben", living="together", zone="UTC", handle="ana",
        passphrase="quiet green evening lamp", now=now,
    )  # fmt: skip
    client = Client()
    client.force_login(ana)

    def timed(what: object, times: int) -> float:
        took = []
        for n in range(times):
            began = time.process_time()
            what(n)  # type: ignore[operator] # a function of a number
            took.append(time.process_time() - began)
        return 1000 * statistics.median(took)

    write = timed(lambda n: weather.tap(ana, date(2020, 1, 1) + timedelta(days=n), 3, now), TIMES)
    page = timed(lambda n: client.get("/today/"), TIMES)
    Weather.objects.bulk_create(
        Weather(partner=ana, day=date(2010, 1, 1) + timedelta(days=n), warmth=3, at=now)
        for n in range(1000)
    )
    rows = timed(lambda n: list(Weather.objects.values_list()), TIMES)
    return page, write, rows


def main() -> None:
    """Measure both in turns, and print the table."""
    found: dict[str, list[tuple[float, ...]]] = {"0": [], "1": []}
    for _ in range(ROUNDS):
        for plain, results in found.items():
            with TemporaryDirectory() as folder:
                place = {"TURNTOWARD_DATA": f"{folder}/data", "TURNTOWARD_KEYS": f"{folder}/keys"}
                environment = os.environ | place | {"TURNTOWARD_PLAIN_DATABASE": plain}
                environment["DJANGO_SETTINGS_MODULE"] = "turntoward.web.settings"
                command = [sys.executable, str(Path(__file__)), "once"]
                ran = subprocess.run(command, env=environment, capture_output=True, check=True)
                results.append(tuple(map(float, ran.stdout.split())))
    for n, name in enumerate(("a page", "a write", "a thousand rows")):
        plain, sealed = (statistics.median(one[n] for one in found[kind]) for kind in ("1", "0"))
        print(
            f"{name}: {plain:.2f} ms plain, {sealed:.2f} ms encrypted, {sealed / plain:.2f} times"
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["once"]:
        print(*measure())
    else:
        main()
