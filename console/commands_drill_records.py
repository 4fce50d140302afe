"""`paidan drill records`: the drills that were played and kept, for people's training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import limit
from console.i18n import _
from store.commands.drills import RATES, RecordDrill
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.drill.gather import Played
    from store.domain.drill.marks import Kept
    from store.queries.drill import DrillRecord


_SHOWN = ("respond", "arrive", "resolve", "told")
"""Rates that have a column."""


def add_parser(deeds: Sub) -> None:
    """Put the command's words in."""
    parser = deeds.add_parser(
        "records",
        help=_("list the drills that were played and recorded"),
        description=_(
            "The drills that were played with --record, the newest first: who, when, which script"
            " and seed, and what it came to. They stand in the desk's journal."
        ),
        epilog=examples(
            "paidan drill records",
            "paidan drill records --people",
            "paidan drill records --limit 5 --json",
        ),
    )
    parser.add_argument(
        "--limit", type=limit, default=100, metavar="N", help=_("at most so many (100)")
    )
    parser.add_argument(
        "--people",
        action="store_true",
        help=_("a line a person: how many of these drills, the last, and what they came to"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print them as a table, or as JSON."""
    from console.cli_table import local, screen_width, table
    from store.queries.drill import DrillRecords

    with call.records() as records:
        asked = DrillRecords(limit=args.limit)
        found = records.ask(asked, who=call.who(records), at=call.at())
    if args.people:
        return _people(found, args, call)
    if args.json:
        call.json([_plain(one) for one in found])
        return 0
    heads = (
        *(_("when"), _("operator"), _("script"), _("seed"), _("minutes")),
        *(_("accepted"), _("arrived"), _("resolved")),
        *(_("customers told"), _("minutes with nobody")),
    )
    rows = [
        (
            local(one.began_at),
            one.operator or "?",
            one.script,
            str(one.seed),
            f"{(one.ended_at - one.began_at).total_seconds() / 60:.0f}",
            *(_said(_sum([one], name)) for name in _SHOWN),
            f"{one.seconds.get('orphan', 0) / 60:.1f}",
        )
        for one in found
    ]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0


def _people(found: Sequence[DrillRecord], args: argparse.Namespace, call: Call) -> int:
    """What counts for the training of each, whoever drilled last first."""
    from console.cli_table import local, screen_width, table

    by: dict[str, list[DrillRecord]] = {}
    for one in found:
        by.setdefault(one.operator or "?", []).append(one)
    if args.json:
        call.json(
            [
                {
                    "operator": name,
                    "drills": len(his),
                    "last": his[0].began_at,
                    "rates": {
                        rate: dict(zip(("kept", "of"), _sum(his, rate), strict=True))
                        for rate in RATES
                    },
                }
                for name, his in by.items()
            ]
        )
        return 0
    heads = (
        *(_("operator"), _("drills"), _("last")),
        *(_("accepted"), _("arrived"), _("resolved")),
        *(_("customers told"), _("answered right")),
    )
    rows = [
        (
            name,
            str(len(his)),
            local(his[0].began_at),
            *(_said(_sum(his, rate)) for rate in (*_SHOWN, "answers")),
        )
        for name, his in by.items()
    ]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0


def _sum(drills: Sequence[DrillRecord], rate: str) -> tuple[int, int]:
    told = [one.rates.get(rate, (0, 0)) for one in drills]
    return sum(kept for kept, _of in told), sum(of for _kept, of in told)


def record_of(played: Played) -> RecordDrill:
    """What is kept of a drill that is over."""
    task, score = played.task, played.score
    waits = {
        "acknowledged_median": score.acknowledged.median_s,
        "acknowledged_worst": score.acknowledged.worst_s,
        "orphan": 60 * sum(score.orphan_min.values()),
    }
    right = sum(one.right for one in score.answers)
    return RecordDrill(
        script=task.script.name,
        seed=task.seed,
        speed_percent=round(100 * task.speed),
        began_at=played.play.began,
        ended_at=played.play.ended,
        copied=task.copied,
        decisions=score.decisions,
        rates={
            **{kind.value: _pair(score.of_kind(kind)) for kind in ClockKind},
            "told": _pair(score.all_told),
            "answers": (right, len(score.answers)),
        },
        seconds={name: round(value) for name, value in waits.items() if value is not None},
    )


def _pair(kept: Kept) -> tuple[int, int]:
    return kept.kept, kept.of


def _said(rate: tuple[int, int]) -> str:
    kept, of = rate
    return f"{kept}/{of}" if of else "–"


def _plain(one: DrillRecord) -> dict[str, Any]:
    return {
        "operator": one.operator,
        "began": one.began_at,
        "ended": one.ended_at,
        "script": one.script,
        "seed": one.seed,
        "speed": one.speed,
        "copied": one.copied,
        "decisions": one.decisions,
        "rates": {name: {"kept": kept, "of": of} for name, (kept, of) in one.rates.items()},
        "seconds": dict(one.seconds),
    }
