"""Steps of an exception, each as the exception after it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.evolve import evolve
from store.domain.exception_limits import month_of
from store.domain.exception_refusals import ExceptionElsewhere, MoreThanLeft, OwnException
from store.domain.exceptions import GRANTS, Grant
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.exception_limits import Limit
    from store.domain.exceptions import OrderException


def granted(
    asked: OrderException, limit: Limit, *, limit_of: int, why: str, at: datetime, by: int
) -> OrderException:
    """Granted by somebody's limit; who asked may do so by his own alone, as he asks."""
    stands(asked, N_("granted"), Grant.ASKED, at=at)
    if at >= asked.expires_at:
        raise ExceptionElsewhere(id=asked.id, state=GRANTS[Grant.EXPIRED], step=N_("granted"))
    return evolve(
        asked,
        state=Grant.GRANTED,
        decided_by=by,
        decided_at=whole_ms(at),
        decision=why,
        limit_of=limit_of,
        limit_role=limit.role if limit.operator is None else "",
        limit_each=limit.each,
        month=month_of(at, asked.zone),
    )


def check_other(asked: OrderException, *, by: int) -> None:
    """`OwnException` for who asked."""
    if by == asked.asked_by:
        raise OwnException(id=asked.id)


def refused(asked: OrderException, why: str, *, at: datetime, by: int) -> OrderException:
    """Not granted, and why."""
    stands(asked, N_("refused"), Grant.ASKED, at=at)
    check_other(asked, by=by)
    told = {"decided_by": by, "decided_at": whole_ms(at), "decision": why}
    return evolve(asked, state=Grant.REFUSED, **told)


def withdrawn(held: OrderException, why: str, *, at: datetime, by: int) -> OrderException:
    """Taken back; what was used of it stays used."""
    stands(held, N_("withdrawn"), Grant.ASKED, Grant.GRANTED, at=at)
    told = {"decided_by": by, "decided_at": whole_ms(at), "decision": why}
    return evolve(held, state=Grant.WITHDRAWN, **told)


def used(held: OrderException, size: float | None, what: str, *, at: datetime) -> OrderException:
    """One use of it: so much of its size, all that is left where nobody says; or it whole."""
    stands(held, N_("used"), Grant.GRANTED, at=at)
    left = held.left
    taken = left if size is None else size
    if left is not None and taken is not None and taken > left:
        raise MoreThanLeft(id=held.id, left=f"{left:g}", size=f"{taken:g}")
    became = evolve(
        held,
        used=round(held.used + (taken or 0.0), 2),
        uses=held.uses + 1,
        used_at=whole_ms(at),
        used_for=what,
    )
    return became if became.left else evolve(became, state=Grant.USED)


def stands(held: OrderException, step: str, *states: Grant, at: datetime) -> None:
    """`ExceptionElsewhere` where it stands in none of these ways."""
    now = held.stands(at)
    if now not in states:
        raise ExceptionElsewhere(id=held.id, state=GRANTS[now], step=step)
