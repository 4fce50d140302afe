"""Takes somebody who is erased out of projects, in a write transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from store.domain.erasing import GONE
from store.domain.projects_told import NAMES, WORDS
from store.persistence.journal import JOURNAL
from store.persistence.project_work import HANDOFF, PASSAGE, PROJECT, STEP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table

    from store.domain.erasing import Traces

_TABLES: Mapping[str, Table] = {
    "project": PROJECT, "stage": PASSAGE, "handoff": HANDOFF, "step": STEP,
}  # fmt: skip
_STAYS = frozenset({"title", "dropped"})
"""What there was of these is still to be seen."""


def his_projects(work: Any, whom: tuple[str, int]) -> list[int]:
    """What is done for a customer."""
    register, entry = whom
    if register != "customer":
        return []
    asked = select(PROJECT.c.id).where(PROJECT.c.customer_id == entry).order_by(PROJECT.c.id)
    return list(work.conn.execute(asked).scalars())


def words_of(work: Any, projects: list[int]) -> list[int]:
    """Entries of the desk's journal that have words of these."""
    if not projects:
        return []
    asked = select(JOURNAL.c.seq, JOURNAL.c.body).where(
        *(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES), JOURNAL.c.words.is_not(None))
    )
    held = set(projects)
    return [seq for seq, body in work.conn.execute(asked) if body.get("project") in held]


def forget_projects(work: Any, projects: list[int], traces: Traces) -> None:
    """Their words go, and his traces out of all others; a form of before is stale."""
    held, touched = set(projects), set[int]()
    for kind, table in _TABLES.items():
        owner = table.c.id if kind == "project" else table.c.project_id
        columns = (table.c.id, owner.label("owner"), *(table.c[name] for name in WORDS[kind]))
        for row in work.conn.execute(select(*columns)).all():
            texts = {name: getattr(row, name) for name in WORDS[kind]}
            if row.owner not in held and not any(map(traces.stand_in, texts.values())):
                continue
            left = {
                name: "" if row.owner in held else traces.out_of(text)
                for name, text in texts.items()
            }
            left |= {name: GONE for name in _STAYS & left.keys() if texts[name] and not left[name]}
            work.conn.execute(update(table).where(table.c.id == row.id).values(**left))
            touched.add(row.owner)
    for project in sorted(touched):
        rises = update(PROJECT).where(PROJECT.c.id == project)
        work.conn.execute(rises.values(version=PROJECT.c.version + 1))
