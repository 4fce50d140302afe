"""`paidan list`: orders, registers, alarms and what is promised; a table or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from console import cli_registers as registers
from console.cli_alarms import alarm_cells, rule_cells
from console.cli_help import examples
from console.cli_order_cells import order_cells
from console.cli_parser import limit
from console.cli_plans import PLAN_HEADS, plan_cells
from console.cli_words import role_word, sites_word, technician_state, tier_word
from console.i18n import _, in_every_language
from store.domain.finding.sorts import SORTS
from store.domain.targets import CLOCK_LABELS
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub

_FIELDS = "site: tech: customer: p: state: due<2h overdue #12-15"

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    question: str
    """The query's name in its module."""
    heads: tuple[str, ...]
    cells: Callable[[Any], Cells]
    asked_in: str = "lists"
    """Its module in `store.queries`."""
    firm: tuple[int, ...] = ()
    """Columns that a narrow screen does not cut, besides codes and times."""
    more: tuple[str, ...] = ()
    """Heads of columns behind those, shown where they are asked for."""
    legend: str = ""
    """What the heads alone do not say, told beside the table."""


def _technician_cells(line: Any) -> Cells:
    from console.cli_table import local

    state = technician_state(line)
    doing = "" if line.number is None else f"{line.number} {line.title}"
    if not line.active:
        state = _("retired")
    since, jobs = local(line.state_since), str(line.jobs)
    kept = (line.home or "", *registers.mastery_cells(line))
    return (line.code, line.name, state, since, jobs, doing, *kept)


def _site_cells(line: Any) -> Cells:
    return (line.code, line.name, line.region or "", line.zone, str(line.open_orders))


def _customer_cells(line: Any) -> Cells:
    return (line.code, line.name, line.phone, tier_word(line.tier), str(line.open_orders))


def _operator_cells(line: Any) -> Cells:
    gone = "" if line.active else _("retired")
    return (line.code, _(line.name), role_word(line.role), sites_word(line), gone)


_WHO = (N_("code"), N_("full name"))

KINDS: Mapping[str, _Kind] = {
    "orders": _Kind(
        question="ListOrders",
        heads=(
            *(N_("no."), N_("state"), "P", N_("fix due"), "", N_("site")),
            *(N_("technician"), N_("title")),
        ),
        cells=order_cells,
        more=(N_("appointment"), N_("crew"), N_("takes")),
    ),
    "technicians": _Kind(
        question="ListTechnicians",
        heads=(
            *(*_WHO, N_("state"), N_("state since"), N_("jobs"), N_("order")),
            *(N_("home"), N_("skills"), N_("certificates")),
        ),
        cells=_technician_cells,
    ),
    "sites": _Kind(
        question="ListSites",
        heads=(N_("code"), N_("name"), N_("region"), N_("zone"), N_("open")),
        cells=_site_cells,
    ),
    "customers": _Kind(
        question="ListCustomers",
        heads=(N_("code"), N_("name"), N_("phone"), N_("tier"), N_("open")),
        cells=_customer_cells,
    ),
    "alarms": _Kind(
        question="ListAlarms",
        heads=(
            *(N_("severity"), N_("alarm"), N_("state"), N_("due"), N_("acknowledged by")),
            *(N_("no."), N_("site"), N_("title")),
        ),
        cells=alarm_cells,
    ),
    "alarm-rules": _Kind(
        question="AlarmRules",
        heads=(
            *(N_("rule"), N_("rang"), N_("acknowledged"), N_("waiting"), N_("by itself")),
            *(N_("escalated"), N_("median"), "P90", N_("per hour"), N_("wolf")),
        ),
        cells=rule_cells,
        asked_in="alarm_figures",
        legend=N_("of the last 7 days; rings per operator-hour; median and P90 to acknowledge"),
    ),
    "calendars": _Kind(
        question="ListCalendars",
        heads=(
            *(N_("code"), N_("name"), N_("zone")),
            *(N_("holidays known until"), N_("service levels")),
        ),
        cells=registers.calendar_cells,
        firm=(3,),
        asked_in="calendars",
    ),
    "levels": _Kind(
        question="ListLevels",
        heads=(
            *(N_("code"), N_("name"), N_("calendar")),
            *(CLOCK_LABELS[clock] for clock in CLOCK_LABELS),
            N_("customers"),
        ),
        cells=registers.level_cells,
        firm=(3, 4, 5, 6),
        asked_in="levels",
        legend=N_(
            "targets are for priority 1/2/3/4, in working hours, minutes or days of the calendar"
        ),
    ),
    "plans": _Kind(question="ListPlans", heads=PLAN_HEADS, cells=plan_cells, asked_in="plans"),
    "operators": _Kind(
        question="ListOperators",
        heads=(*_WHO, N_("role"), N_("sites"), ""),
        cells=_operator_cells,
        asked_in="people",
    ),
    "kinds": _Kind(
        question="KindsOfWork",
        heads=registers.KIND_HEADS,
        cells=registers.kind_cells,
        firm=(2, 3, 4, 6),
        asked_in="kinds",
        legend=registers.KIND_LEGEND,
    ),
    "regions": _Kind(
        question="ListRegions",
        heads=registers.REGION_HEADS,
        cells=registers.region_cells,
        asked_in="registers",
        legend=N_("technicians who are sent to these regions only; all others go to every one"),
    ),
    "wishes": _Kind(
        question="ListWishes",
        heads=registers.WISH_HEADS,
        cells=registers.wish_cells,
        asked_in="registers",
    ),
}


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "list",
        help=_("list orders, technicians, sites, customers, alarms, calendars, levels, plans ..."),
        description=_(
            "List what the store holds; orders begin with the newest. Levels are the service"
            " levels that --level takes, operators the people that --as takes."
        ),
        epilog=examples(
            _("paidan list --query snow --limit 20"),
            "paidan list orders --queue overdue --json",
            "paidan list orders --at 2026-09-21T09:15 --json",
            "paidan list --query 'overdue or p:1 not waiting' --sort left",
            "paidan list technicians",
            "paidan list forecast --json",
            "paidan list levels",
            "paidan list plans --json",
            "paidan list kinds",
            "paidan list wishes --json",
        ),
    )
    parser.add_argument(
        "what",
        metavar="WHAT",
        nargs="?",
        choices=(*KINDS, "forecast"),
        default="orders",
        help=f"{', '.join(KINDS)}, forecast (orders)",
    )
    parser.add_argument(
        "--query",
        metavar="QUERY",
        default="",
        help=_(
            "only what holds these words; of orders also fields such as {fields}, and or not ( )"
        ).format(fields=_FIELDS),
    )
    parser.add_argument("--view", metavar="NAME", help=_("only orders of this saved view"))
    parser.add_argument(
        "--queue",
        metavar="NAME",
        type=queue_name,
        help=_("only orders of this queue: {names}").format(names=", ".join(QUEUES)),
    )
    parser.add_argument(
        "--sort",
        metavar="COLUMN",
        choices=tuple(SORTS),
        help=_("orders by {columns}").format(columns=", ".join(SORTS)),
    )
    then = _("orders as they stood then: 09:15, yesterday 17:00, 2h ago, -2h, 昨天 14:00, 2小时前")
    parser.add_argument("--at", metavar="TIME", help=then)
    parser.add_argument("--descending", action="store_true", help=_("from the highest down"))
    parser.add_argument(
        "--columns", metavar="HEADS", help=_("only these columns, in this order: no,site,title")
    )
    parser.add_argument(
        "--limit", metavar="N", type=limit, default=100, help=_("at most so many (100)")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def queue_name(text: str) -> str:
    """A queue by its name or as the screen calls it in any language; else the text as it is."""
    wanted = _bare(text)
    for name, queue in QUEUES.items():
        if wanted in {_bare(said) for said in (name, *in_every_language(queue.label))}:
            return name
    return text


def _bare(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())


def run(args: argparse.Namespace, call: Call) -> int:
    """Print what fits."""
    from console.cli_plain import order_plain, plain

    elsewhere = (args.what == "forecast" and "cli_forecast") or (args.at and "cli_past")
    if elsewhere:
        return int(import_module(f"console.{elsewhere}").run_list(args, call))
    kind = KINDS[args.what]
    queries = import_module(f"store.queries.{kind.asked_in}")
    looked = import_module("console.cli_looked")
    asked: dict[str, Any] = looked.asked(args, call)
    with call.records() as records:
        if "view" in asked:
            from console.cli_view import of_view

            asked = of_view(asked, call, records)
        question = getattr(queries, kind.question)(**asked)
        found = records.ask(question, who=call.who(records), at=call.at())
    if args.json:
        shape = order_plain if args.what == "orders" else plain
        call.json([shape(line) for line in found])
        return 0
    if not found:
        looked.say_nothing(args, call)
        return 0
    _show(kind, found, call, args.columns)
    if len(found) == args.limit:
        call.say(_("there may be more; --limit N shows up to N"))
    return 0


def _show(kind: _Kind, found: tuple[Any, ...], call: Call, columns: str | None) -> None:
    from console.cli_columns import chosen
    from console.cli_table import screen_width, table

    known = (*kind.heads, *kind.more)
    places = chosen(columns, known) if columns else tuple(range(len(kind.heads)))
    heads = [_(known[place]) for place in places]
    rows = [[cells[place] for place in places] for cells in map(kind.cells, found)]
    firm = {n for n, place in enumerate(places) if place in kind.firm}
    for line in table(heads, rows, width=screen_width(), at=call.at(), firm=firm):
        call.print(line)
    if kind.legend:
        call.say(_(kind.legend))
