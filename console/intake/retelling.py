"""A batch of orders told and laid out: everything about them that needs no store."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from console.i18n import tell
from console.intake.framing import Frame, Ids
from console.intake.retell_events import retell_events
from console.intake.retell_row import retell_row
from store.domain.errors import Refusal
from store.persistence.laying import Laid, lay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from console.intake.mapping import Picture
    from store.domain.rules import Rules

    Promises = Mapping[str, tuple[int | None, Rules]]
    """A service level's id and rules by its code; none for an empty one."""

Retold = list[tuple[tuple[Any, ...], dict[str, int]] | str]
"""Of each order the fields of its `Laid`, and what did not fit the lifecycle; or why it cannot be.

Plain values: they come from other processes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some orders, and what they are told by; it travels between processes."""

    mode: str
    orders: Sequence[Sequence[Picture]]
    ids: Ids
    source: str
    by: int
    at: datetime
    level: str
    wake_after_h: int
    own: bool
    """Whether an export wrote the rows."""
    promises: bytes
    """`Promises`, pickled: they are the same for batch after batch."""


def retold(batch: Batch, between: Callable[[], None] = lambda: None) -> Retold:
    """Every order of a batch, told through the domain and laid out in rows, or refused alone.

    `between` two of them others may want to have their turn.
    """
    promises = _read(batch.promises)
    frame = Frame(
        source=batch.source,
        by=batch.by,
        at=batch.at,
        level=batch.level,
        promises=promises.__getitem__,
        wake_after_h=batch.wake_after_h,
        own=batch.own,
    )
    done: Retold = []
    for order in batch.orders:
        between()
        try:
            done.append(_retold(order, batch, frame))
        except Refusal as refusal:  # one that cannot be reckoned is no reason to stop the others
            done.append(str(tell(refusal)))
    return done


def _retold(
    order: Sequence[Picture], batch: Batch, frame: Frame
) -> tuple[tuple[Any, ...], dict[str, int]]:
    if batch.mode == "events":
        history, oddities = retell_events(order, batch.ids, frame)
    else:
        history, oddities = retell_row(order[0], batch.ids, frame)
    rules = frame.promises(level_of(order, batch.level))[1]
    return tuple(lay(history, rules)), dict(oddities)


def laid(told: tuple[Any, ...]) -> Laid:
    """What `retold` made of an order, as the store takes it."""
    return Laid(*told)


def level_of(order: Sequence[Picture], level: str) -> str:
    """The code of the level that an order is promised by; empty where there is none."""
    return order[0].text("level") or level


def written(promises: Promises) -> bytes:
    """The promises, so that they can travel."""
    return pickle.dumps(dict(promises))


@lru_cache(maxsize=4)
def _read(promises: bytes) -> Promises:
    read: Promises = pickle.loads(promises)
    return read
