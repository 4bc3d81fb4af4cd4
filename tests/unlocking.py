"""Opening private words in a browser of a test again, where two minutes and more have gone by."""

from __future__ import annotations

from django.test import Client

PASSPHRASE = "quiet green evening lamp"


def unlock(client: Client) -> None:
    """Type the passphrase once more, as somebody would."""
    answer = client.post("/yours/open/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 302, answer.content.decode()
