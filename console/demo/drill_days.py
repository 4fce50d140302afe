"""The sample's real days as calls of a drill."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.demo.sample import NOW, middle_of, requests
from store.domain.drill.calls import Call


def sample_calls() -> list[Call]:
    """Whole days of the sample, from their first midnight on, with the bursts that they had."""
    now = datetime.fromisoformat(NOW)
    since_midnight = timedelta(hours=now.hour, minutes=now.minute)
    asked = [one for one in requests() if one.opened < -since_midnight]
    first = (now + min(one.opened for one in asked)).replace(hour=0, minute=0) + timedelta(days=1)
    begins = first - now
    return [
        Call(
            at=(one.opened - begins) / timedelta(minutes=1),
            place=one.position or middle_of(one.place),
            trade=one.kind.trade,
            priority=one.kind.priority,
        )
        for one in asked
        if one.opened >= begins
    ]
