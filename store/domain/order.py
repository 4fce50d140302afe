"""The work order as the domain sees it: one frozen whole of order, visits, pauses, clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.lifecycle import State, VisitState

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.targets import ClockKind, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One trip of one technician for an order; `place` counts from 1 within the order."""

    place: int
    technician: int
    state: VisitState
    assigned_at: datetime
    accepted_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    """A reason or result in the technician's words; outside text, already safe."""
    seen_at: datetime | None = None
    """When he, or the desk for him, acknowledged that it was recalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which pausable clocks stand still: waiting, or closed before a reopen."""

    from_at: datetime
    to_at: datetime | None = None
    reason: str = ""
    kind: str = "waiting"
    """`waiting` or `closed`."""
    wake_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One running or settled target of an order."""

    kind: ClockKind
    run: int = 1
    """Counts from 1; a reopen or a customer update starts the next."""
    started_at: datetime
    target: Target | None = None
    """None when the due time came from outside and is fixed (see `fixed_due_at`)."""
    fixed_due_at: datetime | None = None
    calendar_version: int | None = None
    due_at: datetime | None = None
    """None while paused before the target is spent."""
    original_due_at: datetime | None = None
    """The first due time ever promised; kept beside every later one."""
    met_at: datetime | None = None
    breached_at: datetime | None = None
    """The due time that was missed; once set it stays, whatever changes later."""
    ended_at: datetime | None = None
    """Set when the clock no longer runs for another reason (cancelled, next run)."""
    warned: int = 0
    """The highest level (percent, above 100 for after-due rings) already fired in this run."""
    waived_until: datetime | None = None
    """It is due no earlier than this, by a waiver; see `waivers`."""
    waiver: int | None = None
    """The exception that says so, by id."""
    own_due_at: datetime | None = None
    """When a waived clock would be due without its waiver; None while it is paused before that."""

    @property
    def running(self) -> bool:
        """Whether the promise is still open (it may stand paused)."""
        return self.met_at is None and self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStep:
    """One step of the procedure that an order was given, as far as its moves and timers ask."""

    code: str
    gate: str = ""
    """The move that waits for it, see `sop.GATES`; empty for none."""
    mandatory: bool = True
    since: str = ""
    """From which moment its time counts, see `sop.Since`; empty where it has none."""
    within_s: int | None = None
    done_at: datetime | None = None
    """When it was done, or skipped."""
    done_by: int | None = None
    value: str = ""
    """What shows that it was done; outside text, already safe."""
    reason: str = ""
    """Why a reading out of its range was taken, or why it was skipped; the same."""
    sha256: str = ""
    """Of a photo, as it was then."""
    skipped: bool = False
    working: bool = False
    """Whether its time is working time of the order's calendar, which stands still in waits."""

    @property
    def over(self) -> bool:
        """Whether nobody has to do it any more."""
        return self.done_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """One request until it is closed."""

    number: int
    version: int = 1
    external_id: str | None = None
    source: str | None = None
    """Where an imported order came from; external ids are unique within it."""
    title: str = ""
    description: str = ""
    kind: str = ""
    priority: int = 3
    """1 (most urgent) to 4."""
    state: State = State.NEW
    state_since: datetime
    site: int | None = None
    customer: int | None = None
    asset: int | None = None
    contact: int | None = None
    """Who called, by id: a person can be forgotten, a journal cannot."""
    technician: int | None = None
    """Who holds the order now: the technician of the visit furthest along."""
    follower: int | None = None
    """An operator who said “I follow this” while no technician holds it."""
    level: int | None = None
    """The service level's id; None means no promise of time was made."""
    opened_at: datetime
    """When the customer asked; clocks start here."""
    created_at: datetime
    """When the desk wrote it down."""
    progress_at: datetime
    """The last sign of life from anybody."""
    first_resolved_at: datetime | None = None
    done_at: datetime | None = None
    verified_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    reassigned: int = 0
    chased: int = 0
    """How often the customer asked where we are."""
    reason: str = ""
    """Why it waits, was declined, cancelled or reopened: the latest one."""
    wake_at: datetime | None = None
    duplicate_of: int | None = None
    parent: int | None = None
    """The order that it stands under as a child."""
    links: tuple[int, ...] = ()
    """Orders that have to do with it, by number; each of them has this one in turn."""
    cadence_s: int | None = None
    """While it is a major incident, how many seconds its customers wait for the next word."""
    told_at: datetime | None = None
    """When its customer last had word from the desk."""
    planned_at: datetime | None = None
    """When the desk means work to begin: it begins no earlier, and the day is laid around it.

    One that a recommendation has only reckoned is told apart in `starts`.
    """
    locked_by: int | None = None
    """The operator who locked it to those who have it, and to its planned start."""
    needs: str = ""
    """Tools and parts that it takes, rising, a comma between them."""
    takes_s: int | None = None
    """How many seconds the work takes, as the desk was told; None for what such work takes."""
    crew: int = 1
    """How many people it takes."""
    appointment_at: datetime | None = None
    """When the customer was promised that work begins, at the earliest."""
    appointment_to: datetime | None = None
    """By when it was promised to begin at the latest; None where that is the same moment."""
    survey: str | None = None
    """How the question to its customer stands, see `surveys`; None before the work is done."""
    survey_by: datetime | None = None
    """By when he is to have been asked, or when he answered, if that was sooner; None where he is
    not."""
    survey_at: datetime | None = None
    """When the desk is rung next to ask him, and at last gives up; None once it need not."""
    survey_tries: int = 0
    """How often he was not reached."""
    survey_code: str | None = None
    """The digest of the code by which he may answer himself; None once it is used, or over."""
    csat: int | None = None
    """How content he is, 1 to 5."""
    nps: int | None = None
    """Whether he would recommend us, 0 to 10."""
    rated_at: datetime | None = None
    said: str = ""
    """His own words, raw; outside text, already safe."""
    bad_at: datetime | None = None
    """When he was unhappy; None where he was not, or has answered otherwise since."""
    cause: str | None = None
    """The root cause of that, see `causes`."""
    contained: str = ""
    """What was done about it at once."""
    action_by: datetime | None = None
    """When the first of its open actions wants something done, see `corrective`; None for none."""
    exception_at: datetime | None = None
    """When that of its exceptions was asked for which is to be decided first; None for none."""
    exception_by: datetime | None = None
    """By when it is to be decided, see `exceptions`."""
    procedure: int | None = None
    """The version of a procedure that it was given, by id; None where its kind had none."""
    daily_from: datetime | None = None
    """Since when a note is owed each working day though its level asks for none, see `daily`."""
    daily_rang: datetime | None = None
    """For which missing note the desk was rung last."""
    noted_at: datetime | None = None
    """When the last note was written while one is owed each day."""
    progress: int | None = None
    """How far the work is, in percent, as the last note that said so told."""
    project: int | None = None
    """The project that it is a part of, by id."""
    project_stage: str = ""
    """The stage of that, see `projects`; empty where it is a part of none."""
    chain: str = ""
    """Hash of the newest journal entry of this order."""
    visits: tuple[Visit, ...] = ()
    pauses: tuple[Pause, ...] = ()
    clocks: tuple[Clock, ...] = ()
    steps: tuple[OrderStep, ...] = ()
    """Those of its procedure, in their order."""

    @property
    def awaited_by(self) -> datetime | None:
        """By when somebody is to be there by appointment; None where there is none."""
        return self.appointment_to or self.appointment_at
