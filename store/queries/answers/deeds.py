"""Answers about what single commands did to an order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import case, select

from store.domain.deeds import deeds_of, in_effect
from store.domain.undo import obstacle, original, worded
from store.persistence.people_state import TECHNICIAN
from store.persistence.undoing import OPERATOR, stories
from store.queries.answers.card import seen_order
from store.queries.answers.kin import in_sight, is_id
from store.queries.answers.scope import at_home
from store.queries.deeds import DeedLine, DeedTechnician

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.deeds import Deed
    from store.persistence.reader import Reader
    from store.queries.deeds import Deeds


def deeds(reader: Reader, query: Deeds) -> tuple[DeedLine, ...]:
    """Each with what keeps it from being taken back."""
    seen_order(reader, query.number)
    told = deeds_of(stories(reader.conn, [query.number])[query.number])
    people = {entry.by for deed in told for entry in deed.told}
    asked = select(OPERATOR.c.id, OPERATOR.c.name).where(OPERATOR.c.id.in_(sorted(people)))
    names = {row.id: row.name for row in reader.conn.execute(asked)}
    technicians = _technicians(reader, told)
    lines = [
        _line(query.number, deed, told, names, technicians)
        for deed in told
        if not deed.came_by_itself
    ]
    bodies = in_sight(reader, [line.body for line in lines])
    return tuple(replace(line, body=body) for line, body in zip(lines, bodies, strict=True))


def _technicians(reader: Reader, told: Sequence[Deed]) -> dict[int, DeedTechnician]:
    """Those whom the deeds are about, by their ids."""
    named = (deed.main.fact.body.get("technician") for deed in told)
    ids = {one for one in named if is_id(one)}
    columns = (TECHNICIAN.c[name] for name in ("id", "code", "name"))
    jobs = case((at_home(reader, TECHNICIAN), TECHNICIAN.c.jobs)).label("jobs")
    asked = select(*columns, jobs).where(TECHNICIAN.c.id.in_(sorted(ids)))
    return {row["id"]: DeedTechnician(**row) for row in reader.conn.execute(asked).mappings()}


def _line(
    number: int,
    deed: Deed,
    told: Sequence[Deed],
    names: Mapping[int, str],
    technicians: Mapping[int, DeedTechnician],
) -> DeedLine:
    fact = deed.main.fact
    first, again = original(deed, told)
    back = first.main.fact.name if first is not deed else None
    why = obstacle(deed, told)
    later = why.later if why is not None else None
    by = names.get(later.by, str(later.by)) if later is not None else ""
    return DeedLine(
        id=deed.id,
        last=deed.told[-1].seq,
        at=deed.main.at,
        by_name=names.get(deed.main.by),
        fact=fact.name,
        body=fact.body,
        words={name: text for name, text in (fact.words or {}).items() if text and name != "salt"},
        technician=technicians.get(held) if is_id(held := fact.body.get("technician")) else None,
        undoes=deed.undoes,
        undoes_fact=back,
        again=first is not deed and not again,
        in_effect=deed.id in in_effect(told),
        why_not=None if why is None else worded(number, why, by=by).text,
    )
