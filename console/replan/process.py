"""A process of its own that plans a board, for as long as its parent wants it.

The board is one line of JSON on its standard input, which the parent keeps open; when that ends, it
stops. Each better plan, and how far it is, is a line of JSON on its standard output. It stands back
behind everything else on the machine.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from console.replan.apart import bettered
from console.replan.spent import Spent
from console.replan.wire import read
from store import clock
from store.domain.dispatch.replan import Replan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from store.domain.dispatch.replan import Moves
    from store.domain.dispatch.standing import Plan

_MEEK: Final = 10
"""So much less urgent than the console, as `nice` counts."""
_EVERY_S: Final = 0.2
"""How far it is is told so often."""
_SEARCHED: Final = 9
"""After a plan is told the search goes on for so many times what that took."""


def main(told: TextIO) -> int:
    """Plan until rounds or time are spent, or the other end of `told` is closed."""
    with suppress(OSError, AttributeError):
        os.nice(_MEEK)
    asked = json.loads(told.readline())
    gc.freeze()
    gc.disable()  # a search makes no rings of objects
    with suppress(BrokenPipeError):
        _plan(asked, told)
    return 0


def _is_over(told: TextIO) -> bool:
    """Whether the other end is closed: nobody wants a plan any more. No thread waits for it, since
    a process that has several cannot have others search for it.
    """
    return bool(select.select([told], [], [], 0)[0])


def _plan(asked: dict[str, Any], told: TextIO) -> None:
    spent = Spent(rounds=asked["rounds"], seconds=asked["seconds"])
    last = clock.monotonic()
    replan = Replan(read(asked["board"]), seed=asked["seed"], start=dict(asked["start"]))
    search = replan.search

    def tell(moves: Moves | None = None, *, over: bool = False) -> None:
        said: dict[str, Any] = {"used": round(spent.used, 2), "rounds": search.rounds, "over": over}
        if moves is not None:
            said["moves"] = list(moves.items())
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def wanted() -> bool:
        nonlocal last
        if clock.monotonic() - last >= _EVERY_S:
            last = clock.monotonic()
            if _is_over(told):
                return False
            tell()
        return True

    for moves in _told(replan, bettered(search, spent, wanted=wanted)):
        tell(moves)
    tell(over=True)


def _told(replan: Replan, plans: Iterable[Plan]) -> Iterator[Moves]:
    """What some plans change, those that come too soon left out; the last is told."""
    left_out, again = None, clock.monotonic()
    for plan in plans:
        left_out, begun = plan, clock.monotonic()
        if begun >= again:
            yield replan.moves_of(plan)
            left_out, now = None, clock.monotonic()
            again = now + _SEARCHED * (now - begun)
    if left_out is not None:
        yield replan.moves_of(left_out)


if __name__ == "__main__":
    os._exit(main(sys.stdin))  # whoever listens still holds standard input
