"""Who should go to the order under the cursor, asked while the hands rest on it."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from console.seat import Seat
    from store.queries.recommend import Recommendation

_WAITED_S: Final = 1.0
"""How long an answer is waited for that is under way: to ask beside it takes as long again."""


class Ahead:
    """The answer to the order that was rested on last; it is shown only if the store stands by it.

    Asked once: whoever looks at an order for longer than it holds waits as if nobody had asked.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._coming: Future[Recommendation | None] = Future()

    def begin(self, number: int) -> bool:
        """Whether it is to be asked now; False where that was done."""
        if number == self._number:
            return False
        self._coming.cancel()  # what no thread has taken up yet
        self._number, self._coming = number, Future()
        return True

    def ask(self, seat: Seat) -> None:
        """Ask, in a worker; what the store refuses it refuses again when the key is pressed."""
        from console import litter
        from store.queries.recommend import WhoGoes

        number, coming = self._number, self._coming
        if number is None or not coming.set_running_or_notify_cancel():
            return
        found = None
        try:
            with litter.seldom:
                found = seat.ask(WhoGoes(number=number, stamped=True))
        except Exception:  # noqa: BLE001  nobody has pressed a key
            found = None
        finally:
            coming.set_result(found)

    def told(self, number: int) -> Recommendation | None:
        """What was answered; called in a worker, as it may be under way."""
        coming = self._coming
        if number != self._number or not (coming.running() or coming.done()) or coming.cancelled():
            return None
        try:
            return coming.result(_WAITED_S)
        except TimeoutError:
            return None
