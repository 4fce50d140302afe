"""How an exception stands, in one line, and those of an order as a part of its card; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.words_exceptions import grant_said, what_told
from store.domain.exceptions import Grant
from store.domain.exceptions_said import limit_used

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from console.looks import Parts
    from store.queries.exceptions import ExceptionLine

    When = Callable[[datetime], str]
    """How an instant is written."""


def state_said(line: ExceptionLine, when: When) -> str:
    """How it stands, and what comes next."""
    one = line.exception
    if line.stands is Grant.ASKED:
        by = when(one.decide_by)
        who = _(", ").join(line.waits_for) or _("nobody: no limit suffices")
        if line.rung:
            said = _n("overdue since {by}, gone {count} up: waits for {who}",
                      "overdue since {by}, gone {count} up: waits for {who}",
                      line.rung)  # fmt: skip
            return said.format(by=by, count=line.rung, who=who)
        return _("to be decided by {by}: waits for {who}").format(by=by, who=who)
    until = when(one.expires_at)
    limit = _(limit_used(one, line.limit_of)) if one.limit_of is not None else ""
    decided = _("{state} by {who}").format(state=grant_said(one.state), who=line.decided_by)
    if line.stands is Grant.USED or one.state in {Grant.REFUSED, Grant.WITHDRAWN}:
        state = grant_said(line.stands) if line.stands is Grant.USED else decided
        return _(", ").join(filter(None, (state, one.decision, limit)))
    ends = _("until {until}") if line.stands is Grant.GRANTED else _("expired {until}")
    return _(", ").join(filter(None, (decided, one.decision, limit, ends.format(until=until))))


def card_exceptions(
    lines: Sequence[ExceptionLine], when: When, *, at: datetime
) -> tuple[Parts, ...]:
    """Those of an order that wait or may be used, as a part of its card."""
    if not lines:
        return ()
    told: list[Parts] = [((_("exceptions"), "heading"),)]
    for line in lines:
        late = line.stands is Grant.ASKED and at >= line.exception.decide_by
        state = state_said(line, when)
        said = _("{id}: {what}, {state}").format(
            id=line.exception.id, what=what_told(line.exception), state=state
        )
        told.append(((said, "overdue" if late else ""),))
    return (*told, ())
