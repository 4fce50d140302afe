"""Rows of score cards, the rules of honours, and what is told of the figure at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.honours import GOLD_RULE, SAME, STAR_RULE
from store.domain.scorecard import BASE, LEAST_SHARE, MEASURES, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.looks import Part, Parts
    from store.domain.scorecard import Figure
    from store.queries.scorecard import Card, Cards

SHOWN: Final = tuple(Measure)
"""The measures, in the order of their columns."""
_NARROW: Final = 4
"""So many have room on the smallest screen, that at hand among them."""
_WIDE: Final = 120
"""Cells from which on all have."""


def score_columns(at: Measure) -> tuple[Column, ...]:
    """The measure at hand is between two angles, and is seen however narrow the screen is."""
    last = max(SHOWN.index(at) + 1, _NARROW)
    always = SHOWN[last - _NARROW : last]
    return (
        Column(name="place", title="", width=2, align="right"),
        Column(name="name", title=_("technician"), width=11, flexible=True),
        Column(name="honour", title="", width=2),
        Column(name="closed", title=_("orders"), width=6, align="right"),
        *(
            Column(
                name=measure.value,
                title=_titled(measure, at),
                width=10,
                align="right",
                since=0 if measure in always else _WIDE,
            )
            for measure in SHOWN
        ),
        Column(name="score", title=_("score"), width=5, align="right"),
    )


def _titled(measure: Measure, at: Measure) -> str:
    short = _(MEASURES[measure].short)
    return f"‹{short}›" if measure is at else short


def score_row(card: Card, place: int) -> Row:
    """One technician: each figure as it is fair, and of how many orders."""
    cells = (
        str(place + 1) if card.score is not None else "",
        card.name,
        Tinted(("★" if card.star else "") + ("◆" if card.gold else ""), "good"),
        str(card.closed),
        *(figure_cell(card.figures.get(measure)) for measure in SHOWN),
        "–" if card.score is None else Tinted(f"{100 * card.score:.1f}", "strong"),
    )
    return Row(key=card.id, version=hash(cells), mark=(place,), cells=cells)


def figure_cell(figure: Figure | None) -> str | Tinted:
    """`91.3 (24)`; a dash where there is no order, never a hundred."""
    if figure is None:
        return Tinted("–", "muted")
    return f"{100 * figure.fair:.1f} ({figure.n})"


def cards_heading(found: Cards) -> Part:
    """Which month, and whose star it is."""
    stars = [card.name for card in found.cards if card.star]
    golds = [card.name for card in found.cards if card.gold]
    star = _(", ").join(stars) or _("nobody")
    said = _("{month}  ★ {star}").format(month=found.month, star=star)
    if golds:
        said = _("{said}  ◆ {gold}").format(said=said, gold=_(", ").join(golds))
    return said, "strong"


def figure_told(
    found: Cards | None, card: Card | None, at: Measure, width: int
) -> tuple[Parts, ...]:
    """How the figure at hand came about, the rules, and what each key does."""
    if found is None:
        return ()
    told: list[Parts] = []
    if card is not None:
        told.append(((f" {card.name}  {_(MEASURES[at].label)}", "strong"),))
        told += [((" ", ""), HANG, (text, "")) for text in figure_lines(card.figures.get(at))]
        if at is Measure.PRAISED:
            told.append(((" ", ""), HANG, (praises_said(card), "")))
        group = found.group.get(at)
        if group is not None:
            said = _("group: {mean} % of {n} orders").format(mean=_percent(group.mean), n=group.n)
            told.append(((" ", ""), HANG, (said, "muted")))
    told += [((" ", ""), HANG, (text, "muted")) for text in (means(at), *rules(found))]
    return (*told, *packed(_keys(), width))


def figure_lines(figure: Figure | None) -> Iterator[str]:
    """From the share as it is to the one that is fair."""
    if figure is None:
        yield _("no order counts: there is no figure")
        return
    yield _(
        "{own} % of {n} orders; the group comes to {expected} % over the same kinds and priorities:"
        " adjusted {adjusted} %; small numbers drawn to the group: {fair} %"
    ).format(
        own=_percent(figure.own),
        n=figure.n,
        expected=_percent(figure.expected),
        adjusted=_percent(figure.adjusted),
        fair=_percent(figure.fair),
    )


def praises_said(card: Card) -> str:
    """How much praise came, be it about an order of another month or about none."""
    return _n(
        "{count} praise came in the month, with or without an order",
        "{count} praises came in the month, with or without an order",
        card.praises,
    ).format(count=card.praises)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def means(measure: Measure) -> str:
    """What a measure says."""
    return _("{label}: {means}").format(
        label=_(MEASURES[measure].label), means=_(MEASURES[measure].means)
    )


def rules(found: Cards) -> tuple[str, ...]:
    """The rules of both honours, as they are published; and where they have been changed since."""
    by = found.rules
    said = {"measures": LEAST_SHARE, "base": len(BASE), "same": f"{100 * SAME:g}"}
    star = _(STAR_RULE).format(**said, orders=by.star_orders, answers=by.star_answers)
    gold = _(GOLD_RULE).format(
        months=by.gold_months,
        orders=by.gold_orders,
        answers=by.gold_answers,
        figures=_least(by.gold_least),
        besides=_least(by.gold_besides),
    )
    told = (
        _("★ star of the month: {rule}").format(rule=star),
        _("◆ gold service engineer: {rule}").format(rule=gold),
    )
    if not found.other_now:
        return told
    since = _("These stood when {month} ended; the desk has set others since.")
    return (*told, since.format(month=found.month))


def _least(least: Mapping[Measure, float]) -> str:
    return _(", ").join(
        f"{_(MEASURES[measure].short)} {100 * share:.0f} %" for measure, share in least.items()
    )


def _keys() -> Iterator[Parts]:
    for key, label in (
        ("←→", _("indicator")),
        ("Enter", _("its orders")),
        ("[ ]", _("month")),
        ("Esc", _("back")),
    ):
        yield (f" {key} ", "key"), (f"{label} ", "")
