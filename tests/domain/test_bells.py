"""Laws of an alarm's life: who rings, what leaves the shelf, when the supervisor is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.domain.alarms import LOUD
from store.domain.bells import (
    alarm_aims,
    asked_since,
    escalates_at,
    lapses,
    leaves_the_shelf,
    rings_now,
)
from store.domain.targets import ServiceLevel
from store.domain.timer_kinds import TimerKind
from tests.builders import MONDAY


@dataclass(frozen=True)
class Alarm:
    """An alarm, as far as these rules know it."""

    kind: str = "breach"
    clock: str = "resolve"
    severity: int = 2
    raised_at: datetime = MONDAY
    asked_at: datetime | None = None
    acknowledged_at: datetime | None = None
    shelved_at: datetime | None = None
    shelved_until: datetime | None = None
    escalated_at: datetime | None = None


moments = st.integers(0, 10_000).map(lambda m: MONDAY + timedelta(minutes=m))
maybe = st.none() | moments
alarms = st.builds(
    Alarm,
    kind=st.sampled_from(["breach", "orphan", "follow_up"]),
    clock=st.sampled_from(["", "resolve"]),
    severity=st.integers(1, 4),
    raised_at=moments,
    asked_at=maybe,
    acknowledged_at=maybe,
    shelved_at=maybe,
    shelved_until=maybe,
    escalated_at=maybe,
)
levels = (st.none() | st.integers(1, 86_400)).map(
    lambda after: ServiceLevel(id=1, code="x", calendar=1, escalate_after_s=after)
)


@given(alarms, levels)
def test_an_alarm_wakes_for_one_thing_at_a_time(alarm: Alarm, level: ServiceLevel) -> None:
    """On the shelf it waits for the shelf's end; the supervisor is called for what rings."""
    kinds = {aim.kind for aim in alarm_aims(alarm, level)}
    assert len(kinds) <= 1
    assert (TimerKind.UNSHELVE in kinds) == (alarm.shelved_until is not None)
    if TimerKind.ESCALATE in kinds:
        assert rings_now(alarm)
        assert alarm.severity <= LOUD
        assert alarm.escalated_at is None


@given(alarms, levels)
def test_silence_keeps_the_supervisor_away(alarm: Alarm, level: ServiceLevel) -> None:
    """Acknowledged, shelved, or told of already: nobody is called."""
    for held in (
        replace(alarm, acknowledged_at=MONDAY),
        replace(alarm, shelved_until=MONDAY),
        replace(alarm, escalated_at=MONDAY),
    ):
        assert escalates_at(held, level) is None


@given(alarms, levels, moments)
def test_ringing_again_does_not_put_the_call_off(
    alarm: Alarm, level: ServiceLevel, later: datetime
) -> None:
    """One that gets worse every few minutes has waited since the first of them."""
    held = replace(alarm, asked_at=asked_since(alarm))
    assert escalates_at(held, level) == escalates_at(replace(held, raised_at=later), level)


@given(alarms, alarms)
def test_the_shelf_holds_what_was_put_there_and_no_more(new: Alarm, held: Alarm) -> None:
    """The same reason stays, milder ones wait behind it, a worse one always comes through."""
    assert not leaves_the_shelf(held, held)
    if new.severity < held.severity:
        assert leaves_the_shelf(new, held)
    if new.severity > held.severity:
        assert not leaves_the_shelf(new, held)


@given(alarms, st.booleans())
def test_only_what_rang_unheard_goes_unseen(alarm: Alarm, acted: bool) -> None:
    """Whoever acts on an order has seen its alarm."""
    assert lapses(alarm, acted=acted) == (rings_now(alarm) and not acted)
