"""A shift of two operators drawn step by step: whatever they do, the desk agrees with itself."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from scheduler.runner import fire_due
from store.commands import Together, Undo
from store.domain.errors import Refusal, Stale
from store.domain.facts import Fact
from store.domain.intents import Done
from store.domain.lifecycle import STATES
from store.domain.replay import differences, replay
from store.persistence.journal import JOURNAL
from store.queries.board import QueueCounts, QueuePage
from store.queries.queues import QUEUES
from store.records import open_records
from tests.budget import tries
from tests.store.desk import ANA, BO, NINE, do, rows, stored, written
from tests.store.fresh_desks import postgres_desks, sqlite_desks
from tests.store.test_commands_laws import MAKERS
from tests.store.test_undo_laws import is_sound, standing

if TYPE_CHECKING:
    from pathlib import Path

    from store.domain.intents import Command
    from store.domain.who import Who
    from tests.store.fresh_desks import Desks

HOMES = ("unassigned", "not_accepted", "in_progress", "waiting", "to_close")
"""Queues of which every order at the desk stands in exactly one."""

who = st.sampled_from((ANA, BO))
maker = st.integers(0, len(MAKERS) - 1)
about_orders = st.integers(0, len(MAKERS) - 2)
"""All but the last, which edits the level that many orders stand on."""

seed = st.integers(0, 2**16)
place = st.integers(0, 5)


@dataclass(frozen=True)
class Deed:
    """The newest command, with what stood before and after it."""

    who: Who
    undo: int
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    numbers: tuple[int, ...]


class Shift(RuleBasedStateMachine):
    """Two operators, a few orders, time and the scheduler."""

    def __init__(self, desk: Desks) -> None:
        super().__init__()
        self._left = ExitStack()
        url = self._left.enter_context(desk())
        self.records = open_records(url, feed=False)
        self._left.callback(self.records.close)
        self.at = NINE
        self.numbers: list[int] = []
        self.seen: dict[tuple[int | None, int], int] = {}
        """The version of each order that each operator saw last."""
        self.newest: Deed | None = None
        self.taken: Deed | None = None
        """What was taken back just now."""

    # -- what happens ------------------------------------------------------------------------

    @initialize()
    def begins(self) -> None:
        """Two orders wait already."""
        self.calls(2)
        self.calls(3)

    @rule(priority=st.integers(1, 4))
    def calls(self, priority: int) -> None:
        """A customer calls."""
        number = written(self.records, priority=priority, at=self.at)
        self.numbers.append(number)
        for operator in (ANA, BO):
            self.seen[operator.operator, number] = 1
        self.newest = self.taken = None

    @rule(who=who, maker=maker, seed=seed, place=place)
    def acts(self, who: Who, maker: int, seed: int, place: int) -> None:
        """One command about what the operator saw; who saw something old is told, and no more."""
        number = self._order(place)
        command = self._command(who, maker, seed, number)
        stale = self.seen[who.operator, number] != stored(self.records, number).version
        before, head = [standing(self.records, number)], self.records.head()
        try:
            done = self._do(command, who=who)
        except Stale:
            assert stale
            assert self.records.head() == head
            assert standing(self.records, number) == before[0]
        except Refusal:
            assert self.records.head() == head
            assert standing(self.records, number) == before[0]
        else:
            assert not (stale and hasattr(command, "version"))
            self._did(who, done, before, (number,))
        self._looks(who)

    @rule(who=who, maker=maker, seed=seed, places=st.sets(place, min_size=2, max_size=4))
    def acts_on_several(self, who: Who, maker: int, seed: int, places: set[int]) -> None:
        """The same to a set: all of it, or nothing."""
        numbers = tuple(sorted({self._order(place) for place in places}))
        commands = tuple(MAKERS[maker](random.Random(seed), number, self.at) for number in numbers)
        before, head = [standing(self.records, n) for n in numbers], self.records.head()
        try:
            done = self._do(Together(commands=commands), who=who)
        except Refusal:
            assert self.records.head() == head
            assert [standing(self.records, n) for n in numbers] == before
        else:
            self._did(who, done, before, numbers)
        self._looks(who)

    @rule(makers=st.tuples(about_orders, about_orders), seeds=st.tuples(seed, seed), place=place)
    def both_act_at_once(self, makers: tuple[int, int], seeds: tuple[int, int], place: int) -> None:
        """Each has seen what stands; where both mean to change it, one is too late."""
        number = self._order(place)
        self.at += timedelta(milliseconds=1)
        self._looks(ANA)
        self._looks(BO)
        gate = Barrier(2)

        def one(who: Who, maker: int, seed: int) -> Done | Refusal:
            command = self._command(who, maker, seed, number)
            gate.wait(30)
            try:
                return do(self.records, command, who=who, at=self.at)
            except Refusal as refusal:
                return refusal

        was = stored(self.records, number).version
        with ThreadPoolExecutor(2) as pool:
            came = list(pool.map(one, (ANA, BO), makers, seeds))
        spans = sorted(
            span
            for done in came
            if isinstance(done, Done)
            for told, span in zip(done.numbers, done.versions, strict=True)
            if told == number
        )
        steps = [was, *(version for span in spans for version in span)]
        steps.append(stored(self.records, number).version)
        assert steps[::2] == steps[1::2], "each began where the other had ended"
        self.newest = self.taken = None

    @precondition(lambda self: self.newest is not None and self.newest.undo)
    @rule()
    def takes_back(self) -> None:
        """The newest command, while nothing came after it: all is exactly as before."""
        deed = self.newest
        assert deed is not None
        self._do(Undo(entry=deed.undo), who=deed.who)
        assert self._standing(deed) == deed.before
        self.newest, self.taken = None, deed

    @precondition(lambda self: self.taken is not None)
    @rule()
    def does_again(self) -> None:
        """What was taken back: all is exactly as after it."""
        deed = self.taken
        assert deed is not None
        done = self._do(Undo(redo=True), who=deed.who)
        assert self._standing(deed) == deed.after
        self.newest, self.taken = replace(deed, undo=done.undo), None

    @rule(who=who, place=place)
    def takes_back_something(self, who: Who, place: int) -> None:
        """Whatever is in effect on an order; where that cannot be, nothing happens."""
        number = self._order(place)
        before, head = standing(self.records, number), self.records.head()
        try:
            self._do(Undo(number=number), who=who)
        except Refusal:
            assert self.records.head() == head
            assert standing(self.records, number) == before
        else:
            self.newest = self.taken = None

    @rule(minutes=st.integers(1, 240))
    def time_passes(self, minutes: int) -> None:
        """What falls due meanwhile fires."""
        self.at += timedelta(minutes=minutes)
        fire_due(self.records, at=self.at)
        self.newest = self.taken = None

    @rule(who=who)
    def looks(self, who: Who) -> None:
        """An operator sees every order as it is."""
        self._looks(who)

    # -- what must hold ----------------------------------------------------------------------

    @invariant()
    def a_count_is_its_rows(self) -> None:
        """Of every queue; and every order at the desk stands in one place of work."""
        counts = self.records.ask(QueueCounts(), who=ANA, at=self.at)
        held: dict[str, set[int]] = {}
        for name in QUEUES:
            page = self.records.ask(QueuePage(queue=name, limit=500), who=ANA, at=self.at)
            held[name] = {line.number for line in page.lines}
            assert counts[name] == len(page.lines) == len(held[name]), name
        for number in self.numbers:
            at_home = [name for name in HOMES if number in held[name]]
            live = not STATES[stored(self.records, number).state].final
            assert len(at_home) == live, (number, at_home)

    @invariant()
    def the_journal_tells_how_it_came_about(self) -> None:
        """Told again from its journal, an order is as it is kept."""
        for number in self.numbers:
            facts = [
                Fact(name=row["fact"], body=row["body"], words=row["words"])
                for row in rows(self.records, JOURNAL, number=number)
            ]
            assert differences(stored(self.records, number), replay(facts, number=number)) == ()

    def teardown(self) -> None:
        """At the end of the shift the doctor finds nothing."""
        with self._left:
            for number in self.numbers:
                is_sound(self.records, number, self.at)

    # -- helping -----------------------------------------------------------------------------

    def _do(self, command: Command, *, who: Who) -> Done:
        """No two commands of one shift come at the same instant."""
        self.at += timedelta(milliseconds=1)
        return do(self.records, command, who=who, at=self.at)

    def _order(self, place: int) -> int:
        return self.numbers[place % len(self.numbers)]

    def _command(self, who: Who, maker: int, seed: int, number: int) -> Command:
        command: Command = MAKERS[maker](random.Random(seed), number, self.at)
        if not hasattr(command, "version"):
            return command
        return replace(command, version=self.seen[who.operator, number])  # type: ignore[type-var]

    def _looks(self, who: Who) -> None:
        for number in self.numbers:
            self.seen[who.operator, number] = stored(self.records, number).version

    def _did(
        self, who: Who, done: Done, before: list[dict[str, Any]], numbers: tuple[int, ...]
    ) -> None:
        self.newest = self.taken = None
        if done.undo:
            after = [standing(self.records, number) for number in numbers]
            self.newest = Deed(who, done.undo, before, after, numbers)

    def _standing(self, deed: Deed) -> list[dict[str, Any]]:
        return [standing(self.records, number) for number in deed.numbers]


@pytest.mark.parametrize("desks", [sqlite_desks, postgres_desks])
def test_a_shift_leaves_the_desk_in_agreement(
    desks: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each shift begins at a desk of its own, so that a failing one can be made short."""
    with desks(tmp_path, request) as desk:
        run_state_machine_as_test(
            lambda: Shift(desk),  # type: ignore[arg-type]  # any maker of one will do
            settings=settings(
                deadline=None,
                max_examples=tries(3, 30),
                phases=[Phase.generate],
                stateful_step_count=25,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
