"""`paidan action`: what is done so that causes of bad answers go, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions_corrective import DEEDS
from console.cli_deeds import add_deeds, check_options, no_more, number_in
from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.corrective import ActionLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "action",
        help=_("see to it that causes of bad answers go: by Plan, Do, Check and Act"),
        description=_(
            "An action is opened for a bad answer whose root cause is known. It is planned (why,"
            " with evidence; a figure, a goal and how many days are observed), begun, done,"
            " observed, judged by somebody else by the very figure that paidan kpi and paidan"
            " survey tell, and ends with a procedure or training that was changed."
        ),
        epilog=examples(
            "paidan action",
            "paidan action --closed --json",
            "paidan action list --order 17",
        ),
    )
    deeds = {
        "list": _("open actions by stage (the default)"),
        "show": _("ACTION: one whole, with its steps and the command that tells its figure"),
        "open": _("ORDER: open one for a bad answer"),
        "set": _("ACTION: owner, day, problem, figure, goal, site, days observed"),
        "why": _("ACTION WHY: one answer to why, with --evidence"),
        "start": _("ACTION: its plan is there; its figure is measured"),
        "done": _("ACTION WORDS: what was done"),
        "verdict": _("ACTION yes|no WORDS: whether it had an effect"),
        "close": _("ACTION procedure|training WORDS: what was changed"),
        "drop": _("ACTION WORDS: why it is given up"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--owner", metavar="CODE", help=_("who sees to it"))
    parser.add_argument("--due", metavar="WHEN", help=_("by when: +3d, 2026-10-01 17:00"))
    parser.add_argument("--problem", metavar="TEXT", help=_("what is wrong"))
    parser.add_argument("--evidence", metavar="TEXT", help=_("what shows that"))
    measure = _("a figure of paidan kpi, or csat, nps, bad_answers")
    parser.add_argument("--measure", metavar="NAME", help=measure)
    parser.add_argument("--goal", metavar="GOAL", help=_("at least >=90%%, at most <=2h"))
    parser.add_argument("--site", metavar="CODE", help=_("measured of this site; '' of all"))
    parser.add_argument("--days", type=whole, metavar="N", help=_("how many days are observed"))
    parser.add_argument("--order", type=whole, metavar="N", help=_("list: those of one order"))
    parser.add_argument("--closed", action="store_true", help=_("list: those that are over"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    check_options(args, _TAKES)
    if args.deed == "list":
        return _list(args, call)
    if args.deed == "show":
        return _show(args, call)
    return call.do(_command(args, call))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_card import when
    from console.words_corrective import stage_said
    from store.queries.corrective import ListActions

    no_more(args, 0)
    query = ListActions(closed=args.closed, number=args.order, limit=10_000)
    with call.records() as records:
        found = records.ask(query, who=call.who(records), at=call.at())
    if args.json:
        call.json([plain_action(line) for line in found])
        return 0
    if not found:
        call.say(_("no action is open") if not args.closed else _("no action is over"))
        return 0
    heads = (_("action"), _("stage"), _("due"), _("owner"), _("order"), _("problem"))
    rows = [
        [
            *(str(line.action.id), stage_said(line.action.stage)),
            "" if line.action.rings_at is None else when(line.action.rings_at, None, at=call.at()),
            *(line.owner, f"#{line.action.number}", line.action.problem.replace("\n", " ")),
        ]
        for line in found
    ]
    call.table(heads, rows)
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.queries.corrective import ActionSteps, ShowAction

    action = _number(args)
    no_more(args, 1)
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        line, steps = ask(ShowAction(action=action)), ask(ActionSteps(action=action))
    if args.json:
        call.json(plain_action(line) | {"steps": [plain(one) for one in steps]})
        return 0
    for text in _told(line, call):
        call.print(text)
    for one in steps:
        call.print(f"  {one.at:%Y-%m-%d %H:%M}Z  {one.by}  {_(one.fact)}")
    return 0


def _told(line: ActionLine, call: Call) -> Iterator[str]:
    from console.render_corrective import action_lines
    from console.words_corrective import question_after, question_before

    yield from action_lines(line, at=call.at(), zone=None)
    for question in (question_before, question_after):
        asked = question(line.action, line.measured)
        if asked and line.figures:
            yield f"  {asked}"


def plain_action(line: ActionLine) -> dict[str, Any]:
    """An action as plain data."""
    from console.cli_plain import plain
    from console.words_corrective import question_after, question_before

    action = line.action
    values = plain(action) | {"whys": [plain(why) for why in action.whys]}
    values |= {"stage": action.stage.value, "site": line.measured, "owner": line.owner}
    values |= {"done_by": line.done_by, "judged_by": line.judged_by, "customer": line.customer}
    values |= {"title": line.title, "place": line.place, "rings_at": action.rings_at}
    asked = {"before": question_before, "after": question_after}
    told = {n: said(action, line.measured) if line.figures else "" for n, said in asked.items()}
    return values | {"figures": line.figures, "asked": told}


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.corrective_commands import corrective_command
    from store.commands.corrective import OpenAction, SetAction, StartAction

    number, words = _number(args), args.what[1:]
    due_at = _when(args, call)
    if args.deed == "open":
        no_more(args, 1)
        problem = args.problem or ""
        return OpenAction(number=number, owner=args.owner, due_at=due_at, problem=problem)
    if args.deed == "set":
        no_more(args, 1)
        named = {"measure": args.measure, "goal": args.goal, "site": args.site}
        agreed = {"owner": args.owner, "due_at": due_at, "problem": args.problem}
        return SetAction(action=number, **named, **agreed, window_days=args.days)
    if args.deed == "start":
        no_more(args, 1)
        return StartAction(action=number, due_at=due_at)
    deed, told = _told_step(args, words)
    if args.deed == "verdict":
        told = told | {"due_at": due_at}
    return corrective_command(deed, number, told)


def _told_step(args: argparse.Namespace, words: list[str]) -> tuple[str, dict[str, Any]]:
    """The step, and its words by the names of its questions: the last takes what is left."""
    deed = args.deed
    if deed == "verdict":
        said = words.pop(0).casefold() if words else ""
        if said not in _VERDICTS:
            raise _wrong(_("a verdict is yes or no, and why"))
        deed = _VERDICTS[said]
    if deed == "effective" and args.due is not None:
        raise _wrong(_("--due is by when it is to be done anew, where it had no effect"))
    names = [question.name for question in DEEDS[deed].questions if question.name != "evidence"]
    told: dict[str, Any] = {"evidence": args.evidence or ""} if deed == "why" else {}
    for name in names[:-1]:
        told[name] = words.pop(0) if words else ""
    return deed, told | {names[-1]: " ".join(words)}


_VERDICTS = {"yes": "effective", "有效": "effective", "no": "failed", "无效": "failed"}


def _when(args: argparse.Namespace, call: Call) -> Any:
    from console.whens import parse_when

    return None if args.due is None else parse_when(args.due, at=call.at())


_TAKES: Mapping[str, tuple[str, ...]] = {
    "list": ("order", "closed"),
    "open": ("owner", "due", "problem"),
    "set": ("owner", "due", "problem", "measure", "goal", "site", "days"),
    "why": ("evidence",),
    "start": ("due",),
    "verdict": ("due",),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""


def _number(args: argparse.Namespace) -> int:
    return number_in(
        args.what,
        _("name an action by its number, or the order that one is opened for"),
    )


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
