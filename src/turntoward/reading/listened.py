"""A history with what was heard in it: read once, paired and measured as often as one asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from turntoward.bids.exchange import Exchanges
from turntoward.bids.pairing import Stances, pair
from turntoward.language.labels import Labels
from turntoward.messages.evidence import CannotTell
from turntoward.messages.history import History
from turntoward.reading.hours import Hours
from turntoward.rhythms import measure_all
from turntoward.rhythms.companion import PRIVATE
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Measured, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """`own` is the index of the only partner whose words were read, null where both said yes.

    `together` says whether the two live together, null where that is not known. `companion` holds
    the rhythms from the companion, which stand beside those from messages and rest on no hours.
    """

    history: History
    labels: Labels
    own: int | None
    together: bool | None
    stances: Stances
    companion: Mapping[str, Measured] = field(default_factory=dict)

    def paired(self, hours: Hours) -> Exchanges:
        """Every bid with its answer inside that window."""
        return pair(
            self.history,
            self.labels,
            window_h=hours.window,
            night=hours.night,
            together=self.together,
            stances=self.stances,
        )

    def measured(
        self, exchanges: Exchanges, hours: Hours
    ) -> tuple[tuple[Series, ...], dict[str, CannotTell]]:
        """The rhythms that were measured, and why the others cannot be told."""
        material = Material(
            history=self.history,
            labels=self.labels,
            exchanges=exchanges,
            own=self.own,
            gap_h=hours.gap,
        )
        measured = measure_all(material) | dict(self.companion)
        series = tuple(one for one in measured.values() if isinstance(one, Series))
        cannot = {name: one for name, one in measured.items() if isinstance(one, CannotTell)}
        return series, {name: one for name, one in cannot.items() if name not in PRIVATE}
