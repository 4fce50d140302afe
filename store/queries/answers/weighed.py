"""Whom the journal of an order says that the desk weighed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.tables import metadata
from store.queries.answers.scope import at_home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.persistence.reader import Reader

JOURNAL, TECHNICIANS = metadata.tables["journal"], metadata.tables["technician"]
WEIGHED = ("nominated", "lapsed", "chosen")
"""Facts that tell of whom the desk thought, whether he went or not."""
_NAMED = ("technician", "next", "instead")


def known_here(reader: Reader, people: set[int]) -> set[int]:
    """Those of them whom the asker sees: nobody else who never came near an order of his."""
    if not people or reader.who.scope.sites is None:
        return people
    asked = select(TECHNICIANS.c.id).where(TECHNICIANS.c.id.in_(sorted(people)))
    return set(reader.conn.execute(asked.where(at_home(reader, TECHNICIANS))).scalars())


def to_be_named(reader: Reader, told: Iterable[tuple[str, object]]) -> set[int]:
    """Of whom some facts tell, but for those out of sight of whom the desk only thought."""
    facts = [(fact, who) for fact, who in told if isinstance(who, int)]
    went = {who for fact, who in facts if fact not in WEIGHED}
    return went | known_here(reader, {who for _fact, who in facts} - went)


def weighed(reader: Reader, number: int) -> set[int]:
    """Technicians by their ids whom the desk chose for it, or would have next."""
    asked = select(JOURNAL.c.body).where(JOURNAL.c.number == number, JOURNAL.c.fact.in_(WEIGHED))
    bodies = [body for body in reader.conn.execute(asked).scalars() if isinstance(body, dict)]
    named = {body.get(name) for body in bodies for name in _NAMED}
    return {one for one in named if isinstance(one, int)}
