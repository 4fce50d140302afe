"""Every command that tells the version of the order that its asker saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import (
    ChaseOrder,
    DeclareIncident,
    EditOrder,
    FollowOrder,
    LinkOrders,
    MoveOrder,
    NoteOrder,
    PutUnder,
    SendAsShown,
    SendNominee,
    SetPriority,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    UnfollowOrder,
    UnlinkOrders,
    UpdateCustomer,
)
from store.commands.attachments import DetachFile
from store.commands.daily import AskDaily
from store.commands.heard import FindCause, RateOrder
from store.commands.locks import LockOrder, PlaceOrder, UnlockOrder
from store.commands.notices import GiveNotice
from store.commands.projects_asked import PutInProject
from store.commands.sop import DoStep, SkipStep, UndoStep
from store.domain.lifecycle import Move
from tests.store.desk import (
    NINE,
    a_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command

VERSIONED: tuple[Callable[[int, int], Command], ...] = (
    lambda number, seen: MoveOrder(number=number, version=seen, move=Move.CANCEL, reason="no"),
    lambda number, seen: UnlockOrder(number=number, version=seen),
    lambda number, seen: LockOrder(number=number, version=seen),
    lambda number, seen: PlaceOrder(number=number, version=seen, technician="T1"),
    lambda number, seen: NoteOrder(number=number, version=seen, text="seen"),
    lambda number, seen: UpdateCustomer(number=number, version=seen),
    lambda number, seen: SetPriority(number=number, version=seen, priority=1),
    lambda number, seen: EditOrder(number=number, version=seen, fields={"title": "other"}),
    lambda number, seen: FollowOrder(number=number, version=seen),
    lambda number, seen: UnfollowOrder(number=number, version=seen),
    lambda number, seen: ChaseOrder(number=number, version=seen),
    lambda number, seen: SplitOrder(number=number, version=seen, text="a part"),
    lambda number, seen: DeclareIncident(number=number, version=seen),
    lambda number, seen: a_file(number, version=seen),
)

OF_FAMILIES: tuple[Callable[[int, int], Command], ...] = (
    lambda number, seen: PutUnder(number=number, version=seen, parent=number + 1),
    lambda number, seen: TakeOut(number=number, version=seen),
    lambda number, seen: TellFamily(number=number, version=seen, text="soon"),
    lambda number, seen: LinkOrders(number=number, version=seen, other=number + 1),
    lambda number, seen: UnlinkOrders(number=number, version=seen, other=number + 1),
    lambda number, seen: StandDown(number=number, version=seen),
    lambda number, seen: DetachFile(number=number, version=seen, entry=1),
    lambda number, seen: RateOrder(number=number, version=seen, csat=1),
    lambda number, seen: FindCause(number=number, version=seen, cause="use", contained="told"),
    lambda number, seen: SendNominee(number=number, version=seen, technician=1),
    lambda number, seen: SendAsShown(
        number=number, version=seen, technician=1, stamp="", place="", as_of=NINE
    ),
    lambda number, seen: DoStep(number=number, version=seen, step="call"),
    lambda number, seen: UndoStep(number=number, version=seen, step="call"),
    lambda number, seen: SkipStep(number=number, version=seen, step="call", reason="no phone"),
    lambda number, seen: PutInProject(number=number, version=seen, project=None),
    lambda number, seen: AskDaily(number=number, version=seen),
    lambda number, seen: GiveNotice(number=number, version=seen, text="soon", to="all"),
)
"""These want relatives, a file, a proposal, a procedure, running work or work that is done; their
tests give them some."""
