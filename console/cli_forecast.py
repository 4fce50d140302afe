"""`paidan list forecast`: what will be missed in the next four hours, as a table or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_guard import WrongUsage
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from console.cli_call import Call
    from store.queries.forecast import Foreseen

_HEADS = (
    *("P", N_("no."), N_("clock"), N_("due"), N_("there"), N_("late by"), N_("why"), N_("site")),
    N_("title"),
)
_OTHERS = ("query", "queue", "view", "sort", "descending", "at")


def run_list(args: argparse.Namespace, call: Call) -> int:
    """Print the misses, the worst first."""
    from console.render_forecast import load_said, outlook_said
    from store.queries.forecast import Forecast

    other = next((name for name in _OTHERS if getattr(args, name)), None)
    if other is not None:
        raise WrongUsage(why=_("--{flag} is for orders").format(flag=other))
    at = call.at()
    with call.records() as records:
        found = records.ask(Forecast(limit=args.limit), who=call.who(records), at=at)
    if args.json:
        call.json([_plain(one) for one in found.foreseen])
        return 0
    if found.foreseen:
        _show(found.foreseen, args, call)
    call.say(outlook_said(found, None, at=at)[0])
    call.say(load_said(found))
    return 0


def _show(found: tuple[Foreseen, ...], args: argparse.Namespace, call: Call) -> None:
    from console.cli_columns import chosen
    from console.cli_table import screen_width, table

    places = chosen(args.columns, _HEADS) if args.columns else tuple(range(len(_HEADS)))
    rows = [
        [cells[place] for place in places] for cells in (_cells(one, call.at()) for one in found)
    ]
    heads = [_(_HEADS[place]) for place in places]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)


def _cells(one: Foreseen, at: datetime) -> tuple[str, ...]:
    from console.cli_table import local
    from console.render_forecast import late_by, there_said, why
    from console.render_told import promise_named

    miss = one.miss
    return (
        *(str(miss.priority), str(miss.number)),
        *(promise_named(miss.clock, appointed=miss.appointed), local(miss.due_at)),
        *(there_said(one, None, at=at), late_by(one), why(one, None, at=at)),
        *(one.site_name or "", one.title),
    )


def _plain(one: Foreseen) -> dict[str, Any]:
    from store.domain.supply import FAR

    miss = one.miss
    comes = miss.reached_at < FAR
    return {
        "number": miss.number,
        "priority": miss.priority,
        "clock": miss.clock,
        "appointed": miss.appointed,
        "due_at": miss.due_at,
        "reached_at": miss.reached_at if comes else None,
        "done_at": miss.done_at if comes else None,
        "late_s": miss.late.total_seconds() if comes else None,
        "why": miss.why,
        "away_until": None if miss.away is None else miss.away.facts.get("until"),
        "technician": one.technician_code,
        "orders_before": miss.before,
        "work_before_s": miss.work_before.total_seconds(),
        "site": one.site_name,
        "title": one.title,
    }
