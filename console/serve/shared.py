"""What all ways into a served desk share: its limits, how many sessions are open, what is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.serve.caps import Limits
from console.serve.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.serve.keys import Holder
    from console.serve.recorder import Recorder, Recording


@dataclass(slots=True, kw_only=True)
class Shared:
    """One for a served desk."""

    say: Callable[[str], None]
    limits: Limits = field(default_factory=Limits)
    refused: Callable[[Refused], object] = lambda _why: None
    """Counts logins that were refused."""
    recorder: Recorder | None = None
    sessions: int = 0
    """How many are open, by whatever way."""

    def enter(self) -> bool:
        """One more session, where there is room."""
        if self.sessions >= self.limits.sessions:
            self.refused(Refused.FULL)
            return False
        self.sessions += 1
        return True

    def leave(self) -> None:
        """One less."""
        self.sessions -= 1

    def close(self) -> None:
        """Once no session is open any more."""
        if self.recorder is not None:
            self.recorder.close()

    def record(
        self, who: Holder, size: tuple[int, int], tell: Callable[[bytes], object]
    ) -> Recording | None:
        """The recording of a session that begins; None where his are not recorded."""
        if self.recorder is None:
            return None
        return self.recorder.begin(who.operator, who.role, size, tell)
