"""`paidan drill play`: a bad day on a throw-away desk, played at the console and scored."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_help import examples
from console.cli_parser import between
from console.i18n import _, tell
from console.page import FORMATS
from console.throw_away import thrown_away
from store.commands.drills import MOST
from store.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.drill.gather import Played
    from console.drill.task import Task
    from store.domain.drill.script import Script
    from store.records import Records

_SPEEDS, _MINUTES = (1.0, 60.0), (0.1, 240.0)
_SMALL = 64 * 2**20
"""Bytes of a desk that is also played without anybody."""


def add_parser(deeds: Sub) -> None:
    """Put the command's words in."""
    parser = deeds.add_parser(
        "play",
        help=_("play a bad day at the console, and be told what it came to"),
        description=_(
            "A throw-away desk, or a copy of your own, on which things go wrong: a storm of calls,"
            " technicians who fall ill, a change claim, work that overruns, a system that is down."
            " Technicians live by dice; nobody sends them but you. It ends by itself, or when you"
            " leave, and is scored. Your own store is not touched; the same seed brings the same"
            " calls and dice."
        ),
        epilog=examples(
            "paidan drill play",
            "paidan drill play --record",
            "paidan drill play --minutes 10 --seed 7 --format html --out played.html",
            "paidan drill play --copy --speed 6 --script bad-day",
        ),
    )
    parser.add_argument(
        "--copy", action="store_true", help=_("a copy of your own desk, not the sample")
    )
    parser.add_argument(
        "--script",
        metavar="FILE",
        default="bad-day",
        help=_("what goes wrong: a TOML file, or one that comes with paidan (bad-day)"),
    )
    parser.add_argument(
        "--minutes", type=_number(*_MINUTES), default=20.0, metavar="M", help=_("how long (20)")
    )
    parser.add_argument(
        "--speed",
        type=_number(*_SPEEDS),
        default=12.0,
        metavar="N",
        help=_("how many times faster than life (12)"),
    )
    parser.add_argument(
        "--record",
        action="store_true",
        help=_("keep what it came to in your own desk's journal; paidan drill records lists it"),
    )
    seed = between(-MOST, MOST)
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help=_("the dice's seed (1)"))
    parser.add_argument("--format", choices=FORMATS, help=_("text on a terminal, else md"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("write to a new file"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Build the desk, have it played, and tell what it came to."""
    from console import desk
    from console.drill.script_file import script_named
    from console.new_file import check_new

    script = script_named(args.script)
    if args.out is not None:
        check_new(args.out)
    if args.copy:
        from console.drill.copies import check_sight

        check_sight(call)
    if desk.terminal_lacks():
        return desk.run(call.settings)  # it says why not, and nothing was built for nothing
    if args.record:
        with call.records() as records:  # who cannot be recorded is told before he plays
            call.who(records)
    with thrown_away("paidan-drill-") as folder:
        played, code = _played(args, call, script, folder)
    with suppress(BrokenPipeError):  # who reads no further is recorded all the same
        report(args, call, played)
    if args.record:
        record(call, played)
    return code


def _played(
    args: argparse.Namespace, call: Call, script: Script, folder: Path
) -> tuple[Played, int]:
    from console import desk
    from console.demo.seats import SEAT
    from console.drill.beside import playing
    from console.drill.gather import beginning_of, gathered, untouched
    from console.drill.leaving import forget
    from console.drill.pool import DESK
    from console.drilling import Drill
    from store import clock
    from store.queries.people import Operators

    file = folder / "drill.db"
    call.say(_("DRILL: building a throw-away desk ..."))
    with _built(args, call, file) as records:
        spare = _spare(records, folder / "untouched.db")
        task = _task(args, call, script, file, began=clock.now())
        with records.work(who=DESK, at=task.began) as work:
            work.keep_pace(task.pace)
        begun = beginning_of(records, task.began)
    settings = replace(call.settings, store=task.store)
    if not args.copy:
        settings = replace(settings, operator=SEAT)
    with playing(task) as (heard, child):
        drill = Drill(
            began=task.began,
            ends_at=task.ends,
            pace=task.pace,
            script=script.name,
            copied=task.copied,
            take=heard.take,
        )
        code = int(desk.run(settings, drill=drill, child=child) or 0)
        ended = min(clock.now(), task.ends)
    said = _("Time is up: the drill is over.") if ended == task.ends else _("The drill is over.")
    call.say(said)
    if child.died:
        call.say(child.said())
    with _opened(task.store) as records:
        played = gathered(records, task, begun, heard.all, ended=ended)
        for person in records.ask(Operators(), who=DESK, at=ended):
            forget(person.id, task.store)
    if spare is not None:
        played = replace(played, untouched=untouched(spare, task, ended=ended))
    return played, code


def _task(
    args: argparse.Namespace, call: Call, script: Script, file: Path, *, began: datetime
) -> Task:
    from console.drill.task import Task

    return Task(
        store=f"sqlite:///{file}",
        folder=str(file.parent),
        script=script,
        copied=args.copy,
        language=call.settings.language,
        speed=args.speed,
        seed=args.seed,
        began=began,
        ends=began + timedelta(minutes=args.minutes),
    )


@contextmanager
def _built(args: argparse.Namespace, call: Call, file: Path) -> Iterator[Records]:
    """The desk as it is when the drill begins."""
    from console.drill.copies import copy_store
    from console.drill.start import crew_of, hurry, make_sample
    from store import clock

    if args.copy:
        copy_store(call.settings.store, file, at=clock.now())
    with _opened(f"sqlite:///{file}") as records:
        at = clock.now()
        if args.copy:
            hurry(records, speed=args.speed, at=at)
            crew_of(records, at)
        else:
            language = call.settings.language
            make_sample(records, at=at, language=language, speed=args.speed, seed=args.seed)
        yield records


@contextmanager
def _opened(store: str) -> Iterator[Records]:
    from console.zones import zone_here
    from store.records import open_records

    records = open_records(store, feed=False, zone=zone_here(), desk=_("Desk"))
    try:
        yield records
    finally:
        records.close()


def _spare(records: Records, file: Path) -> str | None:
    """Another copy, on which nobody plays; None of a desk that is large."""
    from store.persistence.backup import backup

    made = backup(records.database, file)
    if made.stat().st_size > _SMALL:
        made.unlink()
        return None
    return f"sqlite:///{made}"


def record(call: Call, played: Played) -> None:
    """Keep it in the player's own desk, in his name."""
    from console.commands_drill_records import record_of
    from console.i18n import fill

    with call.records() as records:
        done = records.do(record_of(played), who=call.who(records), at=call.at())
    call.say(fill(done.sentence, done.facts))


def report(args: argparse.Namespace, call: Call, played: Played) -> None:
    """Print it, or write it to its file; where that cannot be, it is printed all the same."""
    from console import page, report_play
    from console.json_text import json_text
    from console.new_file import write_new

    if args.json or args.format == "json":
        lines = [json_text(report_play.plain(played), indent=2)]
    else:
        title, parts = report_play.title(played), report_play.sections(played)
        lines = page.made(args.format, title, parts, out=args.out, at=call.at())
    if args.out is not None:
        try:
            write_new(args.out, lines)
        except BadInput as bad:  # nobody plays it again for that
            call.say(tell(bad))
        else:
            call.say(_("written to {path}").format(path=args.out))
            return
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _number(least: float, most: float) -> Callable[[str], float]:
    def number_of(text: str) -> float:
        with suppress(ValueError):
            if least <= (number := float(text)) <= most:
                return number
        said = _("give a number from {least} to {most}")
        raise argparse.ArgumentTypeError(said.format(least=f"{least:g}", most=f"{most:g}"))

    return number_of
