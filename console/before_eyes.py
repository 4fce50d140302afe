"""Whether what Enter would do has stood before the operator's eyes; pure, times are arguments."""

from __future__ import annotations

from math import inf
from typing import Final

from store.domain.words import N_

LOOK_S: Final = 1.0
"""How long a list must have stood unchanged before Enter acts on it without being asked again."""
JUST_CHANGED: Final = N_("the list has just changed: look at it, and Enter once more")


class BeforeEyes:
    """Of one list, by the clock of the keys: when it changed, and when that was said."""

    def __init__(self) -> None:
        self._opened_at = inf
        self._changed_at = -inf
        self._said_at = -inf
        self._foretold = False
        self._clicked_at = -inf

    def opened(self, *, at: float) -> None:
        """Its first rows are shown, or all of them anew because the operator said so.

        These are no change; who calls them one has keys refused that were typed before them.
        """
        self._opened_at, self._changed_at = at, -inf

    def changed(self, *, at: float) -> None:
        """It shows something else than before."""
        self._changed_at = at
        if self._foretold:
            self._said_at = at

    def asked_again(self) -> None:
        """What was foretold has come, whether it was a change or not."""
        self._foretold = False

    def foretell(self) -> None:
        """The operator is told that the list will be another one: the next change is known."""
        self._foretold = True

    def clicked(self, *, at: float) -> None:
        """A click is as good as a key."""
        self._clicked_at = at

    def unseen(self, *, key_at: float, before_at: float, at: float) -> bool:
        """Whether what the key read last would act on is to be looked at first; then that is said.

        It changed just now, or since the key before that one; but what was said was looked at.
        """
        before_at, key_at = sorted((before_at, key_at, self._clicked_at))[1:]
        changed = self._changed_at
        if key_at >= changed and key_at > self._said_at >= changed:
            return False
        fresh = changed > self._opened_at and key_at - changed < LOOK_S
        unseen = fresh or key_at < changed or self._opened_at < before_at < changed
        if unseen:
            self._said_at = at
        return unseen
