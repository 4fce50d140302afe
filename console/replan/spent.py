"""How much of its rounds, or of the time of the processor that it has, a search has spent."""

from __future__ import annotations

from store import clock


class Spent:
    """Time counts from when it is made, in this process and in those that search for it."""

    def __init__(self, *, rounds: float | None, seconds: float | None) -> None:
        self.rounds = rounds
        self.seconds = seconds
        self.elsewhere = 0.0
        """Seconds of the processor that other processes took."""
        self._begun = clock.processor()

    @property
    def used(self) -> float:
        """Seconds of the processor, in all processes."""
        return clock.processor() - self._begun + self.elsewhere

    def part(self, rounds: int) -> float:
        """The part of the way that is behind after so many rounds; 1.0 at its end."""
        parts = [0.0]
        if self.rounds is not None:
            parts.append(rounds / self.rounds if self.rounds else 1.0)
        if self.seconds is not None:
            parts.append(self.used / self.seconds if self.seconds else 1.0)
        return max(parts)

    def share(self, part: float) -> Spent:
        """A part of the whole, to be spent from now on."""
        return Spent(
            rounds=None if self.rounds is None else self.rounds * part,
            seconds=None if self.seconds is None else self.seconds * part,
        )
