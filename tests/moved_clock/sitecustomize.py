"""Python runs this at the start of every process whose PYTHONPATH holds this folder.

The companion's clock is then ahead or behind by as many seconds as a file says, in the server and
in its worker alike. The file is read at each look at the clock, so a test can move the time on
(`moved_time.MovedTime`). Only the wall clock is moved: what waits for seconds still does.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

_FILE = os.environ.get("TURNTOWARD_TEST_CLOCK", "")
_real_now = timezone.now


def _moved_now() -> datetime:
    return _real_now() + timedelta(seconds=float(Path(_FILE).read_text("ascii")))


if _FILE:
    timezone.now = _moved_now
