"""Writers to be killed: `python -m tests.store.writers URL ROUNDS SEED` forks four a round.

Each says `NUMBER SEQ` for every command that was acknowledged, until it is killed in the middle
of whatever it does. The process that forks never opens the store and has no threads.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading

import psycopg
import sqlalchemy.dialects.postgresql.psycopg

from store.commands import MoveOrder, NewOrder, NoteOrder
from store.domain.errors import Refusal
from store.domain.lifecycle import Move
from store.persistence import feed, migrate
from store.persistence.work import Work
from store.records import Records, open_records
from tests.store.desk import ANA, minutes

WRITERS = 4
SHARED = 3
"""Orders that all writers write to."""


def kill_writers(url: str, rounds: int, seed: int) -> None:
    """Let four writers write for a moment and kill them, again and again."""
    dice = random.Random(seed)
    for turn in range(rounds):
        ready, tell = os.pipe()
        children = [_forked(url, seed * 10_000 + turn * 10 + n, tell) for n in range(WRITERS)]
        for _ in children:
            os.read(ready, 1)
        for child in children:
            threading.Event().wait(dice.random() * 0.1)
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        os.close(ready)
        os.close(tell)


def _forked(url: str, seed: int, tell: int) -> int:
    child = os.fork()
    if child == 0:
        try:
            _write_for_ever(url, random.Random(seed), tell)
        finally:
            os._exit(1)
    return child


def _write_for_ever(url: str, dice: random.Random, tell: int) -> None:
    records = open_records(url, create=False, feed=False)
    ready = False
    while True:
        number = _said(records, NewOrder(title="pump", priority=dice.randint(1, 4)))
        if number is None:
            continue
        if not ready:
            ready = os.write(tell, b".") > 0
        _said(records, MoveOrder(number=number, move=Move.ASSIGN, technician=dice.choice(_TEAM)))
        _said(records, MoveOrder(number=number, move=Move.ACCEPT))
        _said(records, NoteOrder(number=dice.randint(1, SHARED), text="还在等"))


_TEAM = ("T1", "T2", "T3")


def _said(records: Records, command: NewOrder | MoveOrder | NoteOrder) -> int | None:
    try:
        done = records.do(command, who=ANA, at=minutes(1))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return None
    os.write(1, f"{done.numbers[0]} {done.seq}\n".encode())
    return done.numbers[0]


IMPORTED_BEFORE_THE_FORK = (Work, feed, migrate, psycopg, sqlalchemy.dialects.postgresql.psycopg)
"""So that a child begins to write at once."""

if __name__ == "__main__":
    kill_writers(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
