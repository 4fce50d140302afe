"""The command `paidan`: words in, one command module, an exit code out.

A command is a row in `COMMANDS` and a module with two functions; the module is imported only when
its word was typed, so that `paidan --help` and the small commands start at once:

    def add_parser(sub: Sub) -> None:
        parser = sub.add_parser("generate", help=_("fill a store"), epilog=examples("paidan ..."))
        parser.add_argument("--orders", type=int, default=1_000)

    def run(args: argparse.Namespace, call: Call) -> int:
        with call.records() as records: ...
        return DONE

`sub.add_parser` adds `--db`, `--as` and `--lang` by itself, before and after the command's word.
`Call` (console/cli_call.py) has the settings, the open store, who asks, and the output: data by
`call.print(line)` or `call.json(value)` on stdout, talk by `call.say(text)` on stderr. A command
raises `Refusal` as it comes; `main` shows it and gives the exit code: 0 done, 1 refused, 2 wrong
usage, 3 store unreachable, 130 interrupted. Heavy imports (SQLAlchemy, Textual) belong in `run`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "console": ("console.cli_console", N_("open the console (the default)")),
    "add": (
        "console.cli_add",
        N_("make a technician, site, customer, operator, calendar and the like"),
    ),
    "do": ("console.cli_do", N_("carry out one typed command")),
    "list": (
        "console.cli_list",
        N_("list orders, technicians, sites, customers, alarms, calendars, levels, operators"),
    ),
    "customer": (
        "console.cli_customer",
        N_("show a customer whole; keep contracts, the service team, wishes and tags"),
    ),
    "operator": (
        "console.cli_operator",
        N_("list, add and revoke operators; change their roles, sites and public keys"),
    ),
    "sessions": (
        "console.cli_sessions",
        N_("list the sessions of the desk served here, end one, tell all something"),
    ),
    "view": ("console.cli_view", N_("list, save and drop named queries")),
    "automatic": (
        "console.cli_automatic",
        N_("show and set in which mode the desk dispatches by itself"),
    ),
    "settings": ("console.cli_settings", N_("show and set what dispatch reckons with")),
    "calendar": ("console.cli_calendar", N_("show a calendar, and tell it of more holidays")),
    "show": ("console.cli_show", N_("show everything about one order")),
    "who": ("console.cli_who", N_("say who should go to an order, and why not somebody else")),
    "replan": (
        "console.commands_replan",
        N_("plan the whole board anew: who should have which order, and what that saves"),
    ),
    "handover": (
        "console.cli_handover",
        N_("hand the desk to the next shift, take it over, print what it leaves"),
    ),
    "kpi": ("console.cli_kpi", N_("print figures of a period, or the orders behind one")),
    "report": ("console.cli_report", N_("write the review of a month, for print or to read on")),
    "pack": (
        "console.cli_pack",
        N_("list, show and write what was told of days, weeks and months"),
    ),
    "baseline": (
        "console.cli_baseline",
        N_("freeze days of your own that outcomes are held against"),
    ),
    "export": ("console.cli_export", N_("write every order as JSON lines or CSV")),
    "import": ("console.commands_import", N_("read orders from a CSV or JSON lines file")),
    "demo": ("console.commands_demo", N_("open a throw-away desk of real orders")),
    "generate": (
        "console.commands_generate",
        N_("fill an empty store with made-up orders, for measurements"),
    ),
    "clock": (
        "console.commands_clock",
        N_("compute deadlines that a JSON file asks for, and explain them"),
    ),
    "plan": ("console.commands_plan", N_("plan who goes where on a board that a JSON file tells")),
    "drill": (
        "console.commands_drill",
        N_("rehearse real days under several rules of dispatch, and report"),
    ),
    "scheduler": (
        "console.cli_scheduler",
        N_("ring alarms and reminders where no console is open"),
    ),
    "serve": (
        "console.cli_serve",
        N_("serve the desk over SSH, a console to each operator whose key is known"),
    ),
    "attach": (
        "console.cli_attach",
        N_("open a console of the desk that `paidan serve` serves, on this terminal"),
    ),
    "survey": (
        "console.cli_survey",
        N_("ask customers about delivered work, keep their answers, tell what they come to"),
    ),
    "notice": (
        "console.cli_notice",
        N_("tell customers of a major fault on a cadence, and keep who was told how"),
    ),
    "progress": (
        "console.cli_progress",
        N_("see that work which runs for days is told of each working day"),
    ),
    "revisit": (
        "console.cli_revisit",
        N_("call customers again by tier: plan the month, list it, note what came of it"),
    ),
    "action": (
        "console.cli_action",
        N_("see to it that causes of bad answers go: by Plan, Do, Check and Act"),
    ),
    "skills": (
        "console.cli_skills",
        N_("say who masters and holds what, until when, and what dispatch loses without it"),
    ),
    "training": (
        "console.cli_training",
        N_("plan what people learn, write down what came of it"),
    ),
    "scorecard": (
        "console.cli_scorecard",
        N_("tell each technician's figures of a month, fair to kind of work and to numbers"),
    ),
    "exception": (
        "console.cli_exception",
        N_("ask to deviate on an order, decide about it, say how much each may grant"),
    ),
    "radar": (
        "console.cli_radar",
        N_("see what comes again where it was, and take it up with the customer"),
    ),
    "idea": (
        "console.cli_idea",
        N_("keep the suggestion box: submit, judge, reward from the fund, note the effect"),
    ),
    "complaint": (
        "console.cli_complaint",
        N_("keep what customers complain of, answer it in time, find its cause"),
    ),
    "praise": (
        "console.cli_praise",
        N_("keep what customers praise: it counts for the technician"),
    ),
    "inspection": (
        "console.cli_inspection",
        N_("draw finished orders to be inspected, score them, do a draw again"),
    ),
    "sop": (
        "console.cli_sop",
        N_("standard procedures: import them, and do their steps on orders"),
    ),
    "project": (
        "console.cli_project",
        N_("bring projects through their stages, and from department to department"),
    ),
    "department": (
        "console.cli_department",
        N_("keep the departments that projects go between"),
    ),
    "doctor": ("console.cli_doctor", N_("verify the store, and mend what can be mended")),
    "backup": ("console.cli_backup", N_("copy the desk into a file while it is in use")),
    "restore": ("console.cli_restore", N_("make a desk of a backup")),
    "db": ("console.cli_db", N_("move the whole desk to another store")),
    "config": ("console.cli_config", N_("show the settings in force and where they come from")),
}
"""Each command's word: its module, and the line that `paidan --help` shows."""

DEFAULT = "console"


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line; never raises, never shows a traceback."""
    from console.cli_guard import guarded

    return guarded(_run, list(sys.argv[1:] if argv is None else argv))


def _run(words: list[str]) -> int:
    from console.cli_call import Call, speak_utf8
    from console.cli_quick import opening

    speak_utf8()
    args = opening(words, DEFAULT) or _parsed(words)
    module = import_module(COMMANDS[args.command][0])
    return int(module.run(args, Call.of(args)))


def _parsed(words: list[str]) -> argparse.Namespace:
    from console.cli_call import language_of
    from console.cli_parser import build, joined

    language_of(words)
    parser, words = build(COMMANDS, words), joined(words)
    args = parser.parse_args(words)
    return args if args.command is not None else parser.parse_args([*words, DEFAULT])


if __name__ == "__main__":
    sys.exit(main())
