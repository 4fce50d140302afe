"""By what stars of the month and gold engineers are found: figures that the desk may set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.dispatch.figure_kinds import Figure, FigureSpec, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

HONOURS: Final[Mapping[Figure, FigureSpec]] = {
    Figure.STAR_ORDERS: FigureSpec(
        label=N_("star of the month: orders"),
        means=N_("so many closed in the month, at the least"),
        unit=Unit.ORDERS,
        usual=10,
        least=1,
        most=1000,
    ),
    Figure.STAR_ANSWERS: FigureSpec(
        label=N_("star of the month: answers"),
        means=N_("so many answers of customers in the month, at the least"),
        unit=Unit.ANSWERS,
        usual=3,
        least=0,
        most=1000,
    ),
    Figure.GOLD_MONTHS: FigureSpec(
        label=N_("gold engineer: months"),
        means=N_("so many, the month itself the last of them"),
        unit=Unit.MONTHS,
        usual=3,
        least=1,
        most=24,
    ),
    Figure.GOLD_ORDERS: FigureSpec(
        label=N_("gold engineer: orders"),
        means=N_("so many closed in these months, at the least"),
        unit=Unit.ORDERS,
        usual=30,
        least=1,
        most=10000,
    ),
    Figure.GOLD_ANSWERS: FigureSpec(
        label=N_("gold engineer: answers"),
        means=N_("so many answers of customers in these months, at the least"),
        unit=Unit.ANSWERS,
        usual=10,
        least=0,
        most=10000,
    ),
    Figure.GOLD_CONTENT: FigureSpec(
        label=N_("gold engineer: customers content"),
        means=N_("the fair figure, at the least"),
        unit=Unit.SHARE,
        usual=90,
        least=0,
        most=100,
    ),
    Figure.GOLD_FIRST: FigureSpec(
        label=N_("gold engineer: fixed the first time"),
        means=N_("the fair figure, at the least"),
        unit=Unit.SHARE,
        usual=85,
        least=0,
        most=100,
    ),
    Figure.GOLD_IN_TIME: FigureSpec(
        label=N_("gold engineer: promises kept"),
        means=N_("the fair figure, at the least"),
        unit=Unit.SHARE,
        usual=90,
        least=0,
        most=100,
    ),
    Figure.GOLD_BACK: FigureSpec(
        label=N_("gold engineer: not sent back"),
        means=N_("the fair figure, at the least"),
        unit=Unit.SHARE,
        usual=95,
        least=0,
        most=100,
    ),
    Figure.GOLD_INSPECTED: FigureSpec(
        label=N_("gold engineer: inspections"),
        means=N_("the fair figure, at the least, of whoever has one"),
        unit=Unit.SHARE,
        usual=75,
        least=0,
        most=100,
    ),
    Figure.GOLD_PROCEDURE: FigureSpec(
        label=N_("gold engineer: procedures kept"),
        means=N_("the fair figure, at the least, of whoever has one"),
        unit=Unit.SHARE,
        usual=90,
        least=0,
        most=100,
    ),
}
"""A month that is over keeps those that stood when it ended."""
