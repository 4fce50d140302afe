"""What is left of an order once somebody is erased; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.erasing import GONE
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.replay import changes
from store.domain.surveys import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.erasing import Traces
    from store.domain.order import WorkOrder

WORDS: Final = ("title", "description", "reason", "said", "contained")
"""The order's own fields that are written by hand."""


def forget(
    order: WorkOrder,
    traces: Traces,
    *,
    whole: bool,
    asked: bool,
    promises: tuple[int, ...] = (),
) -> tuple[WorkOrder, Fact]:
    """The order without him, and the fact of it, which alone tells its words from then on.

    `whole` takes all words but the title's, else only his names and numbers. Unless he is still
    `asked`, a survey that is to come is spared; the promises in these places are there no more.
    """
    said: Callable[[str], str] = (lambda _text: "") if whole else traces.out_of
    values = {name: said(getattr(order, name)) for name in WORDS}
    values["title"] = traces.out_of(order.title)
    if order.contained and not values["contained"]:
        values["contained"] = GONE  # that something was done stays
    after = evolve(
        order,
        **values,
        visits=tuple(evolve(one, outcome=said(one.outcome or "") or None) for one in order.visits),
        pauses=tuple(evolve(one, reason=said(one.reason)) for one in order.pauses),
        steps=tuple(
            evolve(one, value=said(one.value), reason=said(one.reason)) for one in order.steps
        ),
        **_survey(order, asked=asked),
    )
    body, words = changes(_wordless(order), after)
    body["set"] = {**body.get("set", {}), **dict.fromkeys(WORDS)}
    if promises:
        body["promises"] = [[place, None] for place in promises]
    return after, Fact(name="erased", body=body, words={**words, **values})


def _survey(order: WorkOrder, *, asked: bool) -> Mapping[str, str | None]:
    """A code was given to him, whoever is asked now."""
    if asked or order.survey != Survey.PLANNED:
        return {"survey_code": None}
    return {
        "survey": Survey.FORGOTTEN.value,
        "survey_by": None,
        "survey_at": None,
        "survey_code": None,
    }


def _wordless(order: WorkOrder) -> WorkOrder:
    """As its journal tells of it with all words gone."""
    return evolve(
        order,
        **dict.fromkeys(WORDS, ""),
        visits=tuple(evolve(one, outcome=None) for one in order.visits),
        pauses=tuple(evolve(one, reason="") for one in order.pauses),
        steps=tuple(evolve(one, value="", reason="") for one in order.steps),
    )
