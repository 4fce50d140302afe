"""Inspections as the desk's journal tells of them, and told again from it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.domain.facts import Fact
from store.domain.inspections import Draw, Inspection
from store.domain.replay import epoch_ms, from_epoch_ms
from store.domain.steps_told import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("remark", "technician_said", "customer_said", "dropped")
"""Free text, which goes where somebody is erased."""
RAW = ("remark", "technician_said", "customer_said")
"""What only those see who may: figures are told without."""
PLAIN = tuple(field.name for field in fields(Inspection))
OF_DRAW = tuple(field.name for field in fields(Draw))
_TELLING = Telling(
    fields=PLAIN,
    words=WORDS,
    instants=frozenset({"made_at", "due_at", "scored_at", "dropped_at"}),
    reads={},
)
STEPS = (
    *("inspection_made", "inspection_scored", "inspection_words"),
    *("inspection_reopened", "inspection_dropped"),
)
"""Facts of steps of one."""
DRAWN = "inspection_drawn"


def step_fact(name: str, before: Inspection | None, after: Inspection) -> Fact:
    """The fact of a step: whatever it changed."""
    became, words = _TELLING.changes(before, after)
    body = {"inspection": after.id, "became": became}
    return Fact(name=name, body=body, words=words or None)


def draw_fact(draw: Draw) -> Fact:
    """The fact of a draw: all that it was done by."""
    body = {name: getattr(draw, name) for name in OF_DRAW if name != "id"}
    return Fact(name=DRAWN, body=body | {"draw": draw.id, "drawn_at": epoch_ms(draw.drawn_at)})


def draw_told(fact: Fact) -> Draw:
    """It again."""
    body = dict(fact.body)
    told = {name: body[name] for name in OF_DRAW if name != "id"}
    told["drawn_at"] = from_epoch_ms(body["drawn_at"])
    return Draw(id=body["draw"], **told)


def inspections_told(facts: Iterable[Fact]) -> dict[int, Inspection]:
    """What the steps lead to, by ids; erased words come back empty."""
    held: dict[int, dict[str, Any]] = {}
    for fact in facts:
        if "inspection" not in fact.body or "became" not in fact.body:
            continue
        number = fact.body["inspection"]
        values = held.setdefault(number, {"id": number})
        words = fact.words or {}
        for name, value in fact.body["became"].items():
            values[name] = _TELLING.read(name, value, words.get(name, ""))
    return {number: Inspection(**values) for number, values in held.items()}
