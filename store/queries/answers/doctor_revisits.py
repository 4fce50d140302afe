"""The doctor's look at revisits: each is promised at its order, as the journal tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.revisits import REVISIT
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader


def revisits(reader: Reader) -> Iterator[Finding]:
    """Those that nobody ever promised; one that was promised and taken back is none of them."""
    held = reader.conn.execute(
        select(REVISIT.c.id, REVISIT.c.order_number).order_by(REVISIT.c.id)
    ).all()
    if not held:
        return
    asked = select(JOURNAL.c.number, RAW_BODY).where(
        JOURNAL.c.fact == "promised", RAW_BODY.contains('"revisit":')
    )
    told = {
        (number, (parsed(body) or {}).get("revisit")) for number, body in reader.conn.execute(asked)
    }
    for row in held:
        if (row.order_number, row.id) not in told:
            facts = {"revisit": row.id, "number": row.order_number}
            yield Finding(check=Check.REVISIT, facts=facts)
