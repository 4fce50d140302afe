"""Shorthand for the change of shifts on a small desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import AcceptHandover, OfferHandover, TickRisks
from store.domain.handover import TICKED, Part
from store.queries.handover import Handover, ShowHandover
from tests.store.desk import ANA, BO, do, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.who import Who
    from store.records import Records

HOUR, AFTER = minutes(60), minutes(61)


def shown_to(records: Records, who: Who = BO, at: datetime = HOUR) -> Handover:
    return records.ask(ShowHandover(), who=who, at=at)


def told_of(shown: Handover, part: Part) -> list[tuple[int, str]]:
    return [(line.number, line.what) for line in shown.lines if line.part is part]


def offered(records: Records, note: str = "", at: datetime = HOUR, who: Who = ANA) -> int:
    do(records, OfferHandover(note=note), who=who, at=at)
    made = shown_to(records, who=who, at=at)
    assert made.id is not None
    return made.id


def accepted(records: Records, handover: int, who: Who = BO, at: datetime = AFTER) -> None:
    shown = records.ask(ShowHandover(handover=handover), who=who, at=at)
    risks = tuple(line.number for line in shown.lines if line.part in TICKED)
    do(records, TickRisks(handover=handover, numbers=risks), who=who, at=at)
    do(records, AcceptHandover(handover=handover, seen=shown.version), who=who, at=at)
