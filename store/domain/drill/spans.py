"""How long things stood at a played desk, as its journal tells: orders, alarms, calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.alarms import QUIET
from store.domain.lifecycle import STATES, read_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.drill.played import Play

_BORN: Final = frozenset({"created", "planned", "split"})
"""Facts with which an order begins; nobody has it unless they say so."""
_SENT: Final = "assigned"
_SPARED: Final = frozenset({"cancelled", "duplicated", "finished", "closed"})
"""Facts after which nobody needs to be sent any more."""
_RINGS: Final = frozenset({"rang", "came_back", "unshelved", "unacknowledged"})


def stood(play: Play) -> Iterator[tuple[int, datetime, bool]]:
    """After each entry of an order, whether nobody had it and nobody followed it."""
    stands = dict.fromkeys(play.orphans, (True, False))
    for one in play.entries:
        if one.number is None or one.at > play.ended:
            continue
        orphan, followed = stands.get(one.number, (one.fact in _BORN, False))
        changed = one.body.get("set") or {}
        if "state" in changed:
            orphan = STATES[read_state(str(changed["state"]))].orphan
        if "follower" in changed:
            followed = changed["follower"] is not None
        stands[one.number] = orphan, followed
        yield one.number, one.at, orphan and not followed


def rung(play: Play) -> Iterator[tuple[datetime, datetime | None]]:
    """When each loud alarm began to ring, and when it was seen; one that went by itself is none."""
    since: dict[int, datetime] = {}
    for one in play.entries:
        if one.number is None or one.at > play.ended:
            continue
        if one.fact in _RINGS and one.body.get("severity") != QUIET:
            since.setdefault(one.number, one.at)
        elif one.fact in {"acknowledged", "shelved"} and one.number in since:
            yield since.pop(one.number), one.at
        elif one.fact == "cleared":
            since.pop(one.number, None)
    yield from ((at, None) for at in since.values())


def sent(play: Play) -> Iterator[tuple[datetime, datetime | None]]:
    called: dict[int, datetime] = {}
    for one in play.entries:
        if one.number is None or one.at > play.ended:
            continue
        if one.fact == "created":
            order = play.orders.get(one.number)
            called[one.number] = order.opened_at if order is not None else one.at
        elif one.number in called and one.fact in {_SENT, *_SPARED}:
            at = called.pop(one.number)
            if one.fact == _SENT:
                yield at, one.at
    yield from ((at, None) for at in called.values())
