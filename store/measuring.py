"""What a write transaction may ask, or have had asked before it: the figures of everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.errors import Refusal
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from typing import Any

    from store.domain.effects import Effect, Taken
    from store.domain.intents import Command
    from store.domain.who import Who
    from store.persistence.database import Database, Kind
    from store.persistence.reader import Reader
    from store.persistence.work import Work

    Frozen = tuple[int, Mapping[str, Mapping[str, Any]]]


def give_measures(work: Work) -> None:
    """The questions for figures, as of the transaction's moment and with what it has done.

    Whoever asks, they are the same: sites that he does not see count, too.
    """

    def reader(who: Who) -> Reader:
        from store.persistence.reader import Reader

        work.flush()
        kind: Kind = "postgresql" if work.kind == "postgresql" else "sqlite"
        return Reader(conn=work.conn, who=who, at=work.at, kind=kind)

    def measure(effect: Effect) -> Taken:
        from store.queries.answers.effects import measured

        return measured(reader(THE_DESK), effect)

    def periods(first: date, last: date, zone: str) -> Frozen:
        return _periods(reader, first, last, zone)

    work.measure, work.periods = measure, periods


def look_first(
    data: Database, command: Command, *, who: Who, at: datetime, key: str
) -> Callable[[date, date, str], Frozen] | None:
    """What a command is to keep of figures, reckoned in a snapshot before its transaction.

    Nobody waits for that, however many orders there are. None for most commands, for days that
    mean nothing, and for what was done under this key already.
    """
    from store.commands.baselines import FreezeBaseline, meant

    if not isinstance(command, FreezeBaseline):
        return None
    from store.commands import permit
    from store.persistence.admitting import admitted
    from store.persistence.reader import Reader
    from store.persistence.receipts import is_kept

    with data.reading() as conn:
        asker = admitted(conn, who)
        if is_kept(conn, key):
            return None
        permit(asker, command)
        try:
            _name, *days = meant(command, at)
        except Refusal:
            return None

        def reader(whose: Who) -> Reader:
            return Reader(conn=conn, who=whose, at=at, kind=data.kind)

        found = _periods(reader, days[0], days[1], command.zone)
    return lambda *_days: found


def _periods(reader: Callable[[Who], Reader], first: date, last: date, zone: str) -> Frozen:
    """How many orders were closed, and the figures for each set of sites that somebody sees."""
    from store.persistence.packs import scopes, written_scope
    from store.queries.answers.kpi_sure import sure_figures
    from store.queries.packs import SureFigures
    from store.queries.period_json import period_plain

    query, closed, parts = SureFigures(first=first, last=last, zone=zone), 0, {}
    for scope in scopes(reader(THE_DESK).conn):
        found = sure_figures(reader(replace(THE_DESK, scope=scope)), query)
        parts[written_scope(scope)] = period_plain(found)
        closed = max(closed, found.figures["orders_closed"].n)
    return closed, parts
