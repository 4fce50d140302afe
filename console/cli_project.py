"""`paidan project`: projects by stage, each step of one, its hand-offs and orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_deeds import add_deeds, check_options
from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "project",
        help=_("bring projects through their stages, and from department to department"),
        description=_(
            "A project goes through consultation, design, site work, acceptance and aftercare."
            " Each stage is due within working time, and is left once its steps are done and its"
            " orders closed. A hand-off to another department is to be acknowledged in time, or is"
            " bounced back with a reason; both ring before their time is over and when it is."
        ),
        epilog=examples(
            "paidan project",
            "paidan project list --department works --json",
            "paidan project --over",
        ),
    )
    deeds = {
        "list": _("open projects by stage (the default)"),
        "show": _("PROJECT: one whole, with its stages, hand-offs, steps and orders"),
        "new": _("WORDS: begin one, with --department, and --customer, --site, --asset"),
        "hand": _("PROJECT DEPARTMENT WORDS: give it to another department for its next stage"),
        "acknowledge": _("PROJECT NAME: take it, and say who answers for it"),
        "bounce": _("PROJECT WORDS: send it back, and say why"),
        "recall": _("PROJECT [WORDS]: take back what nobody has answered yet"),
        "advance": _("PROJECT: its next stage, in the same hands; after the last it is closed"),
        "back": _("PROJECT STAGE WORDS: put it back to a stage before, and say why"),
        "change": _("PROJECT: another --title, --lead or --due"),
        "put": _("PROJECT ORDER [STAGE]: make an order a part of it"),
        "take": _("PROJECT ORDER: take an order out"),
        "order": _("PROJECT WORDS: write down an order of it, with --kind, --stage"),
        "do": _("PROJECT STEP [VALUE]: a step of its stage is done"),
        "undo": _("PROJECT STEP: it is not done after all"),
        "skip": _("PROJECT STEP WORDS: it is not done, and why"),
        "drop": _("PROJECT WORDS: give it up, and say why"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--over", action="store_true", help=_("list: those that are over"))
    of = _("list: only what it has or is to answer; new: who has it first")
    parser.add_argument("--department", metavar="CODE", help=of)
    parser.add_argument("--customer", metavar="CODE", help=_("new: for this customer"))
    parser.add_argument("--site", metavar="CODE", help=_("new: at this site"))
    parser.add_argument("--asset", metavar="CODE", help=_("new: about this asset"))
    parser.add_argument("--lead", metavar="NAME", help=_("new, change: who answers for it"))
    parser.add_argument("--title", metavar="TEXT", help=_("change: what the project is about"))
    parser.add_argument("--due", metavar="WHEN", help=_("change: when its stage is due"))
    hours = _("new: working hours for a stage, such as design=40; may be given several times")
    parser.add_argument("--hours", metavar="STAGE=H", action="append", help=hours)
    seen = _("hand: where what was done is to be seen: a file, a drawing, a record")
    parser.add_argument("--evidence", metavar="TEXT", help=seen)
    stay = _("hand: the stage goes on in other hands")
    parser.add_argument("--stay", action="store_true", help=stay)
    within = _("hand: working hours in which it is to be acknowledged (4)")
    parser.add_argument("--within", metavar="H", type=float, help=within)
    parser.add_argument("--kind", metavar="KIND", help=_("order: its kind of work"))
    parser.add_argument("--stage", metavar="STAGE", help=_("order: the stage that it is of"))
    priority = _("order: its priority, 1 to 4 (3)")
    parser.add_argument("--priority", metavar="P", type=whole, help=priority)
    reason = _("do: why a reading is taken that is out of its range")
    parser.add_argument("--reason", metavar="TEXT", help=reason)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    from console.cli_project_told import TAKES, list_them, show_one

    check_options(args, TAKES)
    if args.deed == "list":
        return list_them(args, call)
    if args.deed == "show":
        return show_one(args, call)
    return call.do(_command(args, call))


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.cli_project_told import asked_from, check_words, number_of
    from console.project_commands import project_command
    from store.commands.projects_asked import EditProject

    check_words(args)
    if args.deed == "new":
        return _new(args)
    number = number_of(args.what[0])
    if args.deed == "change":
        due = _when(args.due, call)
        return EditProject(project=number, title=args.title, lead=args.lead, due_at=due)
    if args.deed == "order":
        return _order(args, number)
    told = _told(args.deed, args.what[1:])
    if args.deed == "hand":
        told |= {"evidence": args.evidence or "", "stay": args.stay, "within_h": args.within}
    if args.deed == "do":
        told |= {"reason": args.reason or ""}
        return asked_from(call, lambda ask: project_command("do", number, told, ask))
    return project_command(args.deed, number, told, None)


def _told(deed: str, words: list[str]) -> dict[str, Any]:
    """The words behind the number, by what each answers; the last takes the rest."""
    from console.actions_projects import DEEDS

    names = [question.name for question in DEEDS[deed].questions if question.name != "evidence"]
    if deed == "do":
        names = names[:2]
    told: dict[str, Any] = {}
    for place, name in enumerate(names):
        last = place == len(names) - 1
        told[name] = " ".join(words[place:]) if last else words[place]
    return told


def _new(args: argparse.Namespace) -> Command:
    from console.cli_project_told import hours_read, wrong
    from store.commands.projects_asked import NewProject

    if not args.department:
        raise wrong(_("--department says who has it first; paidan department lists them"))
    return NewProject(
        title=" ".join(args.what),
        department=args.department,
        customer=args.customer,
        site=args.site,
        asset=args.asset,
        lead=args.lead or "",
        hours=hours_read(args.hours or []),
    )


def _order(args: argparse.Namespace, number: int) -> Command:
    from console.words_projects import stage_read
    from store.commands.projects_asked import NewProjectOrder

    return NewProjectOrder(
        project=number,
        title=" ".join(args.what[1:]),
        kind=args.kind or "",
        stage=stage_read(args.stage) if args.stage else "",
        priority=3 if args.priority is None else args.priority,
    )


def _when(text: str | None, call: Call) -> Any:
    from console.whens import parse_when

    return None if text is None else parse_when(text, at=call.at())
