"""Answers as plain data for JSON: names and values a script can rely on."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.domain.moves_common import live_visits
from store.queries.alarms import AlarmLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.queries.card import Card, ClockCard, TraceEntry
    from store.queries.inspections import InspectionLine
    from store.queries.lists import OrderLine
    from store.queries.voices import VoiceLine

ORDER_FIELDS = (
    "number",
    "external_id",
    "state",
    "category",
    "priority",
    "site",
    "customer",
    "technician",
    "technicians",
    "opened_at",
    "due_at",
    "closed_at",
    "overdue",
    "elapsed_s",
    "title",
    "source",
    "customer_phone",
    "contact",
    "contact_phone",
)
"""What lists give of an order, in this order."""

_WORK = ("takes_s", "crew", "appointment_at", "appointment_to")
_OWN = (
    *("number", "external_id", "source", "title", "description", "kind", "priority", "state"),
    *("version", "state_since", "opened_at", "created_at", "progress_at", "first_resolved_at"),
    *(
        "done_at",
        "verified_at",
        "closed_at",
        "reopened",
        "reassigned",
        "chased",
        "reason",
        "wake_at",
    ),
    *("duplicate_of", "parent", "links", "cadence_s", "told_at", "planned_at"),
    *("needs", *_WORK),
    *("survey", "survey_by", "survey_at", "survey_tries", "csat", "nps", "rated_at", "said"),
    *("bad_at", "cause", "contained", "action_by", "exception_by"),
    *("daily_from", "noted_at", "progress", "project", "project_stage"),
)
_AROUND = ("site", "customer", "contact", "asset", "level")


def plain(row: Any) -> dict[str, Any]:
    """A row of an answer as its fields."""
    given = {field.name: getattr(row, field.name) for field in fields(row)}
    return given | {"state": row.state} if isinstance(row, AlarmLine) else given


def order_plain(line: OrderLine) -> dict[str, Any]:
    """An order as lists give it."""
    return {name: getattr(line, name) for name in (*ORDER_FIELDS, *_WORK)}


def card_plain(card: Card, journal: Iterable[TraceEntry]) -> dict[str, Any]:
    """An order with everything that is known of it."""
    order = card.order
    people = {key: plain(named) for key, named in card.technicians.items()}
    return {
        **{name: getattr(order, name) for name in _OWN},
        "due_at": card.due_at,
        "overdue": card.overdue,
        "elapsed_s": card.elapsed_s,
        **{name: _maybe(getattr(card, name)) for name in _AROUND},
        "technician": None if order.technician is None else people.get(order.technician),
        "technicians": [people.get(visit.technician) for visit in live_visits(order.visits)],
        "follower": _maybe(card.follower),
        "locked_by": _maybe(card.locked_by),
        "running": _maybe(card.running),
        "clocks": [clock_plain(clock) for clock in card.clocks],
        "visits": [
            {**plain(visit), "technician": people.get(visit.technician)} for visit in order.visits
        ],
        "steps": [plain(step) for step in order.steps],
        "pauses": [plain(pause) for pause in order.pauses],
        "follow_ups": [plain(promised) for promised in card.follow_ups],
        "files": [plain(file) for file in card.files],
        "voices": [voice_plain(one) for one in card.voices],
        "inspections": [inspection_plain(one) for one in card.inspections],
        "alarm": _maybe(card.alarm),
        "proposed": _maybe(card.nominee),
        "from_plan": _maybe(card.from_plan),
        "children": [plain(kin) for kin in card.children],
        "linked": [plain(kin) for kin in card.links],
        "duplicates": [
            {**plain(one), "promises": [plain(promise) for promise in one.promises]}
            for one in card.duplicates
        ],
        "journal": [entry_plain(entry) for entry in journal],
    }


def voice_plain(line: VoiceLine) -> dict[str, Any]:
    """A complaint or praise with the names around it."""
    names = ("customer", "place", "asset", "technician", "title", "answered_by", "kept_by")
    told = plain(line.voice) | {name: getattr(line, name) for name in names}
    stands = {"stand": line.voice.stand.value, "action": line.action, "erased": line.erased}
    return told | stands


def inspection_plain(line: InspectionLine) -> dict[str, Any]:
    """An inspection with the names around it; without raw words for whoever may not see them."""
    from store.domain.inspections_told import RAW

    told = {
        name: value
        for name, value in plain(line.inspection).items()
        if line.words_seen or name not in RAW
    }
    scores = line.inspection.scores.split()
    names = ("week", "title", "kind", "place", "technician_code", "scored_by", "action")
    return {
        **told,
        **{name: getattr(line, name) for name in names},
        "technician": line.technician,
        "stand": line.inspection.stand.value,
        "reasons": line.inspection.reasons.split(","),
        "scores": {
            one.code: None if score == "-" else int(score)
            for one, score in zip(line.criteria, scores, strict=False)
        },
        "criteria": [plain(one) for one in line.criteria],
    }


def clock_plain(card: ClockCard) -> dict[str, Any]:
    """A clock with what is left of it."""
    target = card.clock.target
    return {
        **{name: value for name, value in plain(card.clock).items() if name != "target"},
        "target_s": target.seconds if target else None,
        "target_days": target.days if target else None,
        "paused": card.paused,
        "overdue": card.overdue,
        "remaining_s": card.remaining_s,
        "elapsed_s": card.elapsed_s,
    }


def entry_plain(entry: TraceEntry) -> dict[str, Any]:
    """An entry of the journal."""
    found = plain(entry)
    return {**found, "by": {"id": found.pop("by"), "name": found.pop("by_name")}}


def _maybe(row: Any) -> dict[str, Any] | None:
    return None if row is None else plain(row)
