"""The doctor's look at draws and inspections: each as the journal tells it, the draw done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.facts import Fact
from store.domain.inspection_draw import digest, draw, read
from store.domain.inspections_told import (
    DRAWN,
    OF_DRAW,
    PLAIN,
    STEPS,
    WORDS,
    draw_told,
    inspections_told,
)
from store.domain.words import N_
from store.persistence.chain import ENTRIES
from store.persistence.inspection_work import (
    ALL,
    DRAW,
    DRAW_COLUMNS,
    INSPECTION,
    read_draw,
    read_inspection,
)
from store.persistence.journal import JOURNAL
from store.queries.answers.doctor_steps import differing
from store.queries.answers.doctor_story import UNTELLABLE, parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader


def inspections(reader: Reader) -> Iterator[Finding]:
    """Draws against the journal and their seeds, inspections against the journal."""
    told, gone = list[Fact](), set[int]()
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_((DRAWN, *STEPS)))
    for entry in reader.conn.execute(asked.order_by(JOURNAL.c.seq)):
        body = parsed(entry.body) or {}
        words = None if entry.words is None else parsed(entry.words)
        told.append(Fact(name=entry.fact, body=body, words=words))
        if words is None and "words" in body:
            gone.add(body.get("inspection", 0))
    try:
        wanted = inspections_told(told)
        draws = {one.id: one for one in map(draw_told, (f for f in told if f.name == DRAWN))}
    except UNTELLABLE as error:
        yield Finding(check=Check.NO_STORY, facts={"why": str(error)})
        return
    kept = {row.id: read_inspection(row) for row in reader.conn.execute(select(*ALL))}
    for number in sorted(kept.keys() | wanted.keys()):
        but = WORDS if number in gone else ()
        fields = differing(kept.get(number), wanted.get(number), PLAIN, but=but)
        if fields:
            yield _steps(N_("inspection"), number, fields)
    yield from _draws(reader, draws)


def _draws(reader: Reader, wanted: dict[int, Any]) -> Iterator[Finding]:
    rows = reader.conn.execute(select(*DRAW_COLUMNS, DRAW.c.population)).all()
    kept, week = {row.id: row for row in rows}, dict[str, set[int]]()
    asked = select(INSPECTION.c.draw_id, INSPECTION.c.number)
    drawn: dict[int, set[int]] = {}
    for row in reader.conn.execute(asked):
        drawn.setdefault(row.draw_id, set()).add(row.number)
    for number in sorted(kept.keys() | wanted.keys(), key=lambda one: _order(kept, one)):
        held = None if number not in kept else read_draw(kept[number])
        told = wanted.get(number)
        if held is None or told is None:
            yield _steps(N_("draw"), number, "id")
            continue
        fields = [name for name in OF_DRAW if getattr(held, name) != getattr(told, name)]
        text = kept[number].population
        try:
            by_seed = {one.number for one in draw(told.seed, told.share, read(text))}
        except ValueError:
            by_seed = set()
        if digest(text) != told.digest:
            fields.append("population")
        before = week.setdefault(told.week, set())
        if by_seed - before != drawn.get(number, set()):
            fields.append("drawn")
        before |= drawn.get(number, set())
        if fields:
            yield _steps(N_("draw"), number, ", ".join(fields))


def _order(kept: dict[int, Any], number: int) -> tuple[str, int, int]:
    row = kept.get(number)
    return ("", 0, number) if row is None else (row.week, row.nth, number)


def _steps(what: str, number: int, fields: str) -> Finding:
    return Finding(check=Check.STEPS, facts={"what": what, "id": number, "fields": fields})
