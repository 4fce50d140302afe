"""`paidan do`: one typed command without a console, for scripts, cron and quick hands."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size

from console.cli_guard import DONE, REFUSED, UNREACHABLE, WRONG_USAGE
from console.cli_help import examples
from console.cli_like import liked
from console.i18n import _, fill, language, tell
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.grammar.asking import StoreLookup
    from console.grammar.understand import Understood
    from console.preview import PreviewRow
    from store.domain.intents import Query
    from store.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a line."""

    message: str
    ok: bool = True
    orders: tuple[int, ...] = ()
    undo: str | None = None
    """What `undo` takes back; None where nothing can be."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else is told in JSON."""
    lines: tuple[str, ...] = ()
    """What is printed before the message."""
    code: int = DONE

    def plain(self) -> dict[str, Any]:
        """As JSON tells it."""
        told = {"ok": self.ok, "message": self.message, "orders": list(self.orders)}
        return {**told, "undo": self.undo, **self.more}


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
    parser.add_argument("--yes", action="store_true", help=_("do it to more than three orders"))
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
            return _help(line.rstrip()[:-1], lookup)
        told = understand(line, lookup)
        if told.is_for_the_screen:
            return self._shows(told, lookup)
        wanted = self._args.dry_run or told.may_be_a_set
        rows = self._rows(told, lookup) if wanted else ()
        if self._args.dry_run:
            return _shown(told, rows, *liked(told, self._ask, at=self._at))
        if not self._agreed(told, rows):
            return _not_sure(told, rows)
        return self._done(told)

    def _shows(self, told: Understood, lookup: StoreLookup) -> Result:
        if told.parsed.action.id == "who":
            return self._people(told)
        if told.parsed.action.id == "handover":
            return self._handover()
        if told.parsed.action.id == "plans":
            return self._plans(told)
        if told.parsed.action.id == "copy":
            return self._copied(told)
        return _help("", lookup) if told.parsed.action.id == "help" else _only_there(told)

    def _done(self, told: Understood) -> Result:
        from console.grammar.plan import command_of

        command = command_of(told.parsed, told.lines, self._ask)
        like, more = liked(told, self._ask, at=self._at)  # before it is one of them itself
        done = self._records.do(command, who=self._who, at=self._call.at())
        return Result(
            message=_("; ").join((fill(done.sentence, done.facts), *like)),
            orders=done.numbers,
            undo=f"e{done.undo}" if done.undo else None,
            more=more,
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
        if len(rows) <= UNASKED or taken_back or self._args.yes:
            return True
        if self._args.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        for line in _lines(rows):
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
        if self._args.dry_run:
            return Result(message=told.said, lines=dates, more=plain)
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


def _shown(
    told: Understood, rows: tuple[PreviewRow, ...], like: tuple[str, ...], more: Mapping[str, Any]
) -> Result:
    cannot = all if told.parsed.told.get("partly") else any
    refused = bool(rows) and cannot(row.refused is not None for row in rows)
    return Result(
        ok=not refused,
        code=REFUSED if refused else DONE,
        message=_("; ").join((told.said, *like)),
        orders=tuple(row.number for row in rows if row.number),
        more={"preview": _plain_rows(rows), **more},
        lines=_lines(rows),
    )


def _not_sure(told: Understood, rows: tuple[PreviewRow, ...]) -> Result:
    what = _("{what}: say --yes to do it").format(what=told.said)
    return Result(
        ok=False,
        message="\n".join([*_lines(rows), what]),
        orders=tuple(row.number for row in rows if row.number),
        more={"preview": _plain_rows(rows)},
        code=REFUSED,
    )


def _only_there(told: Understood) -> Result:
    if told.parsed.orders:
        what = _("{what}: only a console shows that; paidan show {number} prints the order").format(
            what=told.said, number=told.parsed.orders[0]
        )
    else:
        what = _("{what}: only a console can do that").format(what=told.said)
    return Result(ok=False, message=what, code=REFUSED)


def _help(line: str, lookup: StoreLookup) -> Result:
    """What may follow a line."""
    from console.grammar.offers import offers

    found = offers(line, len(line), lookup, chinese=language() != "en")
    wanted = [_(what) for what in found.wanted]
    wide = max([12, *(cell_len(offer.text) for offer in found.offers)])
    offered = [
        f"  {set_cell_size(offer.text, wide)} {_(offer.label)}".rstrip() for offer in found.offers
    ]
    plain = [{"text": offer.text, "label": _(offer.label)} for offer in found.offers]
    return Result(
        message="",
        more={"wanted": wanted, "offers": plain},
        lines=(*wanted, *offered) or (_("nothing fits"),),
    )


def _lines(rows: tuple[PreviewRow, ...]) -> tuple[str, ...]:
    return tuple(
        (f"#{row.number} {row.title}  " if row.number else row.title)
        + (f"✗ {row.refused}" if row.refused else _said(row))
        for row in rows
    )


def _said(row: PreviewRow) -> str:
    return _("; ").join(row.changes)


def _plain_rows(rows: tuple[PreviewRow, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "title": row.title,
            "changes": list(row.changes),
            "refused": row.refused,
        }
        for row in rows
    ]
