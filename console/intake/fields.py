"""Our own fields that a file's columns may fill, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.lifecycle import State

if TYPE_CHECKING:
    from collections.abc import Mapping


class Shape(StrEnum):
    """How a field's text is read."""

    TEXT = "text"
    TIME = "time"
    WHOLE = "whole"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is read, what it means in a drafted map, and how long it may be.

    A row with a longer text is refused: what is cut is lost unseen.
    """

    shape: Shape
    means: str
    limit: int = 300
    multiline: bool = False


TEXT, TIME, WHOLE, REAL = Shape.TEXT, Shape.TIME, Shape.WHOLE, Shape.REAL

FIELDS: Mapping[str, Field] = {
    "external_id": Field(TEXT, "the order's id in the file's system", 200),
    "title": Field(TEXT, "what it is about, in a line", 500),
    "description": Field(TEXT, "everything else that a technician should read", 16_000, True),
    "kind": Field(TEXT, "the kind of work"),
    "priority": Field(WHOLE, "1, most urgent, to 4"),
    "state": Field(TEXT, "where the order stands, or after an event stood"),
    "reason": Field(TEXT, "why it waits, was declined, cancelled, reopened or closed", 4_000),
    "site": Field(TEXT, "the place, as the desk should list it"),
    "region": Field(TEXT, "where the site lies"),
    "address": Field(TEXT, "the site's address", 300),
    "latitude": Field(REAL, "the site's position, degrees north"),
    "longitude": Field(REAL, "the site's position, degrees east"),
    "customer": Field(TEXT, "who asked"),
    "customer_phone": Field(TEXT, "the customer's own telephone number", 60),
    "contact": Field(TEXT, "the person who called", 200),
    "contact_phone": Field(TEXT, "the number of the person who called", 200),
    "technician": Field(TEXT, "who has or had the order: a person or a crew"),
    "opened_at": Field(TIME, "when the customer asked"),
    "due_at": Field(TIME, "by when it was promised"),
    "assigned_at": Field(TIME, "when the technician got it"),
    "accepted_at": Field(TIME, "when the technician said yes"),
    "departed_at": Field(TIME, "when the technician set out"),
    "arrived_at": Field(TIME, "when the technician came"),
    "waiting_at": Field(TIME, "since when it waits"),
    "wake_at": Field(TIME, "when to look at a waiting order again"),
    "done_at": Field(TIME, "when the work was done"),
    "verified_at": Field(TIME, "when the work was checked"),
    "closed_at": Field(TIME, "when the order was closed, cancelled or found a duplicate"),
    "reopened": Field(WHOLE, "how often it was reopened so far"),
    "event_at": Field(TIME, "when the event of this row happened"),
    "sequence": Field(WHOLE, "the order of events that share a time"),
    "source": Field(TEXT, "the system that the id is from, where rows differ in it"),
    "level": Field(TEXT, "the service level's code, where rows differ in it"),
    "state_since": Field(TIME, "since when it is in its state"),
    "target_s": Field(TEXT, "what the promise may take, in seconds of its calendar", 20),
    "target_days": Field(TEXT, "the same in working days", 20),
    "first_due_at": Field(TIME, "by when it was promised at first"),
    "missed_at": Field(TIME, "the promised time that was missed, whatever came of it"),
    "level_spec": Field(TEXT, "the service level itself as JSON, once a file", 200_000),
    "needs": Field(TEXT, "tools and parts that it takes, a comma between them", 500),
    "takes": Field(TEXT, "how long the work takes, where that is known: minutes, 1h30, 20h", 40),
    "crew": Field(TEXT, "how many people it takes, where that is more than one", 20),
    "appointment_at": Field(TIME, "when the customer was promised that work begins"),
    "appointment_to": Field(TIME, "by when that is at the latest, where it is a window"),
    "pauses": Field(TEXT, "a JSON list of [from, until, waiting or closed]", 20_000),
}

NEEDED = ("external_id", "opened_at")
"""Without these a row is no order."""
NEEDED_OF_EVENTS = (*NEEDED, "event_at")

STATES_READ: Mapping[str, State | None] = {
    **{state.value: state for state in State},
    "note": None,
}
"""What a value table may say for a state: one of ours, or `note`, which moves nothing."""
