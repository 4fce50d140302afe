"""`paidan training`: what people are to learn, when, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_add_work import last_moment, leveled
from console.cli_deeds import add_deeds, check_options, no_more, number_in
from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.skills import TrainingLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "training",
        help=_("plan what people learn, write down what came of it"),
        description=_(
            "A training is technical or in service manner. It rings at its time until what came"
            " of it is told; whoever passes has its skill and its certificate at once. Drills that"
            " were played stand in the list, too."
        ),
        epilog=examples(
            "paidan training",
            "paidan training plan T01 manner 'Angry callers' --at +3d",
            "paidan training record T01 passed 'Gas boilers' --certificate Gas --until 2028-06-30",
            "paidan training plan T01 manner +4d angry callers",
            "paidan training list --person T01 --json",
        ),
    )
    deeds = {
        "list": _("planned ones first, then those that are over (the default)"),
        "plan": _("TECHNICIAN technical|manner WHEN TOPIC, or TOPIC with --at"),
        "record": _("TRAINING passed|failed WORDS; or TECHNICIAN passed|failed TOPIC"),
        "passed": _("TRAINING WORDS: the same as record TRAINING passed"),
        "failed": _("TRAINING WORDS: the same as record TRAINING failed"),
        "move": _("TRAINING WHEN, or with --at"),
        "drop": _("TRAINING WORDS: why it is not held"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--at", metavar="WHEN", help=_("when: +3d, 2026-12-01 09:00"))
    parser.add_argument("--subject", metavar="S", help=_("record: technical (the default), manner"))
    parser.add_argument("--trainer", metavar="NAME", help=_("who teaches"))
    gives = _("the skill that whoever passes has, with its level")
    parser.add_argument("--skill", metavar="S:LEVEL", type=leveled, help=gives)
    paper = _("the certificate that he has then")
    parser.add_argument("--certificate", metavar="C", help=paper)
    until = _("until when that holds, such as 2028-06-30, that day included (for ever)")
    parser.add_argument("--until", metavar="TIME", type=last_moment, help=until)
    early = _("passed, failed, record: it was held before the time that it was planned for")
    parser.add_argument("--early", action="store_true", help=early)
    parser.add_argument("--person", metavar="X", help=_("list: of one technician"))
    planned = _("list: only those that are still to be held")
    parser.add_argument("--planned", action="store_true", help=planned)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    check_options(args, _TAKES)
    if args.deed == "list":
        return _list(args, call)
    return call.do(_command(args, call))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_table import local
    from console.render_trainings import came_said, drill_said, subject_said
    from store.queries.drill import DrillRecords
    from store.queries.skills import ListTrainings

    no_more(args, 0)
    query = ListTrainings(technician=args.person or "", planned=args.planned, limit=10_000)
    alone = bool(args.person or args.planned)
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        found, drills = ask(query), () if alone else ask(DrillRecords())
    if args.json:
        told = [plain_training(line) for line in found]
        drilled = ("operator", "ended_at", "script", "seed")
        told += [{"drill": True} | {n: getattr(one, n) for n in drilled} for one in drills]
        call.json(told)
        return 0
    heads = (_("no."), _("state"), _("when"), _("who"), _("in what"), _("topic"), _("result"))
    rows = []
    for line in found:
        one = line.training
        when = local(one.held_at or one.planned_at)
        said = (line.name, subject_said(one.subject), one.topic, one.result)
        rows.append([str(one.id), came_said(one.state), when, *said])
    for drill in drills:
        of = (local(drill.ended_at), drill.operator or "?", _("drill"), drill.script)
        rows.append(["", _("played"), *of, drill_said(drill)])
    call.table(heads, rows)
    return 0


def plain_training(line: TrainingLine) -> dict[str, Any]:
    """A training as plain data."""
    from console.cli_plain import plain

    told = {"technician": line.code, "name": line.name, "skill": line.skill}
    return plain(line.training) | told | {"made_by": line.made_by, "ended_by": line.ended_by}


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.training_commands import subject_meant
    from store.commands.trainings import DropTraining, MoveTraining, PlanTraining, RecordTraining

    skill, level = args.skill or (None, None)
    gives: dict[str, Any] = {"skill": skill, "level": level, "valid_until": args.until}
    gives["certificate"] = args.certificate or ""
    words = list(args.what)
    if args.deed == "plan":
        at = _when(args, call, words, 2)
        if len(words) < 3:
            raise _wrong(_("say who, technical or manner, and what is to be learned"))
        who, subject, topic = words[0], subject_meant(words[1]), " ".join(words[2:])
        told = {"topic": topic, "at": at, "trainer": args.trainer or ""}
        return PlanTraining(technician=who, subject=subject, **told, **gives)
    if args.deed == "move":
        at = _when(args, call, words, 1)
        no_more(args, len(args.what) - len(words) + 1)
        return MoveTraining(training=_number(words), at=at)
    if args.deed == "drop":
        return DropTraining(training=_number(words), reason=" ".join(words[1:]))
    if args.deed in _CAME:
        words.insert(1, args.deed)
        _number(words)
    if len(words) < 2 or words[1].casefold() not in _CAME:
        raise _wrong(_("say which training, or who, and then passed or failed"))
    passed, text = _CAME[words[1].casefold()], " ".join(words[2:])
    held: dict[str, Any] = {"passed": passed, "early": args.early, **gives}
    if words[0].lstrip("#").isdecimal():
        return RecordTraining(training=_number(words), result=text, **held)
    subject = subject_meant(args.subject or "technical")
    more: dict[str, Any] = {"topic": text, "trainer": args.trainer or ""}
    return RecordTraining(technician=words[0], subject=subject, **more, **held)


_CAME = {"passed": True, "通过": True, "failed": False, "未通过": False}
_GIVES = ("skill", "certificate", "until")
_TAKES: Mapping[str, tuple[str, ...]] = {
    "list": ("person", "planned"),
    "plan": ("at", "trainer", *_GIVES),
    "record": ("subject", "trainer", "early", *_GIVES),
    "passed": ("early", *_GIVES),
    "failed": ("early",),
    "move": ("at",),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""


def _when(args: argparse.Namespace, call: Call, words: list[str], place: int) -> Any:
    """As `--at` says it; else the word at this place does, which is taken out of the words."""
    from console.whens import parse_when

    if args.at is not None:
        return parse_when(args.at, at=call.at())
    if len(words) <= place:
        raise _wrong(_("say when, with --at"))
    at = parse_when(words[place], at=call.at())
    del words[place]
    return at


def _number(words: list[str]) -> int:
    return number_in(words, _("name a training by its number"))


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
