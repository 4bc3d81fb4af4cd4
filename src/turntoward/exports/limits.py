"""How much may be unpacked of one thing that was brought in, all that lies in it together."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Bytes, of all zips and packed tars that lie in each other or beside each other.
MAX_UNPACKED = 2 << 30
#: As long as it is only looked for chats: then there is always room to read the chat itself.
MAX_LOOKED_AT = 3 << 29
#: Chats shrink about five to twenty times; a bomb shrinks a thousand times.
MAX_RATIO = 200
#: Below this size the ratio proves nothing.
RATIO_FROM = 8 << 20


@dataclass(slots=True)
class Total:
    """Bytes unpacked so far of everything, and how many there may be."""

    most: int = MAX_UNPACKED
    spent: int = 0


@dataclass(slots=True, kw_only=True)
class Budget:
    """What may be unpacked of one archive, which takes `packed` bytes of what was brought in."""

    packed: int
    total: Total = field(default_factory=Total)
    unpacked: int = 0

    def glance(self, size: int) -> bool:
        """Count the beginning of a file; false where it is one too many."""
        self.total.spent += size
        return self.total.spent <= self.total.most

    def take(self, size: int) -> bool:
        """Count a part of a file that is unpacked; false where it is one too many."""
        self.unpacked += size
        return self.glance(size) and not grew_too_much(self.unpacked, self.packed)

    def forget(self, size: int) -> None:
        """Leave out of the ratio what was refused: the chat beside a bomb is not to suffer."""
        self.unpacked -= size


def grew_too_much(unpacked: int, packed: int) -> bool:
    """True for what shrank as no chat shrinks."""
    return unpacked > RATIO_FROM and unpacked > max(packed, 1) * MAX_RATIO
