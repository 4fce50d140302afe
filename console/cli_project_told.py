"""What `paidan project` prints, and which of its words make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_deeds import number_in
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Ask
    from console.cli_call import Call
    from store.domain.intents import Command
    from store.queries.projects import ProjectCard, ProjectLine

TAKES: Mapping[str, tuple[str, ...]] = {
    "list": ("department", "over"),
    "new": ("department", "customer", "site", "asset", "lead", "hours"),
    "hand": ("evidence", "stay", "within"),
    "change": ("title", "lead", "due"),
    "order": ("kind", "stage", "priority"),
    "do": ("reason",),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""
_WORDS: Mapping[str, tuple[int, int]] = {
    "list": (0, 0),
    "show": (1, 1),
    "new": (1, 99),
    "hand": (3, 99),
    "acknowledge": (2, 99),
    "bounce": (2, 99),
    "recall": (1, 99),
    "advance": (1, 1),
    "back": (3, 99),
    "change": (1, 1),
    "put": (2, 3),
    "take": (2, 2),
    "order": (2, 99),
    "do": (2, 99),
    "undo": (2, 2),
    "skip": (3, 99),
    "drop": (2, 99),
}
"""How many words a deed takes behind it, at least and at most."""


def check_words(args: argparse.Namespace) -> None:
    """Refuse words that would mean nothing, and where some are missing."""
    least, most = _WORDS[args.deed]
    if not least <= len(args.what) <= most:
        why = _("project {deed} takes other words behind it; paidan project --help tells which")
        raise wrong(why.format(deed=args.deed))


def list_them(args: argparse.Namespace, call: Call) -> int:
    """Those that are asked for, as a table or as JSON."""
    from store.queries.projects import ListProjects

    check_words(args)
    asked = ListProjects(over=args.over, department=args.department or "", limit=10_000)
    with call.records() as records:
        found = records.ask(asked, who=call.who(records), at=call.at())
    if args.json:
        call.json([line_plain(line) for line in found])
    elif not found:
        call.say(_("no project is listed here; paidan project new begins one"))
    else:
        _table(found, call)
    return 0


def _table(found: tuple[ProjectLine, ...], call: Call) -> None:
    from console.render_card import when
    from console.words_projects import department_said, stage_said, stand_said

    heads = (_("no."), _("due"), _("stage"), _("with"), _("customer"), _("title"), _("lead"))
    rows = [
        [
            str(line.project.id),
            when(line.project.due_at, None, at=call.at()),
            stage_said(line.project.stage)
            if line.project.over_at is None
            else stand_said(line.project),
            department_said(line.department_names)
            + (f" > {department_said(line.taker_names)}?" if line.handoff is not None else ""),
            line.customer or line.place,
            line.project.title,
            line.project.lead,
        ]
        for line in found
    ]
    call.table(heads, rows)


def show_one(args: argparse.Namespace, call: Call) -> int:
    """All of it, and what was done."""
    from console.cli_plain import plain
    from console.render_project import card_lines
    from store.queries.projects import ProjectSteps, ShowProject

    check_words(args)
    project = number_of(args.what[0])
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        card, deeds = ask(ShowProject(project=project)), ask(ProjectSteps(project=project))
    if args.json:
        call.json(card_plain(card) | {"journal": [plain(one) for one in deeds]})
        return 0
    for text in card_lines(card, at=call.at(), zone=None):
        call.print(text)
    for one in deeds:
        call.print(f"  {one.at:%Y-%m-%d %H:%M}Z  {one.by}  {_(one.fact)}")
    return 0


def line_plain(line: ProjectLine) -> dict[str, Any]:
    """A project with the names around it."""
    from console.cli_plain import plain

    names = ("customer", "place", "asset", "department", "taker", "since", "orders", "steps_left")
    told = plain(line.project) | {name: getattr(line, name) for name in names}
    handoff = None if line.handoff is None else plain(line.handoff)
    return told | {"stand": line.project.stand.value, "handoff": handoff}


def card_plain(card: ProjectCard) -> dict[str, Any]:
    """A project, whole."""
    from console.cli_plain import plain

    return line_plain(card.line) | {
        "stages": [plain(one.passage) | {"department": one.department} for one in card.passages],
        "ahead": [{"stage": stage, "due_at": due} for stage, due in card.ahead],
        "handoffs": [
            plain(one.handoff)
            | {name: getattr(one, name) for name in ("giver", "taker", "given_by", "answered_by")}
            for one in card.handoffs
        ],
        "steps": [
            plain(one.step)
            | {
                "stage": one.stage,
                "by": one.by,
                "title": "" if one.says is None else one.says.title,
            }
            for one in card.steps
        ],
        "work_orders": [plain(one) for one in card.orders],
        "waited_s": card.waited_s,
    }


def asked_from(call: Call, make: Callable[[Ask], Command]) -> Command:
    """A command that something must be asked for first."""
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        return make(ask)


def hours_read(words: list[str]) -> dict[str, float]:
    """`design=40` as the stage and its working hours."""
    from console.words_projects import stage_read

    found = {}
    for word in words:
        stage, _equals, hours = word.partition("=")
        name = stage_read(stage)
        try:
            found[name] = float(hours)
        except ValueError:
            raise wrong(_("--hours takes a stage and a number: design=40")) from None
    return found


def number_of(word: str) -> int:
    """Which one is meant."""
    return number_in([word], _("name a project by its number, as the list has it"))


def wrong(why: str) -> Exception:
    """A line that makes no sense."""
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
