"""Technicians with all that the register says of them, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.who import Right
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.registers import TechnicianEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.persistence.reader import Reader
    from store.queries.registers import StreamTechnicians

PAGE: Final = 500
_WHO, _SITES = metadata.tables["technician"], metadata.tables["site"]
_PAPERS, _HIS = metadata.tables["certificate"], metadata.tables["technician_skill"]
_SKILLS, _GOES = metadata.tables["skill"], metadata.tables["technician_region"]
_REGIONS = metadata.tables["region"]


def stream_technicians(reader: Reader, query: StreamTechnicians) -> tuple[TechnicianEntry, ...]:
    """None for who does not keep the register: homes are of all sites, and papers are his own."""
    if reader.who.scope.sites is not None or not reader.who.may(Right.REGISTER):
        return ()
    who = _WHO.c
    found = (
        select(
            *(who.id, who.code, who.name, who.phone, who.active, who.carries),
            _SITES.c.code.label("home"),
        )
        .select_from(_WHO.outerjoin(_SITES, _SITES.c.id == who.home_site_id))
        .where(who.id > query.after)
        .order_by(who.id)
        .limit(PAGE)
    )
    rows = reader.conn.execute(found).mappings().all()
    people = [row["id"] for row in rows]
    skills = _of(reader, people, _HIS.c.technician_id, _SKILLS.c.code, _HIS.c.level)
    regions = _of(reader, people, _GOES.c.technician_id, _REGIONS.c.code)
    papers = _of(reader, people, _PAPERS.c.technician_id, _PAPERS.c.name, _PAPERS.c.expires_at)
    return tuple(
        TechnicianEntry(
            **{**row, "active": bool(row["active"]), "home": row["home"] or ""},
            skills=tuple((code, level) for code, level in skills[row["id"]]),
            regions=tuple(code for (code,) in regions[row["id"]]),
            certificates=tuple((name, ends) for name, ends in papers[row["id"]]),
        )
        for row in rows
    )


def _of(
    reader: Reader, people: list[int], his: Any, name: Any, *more: Any
) -> Mapping[int, list[tuple[Any, ...]]]:
    """By technician, what hangs on him, in the order of its names."""
    joins = {
        _SKILLS.c.code: _HIS.join(_SKILLS, _SKILLS.c.id == _HIS.c.skill_id),
        _REGIONS.c.code: _GOES.join(_REGIONS, _REGIONS.c.id == _GOES.c.region_id),
    }
    asked: Any = select(his, name, *more).select_from(joins.get(name, his.table))
    asked = asked.where(among(his, "people", reader.kind)).order_by(his, name)
    told: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for person, *facts in reader.conn.execute(asked, {"people": people}):
        told[person].append(tuple(facts))
    return told
