"""Reads what became of a played drill from its desk, and what would have without anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from console.drill.player import Player
from console.drill.pool import DESK
from console.drill.start import CREW
from console.drill.task import cast_of
from store.domain.drill.marks import Score, scored
from store.domain.drill.played import Play
from store.domain.who import SYSTEM_OPERATOR
from store.queries.board import QueuePage
from store.queries.card import OrderCard
from store.queries.drill import WrittenSince
from store.queries.people import OperatorNamed, TechnicianBoard
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from console.drill.news import News
    from console.drill.task import Task
    from store.records import Records

_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How the desk stood when the drill began."""

    seq: int
    """The newest entry of its journal."""
    orphans: frozenset[int]
    """Orders that nobody had, and nobody followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A drill that is over."""

    task: Task
    play: Play
    score: Score
    news: Sequence[News]
    people: Mapping[int, str]
    """Technicians by id."""
    untouched: Score | None = None
    """What it would have come to without anybody; None where that was not reckoned."""


def beginning_of(records: Records, at: datetime) -> Beginning:
    """Before anything is played."""
    page = records.ask(QueuePage(queue="unassigned", limit=_MOST), who=DESK, at=at)
    alone = frozenset(line.number for line in page.lines if line.orphan_at is not None)
    return Beginning(seq=records.head(), orphans=alone)


def gathered(
    records: Records, task: Task, begun: Beginning, news: Sequence[News], *, ended: datetime
) -> Played:
    """All that the report tells."""
    entries = records.ask(WrittenSince(seq=begun.seq), who=DESK, at=ended)
    numbers = {one.number for one in entries if one.number is not None} | begun.orphans
    crew = records.ask(OperatorNamed(code=CREW, via="drill"), who=DESK, at=ended)
    play = Play(
        entries=entries,
        orders={
            number: records.ask(OrderCard(number=number), who=DESK, at=ended).order
            for number in sorted(numbers)
        },
        orphans=begun.orphans,
        asked=tuple(asked for one in news if (asked := one.asked()) is not None),
        crew=frozenset({SYSTEM_OPERATOR, crew.operator}),
        began=task.began,
        ended=ended,
        outages=tuple(
            (one.at, min(one.at + timedelta(seconds=one.seconds), ended))
            for one in news
            if one.what == "down" and one.at < ended
        ),
    )
    people = records.ask(TechnicianBoard(limit=_MOST), who=DESK, at=ended)
    return Played(
        task=task,
        play=play,
        score=scored(play),
        news=tuple(news),
        people={one.id: one.name for one in people},
    )


def untouched(store: str, task: Task, *, ended: datetime) -> Score:
    """The same drill on another copy of the desk, without anybody to play it."""
    records = open_records(store, create=False, feed=False)
    try:
        who = records.ask(OperatorNamed(code=CREW, via="drill"), who=DESK, at=task.began)
        news: list[News] = []
        begun = beginning_of(records, task.began)
        player = Player(records, cast_of(records, task, who), news=news.append)
        while (at := player.next_at) <= ended:
            player.play(at)
        return gathered(records, task, begun, news, ended=ended).score
    finally:
        records.close()
