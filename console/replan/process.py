"""A process of its own that plans a board, for as long as its parent wants it.

The board is one line of JSON on its standard input, which the parent keeps open; when that ends, it
stops. Each better plan, and how far it is, is a line of JSON on its standard output. It stands back
behind everything else on the machine.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from console.replan.wire import read
from store import clock
from store.domain.dispatch.replan import Replan

if TYPE_CHECKING:
    from typing import TextIO

    from store.domain.dispatch.replan import Moves

_MEEK: Final = 10
"""So much less urgent than the console, as `nice` counts."""
_EVERY_S: Final = 0.2
"""How far it is is told so often."""


def main(told: TextIO) -> int:
    """Plan until rounds or time are spent, or the other end of `told` is closed."""
    with suppress(OSError, AttributeError):
        os.nice(_MEEK)
    asked = json.loads(told.readline())
    threading.Thread(target=_listen, args=(told,), daemon=True).start()
    gc.freeze()
    gc.disable()  # a search makes no rings of objects
    with suppress(BrokenPipeError):
        _plan(asked)
    return 0


def _listen(told: TextIO) -> None:
    """Nobody wants it any more: there is nothing to be cleared up."""
    told.read()
    os._exit(0)


def _plan(asked: dict[str, Any]) -> None:
    begun, last = clock.processor(), clock.monotonic()
    seconds: float = asked["seconds"]
    most: int = asked["rounds"]
    board, start = read(asked["board"]), dict(asked["start"])
    replan = Replan(board, seed=asked["seed"], start=start)

    def tell(moves: Moves | None = None, *, over: bool = False) -> None:
        used = round(clock.processor() - begun, 2)
        said: dict[str, Any] = {"used": used, "rounds": replan.search.rounds, "over": over}
        if moves is not None:
            said["moves"] = list(moves.items())
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def part() -> float:
        """Of its rounds, or of its time where that is spent sooner."""
        nonlocal last
        if clock.monotonic() - last >= _EVERY_S:
            last = clock.monotonic()
            tell()
        by_rounds = replan.search.rounds / most if most else 1.0
        return max(by_rounds, (clock.processor() - begun) / seconds)

    for moves in replan.better(part):
        tell(moves)
    tell(over=True)


if __name__ == "__main__":
    os._exit(main(sys.stdin))  # whoever listens still holds standard input
