"""How much of everything a front allows; pure, and told what time it is."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from console.config_serve import Serving

Key = TypeVar("Key")

MINUTE: Final = 60.0
_USUAL: Final = Serving()
_DEAF_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a front allows; AsyncSSH by itself allows nearly everything."""

    grace_s: float = 20.0
    """How long a stranger may take to prove who he is."""
    claim_s: float = 120.0
    """How long whoever has an unknown key may take to say a one-time code."""
    tries: int = 6
    """Keys that he may offer that are nobody's."""
    names: int = 3
    """Names that he may go by: each begins anew."""
    strangers: int = 200
    """Connections that have proved nothing yet; over that the oldest goes.

    As many as there may be sessions: after a restart they all come back at once.
    """
    of_one_address: int = 10
    """Of them, from one address."""
    a_second: float = 3.0
    burst: int = 30
    """New connections of one address: so many at once, and so many a second in the long run."""
    channels: int = 4
    """Sessions over one connection at a time."""
    sessions: int = 200
    """Sessions in all."""
    keep_alive_s: float = 15.0
    keep_alives: int = 3
    """A client that answers none of so many is gone."""
    idle_s: float = _USUAL.idle * MINUTE
    """Without a key for so long a session ends; 0 for never. What is shown does not count."""
    lock_s: float = _USUAL.lock * MINUTE
    """Without a key for so long its screen is covered until it ends; 0 for never."""

    command_s: float = _USUAL.command_seconds
    """How long the command of a script may take; 0 for as long as it wants."""

    @property
    def deaf_s(self) -> float:
        """When the front ends a session that should have ended by itself, and hangs."""
        return self.idle_s + _DEAF_S if self.idle_s else 0.0


class Buckets:
    """Tokens by address: whoever comes too often is not listened to."""

    _MOST: Final = 4096
    """Addresses that are remembered."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> bool:
        """Whether this address may connect once more now."""
        left, then = self._left.pop(address, (float(self._limits.burst), now))
        left = min(self._limits.burst, left + (now - then) * self._limits.a_second)
        taken = left >= 1
        self._left[address] = (left - 1 if taken else left, now)
        if len(self._left) > self._MOST:
            self._left.popitem(last=False)
        return taken


class Lobby(Generic[Key]):
    """Who has connected and not yet proved who he is, the oldest first.

    A plain cap would lock honest people out while strangers fill it and wait.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting: OrderedDict[Key, str] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting)

    def enter(self, key: Key, address: str) -> Key | None:
        """One more; whoever must go for it."""
        same = [other for other, where in self._waiting.items() if where == address]
        self._waiting[key] = address
        out = None
        if len(same) >= self._limits.of_one_address:
            out = same[0]
        elif len(self._waiting) > self._limits.strangers:
            out = next(iter(self._waiting))
        if out is not None:
            self.leave(out)
        return out

    def leave(self, key: Key) -> None:
        """He has proved it, or is gone."""
        self._waiting.pop(key, None)
