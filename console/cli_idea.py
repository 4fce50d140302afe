"""`paidan idea`: suggestions submitted, judged, rewarded from the fund, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions_ideas import IDEA_DEEDS
from console.cli_deeds import add_deeds
from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.ideas import IdeaLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "idea",
        help=_("keep the suggestion box: submit, judge, reward from the fund, note the effect"),
        description=_(
            "Anybody with a console submits a suggestion, in his own name or a technician's; it"
            " rings once it should have been judged, by somebody else than who submitted it. What"
            " was accepted is rewarded from a fund, which never falls below nothing."
        ),
        epilog=examples(
            "paidan idea",
            "paidan idea new 'Keep fuses in every van'",
            "paidan idea fund 1000 --note 'budget of 2026'",
            "paidan idea list --open --json",
        ),
    )
    deeds = {
        "list": _("those to be judged first (the default)"),
        "new": _("WORDS: what you suggest, or a technician with --technician"),
        "accept": _("SUGGESTION WORDS: why"),
        "decline": _("SUGGESTION WORDS: why not"),
        "reward": _("SUGGESTION AMOUNT, from the fund"),
        "effect": _("SUGGESTION WORDS: what came of it"),
        "fund": _("AMOUNT: pay into the fund"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--technician", metavar="X", help=_("new: whose suggestion it is"))
    parser.add_argument("--note", metavar="TEXT", help=_("reward, fund: a note"))
    parser.add_argument("--open", action="store_true", help=_("list: only those to be judged"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    for name, deeds in (("technician", {"new"}), ("note", {"reward", "fund"}), ("open", {"list"})):
        if getattr(args, name) and args.deed not in deeds:
            why = _("idea {deed} takes no --{option}")
            raise _wrong(why.format(deed=args.deed, option=name))
    if args.deed == "list":
        return _list(args, call)
    return call.do(_command(args))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_ideas import box_heading, verdict_said
    from store.queries.ideas import ListIdeas

    if args.what:
        raise _wrong(_("idea list takes no words behind it"))
    with call.records() as records:
        box = records.ask(ListIdeas(open=args.open), who=call.who(records), at=call.at())
    if args.json:
        call.json({"balance": box.balance, "ideas": [plain_idea(line) for line in box.ideas]})
        return 0
    call.print(box_heading(box)[0])
    heads = (_("no."), _("state"), _("who"), _("suggestion"), _("reward"), _("effect"))
    rows = []
    for line in box.ideas:
        one = line.idea
        paid = str(one.reward) if one.reward else ""
        said = (line.submitted_by, one.text, paid, one.effect)
        rows.append([str(one.id), verdict_said(one.verdict), *said])
    call.table(heads, rows)
    return 0


def plain_idea(line: IdeaLine) -> dict[str, Any]:
    """A suggestion as plain data."""
    from console.cli_plain import plain

    named = {"submitted_by": line.submitted_by, "written_by": line.written_by}
    return plain(line.idea) | named | {"judged_by": line.judged_by}


def _command(args: argparse.Namespace) -> Command:
    from console.idea_commands import idea_command

    words, deed = list(args.what), args.deed
    if deed == "new":
        about = args.technician or ""
        return idea_command("for" if about else "new", about, {"text": " ".join(words)})
    about = ""
    if IDEA_DEEDS.steps[deed].of:
        about = words.pop(0).removeprefix("#") if words else ""
        if not (about.isascii() and about.isdecimal() and len(about) <= 12):
            raise _wrong(_("name a suggestion by its number"))
    name = IDEA_DEEDS.steps[deed].questions[0].name
    if name == "amount" and len(words) != 1:
        raise _wrong(_("say how much, as one whole number"))
    return idea_command(deed, about, {name: " ".join(words), "words": args.note or ""})


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
