"""The doctor's look at actions and complaints: each as the journal tells it, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.corrective_told import PLAIN, actions_told
from store.domain.corrective_told import WORDS as ACTION_WORDS
from store.domain.facts import Fact
from store.domain.recurrences import NAMES as RADAR_NAMES
from store.domain.recurrences import PLAIN as RADAR_PLAIN
from store.domain.recurrences import WORDS as RADAR_WORDS
from store.domain.recurrences import recurrences_told
from store.domain.voices_told import NAMES, voices_told
from store.domain.voices_told import PLAIN as VOICE_PLAIN
from store.domain.voices_told import WORDS as VOICE_WORDS
from store.domain.words import N_
from store.persistence import radar_work
from store.persistence.chain import ENTRIES
from store.persistence.corrective_work import CORRECTIVE, read_actions
from store.persistence.journal import JOURNAL
from store.persistence.voice_work import COLUMNS, VOICE, read_voice
from store.queries.answers.doctor_story import UNTELLABLE, facts, parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.persistence.reader import Reader
    from store.queries.answers.doctor_story import Told

_ACTION_COLUMNS = tuple(CORRECTIVE.c[name] for name in PLAIN)


def actions(
    reader: Reader, stories: Mapping[int, Sequence[Told]], numbers: Sequence[int]
) -> Iterator[Finding]:
    """Those of some orders, which are sorted, against the journals of these."""
    asked = select(*_ACTION_COLUMNS).where(CORRECTIVE.c.number.between(numbers[0], numbers[-1]))
    held: dict[int, dict[int, Any]] = {}
    for one in read_actions(reader.conn, reader.conn.execute(asked).all()):
        held.setdefault(one.number, {})[one.id] = one
    for number in numbers:
        story = [told for told in stories.get(number, ()) if "action" in told.body]
        kept: Mapping[int, Any] = held.get(number, {})
        if not story and not kept:
            continue
        try:
            wanted: Mapping[int, Any] = actions_told(facts(story))
        except UNTELLABLE:
            continue  # which following the order's own journal tells
        gone = {told.body["action"] for told in story if told.silent}
        for action in sorted(kept.keys() | wanted.keys()):
            words = (*ACTION_WORDS, "whys") if action in gone else ()
            fields = differing(kept.get(action), wanted.get(action), (*PLAIN, "whys"), but=words)
            if fields:
                told = {"what": N_("action"), "id": action, "fields": fields}
                yield Finding(check=Check.STEPS, number=number, facts=told)


def complaints(reader: Reader) -> Iterator[Finding]:
    """And praise, against the journal of the desk; and when each rings, which follows from it."""
    told, gone = list[Fact](), set[int]()
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES))
    for entry in reader.conn.execute(asked.order_by(JOURNAL.c.seq)):
        body = parsed(entry.body) or {}
        words = None if entry.words is None else parsed(entry.words)
        told.append(Fact(name=entry.fact, body=body, words=words))
        if words is None and "words" in body:
            gone.add(body.get("voice", 0))
    try:
        wanted = voices_told(told)
    except UNTELLABLE as error:
        yield Finding(check=Check.NO_STORY, facts={"why": str(error)})
        return
    columns = (column.label(name) for name, column in COLUMNS.items())
    rows = reader.conn.execute(select(*columns, VOICE.c.next_at)).all()
    kept = {row.id: read_voice(row) for row in rows}
    rings = {row.id: row.next_at for row in rows}
    for voice in sorted(kept.keys() | wanted.keys()):
        but = VOICE_WORDS if voice in gone else ()
        fields = differing(kept.get(voice), wanted.get(voice), VOICE_PLAIN, but=but)
        if not fields and kept[voice].next_at != rings[voice]:
            fields = "next_at"
        if fields:
            facts_ = {"what": N_("complaint"), "id": voice, "fields": fields}
            yield Finding(check=Check.STEPS, facts=facts_)


def recurrences(reader: Reader) -> Iterator[Finding]:
    """What the radar proposed, against the journal of the desk."""
    told, gone = list[Fact](), set[int]()
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(RADAR_NAMES))
    for entry in reader.conn.execute(asked.order_by(JOURNAL.c.seq)):
        body = parsed(entry.body) or {}
        words = None if entry.words is None else parsed(entry.words)
        told.append(Fact(name=entry.fact, body=body, words=words))
        if words is None and "words" in body:
            gone.add(body.get("recurrence", 0))
    try:
        wanted = recurrences_told(told)
    except UNTELLABLE as error:
        yield Finding(check=Check.NO_STORY, facts={"why": str(error)})
        return
    columns = (column.label(name) for name, column in radar_work.COLUMNS.items())
    kept = {row.id: radar_work.read(row) for row in reader.conn.execute(select(*columns))}
    for one in sorted(kept.keys() | wanted.keys()):
        but = RADAR_WORDS if one in gone else ()
        fields = differing(kept.get(one), wanted.get(one), RADAR_PLAIN, but=but)
        if fields:
            facts_ = {"what": N_("proposal of the radar"), "id": one, "fields": fields}
            yield Finding(check=Check.STEPS, facts=facts_)


def differing(kept: Any, wanted: Any, names: Sequence[str], *, but: Sequence[str]) -> str:
    """Which fields are not as told, a comma between them; erasing lets a version rise untold."""
    if kept is None or wanted is None:
        return "id"
    differing = [
        name
        for name in names
        if name not in but and name != "version" and getattr(kept, name) != getattr(wanted, name)
    ]
    if "version" in names and kept.version < wanted.version:
        differing.append("version")
    return ", ".join(differing)
