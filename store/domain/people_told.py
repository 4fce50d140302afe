"""Trainings, suggestions, their fund and reminders as the journal of the desk tells them; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.domain.evolve import evolve
from store.domain.ideas import Idea, Verdict
from store.domain.replay import from_epoch_ms
from store.domain.trainings import Training

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

TRAINED: Final = ("training_planned", "training_moved", "training_passed", "training_failed",
                  "training_dropped")  # fmt: skip
JUDGED: Final = "idea_judged"
REWARDED: Final = "idea_rewarded"
EFFECT: Final = "idea_effect"
IDEAS: Final = ("idea_submitted", JUDGED, REWARDED, EFFECT)
PAID: Final = "fund_paid"
REMINDED: Final = "reminded"
SEEN: Final = "reminder_seen"
NAMES: Final = (*TRAINED, *IDEAS, PAID, REMINDED, SEEN)
"""The facts that are told here."""
TRAINING_WORDS: Final = ("topic", "trainer", "result", "certificate")
IDEA_WORDS: Final = ("text", "reason", "effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact with who did it when."""

    at: datetime
    by: int
    fact: str
    body: Mapping[str, Any]
    words: Mapping[str, str]
    silent: bool
    """Whether its words were erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Into the fund (above 0) or out of it; `words` are outside text, as they were said."""

    at: datetime
    by: int
    amount: int
    idea: int | None
    words: str | None
    """None where no entry has them: of a reward, or once erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """What rang last about something, and who has silenced it since."""

    ends_at: datetime
    level: int
    raised_at: datetime
    rings: int
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None


def trainings_told(story: Iterable[Entry]) -> dict[int, Training]:
    """Each as its last step left it."""
    told: dict[int, Training] = {}
    for one in story:
        if one.fact not in TRAINED:
            continue
        body, id_ = one.body, one.body["training"]
        fields: dict[str, Any] = {
            **{name: body[name] for name in ("technician", "subject", "state", "skill", "level")},
            **{name: _moment(body[name]) for name in ("planned_at", "held_at", "valid_until")},
            **{name: one.words.get(name, "") for name in TRAINING_WORDS},
        }
        version = told[id_].version + 1 if id_ in told else 1
        told[id_] = Training(id=id_, version=version, **fields)
    return told


def ideas_told(story: Iterable[Entry]) -> dict[int, Idea]:
    """Each as its last step left it."""
    told: dict[int, Idea] = {}
    for one in story:
        if one.fact not in IDEAS:
            continue
        body, id_ = one.body, one.body["idea"]
        if one.fact == IDEAS[0]:
            told[id_] = _submitted(one)
        steps: Mapping[str, dict[str, Any]] = {
            JUDGED: {"judged_at": one.at, "judged_by": one.by},
            REWARDED: {"rewarded_at": one.at},
            EFFECT: {"effect_at": one.at},
        }
        told[id_] = evolve(
            told[id_],
            version=told[id_].version + (one.fact != IDEAS[0]),
            **{name: body[name] for name in ("operator", "technician", "verdict", "reward")},
            **{name: one.words.get(name, "") for name in IDEA_WORDS},
            **steps.get(one.fact, {}),
        )
    return told


def _submitted(one: Entry) -> Idea:
    return Idea(
        id=one.body["idea"],
        version=1,
        text="",
        operator=one.by,
        technician=None,
        submitted_at=one.at,
        due_at=from_epoch_ms(one.body["due_at"]),
        verdict=Verdict.OPEN.value,
        reason="",
        judged_at=None,
        judged_by=None,
        reward=0,
        rewarded_at=None,
        effect="",
        effect_at=None,
    )


def payments_told(story: Iterable[Entry]) -> list[Payment]:
    """What went into the fund and out of it, in order; their sum is what it has."""
    told: list[Payment] = []
    for one in story:
        if one.fact == PAID:
            amount, words = one.body["amount"], one.words.get("note", "")
            said = None if one.silent else words
            told.append(Payment(at=one.at, by=one.by, amount=amount, idea=None, words=said))
        elif one.fact == REWARDED:
            amount, idea = -one.body["reward"], one.body["idea"]
            told.append(Payment(at=one.at, by=one.by, amount=amount, idea=idea, words=None))
    return told


def reminders_told(story: Iterable[Entry]) -> dict[tuple[str, int], Rang]:
    """What rang last of each kind about each, and whether it was silenced since."""
    told: dict[tuple[str, int], Rang] = {}
    for one in story:
        if one.fact not in {REMINDED, SEEN}:
            continue
        key = one.body["kind"], one.body["about"]
        if one.fact == SEEN:
            told[key] = evolve(told[key], acknowledged_at=one.at, acknowledged_by=one.by)
            continue
        told[key] = Rang(
            ends_at=from_epoch_ms(one.body["ends_at"]),
            level=one.body["level"],
            raised_at=one.at,
            rings=told[key].rings + 1 if key in told else 1,
        )
    return told


def _moment(ms: int | None) -> datetime | None:
    return None if ms is None else from_epoch_ms(ms)
