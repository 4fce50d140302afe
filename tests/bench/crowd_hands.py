"""A hundred pairs of hands at a served desk: random keys, notes, resizes, drops and stops.

Each is an operator with a key of his own and a real OpenSSH client. No emulator reads what they are
shown: of each terminal only the end is kept.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from store import clock
from tests.bench.sessions import APART_S, SETTLED_S, tree_mib

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from tests.console.pty_desk import Desk
    from tests.console.ssh_desk import SshDesk

THINKS_S: Final = 4.0
"""The mean of what somebody waits between two things he does."""
SAFE_S: Final = 8.0
"""A session that lived so long after the Enter of a note has done what it was told."""
KEYS: Final = (
    *"jkjkjkjkGgtesvdcoiwfybxphHlamIASCEWYFLn/?:;u123450-",
    "\x1b",
    "\x1b",
    "\r",
    "\t",
    "\x1b[B",
    "\x1b[A",
)
"""What random hands press; nothing that leaves, and nothing that ends somebody else's session."""
WALK: Final = tuple(press for key in dict.fromkeys(KEYS) for press in (key, "\x1b"))
"""What everybody presses first: what a screen takes once is then taken, and the rest is a leak."""
_WALKS_S: Final = 2.0
"""Between two presses of it; a hundred at once shall be no storm."""
WALKED_S: Final = _WALKS_S * len(WALK) + 8.0
SIZES: Final = ((80, 24), (100, 30), (120, 40), (160, 50))
DOES: Final = {"keys": 83, "note": 6, "resize": 7, "stop": 3, "drop": 1}
"""What somebody does next, by weight."""
ORDERS: Final = 40
_ESCAPES: Final = 4
_ESCAPE_S: Final = 0.7
"""Longer than a far terminal's Esc waits for the rest of a sequence."""
_PAINTED: Final = 800
"""So many bytes are a board."""
_TAIL: Final = 2048
_COMES_S: Final = 60.0
_PROBE_S: Final = 0.7


@dataclass(slots=True)
class Note:
    """A note that was typed to its Enter."""

    mark: str
    at: float = 0.0
    broken: bool = False
    """Its client was dropped or stood still within `SAFE_S`; it may be there once or not at all."""


@dataclass(frozen=True, slots=True)
class Press:
    """What is pressed, and when; the Enter of a note has it with it."""

    at: float
    keys: str
    note: Note | None = None


@dataclass(slots=True)
class Hands:
    """One operator at his client."""

    code: str
    desk: Desk
    seen: int = 0
    """Bytes of this session."""
    next_at: float = 0.0
    typing: list[Press] = field(default_factory=list)
    note: Note | None = None
    """What was written down last."""
    walked: bool = False
    stopped: bool = False
    came: float = 0.0

    @property
    def inside(self) -> bool:
        """Whether the board was painted."""
        return self.seen > _PAINTED


class Crowd:
    """All of them, on one loop."""

    def __init__(self, served: SshDesk, people: Sequence[str], stack: ExitStack) -> None:
        self._served, self._stack = served, stack
        self._dice = random.Random(5)
        self.did: Counter[str] = Counter()
        self.notes: list[Note] = []
        self.ended = self.refused = 0
        self.times: list[float] = []
        """Milliseconds from a cursor key of the probe to what it paints."""
        self._pressed = 0.0
        self._down = False
        self.hands: list[Hands] = []
        for code in people:
            self.hands.append(self._arrives(code))
            self._read_for(APART_S)
        stack.callback(self._all_go)

    @property
    def _probe(self) -> Hands:
        """Who presses nothing but cursor keys, which are timed."""
        return self.hands[0]

    def live(self, seconds: float) -> None:
        """Everybody does what comes to mind for so long."""
        end = clock.monotonic() + seconds
        while (now := clock.monotonic()) < end:
            assert self._served.process.poll() is None, bytes(self._served.said[-2000:])
            for hands in self.hands[1:]:
                self._step(hands, now)
            self._press_probe(now)
            self._read(0.02)
        while self._pressed and clock.monotonic() < end + _COMES_S:
            self._read(0.02)

    def memory(self) -> tuple[float, int]:
        """Of the whole server once all are in and nobody does anything, and how many are."""
        for hands in self.hands:
            hands.typing.clear()
            self._go_on(hands)
        self._wait_for_all()
        return tree_mib(self._served.process.pid), self._served.sessions()

    def _wait_for_all(self) -> None:
        end = clock.monotonic() + _COMES_S
        self._read_for(SETTLED_S)
        while not all(hands.inside for hands in self.hands) and clock.monotonic() < end:
            self._read_for(0.5)

    # -- what hands do -----------------------------------------------------------------------

    def _arrives(self, code: str) -> Hands:
        desk = self._served.connect(key=code, size=self._dice.choice(SIZES))
        now = clock.monotonic()
        return Hands(code=code, desk=desk, came=now)

    def _again(self, hands: Hands) -> None:
        """A client of the same operator in the place of one that is gone."""
        hands.desk.__exit__()
        fresh = self._arrives(hands.code)
        hands.desk, hands.seen, hands.came = fresh.desk, 0, fresh.came
        hands.next_at, hands.typing, hands.stopped, hands.walked = 0.0, [], False, False

    def _step(self, hands: Hands, now: float) -> None:
        if hands.desk.process.poll() is not None:
            self._has_ended(hands)
        elif not hands.inside:
            if now - hands.came > _COMES_S:
                self._has_ended(hands)
        elif not hands.walked:
            begin, hands.walked = now + self._dice.uniform(1, 4), True
            presses = enumerate(WALK)
            hands.typing = [Press(begin + _WALKS_S * place, keys) for place, keys in presses]
        elif hands.typing:
            self._type(hands, now)
        elif now >= hands.next_at:
            if hands.stopped:
                self._go_on(hands)
            else:
                self._does(hands, now)

    def _does(self, hands: Hands, now: float) -> None:
        deed = self._dice.choices(list(DOES), list(DOES.values()))[0]
        self.did[deed] += 1
        hands.next_at = now + self._dice.expovariate(1 / THINKS_S)
        if deed == "keys":
            for _ in range(self._dice.randint(1, 6)):
                hands.typing.append(Press(now, self._dice.choice(KEYS)))
                now += self._dice.uniform(0.05, 0.4)
        elif deed == "note":
            self._notes(hands, now)
        elif deed == "resize":
            hands.desk.resize(*self._dice.choice(SIZES))
        elif deed == "stop":
            self._breaks(hands, now)
            hands.desk.process.send_signal(signal.SIGSTOP)
            hands.stopped, hands.next_at = True, now + self._dice.uniform(3, 15)
        else:
            self._breaks(hands, now)
            hands.desk.process.kill()
            self._again(hands)

    def _notes(self, hands: Hands, now: float) -> None:
        """Out of whatever is open, then the note as one types it."""
        note = Note(f"mark{self.did['note']}x{hands.code}")
        at = now + _ESCAPES * _ESCAPE_S
        order = self._dice.randint(1, ORDERS)
        hands.typing += [Press(now + place * _ESCAPE_S, "\x1b") for place in range(_ESCAPES)]
        hands.typing += [Press(at, ":"), Press(at + 0.3, f"note {order} {note.mark}")]
        hands.typing.append(Press(at + 0.6, "\r", note))
        hands.next_at = at + 1 + self._dice.expovariate(1 / THINKS_S)

    def _type(self, hands: Hands, now: float) -> None:
        while hands.typing and hands.typing[0].at <= now:
            press = hands.typing.pop(0)
            with suppress(OSError):
                hands.desk.press(press.keys)
            if press.note is not None:
                hands.note, press.note.at = press.note, now
                self.notes.append(press.note)

    def _breaks(self, hands: Hands, now: float) -> None:
        if hands.note is not None and now - hands.note.at < SAFE_S:
            hands.note.broken = True

    def _go_on(self, hands: Hands) -> None:
        if hands.stopped:
            hands.desk.process.send_signal(signal.SIGCONT)
            hands.stopped = False
            hands.next_at = clock.monotonic() + 2.0

    def _has_ended(self, hands: Hands) -> None:
        """By itself: nobody had dropped it."""
        if hands.inside:
            self.ended += 1
        else:
            self.refused += 1
        self._breaks(hands, clock.monotonic())
        print(f"{hands.code} ended: {bytes(hands.desk.raw[-300:])!r}", file=sys.stderr)
        self._again(hands)

    def _press_probe(self, now: float) -> None:
        probe = self._probe
        if probe.desk.process.poll() is not None:
            self._pressed = 0.0
            self._has_ended(probe)
        elif not self._pressed and now >= probe.next_at and probe.inside:
            self._down = not self._down
            self._pressed = clock.monotonic()
            probe.desk.raw.clear()
            probe.desk.press("j" if self._down else "k")

    # -- what they see -----------------------------------------------------------------------

    def _read(self, timeout: float) -> None:
        by_master = {hands.desk.master: hands for hands in self.hands}
        says = self._served.process.stderr
        assert says is not None
        for master in select.select([says.fileno(), *by_master], [], [], timeout)[0]:
            if master not in by_master:  # nobody who is not read from may hold the server up
                self._served.said += os.read(master, 65536)
                continue
            hands = by_master[master]
            raw, before = hands.desk.raw, len(hands.desk.raw)
            if not hands.desk.read(0):
                continue
            hands.seen += len(raw) - before
            if hands is self._probe and self._pressed and b">" in raw:
                now = clock.monotonic()
                self.times.append(1000 * (now - self._pressed))
                self._pressed, hands.next_at = 0.0, now + _PROBE_S * self._dice.uniform(0.5, 1.5)
            del raw[:-_TAIL]

    def _read_for(self, seconds: float) -> None:
        end = clock.monotonic() + seconds
        while clock.monotonic() < end:
            self._read(0.05)

    def _all_go(self) -> None:
        for hands in self.hands:
            hands.desk.__exit__()
