"""A board that was planned anew: what is proposed, and the command that accepts it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.commands.replan import AcceptProposal
    from store.domain.dispatch.replan import Proposal
    from store.queries.replan import Planning


def accepting(planning: Planning, proposal: Proposal) -> AcceptProposal:
    """The command for what is ticked, tied to the board that was planned."""
    from store.commands.moves import MoveOrder
    from store.commands.replan import AcceptProposal
    from store.domain.lifecycle import Move

    rows = [row for row in proposal.rows if row.ticked]
    people = {who for row in rows for who in (row.loses, row.gains) if who is not None}
    return AcceptProposal(
        moves=tuple(
            MoveOrder(
                number=row.number,
                move=Move.ASSIGN,
                technician=row.gains,
                version=planning.tasks[row.number].version,
            )
            for row in rows
        ),
        as_of=planning.at,
        stamps=tuple((who, planning.people[who].stamp) for who in sorted(people)),
        places=tuple((row.number, planning.tasks[row.number].place) for row in rows),
    )
