"""Start this version on a data folder as `serve` does, and tell what each of its people sees.

`python -m turntoward.prove.frozen.started`, in a process of its own: where the folders lie stands
in the environment, the passphrase and the moment on standard input. Without them it only starts.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any


def told(passphrase: str, now: datetime) -> dict[str, Any]:
    """What each may take along, by the name they enter with; None where their vault stays shut."""
    from turntoward.web.couples.models import Partner
    from turntoward.web.couples.vault import VaultShut
    from turntoward.web.couples.vaults import opened
    from turntoward.web.yours.parts import tables_of

    found: dict[str, Any] = {}
    for partner in Partner.objects.order_by("handle"):
        try:
            found[partner.handle] = tables_of(partner, opened(partner, passphrase), now)
        except VaultShut:
            found[partner.handle] = None
    return found


def main() -> None:
    """Start, and tell."""
    from turntoward.web.run import prepare

    prepare(data=None, demo=False, port=0)
    said = sys.stdin.read()
    if said:
        asked = json.loads(said)
        now = datetime.fromisoformat(asked["now"])
        json.dump(told(asked["passphrase"], now), sys.stdout, default=str)


if __name__ == "__main__":
    main()
