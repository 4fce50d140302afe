"""Takes somebody who is erased out of orders, in a write transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, null, or_, select, type_coerce, update

from store.domain.calls import outcome_text, read_outcome
from store.domain.corrective_told import WORDS
from store.domain.exceptions_told import WORDS as EXCEPTION_WORDS
from store.domain.follow_ups import USUAL
from store.domain.forgetting import forget
from store.persistence.corrective_work import CORRECTIVE, WHY
from store.persistence.exception_limits import EXCEPTION
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.loading import ALARM, FOLLOW_UP
from store.persistence.mapping import ORDER
from store.persistence.registers import KEPT
from store.persistence.statements import among

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from store.domain.erasing import Traces
    from store.persistence.known import Known
    from store.persistence.registers import RegisterWork

_WHY_SAYS = ("text", "evidence")
_CUSTOMER = KEPT["customer"]
_STILL_HERE = (
    select(ORDER.c.number)
    .join(_CUSTOMER, _CUSTOMER.c.id == ORDER.c.customer_id)
    .where(_CUSTOMER.c.erased_at.is_(None))
)
"""Orders whose customer can be asked and called, whoever called for him."""


def lock(work: RegisterWork, mine: ColumnElement[bool], **given: Any) -> list[int]:
    """His orders, nobody else's until the end."""
    asked = select(ORDER.c.number).where(mine).order_by(ORDER.c.number).with_for_update()
    return list(work.conn.execute(asked, given).scalars())


def once_his(work: RegisterWork, field: str, entry: int, now_his: int | None = None) -> list[int]:
    """Orders that name another customer or caller by now; their journal says that he was it.

    What is `now_his` is not among them, where he was merged and is another entry since.
    """
    named = f'"{field}":{entry}'
    asked = (
        select(JOURNAL.c.number, JOURNAL.c.body)
        .where(JOURNAL.c.number.is_not(None))
        .where(or_(RAW_BODY.contains(f"{named},"), RAW_BODY.contains(f"{named}}}")))
    )
    found = {number for number, body in work.conn.execute(asked) if _sets(body, field, entry)}
    now = ORDER.c.customer_id if field == "customer" else ORDER.c.contact_id
    his = entry if now_his is None else now_his
    others = and_(among(ORDER.c.number, "numbers", work.kind), now.is_distinct_from(his))
    return lock(work, others, numbers=sorted(found)) if found else []


def invited_at(work: RegisterWork, traces: Traces) -> list[int]:
    """Orders at which something is done about trouble of many, and he was invited, or is named."""
    asked = select(CORRECTIVE.c.number, *(CORRECTIVE.c[name] for name in WORDS))
    rows = work.conn.execute(asked.where(CORRECTIVE.c.invited != "")).all()
    found = {row.number for row in rows if any(map(traces.stand_in, row[1:]))}
    mine = among(ORDER.c.number, "numbers", work.kind)
    return lock(work, mine, numbers=sorted(found)) if found else []


def forget_orders(work: Any, numbers: list[int], traces: Traces, *, whole: bool) -> None:
    """Their words go, or his traces in them; each gets a fact, and its version rises."""
    if not numbers:
        return
    _alarms(work, numbers, traces, whole=whole)
    _actions(work, numbers, traces, whole=whole)
    _exceptions(work, numbers, traces, whole=whole)
    work.know(numbers)
    still = _STILL_HERE.where(among(ORDER.c.number, "numbers", work.kind))
    here = set(work.conn.execute(still, {"numbers": numbers}).scalars())
    for number in numbers:
        known = work.known(number)
        asked = number in here or not whole
        gone = () if asked else tuple(held.place for held in known.follow_ups)
        _promises(work, known, traces, whole=whole, gone=gone)
        after, fact = forget(known.now, traces, whole=whole, asked=asked, promises=gone)
        work.save(known.now, after, fact)


def words_of(work: RegisterWork, numbers: list[int], traces: Traces | None) -> list[int]:
    """Entries of these orders that have words; only those with traces, where some are given."""
    mine = among(JOURNAL.c.number, "numbers", work.kind)
    if traces is not None:
        return with_traces(work, mine, traces, numbers=numbers)
    asked = select(JOURNAL.c.seq).where(mine, JOURNAL.c.words.is_not(None))
    return list(work.conn.execute(asked, {"numbers": numbers}).scalars())


def with_traces(
    work: RegisterWork, which: ColumnElement[bool], traces: Traces, **given: Any
) -> list[int]:
    """Entries of the journal in whose words he stands."""
    asked = select(JOURNAL.c.seq, type_coerce(JOURNAL.c.words, Text).label("words"))
    found = work.conn.execute(asked.where(which, JOURNAL.c.words.is_not(None)), given)
    return [seq for seq, words in found if any(map(traces.stand_in, _texts(words)))]


def _texts(words: str) -> list[str]:
    """As they were written, not as JSON escapes them; what another program wrote as it lies."""
    try:
        read = json.loads(words)
    except ValueError:
        return [words]
    return [str(text) for name, text in read.items() if name != "salt"]


def _sets(body: Any, field: str, entry: int) -> bool:
    told = body.get("set") if isinstance(body, dict) else None
    return isinstance(told, dict) and told.get(field) == entry


def _alarms(work: RegisterWork, numbers: list[int], traces: Traces, *, whole: bool) -> None:
    mine = (among(ALARM.c.number, "numbers", work.kind), ALARM.c.shelved_why.is_not(None))
    asked = select(ALARM.c.id, ALARM.c.shelved_why).where(*mine)
    for alarm, why in work.conn.execute(asked, {"numbers": numbers}).all():
        left = null() if whole else traces.out_of(why)
        work.conn.execute(update(ALARM).where(ALARM.c.id == alarm).values(shelved_why=left))


def _actions(work: RegisterWork, numbers: list[int], traces: Traces, *, whole: bool) -> None:
    """What is done about a bad answer stays, with its figures; a form of before is stale."""
    mine = (among(CORRECTIVE.c.number, "numbers", work.kind),)
    ids = []
    for row in work.conn.execute(select(CORRECTIVE).where(*mine), {"numbers": numbers}).all():
        left = {name: "" if whole else traces.out_of(getattr(row, name)) for name in WORDS}
        left["version"] = row.version + 1
        work.conn.execute(update(CORRECTIVE).where(CORRECTIVE.c.id == row.id).values(**left))
        ids.append(row.id)
    for row in work.conn.execute(select(WHY).where(WHY.c.action.in_(ids))).all():
        said = {name: "" if whole else traces.out_of(getattr(row, name)) for name in _WHY_SAYS}
        one = (WHY.c.action == row.action, WHY.c.place == row.place)
        work.conn.execute(update(WHY).where(*one).values(**said))


def _exceptions(work: RegisterWork, numbers: list[int], traces: Traces, *, whole: bool) -> None:
    """Who granted how much stays; what was said of it goes."""
    mine = (among(EXCEPTION.c.number, "numbers", work.kind),)
    for row in work.conn.execute(select(EXCEPTION).where(*mine), {"numbers": numbers}).all():
        said = {name: getattr(row, name) for name in EXCEPTION_WORDS}
        left = {name: "" if whole else traces.out_of(text) for name, text in said.items()}
        left["version"] = row.version + 1
        work.conn.execute(update(EXCEPTION).where(EXCEPTION.c.id == row.id).values(**left))


def _promises(
    work: RegisterWork, known: Known, traces: Traces, *, whole: bool, gone: tuple[int, ...]
) -> None:
    """A call to nobody is not owed; of the others the words go, and what came of each stays."""
    number, f = known.now.number, FOLLOW_UP.c
    if gone:
        work.conn.execute(FOLLOW_UP.delete().where(f.number == number, f.done_at.is_(None)))
        known.follow_ups = ()
    rows = select(f.place, f.kind, f.note, f.outcome).where(f.number == number)
    for place, kind, note, outcome in work.conn.execute(rows).all():
        came, words = read_outcome(outcome)
        said = "" if whole else traces.out_of(words or "")
        values = {
            "kind": traces.out_of(kind) or USUAL,
            "note": "" if whole else traces.out_of(note),
            "outcome": None if outcome is None else outcome_text(came, said) if came else said,
        }
        one = (f.number == number, f.place == place)
        work.conn.execute(update(FOLLOW_UP).where(*one).values(**values))
        known.follow_ups = tuple(
            replace(held, kind=str(values["kind"]), note=str(values["note"]))
            if held.place == place
            else held
            for held in known.follow_ups
        )
