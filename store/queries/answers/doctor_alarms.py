"""The doctor's look at what rings: the standing alarm, and timers kept from ringing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.alarm_rows import reason_left, stands
from store.persistence.loading import TIMER
from store.persistence.types import to_ms
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.rules import Rules
    from store.persistence.known import Known
    from store.persistence.reader import Reader
    from store.queries.answers.doctor_story import Told


_SWEPT = frozenset({"rang", "warned", "breached", "acknowledged"})
"""What is told of an alarm's coming and being seen; all else may end a reason."""


def put_off(reader: Reader, numbers: Sequence[int]) -> Iterator[Finding]:
    """Timers that wait for longer than they are due, though none of their reactions failed."""
    asked = select(TIMER.c.number, TIMER.c.kind, TIMER.c.clock, TIMER.c.level).where(
        TIMER.c.number.between(numbers[0], numbers[-1]),
        TIMER.c.fired_at.is_(None),
        TIMER.c.aim_at > TIMER.c.due_at,
        TIMER.c.tries == 0,
    )
    for number, kind, clock, level in reader.conn.execute(asked.order_by(TIMER.c.id)):
        timer = " ".join(filter(None, (kind, clock, str(level or ""))))
        yield Finding(check=Check.TIMER_PUT_OFF, number=number, facts={"timer": timer})


def cleared(
    known: Known, rules: Rules, story: Sequence[Told], rows: Sequence[Any]
) -> Iterator[Finding]:
    """No alarm stands, though one was cleared whose reason stood when the order was last saved."""
    if known.alarm is not None or not story:
        return
    last = max(entry.at for entry in story)
    reason = reason_left(known, rules, at=last)
    # A timer that fired for nothing speaks for its clock, too: what is missed must have rung.
    if reason is not None and any(stands(known, row, rules, at=last) for row in rows):
        facts = {"what": "cleared"}
        yield Finding(check=Check.ALARM_STORY, number=known.now.number, facts=facts)


def retold(known: Known, story: Sequence[Told]) -> Iterator[Finding]:
    """The standing alarm is as bad, as high and due as it was when it rang.

    One that took the place of another, whose reason was gone, rang for nothing of its own; what
    else happened to the order at the very instant may have been such an end.
    """
    alarm = known.alarm
    if alarm is None:
        return
    mine = (alarm.kind, alarm.clock)
    rang = [entry for entry in story if entry.fact == "rang" and _about(entry) == mine]
    then = [entry for entry in story if entry.at == alarm.raised_at]
    if not any(entry in rang for entry in then) or any(entry.fact not in _SWEPT for entry in then):
        return
    stands = {"level": alarm.level, "severity": alarm.severity, "due_at": to_ms(alarm.due_at)}
    told = [{name: entry.body.get(name) for name in stands} for entry in rang]
    if stands not in told:
        nearest = max(told, key=lambda one: sum(one[name] == stands[name] for name in stands))
        what = ", ".join(name for name, value in stands.items() if nearest[name] != value)
        facts = {"what": what}
        yield Finding(check=Check.ALARM_STORY, number=known.now.number, facts=facts)


def _about(entry: Told) -> tuple[Any, Any]:
    return entry.body.get("kind"), entry.body.get("clock")
