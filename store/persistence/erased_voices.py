"""Takes somebody who is erased out of complaints and praise, in a write transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from store.domain.erasing import GONE
from store.domain.voices_told import NAMES, WORDS
from store.persistence.journal import JOURNAL
from store.persistence.statements import among
from store.persistence.voice_work import VOICE

if TYPE_CHECKING:
    from store.domain.erasing import Traces


def his_voices(work: Any, whom: tuple[str, int], numbers: list[int]) -> list[int]:
    """What he said, or was said about his orders."""
    register, entry = whom
    mine = among(VOICE.c.number, "numbers", work.kind)
    if register == "customer":
        mine = or_(mine, VOICE.c.customer_id == entry)
    asked = select(VOICE.c.id).where(mine).order_by(VOICE.c.id)
    return list(work.conn.execute(asked, {"numbers": numbers}).scalars())


def words_of(work: Any, voices: list[int]) -> list[int]:
    """Entries of the desk's journal that have words of these."""
    if not voices:
        return []
    asked = select(JOURNAL.c.seq, JOURNAL.c.body).where(
        *(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES), JOURNAL.c.words.is_not(None))
    )
    held = set(voices)
    return [seq for seq, body in work.conn.execute(asked) if body.get("voice") in held]


def forget_voices(work: Any, voices: list[int], traces: Traces) -> None:
    """Their words go, and his traces out of all others; a form of before is stale."""
    held = set(voices)
    columns = (VOICE.c.id, VOICE.c.version, *(VOICE.c[name] for name in WORDS))
    for row in work.conn.execute(select(*columns)).all():
        texts = {name: getattr(row, name) for name in WORDS}
        if row.id not in held and not any(map(traces.stand_in, texts.values())):
            continue
        left: dict[str, Any] = {
            name: "" if row.id in held else traces.out_of(text) for name, text in texts.items()
        }
        if texts["withdrawn"] and not left["withdrawn"]:
            left["withdrawn"] = GONE  # that it was withdrawn stays
        left["version"] = row.version + 1
        work.conn.execute(update(VOICE).where(VOICE.c.id == row.id).values(**left))
