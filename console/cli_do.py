"""`paidan do`: one typed command without a console, for scripts, cron and quick hands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from console.cli_guard import REFUSED, UNREACHABLE, WRONG_USAGE
from console.cli_help import examples
from console.cli_like import liked
from console.do_results import (
    DRY,
    Result,
    besides,
    help_for,
    lines_of,
    met,
    none_of,
    not_sure,
    nothing_done,
    only_there,
    shown,
)
from console.i18n import _, done_said, fill, tell
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.grammar.asking import StoreLookup
    from console.grammar.understand import Understood
    from console.preview import PreviewRow
    from store.domain.intents import Query
    from store.records import Records


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "do",
        help=_("carry out one typed command"),
        description=_(
            "Carry out one command as the console's command line takes it: a verb, orders, and"
            " what the verb needs. For more than three orders it shows what would change and"
            " wants --yes. A question mark in place of a word lists what may stand there."
        ),
        epilog=examples(
            _("paidan do 'as 2232 wang wei ;bring the ladder'"),
            "paidan do undo --json",
            _("paidan do 'w 2212-2215 parts until 15:00' --dry-run"),
            _("paidan do '?'"),
            _("paidan do 'as 2232 ?'"),
        ),
    )
    parser.add_argument("line", nargs="+", metavar="LINE", help=_("the command, best in quotes"))
    parser.add_argument(
        "--yes",
        action="store_true",
        help=_("do it to more than three orders, or to what a name means that means several"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Do it, and say what came of it."""
    try:
        with call.records() as records:
            result = _Typed(records, call, args).result(" ".join(args.line))
    except Refusal as refusal:
        result = Result(ok=False, message=tell(refusal), code=_code_of(refusal))
    if args.json:
        call.json(result.plain())
        return result.code
    for told in result.lines:
        call.print(told)
    if result.message:
        (call.print if result.ok else call.say)(result.message)
    return result.code


def _code_of(refusal: Refusal) -> int:
    from console.cli_guard import WrongUsage
    from console.grammar.refusals import WrongWords

    if isinstance(refusal, StoreTrouble):
        return UNREACHABLE
    return WRONG_USAGE if isinstance(refusal, (WrongWords, WrongUsage)) else REFUSED


class _Typed:
    """One operator and one line."""

    def __init__(self, records: Records, call: Call, args: argparse.Namespace) -> None:
        self._records = records
        self._call = call
        self._args = args
        self._who = call.who(records)
        self._at = call.at()

    def result(self, line: str) -> Result:
        """What came of it; raises what is refused."""
        from console.grammar.asking import StoreLookup
        from console.grammar.understand import understand

        lookup = StoreLookup(self._ask, at=self._at)
        if line.rstrip().endswith(("?", "？")):
            return help_for(line.rstrip()[:-1], lookup)
        told = understand(line, lookup)
        if told.is_for_the_screen:
            return self._shows(told, lookup)
        wanted = self._args.dry_run or told.may_be_a_set
        rows = self._rows(told, lookup) if wanted else ()
        if self._args.dry_run:
            return shown(told, rows, *liked(told, self._ask, at=self._at))
        if not self._agreed(told, rows):
            return none_of(told, rows) or not_sure(told, rows)
        return self._done(told)

    def _shows(self, told: Understood, lookup: StoreLookup) -> Result:
        if told.parsed.action.id == "who":
            return self._people(told)
        if told.parsed.action.id == "handover":
            return self._handover()
        if told.parsed.action.id == "plans":
            return self._plans(told)
        if told.parsed.action.id in {"automatic", "settings", "operators"}:
            from console import cli_automatic, cli_operator, cli_settings

            shown_by = {
                "automatic": cli_automatic.settings,
                "settings": cli_settings.settings,
                "operators": cli_operator.operators,
            }
            lines, more = shown_by[told.parsed.action.id](self._ask)
            return Result(message="" if lines else _("there are none"), lines=lines, more=more)
        if told.parsed.action.id == "copy":
            return self._copied(told)
        return help_for("", lookup) if told.parsed.action.id == "help" else only_there(told)

    def _done(self, told: Understood) -> Result:
        from console.grammar.plan import command_of

        command = command_of(told.parsed, told.lines, self._ask)
        like, more = liked(told, self._ask, at=self._at)  # before it is one of them itself
        done = self._records.do(command, who=self._who, at=self._call.at())
        return Result(
            message=_("; ").join((done_said(done), *met(told, at=self._at), *like)),
            orders=done.numbers,
            undo=f"e{done.undo}" if done.undo else None,
            more={**more, **told.plain_warnings, **besides(done)},
            lines=tuple(
                f"! #{n} {said}" if n else f"! {said}" for n, said in told.warnings.items()
            ),
        )

    def _rows(self, told: Understood, lookup: StoreLookup) -> tuple[PreviewRow, ...]:
        from console.grammar.understand import what_would_change

        return what_would_change(
            told,
            lookup,
            ask=self._ask,
            rehearse=lambda commands: self._records.rehearse(commands, who=self._who, at=self._at),
        )

    def _agreed(self, told: Understood, rows: tuple[PreviewRow, ...]) -> bool:
        """Whether so many orders may be changed: few, said so, or asked on a terminal."""
        from console.grammar.plan import UNASKED

        taken_back = told.parsed.action.id == "undo"  # what was agreed to once, put as it was
        few = len(rows) <= UNASKED and not told.parsed.looks
        if few or taken_back or self._args.yes:
            return True
        if all(row.refused is not None for row in rows):
            return False
        if self._args.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        for line in lines_of(rows):
            self._call.say(line)
        self._call.say(_("{what}: do it? y/N").format(what=told.said))
        return sys.stdin.readline().strip().casefold() in {"y", "yes", "是"}

    def _people(self, told: Understood) -> Result:
        from console.cli_who import masters, recommended

        find = masters if "skill" in told.parsed.told else recommended
        lines, more = find(self._ask, told.parsed, self._at)
        nobody = more.get("people") == []
        return Result(
            message=told.said if self._args.json or nobody else "", more=more, lines=lines
        )

    def _handover(self) -> Result:
        from console.print_handover import lines, plain
        from console.render_handover import standing_said
        from store.queries.handover import ShowHandover

        held = self._ask(ShowHandover())
        return Result(
            message=standing_said(held, at=self._at, zone=None)[0] if self._args.json else "",
            more={"handover": plain(held)},
            lines=tuple(lines(held, at=self._at)),
        )

    def _plans(self, told: Understood) -> Result:
        from console.cli_plans import dates_of, listed, saved

        if not told.parsed.told:
            lines, plain = listed(self._ask, at=self._at)
            return Result(message="" if lines else _("there are none"), lines=lines, more=plain)
        dates, plain = dates_of(told.parsed.told, self._ask, at=self._at)
        plain = {**plain, **told.plain_warnings}
        dates = (*dates, *(f"! {said}" for said in told.warnings.values()))
        if self._args.dry_run:
            return Result(message=nothing_done(told), lines=dates, more={**plain, **DRY})
        command = saved(told.parsed.told, self._ask, at=self._at)
        done = self._records.do(command, who=self._who, at=self._call.at())
        undo = f"e{done.undo}" if done.undo else None
        said = fill(done.sentence, done.facts)
        return Result(message=said, undo=undo, lines=dates, more=plain)

    def _copied(self, told: Understood) -> Result:
        from console.render_copy import copied_order
        from store.queries.card import OrderCard

        card = self._ask(OrderCard(number=told.parsed.orders[0]))
        text = copied_order(card, at=self._at, zone=None)
        return Result(message="", more={"text": text}, lines=tuple(text.splitlines()))

    def _ask(self, query: Query[Any]) -> Any:
        return self._records.ask(query, who=self._who, at=self._at)
