"""The weights file: tables as bytes with a scale for each row, the rest in half precision."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from turntoward.language.cues import CUES
from turntoward.language.model import FORMAT, Model
from turntoward.language.network import Arrays

#: Stored as bytes; int8 costs nothing that can be measured (docs/language.md).
TABLES = ("known", "runs", "pairs", "turn_pairs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Everything that a weights file holds."""

    arrays: dict[str, np.ndarray]
    forms: Sequence[str]
    kinds_at: np.ndarray
    flags_at: np.ndarray
    turns_at: np.ndarray

    def model(self) -> Model:
        """The model as it will be loaded, small rounding aside."""
        return Model(
            arrays=Arrays(**self.arrays),
            vocabulary={form: at for at, form in enumerate(self.forms, start=1)},
            kinds_at=self.kinds_at,
            flags_at=self.flags_at,
            turns_at=self.turns_at,
        )


def pack(fitted: Fitted) -> bytes:
    """The content of the file."""
    stored: dict[str, Any] = {
        "format": np.array(FORMAT),
        "cues": np.array(CUES),
        "vocabulary": np.frombuffer("\n".join(fitted.forms).encode(), np.uint8),
        "kinds_at": fitted.kinds_at.astype(np.float32),
        "flags_at": fitted.flags_at.astype(np.float32),
        "turns_at": fitted.turns_at.astype(np.float32),
    }
    for name, values in fitted.arrays.items():
        if name in TABLES:
            scale = np.maximum(np.abs(values).max(axis=1), 1e-6) / 127
            stored[name] = np.round(values / scale[:, None]).astype(np.int8)
            stored[f"{name}_scale"] = scale.astype(np.float32)
        else:
            stored[name] = values.astype(np.float16)
    content = io.BytesIO()
    np.savez_compressed(content, **stored)
    return content.getvalue()


def write(fitted: Fitted, out: Path) -> tuple[int, str]:
    """Write the file and its checksum; returns its size and digest."""
    content = pack(fitted)
    digest = hashlib.sha256(content).hexdigest()
    out.write_bytes(content)
    out.with_suffix(".sha256").write_text(f"{digest}  {out.name}\n", "ascii")
    return len(content), digest
