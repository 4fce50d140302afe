"""`paidan list orders --at`: the orders of a queue as they stood at a past moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_guard import WrongUsage, only_orders
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from console.cli_call import Call
    from store.queries.board import BoardLine
    from store.queries.past import Then

_HEADS = (
    *(N_("no."), N_("state"), "P", N_("due"), N_("for"), "", N_("site")),
    *(N_("technician"), N_("title")),
)
_OTHERS = ("query", "view", "sort", "descending")
_FIELDS = (
    *("number", "state", "category", "priority", "state_since", "technician_code"),
    *("technician_name", "site_code", "site_name", "customer_name", "opened_at"),
    *("next_deadline", "next_clock", "wake_at", "follow_at", "severity", "acknowledged", "shelved"),
    "title",
)


def run_list(args: argparse.Namespace, call: Call) -> int:
    """Print the queue as it stood, `all_open` unless another one is asked for."""
    from console.moments import read_moment
    from store.queries.past import DeskThen

    only_orders(args.what, "at")
    other = next((name for name in _OTHERS if getattr(args, name)), None)
    if other is not None:
        raise WrongUsage(why=_("--{flag} does not go with --at").format(flag=other))
    then = read_moment(args.at, at=call.at(), zone=None)
    asked = DeskThen(then=then, queue=args.queue or "all_open", limit=args.limit)
    with call.records() as records:
        found = records.ask(asked, who=call.who(records), at=call.at())
    if args.json:
        call.json([_plain(line, found) for line in found.lines])
    else:
        _show(found, args, call)
    from console.render_past import imported_said

    if said := imported_said(found, at=call.at(), zone=None):
        call.say(said)
    if found.untold:
        call.say(_("{count} not readable").format(count=found.untold))
    return 0


def _show(found: Then, args: argparse.Namespace, call: Call) -> None:
    from console.cli_columns import chosen
    from console.cli_table import local, screen_width, table

    call.say(_("the board as it stood at {then}").format(then=local(found.at)))
    if not found.lines:
        call.say(_("there are none"))
        return
    places = chosen(args.columns, _HEADS) if args.columns else tuple(range(len(_HEADS)))
    cells = (_cells(line, found.at) for line in found.lines)
    rows = [[row[place] for place in places] for row in cells]
    heads = [_(_HEADS[place]) for place in places]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    if len(found.lines) < found.counts[args.queue or "all_open"]:
        call.say(_("there may be more; --limit N shows up to N"))


def _cells(line: BoardLine, at: datetime) -> tuple[str, ...]:
    from console.cli_table import local
    from console.render_told import promise_named
    from store.domain.lifecycle import STATES

    clock = ""
    if line.next_clock is not None:
        clock = promise_named(line.next_clock, appointed=line.appointed)
    late = _("overdue") if line.overdue(at) else ""
    return (
        *(str(line.number), _(STATES[line.state].label), str(line.priority)),
        *(local(line.next_deadline), clock, late),
        *(line.site_name or "", line.technician_name or "", line.title),
    )


def _plain(line: BoardLine, found: Then) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in _FIELDS}
    return {**told, "overdue": line.overdue(found.at), "at": found.at}
