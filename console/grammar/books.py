"""Which verbs take a step of a thing behind them, and the steps there are of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Takes
from console.actions_voices import BOOK as COMPLAINTS
from console.grammar.book_lines import deeds_offered
from console.grammar.listed import LISTED_OFFERED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.book_deeds import DeedBook

BOOKS: Final[Mapping[Takes, DeedBook]] = {Takes.COMPLAINTS: COMPLAINTS}


def books_offered() -> dict[Takes, Callable[..., Any]]:
    """What the command line offers behind each of these verbs."""
    ours = {takes: partial(deeds_offered, book) for takes, book in BOOKS.items()}
    return {**ours, **LISTED_OFFERED}
