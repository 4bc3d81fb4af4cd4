"""What somebody takes along: the zip, opened."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.test import Client


def files_in(client: Client, **form: str) -> dict[str, bytes]:
    """What is in the zip, by the names without its folder."""
    answer = client.post("/yours/take/", form)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip", answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
        return {name.split("/", 1)[1]: zipped.read(name) for name in zipped.namelist()}


def tables(client: Client, **form: str) -> dict[str, list[dict[str, Any]]]:
    document = json.loads(files_in(client, **form)["turntoward.json"])
    assert (document["format"], document["version"]) == ("turntoward-export", 1)
    found: dict[str, list[dict[str, Any]]] = document["tables"]
    return found
