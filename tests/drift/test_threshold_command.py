"""The command that the threshold of docs/drift.md was set with still runs on the detector."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from turntoward.drift.planted import Plan


def test_it_tells_the_first_week_over_each_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    command = import_module("drift_threshold")
    change, first = command.first_weeks(1000, Plan.STEP, 170)
    assert len(first) == len(command.LIMITS)
    assert (np.diff(first[np.isfinite(first)]) >= 0).all()
    # This couple's step is told within half a year at the threshold that is used.
    assert change <= first[np.searchsorted(command.LIMITS, 0.9)] <= change + 26
