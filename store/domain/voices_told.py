"""Complaints and praise as the desk's journal tells of them, and told again from it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.domain.facts import Fact
from store.domain.steps_told import Telling
from store.domain.voices import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("said", "speaker", "answer", "answered_to", "withdrawn")
"""Free text, which goes where somebody is erased."""
PLAIN = tuple(field.name for field in fields(Voice))
_TELLING = Telling(
    fields=PLAIN,
    words=WORDS,
    instants=frozenset(
        {"received_at", "kept_at", "warn_at", "answer_by", "answered_at", "over_at"}
        | {"raised_at", "seen_at"}
    ),
    reads={},
)
NAMES = (
    *("complaint_kept", "complaint_answered", "complaint_cause", "complaint_closed"),
    *("complaint_withdrawn", "complaint_tied", "complaint_rang", "complaint_seen"),
    "voice_rehomed",
    *("praise_kept", "praise_withdrawn"),
)
"""Facts of steps of either."""


def step_fact(name: str, before: Voice | None, after: Voice) -> Fact:
    """The fact of a step: whatever it changed."""
    became, words = _TELLING.changes(before, after)
    return Fact(name=name, body={"voice": after.id, "became": became}, words=words or None)


def voices_told(facts: Iterable[Fact]) -> dict[int, Voice]:
    """What the steps lead to, by ids; erased words come back empty."""
    held: dict[int, dict[str, Any]] = {}
    for fact in facts:
        if "voice" not in fact.body or "became" not in fact.body:
            continue
        values = held.setdefault(fact.body["voice"], {"id": fact.body["voice"]})
        words = fact.words or {}
        for name, value in fact.body["became"].items():
            values[name] = _TELLING.read(name, value, words.get(name, ""))
    return {voice: Voice(**values) for voice, values in held.items()}
