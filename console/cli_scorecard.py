"""`paidan scorecard`: each technician's figures of a month, fair, with n; star and gold by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.scorecard import Figure, Measure
    from store.queries.scorecard import Card, Cards


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "scorecard",
        help=_("tell each technician's figures of a month, fair to kind of work and to numbers"),
        description=_(
            "Shares of orders per technician: customers content, fixed the first time, promises"
            " kept, not sent back; besides these the score of inspections, mandatory steps of"
            " procedures that were kept, and praise. Each is adjusted for the kinds and priorities"
            " that he had and drawn to the group where his numbers are small; n is told, and"
            " without an order there is no figure. The star of the month and the gold service"
            " engineers follow by rule."
        ),
        epilog=examples(
            "paidan scorecard",
            "paidan scorecard --month 2026-10 --json",
            "paidan scorecard --person T01 --month 2026-10",
        ),
    )
    parser.add_argument("--month", metavar="M", help=_("which month, such as 2026-10 (this one)"))
    parser.add_argument("--person", metavar="X", help=_("only of this technician, with its orders"))
    parser.add_argument(
        "--zone", metavar="ZONE", help=_("where months begin, such as Asia/Shanghai (as here)")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print them as a table, or as JSON."""
    from console.cli_guard import WrongUsage
    from console.render_time import here
    from console.zones import zone_here, zone_named
    from store.queries.scorecard import ScoreCards, ScoreOrders

    zone = args.zone or zone_here()
    month = args.month or f"{here(call.at(), zone_named(zone, None)):%Y-%m}"
    query = ScoreCards(month=month, zone=zone)
    orders: dict[str, list[int]] = {}
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        found = ask(query)
        if args.person is not None:
            cards = [card for card in found.cards if args.person in {card.code, card.name}]
            if not cards:
                raise WrongUsage(why=_("no technician {name} here").format(name=args.person))
            for measure in cards[0].figures:
                asked = {"technician": cards[0].code, "measure": measure.value}
                orders[measure.value] = list(ask(ScoreOrders(month=month, zone=zone, **asked)))
        else:
            cards = list(found.cards)
    if args.json:
        call.json(plain_cards(found, cards, orders))
    elif args.person is not None:
        _person(cards[0], orders, call)
    else:
        _table(found, cards, call)
    return 0


def _table(found: Cards, cards: list[Card], call: Call) -> None:
    from console.render_scorecard import SHOWN, cards_heading, rules, score_row
    from store.domain.scorecard import MEASURES

    call.print(cards_heading(found)[0])
    heads = (
        *("", _("technician"), "", _("orders")),
        *(_(MEASURES[one].short) for one in SHOWN),
        _("score"),
    )
    rows = [
        [cell if isinstance(cell, str) else cell.text for cell in score_row(card, place).cells]
        for place, card in enumerate(cards)
    ]
    call.table(heads, rows)
    for text in rules(found):
        call.print(text)


def _person(card: Card, orders: dict[str, list[int]], call: Call) -> None:
    from console.render_scorecard import SHOWN, figure_lines, means, praises_said
    from store.domain.scorecard import Measure

    call.print(f"{card.code} {card.name}")
    for measure in SHOWN:
        call.print(means(measure))
        for text in figure_lines(card.figures.get(measure)):
            call.print(f"  {text}")
        if measure is Measure.PRAISED:
            call.print(f"  {praises_said(card)}")
        numbers = orders.get(measure.value)
        if numbers:
            call.print("  " + " ".join(f"#{number}" for number in numbers))


def plain_cards(found: Cards, cards: list[Card], orders: dict[str, list[int]]) -> dict[str, Any]:
    """The cards as plain data, with the rules that honours are given by."""
    from console.cli_plain import plain
    from console.render_scorecard import rules
    from store.domain.honours import SAME

    by = found.rules
    star, gold, *_since = rules(found)
    least = {name.value: share for name, share in by.gold_least.items()}
    return {
        "month": found.month,
        "zone": found.zone,
        "group": {name.value: plain(one) for name, one in found.group.items()},
        "rules": {
            "other_now": found.other_now,
            "star": {
                "text": star,
                "orders": by.star_orders,
                "answers": by.star_answers,
                "tie": SAME,
            },
            "gold": {
                "text": gold,
                "months": by.gold_months,
                "orders": by.gold_orders,
                "answers": by.gold_answers,
                "least": least,
                "besides": {name.value: share for name, share in by.gold_besides.items()},
            },
        },
        "technicians": [_card(card) | ({"rows": orders} if orders else {}) for card in cards],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": card.name,
        "closed": card.closed,
        "praises": card.praises,
        "score": card.score,
        "star": card.star,
        "gold": card.gold,
        "gold_closed": card.gold_closed,
        "figures": _figures(card.figures),
        "gold_figures": _figures(card.gold_figures),
    }


def _figures(figures: Any) -> dict[str, Any]:
    from console.cli_plain import plain

    told: dict[Measure, Figure] = figures
    return {name.value: plain(one) for name, one in told.items()}
