"""`paidan who 2230 not T07`: who should go to an order, why not somebody else; who masters what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.cli_parser import limit
from console.i18n import _
from store.domain.errors import NameAmbiguous, NameUnknown, OrderUnknown
from store.domain.reach import MOST
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.actions_kinds import Ask
    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.grammar.lookup import Lookup
    from console.grammar.parse import Parsed
    from store.domain.intents import Query
    from store.queries.recommend import Recommendation, Recommended

_TOLD = 5
_SHOWN = 60


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "who",
        help=_("say who should go to an order, and why not somebody else"),
        description=_(
            "Say who should go to an order: the best of those who may, when they are there, what"
            " is left of the promise, and each part of the cost in minutes. Nothing is changed."
        ),
        epilog=examples(
            "paidan who 2230",
            "paidan who 2230 not T07",
            _("paidan who power near Roxbury"),
            "paidan who 2230 --json",
        ),
    )
    meant = _("the order's number, and not whom; or a skill, and near which site or order")
    parser.add_argument("words", nargs="+", metavar="ORDER", help=meant)
    about = _("a technician by code, name or pinyin: why not this one")
    parser.add_argument("--not", dest="about", metavar="TECHNICIAN", help=about)
    most = _("how many are told (5)")
    parser.add_argument("--limit", type=limit, default=_TOLD, metavar="N", help=most)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print them."""
    from console.grammar.asking import StoreLookup

    first, more = args.words[0], not_whom(args.words[1:])
    with call.records() as records:
        who, at = call.who(records), call.at()

        def ask(query: Query[Any]) -> Any:
            return records.ask(query, who=who, at=at)

        lookup = StoreLookup(ask, at=at)
        if first.lstrip("#").isdecimal():
            about = args.about or more
            lines, found = _goes(_number(first.lstrip("#")), about, args.limit, lookup, ask)
        else:
            parsed = skill_meant(args.words, lookup)
            find = masters if "skill" in parsed.told else recommended
            lines, found = find(ask, parsed, at)
    if args.json:
        call.json(found)
        return 0
    for line in lines:
        call.print(line)
    return 0


def _number(digits: str) -> int:
    """The number; thousands of digits are none that Python reads."""
    try:
        return int(digits)
    except ValueError:
        said = N_("{text} is no whole number").format(text=safe(digits, limit=_SHOWN))
        raise WrongUsage(why=said) from None


def _goes(
    number: int, about: str, limit: int, lookup: Lookup, ask: Ask
) -> tuple[tuple[str, ...], dict[str, Any]]:
    from store.queries.recommend import WhoGoes

    if number > MOST:
        raise OrderUnknown(number=number)
    him = technician(lookup, about) if about else None
    found = ask(WhoGoes(number=number, about=him, limit=limit))
    return tuple(told(found, lookup.at)), plain(found)


def not_whom(words: Sequence[str]) -> str:
    """The name behind `not`, `why not` or `为何不`; a question mark may stand behind it."""
    from console.grammar.requests import NOT

    said = " ".join(words).rstrip("?？ ")
    before = sorted((*NOT, "why not", "why"), key=len, reverse=True)
    begins = (word for word in before if f"{said} ".casefold().startswith(_whole(word)))
    return said[len(next(begins, "")) :].strip()


def _whole(word: str) -> str:
    """Chinese words stand without a space behind them."""
    return f"{word} " if word.isascii() else word


def skill_meant(words: Sequence[str], lookup: Lookup) -> Parsed:
    """A skill, and near what, as the console's command line reads them."""
    from console.grammar.parse import parse
    from console.grammar.refusals import Unclear

    try:
        return parse(" ".join(("who", *words)), lookup)
    except Unclear as unclear:
        raise WrongUsage(why=unclear.facts["what"]) from unclear


def recommended(ask: Ask, parsed: Parsed, at: datetime) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Who should go to an order that was typed, in lines and for a script."""
    from store.queries.recommend import WhoGoes

    found = ask(WhoGoes(number=parsed.orders[0], about=parsed.told.get("about")))
    return tuple(told(found, at)), {"recommendation": plain(found)}


def masters(ask: Ask, parsed: Parsed, at: datetime) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Who masters a skill, the same."""
    from console.cli_table import screen_width, table
    from console.render_who import people_plain, who_heads, who_rows
    from store.queries.named import WhoCan

    number = parsed.orders[0] if parsed.orders else None
    asked = WhoCan(skill=parsed.told["skill"], site=parsed.told.get("site"), number=number)
    found = ask(asked)
    rows = [[str(cell) for cell in row] for row in who_rows(found, at=at)]
    lines = table(who_heads(), rows, width=screen_width(), at=at) if rows else []
    return tuple(lines) or (_("nobody"),), {"people": people_plain(found)}


def technician(lookup: Lookup, text: str) -> int:
    """The only technician whom a text means."""
    from console.grammar.names import matching

    found = matching(lookup.register("technician"), text)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NameUnknown(what=N_("technician"), name=safe(text, limit=_SHOWN))
    choices = _(", ").join(f"{one.code} {one.name}" for one in found[:_TOLD])
    raise NameAmbiguous(name=safe(text, limit=_SHOWN), choices=choices)


def told(found: Recommendation, at: datetime) -> Iterator[str]:
    """The answer in lines."""
    from console.render_heading import heading_said
    from console.render_helps import helps_said
    from console.render_recommend import asked_said, offer_lines, out_said

    yield heading_said(found, None, at=at)
    for head, body in offer_lines(found, None, at=at):
        yield "".join(text for text, _tone in head)
        yield "    " + "".join(text for text, _tone in body)
    if not found.offers:
        yield _("nobody may go")
        yield from (f"    {line}" for line in helps_said(found))
        if found.nearest:
            said = _("a dispatch sends one of them all the same; the trace keeps that it was known")
            yield f"    {said}"
    if line := out_said(found):
        yield line
    if line := asked_said(found):
        yield line


def plain(found: Recommendation) -> dict[str, Any]:
    """The answer for a script; minutes for costs, seconds for times."""
    from console.render_recommend import asked_said
    from store.queries.recommend import Recommended

    asked = found.asked
    return {
        "number": found.number,
        "due_at": found.due_at,
        "takes_s": found.takes.total_seconds(),
        "takes_told": found.told,
        "crew": found.crew,
        "going": [one.code for one in found.going],
        "meets_at": found.meets_at,
        "appointment_at": found.appointment_at,
        "appointment_to": found.appointment_to,
        "missed_for_it": found.missed_for_it,
        "skill": found.skill or None,
        "level": found.level if found.skill else None,
        "certificate": found.certificate or None,
        "place_known": found.place_known,
        "holder": found.holder,
        "stays": None
        if found.stays is None
        else {
            "arrive_at": found.stays.arrive_at,
            "done_at": found.stays.done_at,
            "margin_s": None if found.stays.margin is None else found.stays.margin.total_seconds(),
        },
        "offers": [_offer(one) for one in found.offers],
        "able": found.able,
        "out": {rule.value: count for rule, count in found.out.items()},
        "helps": [
            {"technician": one.who.code, "rule": one.barred[0].rule.value, **one.barred[0].facts}
            for one in found.helps
        ],
        "nobody": [{"rule": one.rule.value, **one.facts} for one in found.nobody],
        "nearest": [
            {
                "technician": one.who.code,
                "rules": [{"rule": rule.rule.value, **rule.facts} for rule in one.barred],
            }
            for one in found.nearest
        ],
        "asked": None
        if asked is None
        else {
            "technician": asked.who.code,
            "why": asked_said(found),
            "rules": []
            if isinstance(asked, Recommended)
            else [{"rule": one.rule.value, **one.facts} for one in asked.barred],
            "offer": _offer(asked) if isinstance(asked, Recommended) else None,
        },
    }


def _offer(one: Recommended) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "technician": one.who.code,
        "name": one.who.name,
        "arrive_at": one.arrive_at,
        "start_at": one.start_at,
        "done_at": one.done_at,
        "shifts": one.parts,
        "margin_s": None if one.margin is None else one.margin.total_seconds(),
        "after": one.after,
        "not_there": None if one.away is None else {"rule": one.away.rule.value, **one.away.facts},
        "declined_at": one.declined_at,
        "declined_why": one.declined_why or None,
        "cost": round(one.score.total, 3),
        "parts": {name: round(value, 3) for name, value in asdict(one.score).items()},
        "from": one.who.begins_from.value,
        "seen_at": one.who.seen_at,
        "stale": one.who.stale,
        "makes_wait": [
            {
                "number": slip.number,
                "later_s": slip.later.total_seconds(),
                "late_before_s": slip.late_before.total_seconds(),
                "late_s": slip.late.total_seconds(),
            }
            for slip in one.slips
        ],
    }
