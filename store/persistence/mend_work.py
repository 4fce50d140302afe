"""What is rarer than most work, so loaded when it comes: mending, search, revisits, packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.incidents import LEAST_S
from store.persistence.desk_undoing import DeskUndoWork

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from typing import Any

    from store.persistence.packs import OwedPack
    from store.persistence.radar_work import Looked, Seen
    from store.persistence.revisits import Planned

    Parts = Mapping[str, Mapping[str, Any]]
    """By the sites that somebody sees, as a row says them."""


class MendWork(DeskUndoWork):
    """What a transaction can derive again of what is kept twice."""

    periods: Callable[[date, date, str], tuple[int, Parts]]
    """How many orders were closed in some days of a zone, and all figures of these days."""

    def reindex_on(self) -> bool:
        """Do the next batch that a new name owes to the search index; whether there was one."""
        from store.persistence import renames

        return renames.reindex_on(self)

    def reindex_all(self) -> None:
        """Write every order into the search index again; `reindex_on` goes on with it."""
        from store.persistence import renames

        renames.reindex_all(self)

    def fill_figures(self) -> bool:
        """Make the next batch of figures that orders are owed; whether there was one."""
        from store.persistence import kpi_fill

        return kpi_fill.fill_on(self)

    def mend_figures(self) -> None:
        """Make all figures anew; `fill_figures` goes on with it."""
        from store.persistence import kpi_fill

        kpi_fill.owe_all(self)

    def major_every_s(self, priority: int) -> int | None:
        """Within how many seconds customers of a new order of that priority have word, where it is
        a major incident by itself; None where it is none."""
        from store.persistence.figures import figures_of

        minutes: int = getattr(figures_of(self.conn), f"major_p{priority}", 0)
        return max(LEAST_S, 60 * minutes) if minutes else None

    def plan_revisits(self, *, most: int) -> tuple[Planned, ...]:
        """Plan what revisits customers are due for now; at most so many."""
        from store.persistence import revisits

        return revisits.plan(self, most=most)

    def keep_pack(self, owed: OwedPack, content: Mapping[str, Any]) -> bool:
        """Write a pack, once; False where somebody else has written it."""
        from store.persistence import packs

        return packs.keep(self, owed, content)

    def freeze_baseline(self, name: str, days: tuple[date, date], zone: str, parts: Parts) -> int:
        """Keep figures as what counts from now on; its number."""
        from store.persistence import packs

        return packs.freeze(self, name, days, zone, parts)

    def use_baseline(self, number: int) -> dict[str, Any]:
        """Have one that was frozen before count; what it is called, and its days."""
        from store.persistence import packs

        return packs.use(self, number)

    def tell_radar(self, saw: Seen) -> Looked:
        """Propose what was seen to come again."""
        from store.persistence import radar_work

        return radar_work.look(self, saw)

    def mend_callers(self) -> None:
        """Derive again what callers are found by."""
        from store.persistence import caller_mending

        caller_mending.mend(self.conn, self.kind)

    def mend_counters(self) -> None:
        """Let nothing be numbered with what is taken."""
        from store.persistence import counters

        counters.move_on(self.conn, self.kind)

    def mend(self, numbers: Collection[int], technicians: Collection[int]) -> int:
        """Derive again what orders and technicians keep twice; how many orders that were."""
        from store.persistence import mending

        return mending.mend(self, numbers, technicians)
