"""Freeze the schema of this version: a data folder with one of everything, for `prove.upgrades`.

`python tests/frozen/freeze.py NAME`, before a release: README.md beside says when.
"""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

NUMBERED = re.compile(r"\d{4}-[a-z0-9-]+")


def freeze(name: str, folder: Path, out: Path) -> None:
    """Make the people of the proofs in `folder`, and pack what is left of them."""
    for part, setting in (("data", "TURNTOWARD_DATA"), ("keys", "TURNTOWARD_KEYS")):
        (folder / part).mkdir()
        os.environ[setting] = str(folder / part)
    os.environ["TURNTOWARD_PRACTICE"] = "1"
    # A plain database packs to a tenth; the start that is proved encrypts it.
    os.environ["TURNTOWARD_PLAIN_DATABASE"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "turntoward.web.settings"
    from turntoward.prove.place import set_up

    set_up()
    from turntoward.prove import frozen, people
    from turntoward.prove.frozen.started import told
    from turntoward.web.yours.scrub import cut_the_log_off

    now = datetime.now(UTC)
    people.make(now)
    said = {
        "made_at": now.isoformat(),
        "passphrase": people.PASSPHRASE,
        "told": told(people.PASSPHRASE, now),
    }
    text = json.dumps(said, default=str, ensure_ascii=False, indent=1)
    (folder / "told.json").write_text(text, "utf-8")
    cut_the_log_off()
    frozen.packed(folder, out / f"{name}.tar.xz")


def main() -> None:
    """Freeze under the name that was given."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if not NUMBERED.fullmatch(name):
        raise SystemExit("Give a number and what it is before, such as 0002-before-questions.")
    out = Path(__file__).parents[2] / "src" / "turntoward" / "prove" / "frozen"
    with TemporaryDirectory() as folder:
        freeze(name, Path(folder), out)


if __name__ == "__main__":
    main()
