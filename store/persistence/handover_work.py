"""The part of the unit of work that shift hand-overs stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.persistence import handovers
from store.persistence.undoing import UndoWork

if TYPE_CHECKING:
    from collections.abc import Collection


class HandoverWork(UndoWork):
    """Rows of hand-overs are given as they lie in the table."""

    def open_handover(self) -> Any:
        """The offer of the asker's desk that stands; None where none does."""
        return handovers.open_one(self.conn, self.who.scope)

    def handover(self, handover: int) -> Any:
        """An offer that stands, locked until the end; refused where it does not."""
        self.hold_promises()
        return handovers.find(self, handover)

    def unchanged_handover(self, row: Any, seen: int | None) -> None:
        """Refuse where something was written into it since the asker read it."""
        handovers.unchanged(self, row, seen)

    def operator_name(self, operator: int) -> str:
        """How an operator is called."""
        return handovers.name_of(self, operator)

    def offer_handover(self) -> tuple[int, int, int]:
        """Write down what would be handed over now; its id, its risks, and in whose name."""
        self.hold_promises()
        return handovers.offer(self)

    def note_handover(self, row: Any, text: str) -> None:
        """One more note."""
        handovers.note(self, row, text)

    def tick_risks(self, row: Any, numbers: Collection[int], *, ticked: bool) -> int:
        """Tick risks by the numbers of their orders, or take the ticks away; how many changed.

        Each order counts once.
        """
        return handovers.tick(self, row, numbers, ticked=ticked)

    def risks_of(self, row: Any) -> list[Any]:
        """The rows of its risks."""
        return handovers.risks(self, row.id)

    def risks_left(self, row: Any) -> tuple[int, int]:
        """How many orders the asker has yet to tick, and how many of them are new since the offer.

        What is no risk any more asks nothing of him.
        """
        since = handovers.since(self, row)
        mine = self.who.operator
        left = {
            risk.number
            for risk in self.risks_of(row)
            if risk.ticked_by != mine and risk.number in since.now
        }
        return len(left | {item.number for item in since.new}), len(since.new)

    def accept_handover(self, row: Any) -> None:
        """The desk is the asker's from now on."""
        handovers.accept(self, row)

    def withdraw_handover(self, row: Any) -> None:
        """The offer stands no longer."""
        handovers.withdraw(self, row)
