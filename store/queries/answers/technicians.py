"""Answers a list of technicians with what is kept of each: home, skills, papers, absences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.lines import SITES, TECHNICIANS
from store.queries.answers.people import board, technicians
from store.queries.answers.scope import checked_limit, holds
from store.queries.people import TechnicianKept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.lists import ListTechnicians

_T = metadata.tables
_SKILLS, _REGIONS = _T["skill"].c, _T["region"].c
_MASTERED, _GOES = _T["technician_skill"].c, _T["technician_region"].c
_PAPERS, _ABSENCES = _T["certificate"].c, _T["absence"].c


def list_technicians(reader: Reader, query: ListTechnicians) -> tuple[TechnicianKept, ...]:
    """Retired ones too: their orders still name them."""
    who = TECHNICIANS.c
    asked = board(reader).where(holds(query.text, who.code, who.name), who.id > query.after)
    lines = technicians(reader, asked.order_by(who.id).limit(checked_limit(query.limit)))
    people = [line.id for line in lines]
    homes = {
        row.id: (row.active, row.code)
        for row in _of(
            reader,
            select(who.id, who.active, SITES.c.code).select_from(
                TECHNICIANS.outerjoin(SITES, SITES.c.id == who.home_site_id)
            ),
            who.id,
            people,
        )
    }
    skills = _told(
        reader,
        select(_MASTERED.technician_id, _SKILLS.code, _MASTERED.level)
        .where(_SKILLS.id == _MASTERED.skill_id)
        .order_by(_SKILLS.code),
        _MASTERED.technician_id,
        people,
    )
    papers = _told(
        reader,
        select(_PAPERS.technician_id, _PAPERS.name, _PAPERS.expires_at).order_by(_PAPERS.name),
        _PAPERS.technician_id,
        people,
    )
    regions = _told(
        reader,
        select(_GOES.technician_id, _REGIONS.code)
        .where(_REGIONS.id == _GOES.region_id)
        .order_by(_REGIONS.code),
        _GOES.technician_id,
        people,
    )
    away = _told(
        reader,
        select(_ABSENCES.technician_id, _ABSENCES.starts_at, _ABSENCES.ends_at, _ABSENCES.reason)
        .where(_ABSENCES.ends_at > reader.at)
        .order_by(_ABSENCES.starts_at),
        _ABSENCES.technician_id,
        people,
    )
    return tuple(
        TechnicianKept(
            **{one.name: getattr(line, one.name) for one in fields(line)},
            active=bool(homes[line.id][0]),
            home=homes[line.id][1],
            skills=dict(skills[line.id]),
            certificates=tuple(papers[line.id]),
            regions=tuple(code for (code,) in regions[line.id]),
            absences=tuple(away[line.id]),
        )
        for line in lines
    )


def _of(reader: Reader, asked: Select[Any], his: Any, people: Sequence[int]) -> Sequence[Any]:
    found = asked.where(among(his, "people", reader.kind))
    return reader.conn.execute(found, {"people": list(people)}).all()


def _told(
    reader: Reader, asked: Select[Any], his: Any, people: Sequence[int]
) -> defaultdict[int, list[tuple[Any, ...]]]:
    """By technician, what else the rows tell."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for who, *more in _of(reader, asked, his, people):
        found[who].append(tuple(more))
    return found
