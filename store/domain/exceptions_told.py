"""Exceptions as an order's journal tells of them: what each step changed, and each again."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.domain.exceptions import Grant, OrderException
from store.domain.facts import Fact
from store.domain.steps_told import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("about", "reason", "decision", "used_for")
"""Free text, which goes where somebody is erased."""
PLAIN = tuple(field.name for field in fields(OrderException))
_TELLING = Telling(
    fields=PLAIN,
    words=WORDS,
    instants=frozenset({"asked_at", "decide_by", "expires_at", "decided_at", "used_at"}),
    reads={"state": Grant},
)


def exception_fact(name: str, before: OrderException | None, after: OrderException) -> Fact:
    """The fact of a step: whatever it changed, so that `exceptions_told` finds it again."""
    became, words = _TELLING.changes(before, after)
    return Fact(name=name, body={"exception": after.id, "became": became}, words=words or None)


def exceptions_told(facts: Iterable[Fact]) -> dict[int, OrderException]:
    """The exceptions of an order by their ids; erased words come back empty."""
    held: dict[int, dict[str, Any]] = {}
    for fact in facts:
        if "exception" not in fact.body or "became" not in fact.body:
            continue
        words, one = fact.words or {}, fact.body["exception"]
        values = held.setdefault(one, {"id": one})
        for name, value in fact.body["became"].items():
            values[name] = _TELLING.read(name, value, words.get(name, ""))
    return {one: OrderException(**values) for one, values in held.items()}
