"""`paidan sop`: procedures as files, and the steps of an order."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, fill, language
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.sop import Procedure
    from store.queries.sop import Checklist

SAMPLES: Final = ("lift", "hvac", "power")
_MOST: Final = 2**18
"""Bytes of a file that are read."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "sop",
        help=_("standard procedures: import them, and do their steps on orders"),
        description=_(
            "A procedure is a file for one kind of work: steps with owner, time, quality and"
            " evidence, and the move that waits for each. New orders of the kind take the newest"
            " version; orders that have one keep it. Steps that must be done hold their move back"
            " through every door."
        ),
        epilog=examples(
            "paidan sop",
            "paidan sop sample lift",
            "paidan sop order 17 --json",
        ),
    )
    deeds = {
        "list": _("every procedure with its versions (the default)"),
        "show": _("KIND: the steps of a procedure"),
        "export": _("KIND: the file as it was imported"),
        "sample": _("[NAME]: a file to begin one's own with"),
        "check": _("FILE: whether it could be imported"),
        "import": _("FILE: new orders of its kind take it from now on"),
        "order": _("ORDER: its steps"),
        "do": _("ORDER STEP [VALUE]: a step is done"),
        "undo": _("ORDER STEP: it is not done after all"),
        "skip": _("ORDER STEP WORDS: it is not done, and why"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed", nargs="?", choices=[*deeds], default="list", metavar="DEED", help=told
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    version = _("show, export: this version instead of the newest")
    parser.add_argument("--version", type=whole, metavar="N", help=version, dest="edition")
    reason = _("do: why a reading is taken that is out of its range")
    parser.add_argument("--reason", metavar="TEXT", help=reason)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do it and say what was done."""
    _check_words(args)
    if args.deed in _SHOWS:
        return int(_SHOWS[args.deed](args, call))
    command: Any
    if args.deed == "import":
        from store.commands.sop import ImportProcedure

        source, _procedure = _read(args.what[0])
        command = ImportProcedure(source=source)
        with call.records() as records:
            call.told(records.do(command, who=call.who(records), at=call.at()))
        return 0
    from console.sop_commands import step_command

    number, step, words = _number(args.what[0]), args.what[1], " ".join(args.what[2:])
    told = {"value": words, "reason": args.reason or ""}
    if args.deed == "skip":
        told = {"reason": words}
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        command = step_command(args.deed, number, step, told, ask)
    with call.records() as records:
        call.told(records.do(command, who=call.who(records), at=call.at()))
    return 0


def _list(args: argparse.Namespace, call: Call) -> int:
    from store.queries.sop import ListProcedures

    with call.records() as records:
        found = records.ask(ListProcedures(), who=call.who(records), at=call.at())
    if args.json:
        call.json([
            {"kind": one.kind, "version": one.version, "newest": one.newest,
             "imported_at": one.imported_at, "running": one.running,
             "title": "" if one.procedure is None else one.procedure.title,
             "steps": None if one.procedure is None else len(one.procedure.steps)}
            for one in found
        ])  # fmt: skip
        return 0
    if not found:
        call.say(_("there is no procedure; paidan sop sample lift prints one to begin with"))
        return 0
    heads = (_("kind"), _("version"), _("steps"), _("orders at the desk"), _("title"))
    rows = [
        [
            *(one.kind, str(one.version) + ("" if one.newest else _(" (before)"))),
            "?" if one.procedure is None else str(len(one.procedure.steps)),
            *(str(one.running), "" if one.procedure is None else one.procedure.title),
        ]
        for one in found
    ]
    call.table(heads, rows)
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from store.queries.sop import ProcedureText

    asked = ProcedureText(kind=args.what[0], version=args.edition)
    with call.records() as records:
        line, source = records.ask(asked, who=call.who(records), at=call.at())
    if args.deed == "export" and not args.json:
        for text in source.splitlines():
            call.print(text)
        return 0
    if args.deed == "export":
        call.json({"kind": line.kind, "version": line.version, "source": source})
        return 0
    _tell(line.procedure, args, call)
    return 0


def _sample(args: argparse.Namespace, call: Call) -> int:
    if not args.what:
        call.json([*SAMPLES]) if args.json else call.print(" ".join(SAMPLES))
        return 0
    name = args.what[0]
    if name not in SAMPLES:
        raise _wrong(_("there are these samples: {names}").format(names=_(", ").join(SAMPLES)))
    end = "" if language() == "en" else f".{language()}"
    text = files("console.procedures").joinpath(f"{name}{end}.toml").read_text("utf-8")
    if args.json:
        call.json({"kind": name, "source": text})
        return 0
    for line in text.splitlines():
        call.print(line)
    return 0


def _check(args: argparse.Namespace, call: Call) -> int:
    _source, procedure = _read(args.what[0])
    if not args.json:
        said = N_("{file} could be imported: procedure of {kind}, version {version}, {count} steps")
        facts = {"file": args.what[0], "kind": procedure.kind, "version": procedure.version}
        call.print(fill(said, {**facts, "count": len(procedure.steps)}))
        return 0
    _tell(procedure, args, call)
    return 0


def _order(args: argparse.Namespace, call: Call) -> int:
    from console.render_sop import how_far, step_lines
    from store.queries.sop import OrderSteps

    asked, at = OrderSteps(number=_number(args.what[0])), call.at()
    with call.records() as records:
        found = records.ask(asked, who=call.who(records), at=at)
    if args.json:
        call.json(plain_steps(found))
        return 0
    call.print(how_far(found, at=at)[0])
    for line in found.steps:
        for parts in step_lines(line, at=at, zone=None):
            call.print("".join(text for text, _tone in parts).rstrip())
    return 0


_SHOWS: Mapping[str, Any] = {
    "list": _list, "show": _show, "export": _show, "sample": _sample, "check": _check,
    "order": _order,
}  # fmt: skip


def _tell(procedure: Procedure | None, args: argparse.Namespace, call: Call) -> None:
    from console.render_sop import gate_said
    from store.domain.sop_steps import wanted

    if procedure is None:
        raise _wrong(_("a newer paidan has written this procedure"))
    if args.json:
        call.json(plain_procedure(procedure))
        return
    said = _("procedure of {kind}, version {version}").format(
        kind=procedure.kind, version=procedure.version)  # fmt: skip
    call.print(f"{said}  {procedure.title}".rstrip())
    for place, step in enumerate(procedure.steps, 1):
        gate = gate_said(step.gate.value) if step.gate and step.mandatory else ""
        held = _("done before {move}").format(move=gate) if gate else ""
        told = (f" {place} {step.code}", step.title, _(wanted(step)), held)
        call.print("  ".join(filter(None, told)))


def plain_procedure(procedure: Procedure) -> dict[str, Any]:
    """A procedure as plain data."""
    from console.cli_plain import plain

    return {**plain(procedure), "steps": [plain(step) for step in procedure.steps]}


def plain_steps(found: Checklist) -> dict[str, Any]:
    """The checklist of an order as plain data."""
    from console.cli_plain import plain

    return {
        **plain(found),
        "steps": [
            {"place": one.place, **plain(one.step), "done_by": one.by, "due_at": one.due_at,
             "behind": one.behind, "says": None if one.says is None else plain(one.says)}
            for one in found.steps
        ],
    }  # fmt: skip


def _read(name: str) -> tuple[str, Procedure]:
    """A file as it lies, and what it says; `BadInput` with file and line."""
    from store.domain.sop_file import read_procedure
    from store.domain.system_words import why
    from store.domain.text import safe

    shown = safe(name, limit=200)
    try:
        with Path(name).expanduser().open("rb") as file:
            read = file.read(_MOST + 1)
        text = read.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        right = N_("write it in UTF-8")
        raise BadInput(where=shown, wrong=N_("it is not UTF-8"), right=right) from error
    except (OSError, ValueError) as error:
        wrong = why(error) if isinstance(error, OSError) else N_("it is no path")
        raise BadInput(where=shown, wrong=wrong, right=N_("give a TOML file")) from error
    try:
        return text, read_procedure(text)
    except BadInput as bad:
        where = N_("{file}, {where}").format(file=shown, where=bad.facts["where"])
        raise BadInput(**{**bad.facts, "where": where}) from bad


_WORDS: Mapping[str, tuple[int, int]] = {
    "list": (0, 0), "show": (1, 1), "export": (1, 1), "sample": (0, 1), "check": (1, 1),
    "import": (1, 1), "order": (1, 1), "do": (2, 99), "undo": (2, 2), "skip": (3, 99),
}  # fmt: skip
"""How many words a deed takes behind it, at least and at most."""


def _check_words(args: argparse.Namespace) -> None:
    least, most = _WORDS[args.deed]
    if not least <= len(args.what) <= most:
        why = _("sop {deed} takes other words behind it; paidan sop --help tells which")
        raise _wrong(why.format(deed=args.deed))
    for name, deeds in (("edition", {"show", "export"}), ("reason", {"do"})):
        if getattr(args, name) is not None and args.deed not in deeds:
            option = "version" if name == "edition" else name
            why = _("sop {deed} takes no --{option}")
            raise _wrong(why.format(deed=args.deed, option=option))


def _number(word: str) -> int:
    digits = word.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        return int(digits)
    raise _wrong(_("name an order by its number"))


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
