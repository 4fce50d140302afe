"""`paidan replan`: the whole board planned anew; what would change, and, if wanted, done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.cli_guard import DONE, INTERRUPTED
from console.cli_help import examples
from console.commands_plan import at_full_speed, count, seconds
from console.i18n import _, done_said
from store.domain.errors import Refusal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.dispatch.present import Apart, Sent
    from store.domain.dispatch.proposal import Handed, Proposal, Sums
    from store.domain.dispatch.replan import Replan
    from store.domain.dispatch.turn import Turn
    from store.queries.replan import Planning


class NotSo(Refusal):
    """A part of a plan that cannot be accepted as it was asked for."""

    sentence = "{why}"


SECONDS = 2.0
"""Of the processor, where nothing else is said."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "replan",
        help=_("plan the whole board anew: who should have which order, and what that saves"),
        description=_(
            "Plan all orders that nobody has begun anew, and print which would change hands or be"
            " given out, when somebody is there then, and what it comes to. No rule is broken, and"
            " what is on the way or begun stays. Nothing is changed unless --accept is given."
        ),
        epilog=examples(
            "paidan replan",
            "paidan replan --seconds 10 --json",
            "paidan replan --accept",
        ),
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--iterations",
        type=count,
        metavar="N",
        help=_("rounds of bettering; 0 only finds somebody for what needs somebody"),
    )
    how.add_argument(
        "--seconds", type=seconds, metavar="S", help=_("seconds of processor time (2)")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("the dice's seed (1)"))
    parser.add_argument(
        "--accept",
        nargs="*",
        type=order,
        metavar="NUMBER",
        help=_("do it, all or only these orders; undo takes it back as one"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print the proposal, and accept it if that is wanted; interrupted, the best one so far."""
    from console.accepting import accepting
    from console.cli_plan_watch import Watch
    from console.replan.apart import bettered
    from store.domain.dispatch.replan import Replan, propose
    from store.queries.replan import BoardToPlan

    limit = SECONDS if args.seconds is None else args.seconds
    watch = Watch(rounds=args.iterations, seconds=limit)
    with call.records() as records:
        who = call.who(records)
        planning = records.ask(BoardToPlan(), who=who, at=call.at())
        with watch, at_full_speed():
            replan = Replan(planning.present, seed=args.seed, over=watch.over)
            search = replan.search
            for _better in bettered(search, watch.spent, wanted=lambda: watch.goes_on(search)):
                pass
        proposal = propose(replan.kernel, replan.moves)
        if args.accept:
            proposal = _part(replan, proposal, args.accept)
        done = None
        if args.accept is not None and proposal.rows and not watch.stopped:
            done = records.do(accepting(planning, proposal), who=who, at=call.at())
    if args.json:
        call.json({**told(planning, proposal), "accepted": done is not None})
    else:
        _print(planning, proposal, call)
        if done is not None:
            call.say(done_said(done))
    return INTERRUPTED if watch.stopped else DONE


def order(text: str) -> int:
    """The number of an order, as the screen shows it or bare."""
    number = int(text.removeprefix("#"))
    if number < 1:
        raise ValueError
    return number


def _part(replan: Replan, whole: Proposal, numbers: Sequence[int]) -> Proposal:
    """Only what was asked for, if that is proposed, and may be done without the rest."""
    from console.render_replan import broken_said, some_said
    from store.domain.dispatch.replan import propose

    if unknown := sorted({*numbers} - {row.number for row in whole.rows}):
        why = _("the plan does not move {orders}; nothing was done")
        raise NotSo(why=why.format(orders=some_said(unknown)))
    part = propose(replan.kernel, replan.moves, {*numbers})
    if not part.keeps_the_rules:
        raise NotSo(why=broken_said(part))
    return replace(part, rows=tuple(row for row in part.rows if row.ticked))


def _print(planning: Planning, proposal: Proposal, call: Call) -> None:
    from console.cli_table import screen_width, table
    from console.render_handed import gains_said, loses_said
    from console.render_replan import (
        arrives_said,
        changes_said,
        handed_columns,
        hangs_briefly,
        late_said,
        left_said,
        sums_said,
        titled,
    )

    at = call.at()
    rows = [
        (
            str(one.number),
            f"P{planning.tasks[one.number].priority}",
            loses_said(planning, one),
            gains_said(planning, one),
            arrives_said(planning, one, None, at=at),
            late_said(planning, one),
            hangs_briefly(one),
            titled(planning, one, None, at=at),
        )
        for one in proposal.rows
    ]
    told = (column for column in handed_columns()[1:] if column.name != "accepted")
    heads = [column.title for column in told]  # since when it is accepted stands before its title
    for line in table(heads, rows, width=screen_width(), at=at, firm=(4, 5)) if rows else ():
        call.print(line)
    call.print(changes_said(proposal))
    call.print(_("; ").join(sums_said(planning, proposal)))
    if left := left_said(planning, proposal, None, at=at):
        call.print(left)


def told(planning: Planning, proposal: Proposal) -> dict[str, Any]:
    """A proposal as plain values."""
    return {
        "at": planning.at,
        "moves": [_move(planning, row) for row in proposal.rows],
        "before": _sums(planning, proposal.before),
        "after": _sums(planning, proposal.after),
        "nobody": list(proposal.left),
        "crews": [number for number in planning.crews if number not in proposal.sent],
        "apart": [_apart(planning, one) for one in proposal.apart],
    }


def _move(planning: Planning, row: Handed) -> dict[str, Any]:
    task = planning.tasks[row.number]
    return {
        "number": row.number,
        "priority": task.priority,
        "loses": None if row.loses is None else planning.people[row.loses].code,
        "gains": planning.people[row.gains].code,
        "together": None if row.sent is None else _together(planning, row.sent),
        "interrupts": row.loses is not None and task.accepted_at is not None,
        "interrupts_for": list(row.reasons),
        "hangs_on": list(row.hangs_on),
        "accepted_at": task.accepted_at,
        "before": _turn(planning, row.before),
        "after": _turn(planning, row.after),
    }


def _together(planning: Planning, sent: Sent) -> dict[str, Any]:
    """Who has what several do together now and then, and when all of them begin."""
    from console.accepting import start_at

    return {
        "had": [planning.people[who].code for who in sent.had],
        "have": [planning.people[who].code for who in sent.have],
        "start_at": start_at(planning, sent),
    }


def _apart(planning: Planning, one: Apart) -> dict[str, Any]:
    """Who keeps those who have it from beginning together, and until when."""
    free_at = None if one.free is None else planning.pace.after(planning.at, one.free)
    who = planning.people[one.who].code
    return {"number": one.number, "who": who, "free_at": free_at, "locked": one.locked}


def _turn(planning: Planning, turn: Turn | None) -> dict[str, Any] | None:
    if turn is None or not turn.fits:
        return None
    minutes = {"arrive_at": turn.arrive, "start_at": turn.start, "done_at": turn.end}
    return {
        **{name: planning.pace.after(planning.at, at) for name, at in minutes.items()},
        "late_s": _seconds(planning, turn.late),
    }


def _sums(planning: Planning, sums: Sums) -> dict[str, Any]:
    return {
        "late": sums.late,
        "late_s": _seconds(planning, sums.late_min),
        "weighted_min": round(sums.weighted_min, 3),
        "travel_s": _seconds(planning, sums.travel_min),
        "overload_s": _seconds(planning, sums.overload_min),
        "nobody": sums.nobody,
    }


def _seconds(planning: Planning, minutes: float) -> int:
    """Of the desk."""
    from datetime import timedelta

    return round(planning.pace.here(timedelta(minutes=minutes)).total_seconds())
