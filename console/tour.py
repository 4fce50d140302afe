"""A tour of ninety seconds: its steps, which the newcomer does with real keys; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from store.domain.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One key that is tried."""

    action: str
    """By its id: whose key it is, and what is heard when it was done."""
    says: str


STEPS: Final = (
    Step(action="details", says=N_("{key} opens the order under the cursor: all that is known.")),
    Step(action="explain", says=N_("{key} tells why this deadline, hour by hour.")),
    Step(
        action="acknowledge", says=N_("{key} acknowledges an alarm: the bell stops, no clock does.")
    ),
    Step(
        action="assign", says=N_("{key} sends somebody, the free first; the next step undoes it.")
    ),
    Step(action="undo", says=N_("{key} takes back what you did last; Enter, where it asks.")),
)
"""In the order in which they are tried: right after somebody was sent, that is taken back."""

LAST: Final = N_("That was it: {help} explains every key, {palette} finds all by name.")
OFFER: Final = N_("New here? A tour of ninety seconds tries five keys on this desk.")
HELD: Final = N_("   #{number} is with {technician}; {queue} lists unassigned")
"""Before somebody is sent: others would rather not lose what they are at."""
NO_ALARM: Final = N_("No alarm rings now ({key} acknowledges one).")


class Tour:
    """How far a newcomer has come."""

    def __init__(self, *, offered: bool = False) -> None:
        self.offered = offered
        """Whether it is only offered."""
        self.passed = ""
        """What is said of the step before, which could not be done."""
        self._done: set[str] = set()
        self._place = 0

    @property
    def step(self) -> Step | None:
        """What is to be done now; None where it is only offered, or all is done."""
        if self.offered or self._place >= len(STEPS):
            return None
        return STEPS[self._place]

    @property
    def place(self) -> int:
        """Which step this is, from 1 on."""
        return self._place + 1

    def hear(self, action: str) -> bool:
        """The hands have done this; whether it leads on. What is done early is done, too."""
        if self.offered or action not in {step.action for step in STEPS}:
            return False
        self._done.add(action)
        before = self._place
        while (step := self.step) is not None and step.action in self._done:
            self._go_on()
        return self._place != before

    def next(self) -> None:
        """Begin, or pass over a step."""
        if self.offered:
            self.offered = False
        elif (step := self.step) is not None:
            self.hear(step.action)

    def settle(self, ringing: int) -> bool:
        """Pass over the alarm where none rings; whether it did."""
        step = self.step
        if step is None or step.action != "acknowledge" or ringing:
            return False
        self.hear(step.action)
        self.passed = NO_ALARM
        return True

    def _go_on(self) -> None:
        self._place += 1
        self.passed = ""
