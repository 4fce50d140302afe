"""What somebody is to be called back for: bad answers and complaints that nobody has answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from store.domain.surveys import UNHAPPY
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.answers.scope import within
from store.queries.caller_card import Unhappy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.persistence.reader import Reader

_CALLS: Final = metadata.tables["follow_up"].c
_V: Final = VOICE.c
_LATER: Final = datetime.max.replace(tzinfo=UTC)


def unhappy(reader: Reader, customer: int, past: Sequence[Any]) -> list[Unhappy]:
    """Both, the longest due first; of orders and sites in sight."""
    found = [*_answers(reader, past), *_complaints(reader, customer)]
    return sorted(found, key=lambda one: (one.call_by or _LATER, one.since))


def _answers(reader: Reader, past: Sequence[Any]) -> Iterator[Unhappy]:
    """Of his newest orders those that he thought badly of; one look more where there is any."""
    bad = {row.number: row for row in past if row.bad_at is not None}
    if not bad:
        return
    asked = (
        select(_CALLS.number, func.min(_CALLS.due_at).label("due_at"))
        .where(among(_CALLS.number, "numbers", reader.kind))
        .where(_CALLS.kind == UNHAPPY, _CALLS.done_at.is_(None))
        .group_by(_CALLS.number)
    )
    for number, due_at in reader.conn.execute(asked, {"numbers": list(bad)}):
        row = bad[number]
        yield Unhappy(
            complaint=None,
            number=number,
            since=row.bad_at,
            call_by=due_at,
            csat=row.csat,
            nps=row.nps,
        )


def _complaints(reader: Reader, customer: int) -> Iterator[Unhappy]:
    asked = (
        select(_V.id, _V.number, _V.about, _V.received_at, _V.answer_by)
        .where(_V.customer_id == customer, _V.praise == 0, within(reader, _V.site_id))
        .where(_V.answered_at.is_(None), _V.over_at.is_(None))
    )
    for id_, number, about, received_at, answer_by in reader.conn.execute(asked):
        yield Unhappy(
            complaint=id_, number=number, since=received_at, call_by=answer_by, about=about
        )
