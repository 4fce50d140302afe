"""The answers for complaints and praise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, select

from store.domain.facts import FACTS
from store.domain.voice_refusals import ComplaintUnknown
from store.domain.voices_told import NAMES
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.answers.card import seen_order
from store.queries.answers.customer_named import customer_named
from store.queries.answers.lines import TECHNICIANS
from store.queries.answers.voice_lines import of_it, read_lines, voices_asked
from store.queries.voices import VoiceStep

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.voices import ListVoices, ShowVoice, VoiceLine, VoicesOf, VoiceSteps

_V = VOICE.c
_OPERATORS = metadata.tables["operator"]
_WAITS = case((_V.answered_at.is_(None), 0), else_=1)


def list_voices(reader: Reader, query: ListVoices) -> tuple[VoiceLine, ...]:
    """One statement along the index of what is open, or of when it was said."""
    asked = voices_asked(reader).where(_V.praise == query.praise)
    if query.technician:
        asked = asked.where(TECHNICIANS.c.code == query.technician)
    if query.praise:
        gone = _V.over_at.is_not(None) if query.over else _V.over_at.is_(None)
        asked = asked.where(gone).order_by(_V.received_at.desc(), _V.id.desc())
    elif query.over:
        asked = asked.where(_V.over_at.is_not(None)).order_by(_V.over_at.desc(), _V.id.desc())
    else:
        asked = asked.where(_V.over_at.is_(None)).order_by(_WAITS, _V.answer_by, _V.id)
    return read_lines(reader, asked, query.limit)


def voices_of(reader: Reader, query: VoicesOf) -> tuple[VoiceLine, ...]:
    """Withdrawn ones too, which say so."""
    if query.number is not None:
        seen_order(reader, query.number)
        return of_it(reader, _V.number == query.number, query.limit)
    customer = customer_named(reader, query.customer)
    if customer is None:
        return ()
    return of_it(reader, _V.customer_id == customer.id, query.limit)


def show_voice(reader: Reader, query: ShowVoice) -> VoiceLine:
    """As it is listed."""
    found = read_lines(reader, voices_asked(reader).where(_V.id == query.voice), 1)
    if not found:
        raise ComplaintUnknown(id=query.voice)
    return found[0]


def voice_steps(reader: Reader, query: VoiceSteps) -> tuple[VoiceStep, ...]:
    """Out of the journal of the desk."""
    show_voice(reader, query)  # type: ignore[arg-type]  # has a `voice`
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.fact, JOURNAL.c.body, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES))
        .where(RAW_BODY.contains(f'"voice":{query.voice}'))  # 50, too, for 5
        .order_by(JOURNAL.c.seq)
    )
    return tuple(
        VoiceStep(at=row.at, by=row.name or "?", fact=FACTS.get(row.fact, row.fact))
        for row in reader.conn.execute(asked)
        if row.body.get("voice") == query.voice
    )
