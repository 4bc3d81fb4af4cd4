"""Over HTTPS: cookies of this host alone, HSTS for names alone, and nothing that Django warns of.

The settings are read once for a process, so each of these runs in one of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOSTED = {"TURNTOWARD_OPEN": "1", "TURNTOWARD_BEHIND_PROXY": "1"}
SETTINGS: dict[str, dict[str, str]] = {
    "home": {},
    "hosted": HOSTED,
    "practice": HOSTED | {"TURNTOWARD_PRACTICE": "1"},
}
ENTERING = """
import json
from turntoward.prove.place import quick_passphrases, set_up
set_up()
quick_passphrases()
from django.conf import settings
from django.test import Client
from django.utils import timezone
from turntoward.web.couples import actions
settings.ALLOWED_HOSTS += ["home.example"]
words = "quiet green evening lamp"
actions.begin(name="Ana", other_name="Ben", living="together", zone="Europe/Berlin",
              handle="ana", passphrase=words, now=timezone.now())
client, told = Client(), {"cookies": {}, "cleared": [], "hsts": {}, "leads": ""}
def seen(answer):
    for name, cookie in answer.cookies.items():
        # Browsers refuse even to let one of these go unless that is said as it was set.
        assert cookie["secure"] and cookie["path"] == "/", name
        if cookie.value:
            told["cookies"][name] = {key: cookie[key] for key in
                                     ("path", "domain", "secure", "httponly", "samesite")}
    return answer
seen(client.get("/enter/", secure=True))
seen(client.post("/enter/", {"handle": "ana", "passphrase": words}, secure=True))
seen(client.post("/phone/", {"name": "plain"}, secure=True))
seen(client.post("/seasons/", {"name": "A move", "start": "2020-01-01", "kind": "life"},
                 secure=True))
for host in ("home.example", "home.example:8700", "localhost", "localhost:8700", "127.0.0.1"):
    answer = client.get("/", secure=True, headers={"host": host})
    told["hsts"][host] = answer.headers.get("Strict-Transport-Security", "")
told["leads"] = client.get("/today/", headers={"host": "home.example"}).headers["Location"]
told["inside"] = client.get("/today/", secure=True).status_code
left = seen(client.post("/leave/", secure=True))
told["cleared"] = left.headers.get("Clear-Site-Data", "")
told["after"] = client.get("/today/", secure=True).status_code
print(json.dumps(told))
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    mine = {name: said for name, said in os.environ.items() if not name.startswith("TURNTOWARD_")}
    return mine | {
        "TURNTOWARD_DATA": str(folder / "data"),
        "TURNTOWARD_KEYS": str(folder / "keys"),
        "TURNTOWARD_HTTPS": "1",
        "DJANGO_SETTINGS_MODULE": "turntoward.web.settings",
        **more,
    }


@pytest.mark.parametrize("where", SETTINGS)
def test_django_warns_of_nothing(where: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(
        command,
        env=environment(tmp_path, TURNTOWARD_HOSTS="home.example", **SETTINGS[where]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    # Preloading is for whoever runs it to ask for: a name that is on that list stays there.
    assert "1 silenced" in done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser is told while Ana enters, does some things, and leaves."""
    done = subprocess.run(
        [sys.executable, "-c", ENTERING],
        env=environment(tmp_path_factory.mktemp("https")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_every_cookie_is_for_this_host_alone(told: dict[str, Any]) -> None:
    assert set(told["cookies"]) == {
        f"__Host-turntoward_{name}"
        for name in ("session", "form", "vault", "plain", "season", "browser")
    }
    for name, cookie in told["cookies"].items():
        assert cookie["path"] == "/", name
        assert cookie["domain"] == "", name
        assert cookie["secure"] is True, name
        assert cookie["httponly"] is True, name
        assert cookie["samesite"] == "Strict", name


def test_it_works_with_them(told: dict[str, Any]) -> None:
    assert (told["inside"], told["after"]) == (200, 302)


def test_hsts_is_for_names_alone(told: dict[str, Any]) -> None:
    for_a_year = "max-age=31536000; includeSubDomains"
    assert told["hsts"] == {
        "home.example": for_a_year,
        "home.example:8700": for_a_year,
        "localhost": "",
        "localhost:8700": "",
        "127.0.0.1": "",
    }


def test_without_https_one_is_led_there(told: dict[str, Any]) -> None:
    assert told["leads"] == "https://home.example/today/"


def test_whoever_leaves_leaves_no_page_in_the_browser(told: dict[str, Any]) -> None:
    assert told["cleared"] == '"cache"'
