"""A board that was planned anew: what is proposed, and the command that accepts it; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from store.commands.replan import AcceptProposal
    from store.domain.dispatch.present import Sent
    from store.domain.dispatch.proposal import Proposal
    from store.queries.replan import Planning

_HALF: Final = timedelta(microseconds=500)


def accepting(planning: Planning, proposal: Proposal) -> AcceptProposal:
    """The command for what is ticked, tied to the board that was planned."""
    from store.commands.moves import MoveOrder
    from store.commands.replan import AcceptProposal, SendTogether
    from store.domain.lifecycle import Move

    rows = [row for row in proposal.rows if row.ticked]
    people = {who for row in rows for who in (*row.losing, *row.gaining)}
    people |= {who for row in rows if row.sent is not None for who in row.sent.have}
    return AcceptProposal(
        moves=tuple(
            MoveOrder(
                number=row.number,
                move=Move.ASSIGN,
                technician=row.gains,
                version=planning.tasks[row.number].version,
            )
            for row in rows
            if row.sent is None
        ),
        together=tuple(
            SendTogether(
                number=row.number,
                version=planning.tasks[row.number].version,
                start_at=start_at(planning, row.sent),
                gain=row.gaining,
                lose=row.losing,
            )
            for row in rows
            if row.sent is not None
        ),
        as_of=planning.at,
        stamps=tuple((who, planning.people[who].stamp) for who in sorted(people)),
        places=tuple((row.number, planning.tasks[row.number].place) for row in rows),
    )


def start_at(planning: Planning, sent: Sent) -> datetime:
    """When they all begin it, to the millisecond."""
    at = planning.pace.after(planning.at, sent.start) + _HALF
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
