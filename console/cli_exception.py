"""`paidan exception`: deviate by leave: ask, decide, use; say how much each may grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_deeds import add_deeds, check_options, no_more, number_in
from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, fill
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.exceptions import ExceptionLine, LimitLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "exception",
        help=_("ask to deviate on an order, decide about it, say how much each may grant"),
        description=_(
            "Within the limit of whoever asks an exception is granted at once, over it somebody"
            " decides whose limit suffices, and nobody his own. It is used until it is used up,"
            " withdrawn or over. A deadline waiver moves the due time of the clock that runs now"
            " to its end; figures tell what was kept by it alone as missed. Without a limit"
            " nothing may be granted."
        ),
        epilog=examples(
            "paidan exception limit price --role administrator --each 500 --month 3000",
            "paidan exception ask 2230 price 450 --reason 'the pump costs more'",
            "paidan exception limit waiver --role administrator --count 5",
            "paidan exception ask 2230 waiver resolve +3d --reason 'the customer agreed'",
            "paidan exception",
            "paidan exception limits --json",
        ),
    )
    deeds = {
        "list": _("those that wait or may be used (the default)"),
        "show": _("EXCEPTION: one whole, with its steps"),
        "ask": _("ORDER price|overtime|scope|waiver|step HOW MUCH OR WHAT, with --reason"),
        "grant": _("EXCEPTION [WORDS]: grant it"),
        "refuse": _("EXCEPTION WORDS: why it is refused"),
        "use": _("EXCEPTION WORDS: what is done by it, with --size for a part"),
        "withdraw": _("EXCEPTION WORDS: why it is withdrawn"),
        "limits": _("how much each may grant, and who stands in"),
        "limit": _("KIND: set how much of it --role or --operator may grant"),
        "delegate": _("CODE: who grants in one's place, with --until; none ends it"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--reason", metavar="TEXT", help=_("ask: why it is needed"))
    parser.add_argument("--decide", metavar="WHEN", help=_("ask: by when it is to be decided"))
    until = _(
        "ask: until when it may be used, or a clock is waived; delegate: until when:"
        " +3d, 2026-10-01 17:00"
    )
    parser.add_argument("--until", metavar="WHEN", help=until)
    parser.add_argument("--since", metavar="WHEN", help=_("delegate: from when on"))
    parser.add_argument("--for", dest="of", metavar="CODE", help=_("delegate: in whose place"))
    parser.add_argument("--size", metavar="N", help=_("use: how much of it"))
    parser.add_argument("--role", metavar="ROLE", help=_("limit: of everybody of this role"))
    holder = _("limit: of one person instead")
    parser.add_argument("--operator", dest="person", metavar="CODE", help=holder)
    parser.add_argument("--each", metavar="N", help=_("limit: how large one may be"))
    parser.add_argument("--month", metavar="N", help=_("limit: how much in a month"))
    parser.add_argument("--count", type=whole, metavar="N", help=_("limit: how many in a month"))
    parser.add_argument("--drop", action="store_true", help=_("limit: take it away"))
    parser.add_argument("--order", type=whole, metavar="N", help=_("list: those of one order"))
    parser.add_argument("--closed", action="store_true", help=_("list: those that are over"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do something and say what was done."""
    check_options(args, _TAKES, {"of": "for", "person": "operator"})
    shows = {"list": _list, "show": _show, "limits": _limits}.get(args.deed)
    if shows is not None:
        return shows(args, call)
    return call.do(_command(args, call))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_card import when
    from console.words_exceptions import grant_said, what_told
    from store.queries.exceptions import ListExceptions

    no_more(args, 0)
    query = ListExceptions(closed=args.closed, number=args.order, limit=10_000)
    with call.records() as records:
        found = records.ask(query, who=call.who(records), at=call.at())
    if args.json:
        call.json([plain_exception(line) for line in found])
        return 0
    if not found:
        nothing = _("no exception waits, and none may be used")
        call.say(_("no exception is over") if args.closed else nothing)
        return 0
    heads = (_("exception"), _("state"), _("until"), _("what"), _("waits for"), _("order"))
    rows = [
        [
            *(str(line.exception.id), grant_said(line.stands)),
            "" if line.next_at is None else when(line.next_at, None, at=call.at()),
            *(what_told(line.exception), _(", ").join(line.waits_for)),
            f"#{line.exception.number}",
        ]
        for line in found
    ]
    call.table(heads, rows)
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from console.render_card import when
    from console.render_exceptions import exception_lines
    from store.queries.exceptions import ExceptionSteps, ShowException

    one = _number(args)
    no_more(args, 1)
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        line, steps = ask(ShowException(exception=one)), ask(ExceptionSteps(exception=one))
    if args.json:
        call.json(plain_exception(line) | {"steps": [plain(step) for step in steps]})
        return 0
    for text in exception_lines(line, lambda moment: when(moment, None, at=call.at())):
        call.print(text)
    for step in steps:
        call.print(f"  {step.at:%Y-%m-%d %H:%M}Z  {step.by}  {_(step.fact)}")
    return 0


def _limits(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.queries.exceptions import ListLimits

    no_more(args, 0)
    with call.records() as records:
        held = records.ask(ListLimits(), who=call.who(records), at=call.at())
    if args.json:
        limits = [_plain_limit(line) for line in held.limits]
        call.json({"limits": limits, "stand_ins": [plain(one) for one in held.stand_ins]})
        return 0
    if not held.limits:
        call.say(_("no limit is set: nothing may be granted"))
    for text in _limits_told(held.limits):
        call.print(text)
    for one in held.stand_ins:
        said = N_("{delegate} grants exceptions in the place of {name} from {since} until {until}")
        facts = {"delegate": one.delegate, "name": one.operator}
        call.print(fill(said, {**facts, "since": one.from_at, "until": one.until_at}))
    return 0


def _limits_told(lines: tuple[LimitLine, ...]) -> Iterator[str]:
    from store.domain.exceptions_said import amount, bounds_said, holder_said, kind_label

    for line in lines:
        holder = _(holder_said(line.limit.role, line.name))
        said = _("{kind}: {holder}, {bounds}").format(
            kind=_(kind_label(line.limit.kind)), holder=holder, bounds=_(bounds_said(line.limit))
        )
        if line.code:
            spent = _("this month {size} in {count}")
            said += _("; ") + spent.format(size=amount(line.size), count=line.count)
        yield said


def _plain_limit(line: LimitLine) -> dict[str, Any]:
    limit = line.limit
    sizes = {"each": limit.each, "month": limit.month, "count": limit.count}
    holder = {"role": limit.role or None, "operator": line.code or None, "name": line.name or None}
    spent = {"month_size": line.size, "month_count": line.count} if line.code else {}
    return {"kind": limit.kind, **holder, **sizes, **spent}


def plain_exception(line: ExceptionLine) -> dict[str, Any]:
    """An exception as plain data."""
    from console.cli_plain import plain

    one = line.exception
    named = {"asked_by": line.asked_by, "decided_by": line.decided_by, "limit_of": line.limit_of}
    around = {"title": line.title, "customer": line.customer, "place": line.place}
    waits = {"waits_for": list(line.waits_for), "rung": line.rung, "mine": line.mine}
    told = plain(one) | {"state": line.stands.value, "left": one.left}
    return told | named | around | waits | {"may": line.may}


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.exception_steps import exception_command
    from console.words_exceptions import deviation_kept, exception_meant, kind_meant, size_meant
    from store.commands.exceptions import AskException, SetExceptionLimit, StandIn

    if args.deed == "limit":
        no_more(args, 1)
        sizes = {name: getattr(args, name) for name in ("each", "month")}
        given: dict[str, Any] = {
            name: None if said is None else size_meant(said) for name, said in sizes.items()
        }
        holder = {"role": args.role or "", "operator": args.person}
        kind = kind_meant(args.what[0]).value
        return SetExceptionLimit(kind=kind, **holder, **given, count=args.count, drop=args.drop)
    if args.deed == "delegate":
        no_more(args, 1)
        delegate = None if args.what[0].casefold() in {"none", "无"} else args.what[0]
        times = {"until": _when(args.until, call), "since": _when(args.since, call)}
        return StandIn(delegate=delegate, operator=args.of, **times)
    number, words = _number(args), " ".join(args.what[1:])
    if args.deed == "ask":
        times = {"decide_by": _when(args.decide, call)}
        if args.until is not None:
            times["until"] = _when(args.until, call)
        try:
            meant = exception_meant(deviation_kept(words, call.at(), None))
        except BadInput as bad:
            if args.reason is not None:
                raise
            right = _("{right}; why it is needed stands behind --reason")
            facts = bad.facts | {"right": right.format(right=_(str(bad.facts["right"])))}
            raise BadInput(**facts) from bad
        return AskException(number=number, reason=args.reason or "", **{**meant, **times})
    told = {"why": words, "what": words, "size": args.size}
    return exception_command(args.deed, number, told)


def _when(text: str | None, call: Call) -> Any:
    from console.whens import parse_when

    return None if text is None else parse_when(text, at=call.at())


_TAKES: Mapping[str, tuple[str, ...]] = {
    "list": ("order", "closed"),
    "ask": ("reason", "decide", "until"),
    "use": ("size",),
    "limit": ("role", "person", "each", "month", "count", "drop"),
    "delegate": ("until", "since", "of"),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""


def _number(args: argparse.Namespace) -> int:
    return number_in(
        args.what,
        _("name an exception by its number, or the order that one is asked for on"),
    )


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
