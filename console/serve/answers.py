"""Answers that many sessions want: asked of the store once, packed once, and told to all.

An answer is good for whoever sees the same (`ALIKE`), as long as the store has the state that it
was read from, whatever has been written or by whom, and no longer than `FRESH`: what is late or at
risk goes with the time. Who asks is admitted anew in every state.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from secrets import randbits
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from console.serve.differing import difference
from console.serve.parcel import packed_alone
from store.domain.errors import StoreTrouble
from store.queries.alarms import AlarmStrip
from store.queries.asking import MayWrite
from store.queries.board import LineOf, QueueCounts, QueuePage
from store.queries.health import Health
from store.queries.people import TechnicianBoard

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from datetime import datetime

    from store.domain.who import Who
    from store.records import Records

ALIKE: Final = frozenset(
    {AlarmStrip, Health, LineOf, MayWrite, QueueCounts, QueuePage, TechnicianBoard}
)
"""Questions whose answer is the same for all who have one role and see the same sites."""

FRESH: Final = timedelta(seconds=1)
"""The instants of two who are given one answer lie less than this apart."""

_MOST_KEPT: Final = 256
_MOST_DIFFERENCES: Final = 64
_MOST_BYTES: Final = 8 << 20
"""Of answers that sessions may have, and are told the difference to."""

Told = tuple[str, int, bytes]
"""How an answer is told, the tag by which it is known from then on, and its bytes: `same` as the
asker has it, the `difference`, or the `whole`."""


@dataclass(slots=True)
class Part:
    """One answer."""

    answer: Any
    tag: int
    at: datetime
    data: bytes
    differences: dict[int, bytes] = field(default_factory=dict)
    """What is another in it than in answers before, by their tags."""


class Answers:
    """Keeps them; for many threads at once."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._state: Hashable = None
        self._askers: dict[Who, Who] = {}
        self._kept: OrderedDict[Hashable, Part] = OrderedDict()
        """By who sees what, and the question; of this state."""
        self._before: OrderedDict[Hashable, Part] = OrderedDict()
        """The last answer to each, of whatever state."""
        self._known: OrderedDict[int, Part] = OrderedDict()
        self._bytes = 0
        self._turns: dict[Hashable, Turn] = {}
        self._tags = count(randbits(62))
        self.asked = 0
        """How many questions were put to the store."""

    def told(
        self,
        records: Records,
        asked: Sequence[tuple[Any, int]],
        who: Who,
        at: datetime,
    ) -> tuple[Told, ...]:
        """The answers to questions, each with the tag of the answer that the asker has or 0.

        All are of one state of the store. Raises what asking raises.
        """
        questions = tuple(question for question, _tag in asked)
        parts = self._parts(records, questions, who, at)
        return tuple(self._say(part, tag) for part, (_q, tag) in zip(parts, asked, strict=True))

    # -- asking ------------------------------------------------------------------------------

    def _parts(
        self, records: Records, questions: tuple[Any, ...], who: Who, at: datetime
    ) -> list[Part]:
        state = records.state()
        asker = self._asker(state, who)
        if asker is None:
            with records.asking(who=who, at=at) as ask:
                asker = ask.who
                if state is None or ask.state != state:
                    answers = ask.several(*questions)
                    return [self._made(answer, at) for answer in answers]
            self._admit(state, who, asker)
        keys = [_key(asker, question) for question in questions]
        with self._turn(tuple(keys)) as turn:
            if turn.trouble is not None:
                raise turn.trouble
            found = self._found(state, keys, at)
            missing = [place for place, part in enumerate(found) if part is None]
            if missing:
                try:
                    with records.asking(who=who, at=at) as ask:
                        if ask.who != asker or ask.state != state:
                            missing, state = list(range(len(questions))), None
                        answers = ask.several(*(questions[place] for place in missing))
                except StoreTrouble as trouble:
                    turn.trouble = trouble
                    raise
                self.asked += len(missing)
                for place, answer in zip(missing, answers, strict=True):
                    found[place] = self._keep(state, keys[place], answer, at)
        return [part for part in found if part is not None]

    def _asker(self, state: Hashable, who: Who) -> Who | None:
        with self._guard:
            return self._askers.get(who) if state is not None and state == self._state else None

    def _admit(self, state: Hashable, who: Who, asker: Who) -> None:
        with self._guard:
            self._enter(state)
            self._askers[who] = asker

    def _enter(self, state: Hashable) -> None:
        """What was read from another state is no answer any more."""
        if state != self._state:
            self._state = state
            self._askers.clear()
            self._kept.clear()

    @contextmanager
    def _turn(self, what: Hashable) -> Iterator[Turn]:
        """Whoever wants the same waits for the first, and has its answer, or what it met."""
        with self._guard:
            turn = self._turns.setdefault(what, Turn())
            turn.wanted += 1
        try:
            with turn.lock:
                yield turn
        finally:
            with self._guard:
                turn.wanted -= 1
                if not turn.wanted:
                    del self._turns[what]

    # -- keeping -----------------------------------------------------------------------------

    def _found(self, state: Hashable, keys: list[Hashable], at: datetime) -> list[Part | None]:
        with self._guard:
            if state != self._state:
                return [None] * len(keys)
            parts = [self._kept.get(key) for key in keys]
            return [part if part and abs(at - part.at) < FRESH else None for part in parts]

    def _keep(self, state: Hashable, key: Hashable, answer: Any, at: datetime) -> Part:
        with self._guard:
            before = self._before.get(key)
        if before is not None and type(before.answer) is type(answer) and before.answer == answer:
            part = Part(before.answer, before.tag, at, before.data, before.differences)
        else:
            part = self._made(answer, at)
        with self._guard:
            _put(self._before, key, part)
            if state is not None and state == self._state:
                _put(self._kept, key, part)
        return part

    def _made(self, answer: Any, at: datetime) -> Part:
        part = Part(answer, next(self._tags), at, packed_alone(answer))
        with self._guard:
            self._known[part.tag] = part
            self._bytes += len(part.data)
            while self._bytes > _MOST_BYTES and len(self._known) > 1:
                self._bytes -= len(self._known.popitem(last=False)[1].data)
        return part

    # -- telling -----------------------------------------------------------------------------

    def _say(self, part: Part, tag: int) -> Told:
        if tag == part.tag:
            return "same", tag, b""
        told = part.differences.get(tag)
        if told is None:
            with self._guard:
                before = self._known.get(tag)
            if before is None:
                return "whole", part.tag, part.data
            told = packed_alone(difference(before.answer, part.answer))
            if len(part.differences) < _MOST_DIFFERENCES:
                part.differences[tag] = told
        if len(told) >= len(part.data):
            return "whole", part.tag, part.data
        return "difference", part.tag, told


@dataclass(slots=True)
class Turn:
    """One question at a time, of those who want the same."""

    lock: Any = field(default_factory=Lock)
    wanted: int = 0
    trouble: StoreTrouble | None = None
    """Why the store gave no answer; who waited for it does not try again, each after the other."""


def _key(asker: Who, question: Any) -> Hashable:
    alike = type(question) in ALIKE
    return (0 if alike else asker.operator), asker.role, asker.scope, question


def _put(kept: OrderedDict[Hashable, Part], key: Hashable, part: Part) -> None:
    kept[key] = part
    kept.move_to_end(key)
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
