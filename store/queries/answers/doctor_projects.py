"""The doctor's look at projects: each row as the journal tells it, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.facts import Fact
from store.domain.projects_told import KINDS, NAMES, PLAIN, WORDS, projects_told
from store.domain.words import N_
from store.persistence.chain import ENTRIES
from store.persistence.journal import JOURNAL
from store.persistence.project_work import LABELLED, PROJECT, read_row
from store.queries.answers.doctor_steps import differing
from store.queries.answers.doctor_story import UNTELLABLE, parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.reader import Reader

_CALLED = {
    "project": N_("project"),
    "stage": N_("stage of a project"),
    "handoff": N_("hand-off"),
    "step": N_("step of a project"),
}


def projects(reader: Reader) -> Iterator[Finding]:
    """All their rows against the journal of the desk; and when each rings, which follows."""
    told, gone = list[Fact](), set[int]()
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES))
    for entry in reader.conn.execute(asked.order_by(JOURNAL.c.seq)):
        body = parsed(entry.body) or {}
        words = None if entry.words is None else parsed(entry.words)
        told.append(Fact(name=entry.fact, body=body, words=words))
        if words is None and "words" in body:
            gone.add(body.get("project", 0))
    try:
        wanted = projects_told(told)
    except UNTELLABLE as error:
        yield Finding(check=Check.NO_STORY, facts={"why": str(error)})
        return
    for kind in KINDS:
        yield from _compared(reader, kind, wanted[kind], gone)
    for row in reader.conn.execute(select(*LABELLED["project"], PROJECT.c.next_at)):
        if read_row("project", row).next_at != row.next_at:
            yield _finding("project", row.id, "next_at")


def _compared(
    reader: Reader, kind: str, wanted: Mapping[int, Any], gone: set[int]
) -> Iterator[Finding]:
    """Rows of a kind; of what was erased no words."""
    kept = {row.id: read_row(kind, row) for row in reader.conn.execute(select(*LABELLED[kind]))}
    for one in sorted(kept.keys() | wanted.keys()):
        known: Any = kept.get(one) or wanted.get(one)
        owner = one if kind == "project" else known.project
        but = WORDS[kind] if owner in gone else ()
        fields = differing(kept.get(one), wanted.get(one), PLAIN[kind], but=but)
        if fields:
            yield _finding(kind, one, fields)


def _finding(kind: str, one: int, fields: str) -> Finding:
    return Finding(check=Check.STEPS, facts={"what": _CALLED[kind], "id": one, "fields": fields})
