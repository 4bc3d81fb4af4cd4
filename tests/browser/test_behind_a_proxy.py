"""What is passed on with a request is believed where a proxy was named, and nowhere else."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

Ask = Callable[..., tuple[int, str]]
PROXY = {"TURNTOWARD_BEHIND_PROXY": "1"}
WAITS = "you can try again"


def asking(port: int) -> Ask:
    """A visitor who comes from this machine, and may say that they come from elsewhere."""
    cookies: dict[str, str] = {}

    def ask(path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST" if form else "GET", path, urlencode(form or {}), sent)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            cookies[name] = value
        return answer.status, answer.read().decode()

    return ask


@pytest.mark.parametrize(("settings", "status"), [({}, 301), (PROXY, 200)])
def test_that_a_visitor_came_by_https(serve: Any, settings: dict[str, str], status: int) -> None:
    served = serve({"TURNTOWARD_HTTPS": "1"} | settings)
    ask = asking(served.port)
    assert ask("/enter/", X_Forwarded_Proto="https")[0] == status
    assert ask("/enter/")[0] == 301


@pytest.mark.parametrize(("settings", "waits"), [({}, True), (PROXY, False)])
def test_from_where_a_visitor_came(serve: Any, settings: dict[str, str], waits: bool) -> None:
    served = serve(settings)
    ask = asking(served.port)
    page = ask("/enter/")[1]
    found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None

    def wrong(number: int, address: str) -> str:
        typed = {"handle": f"nobody{number}", "passphrase": "not a passphrase of anybody"}
        form = typed | {"csrfmiddlewaretoken": found[1]}
        return ask("/enter/", form, X_Forwarded_For=address)[1]

    answers = [wrong(number, "203.0.113.7") for number in range(24)]
    assert WAITS not in answers[0]
    assert WAITS in answers[-1]
    assert (WAITS in wrong(30, "198.51.100.9")) is waits
