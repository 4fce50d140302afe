"""What Prometheus is shown of a served desk: numbers alone, of no customer, order or operator."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from console.serve import measures
from console.serve.measures import Kind
from console.serve.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SOON: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.1, 0.25, 0.5, 1.0, 5.0)
_LATE: Final = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 3600.0)
_HISTOGRAMS: Final[Mapping[Kind, tuple[str, str, tuple[float, ...]]]] = {
    Kind.KEY: ("paidan_key_seconds", "From a key to the first paint after it, in sessions.", _SOON),
    Kind.COMMIT: (
        "paidan_commit_seconds",
        "A command of a session, from being asked for to being committed.",
        _SOON,
    ),
    Kind.FEED: ("paidan_feed_seconds", "From the commit of such a command to its news.", _SOON),
    Kind.TIMER: (
        "paidan_timer_late_seconds",
        "How long the oldest timer that was due had waited when a sweep began.",
        _LATE,
    ),
}
_GAUGES: Final[Mapping[str, tuple[str, str]]] = {
    "sessions": ("paidan_sessions", "Sessions that are open, commands of scripts among them."),
    "store": ("paidan_store_up", "1 while the store answers."),
    "timers": ("paidan_timers_up", "1 while due timers are fired."),
    "failed": ("paidan_timers_failed", "Timers whose reaction failed since the process runs."),
    "silent": ("paidan_feed_silent_seconds", "For how long no news has come; 0 while it flows."),
}


class Metrics(asyncio.DatagramProtocol):
    """Hears what the processes measure, and has it ready as text."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._registry = registry = CollectorRegistry()
        self._seconds = {
            kind: Histogram(name, text, buckets=buckets, registry=registry)
            for kind, (name, text, buckets) in _HISTOGRAMS.items()
        }
        self._gauges = {
            fact: Gauge(name, text, registry=registry) for fact, (name, text) in _GAUGES.items()
        }
        self._refused = Counter(
            "paidan_logins_refused", "Logins that were refused.", ["reason"], registry=registry
        )
        for why in Refused:
            self._refused.labels(why.value)  # which is 0 from the start, so that a first one shows
        self._beat: float | None = None
        self.facts: Mapping[str, float] = {}
        """What the process that has the store open told last."""
        silence = Gauge(
            "paidan_beat_age_seconds",
            "How long ago the process that has the store open told how it does.",
            registry=registry,
        )
        silence.set_function(self.silence)

    def datagram_received(self, data: bytes, _address: Any) -> None:
        """Something was measured; what is no measure is left out."""
        with suppress(ValueError):
            self._take(measures.read(data))

    def _take(self, told: measures.Told) -> None:
        for kind, seconds in told.seconds.items():
            for one in seconds:
                self._seconds[kind].observe(max(0.0, one))
        for fact, number in told.facts.items():
            if fact in self._gauges:
                self._gauges[fact].set(number)
        if told.facts.get("full"):  # of whoever came past the front, by `paidan attach`
            self.refused(Refused.FULL)
        if "store" in told.facts:
            self.facts, self._beat = told.facts, self._monotonic()
            if not told.facts["store"]:
                self._gauges["timers"].set(0)

    def refused(self, why: Refused) -> None:
        """A login was refused."""
        self._refused.labels(why.value).inc()

    def silence(self) -> float:
        """Seconds since that process told how it does; endless before the first time."""
        return float("inf") if self._beat is None else self._monotonic() - self._beat

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
