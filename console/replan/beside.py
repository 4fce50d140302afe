"""The search beside the console: started for a board, heard of, ended when nobody wants it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.replan.wire import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.dispatch.present import Present
    from store.domain.dispatch.replan import Moves

SECONDS: Final = 5.0
"""Of the processor, for one board at most."""
_ROUNDS_A_TASK: Final = 60
"""A board of few orders is soon looked through; whatever the machine, it gives the same plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How far a search is."""

    used: float = 0.0
    """Seconds of the processor."""
    rounds: int = 0
    over: bool = False
    """Whether nothing more comes."""
    moves: Moves | None = None
    """A better plan than the one before; None for news of the time alone."""
    lost: bool = False
    """Whether it broke off."""


class Searching:
    """One search in a process of its own; `hear` is called in a thread."""

    def __init__(self, present: Present, start: Moves, hear: Callable[[Heard], object]) -> None:
        """Look for plans that are better than the one to start with."""
        self._hear = hear
        self._ended = False
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "console.replan.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # a key that interrupts us must not end it before we do
        )
        rounds = _ROUNDS_A_TASK * len(present.tasks)
        asked = {
            "seconds": SECONDS,
            "rounds": rounds,
            "seed": 1,
            "board": plain(present),
            "start": list(start.items()),
        }
        self._thread = threading.Thread(target=self._listen, args=(asked,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Nobody wants it any more; returns at once."""
        self._ended = True
        with suppress(OSError):
            self._child.kill()

    def _listen(self, asked: dict[str, object]) -> None:
        child, over = self._child, False
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(OSError, ValueError):
            child.stdin.write(json.dumps(asked) + "\n")
            child.stdin.flush()
            for line in child.stdout:
                over = self._tell(json.loads(line)).over
        if not over and not self._ended:
            self._hear(Heard(over=True, lost=True))
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                pipe.close()
        child.kill()
        child.wait()

    def _tell(self, told: dict[str, Any]) -> Heard:
        moves = dict(told["moves"]) if "moves" in told else None
        heard = Heard(
            used=told["used"],
            rounds=told["rounds"],
            over=told["over"],
            moves=moves,
        )
        if not self._ended:
            self._hear(heard)
        return heard
