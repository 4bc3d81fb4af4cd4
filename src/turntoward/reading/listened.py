"""A history with what was heard in it: read once, paired and measured as often as one asks."""

from __future__ import annotations

from dataclasses import dataclass

from turntoward.bids.exchange import Exchanges
from turntoward.bids.pairing import Stances, pair
from turntoward.language.labels import Labels
from turntoward.messages.evidence import CannotTell
from turntoward.messages.history import History
from turntoward.rhythms import measure_all
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Two settings that nobody can know for a couple: what may depend on them is tried.

    `gap` is the silence that ends a session, `window` the waking hours that an answer may take.
    """

    gap: float = 3.0
    window: float = 12.0


#: Other settings, under which a conclusion has to hold as well.
OTHER_HOURS: tuple[Hours, ...] = tuple(Hours(gap=h, window=h) for h in (1.0, 6.0, 12.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """`own` is the index of the only partner whose words were read, null where both said yes.

    `together` says whether the two live together, null where that is not known.
    """

    history: History
    labels: Labels
    own: int | None
    together: bool | None
    stances: Stances

    def paired(self, hours: Hours) -> Exchanges:
        """Every bid with its answer inside that window."""
        return pair(
            self.history,
            self.labels,
            window_h=hours.window,
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
        measured = measure_all(material)
        series = tuple(one for one in measured.values() if isinstance(one, Series))
        cannot = {name: one for name, one in measured.items() if isinstance(one, CannotTell)}
        return series, cannot
