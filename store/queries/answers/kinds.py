"""Answers about kinds of work: what is written at orders beside what the desk has said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select, text

from store.domain.finding.grams import folded
from store.persistence.tables import metadata
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.sop import list_procedures
from store.queries.answers.usual_times import UsualTimes
from store.queries.kinds import LATELY, KindOfWork
from store.queries.sop import ListProcedures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.persistence.reader import Reader
    from store.queries.kinds import KindsOfWork, OrdersOfKind
    from store.queries.sop import ProcedureLine

_KINDS, _SKILLS = (metadata.tables[name] for name in ("work_kind", "skill"))
_SAID = (
    select(
        *(_KINDS.c.code, _KINDS.c.name, _SKILLS.c.code.label("skill")),
        *(_KINDS.c.level, _KINDS.c.certificate),
    )
    .select_from(_KINDS.outerjoin(_SKILLS, _SKILLS.c.id == _KINDS.c.skill_id))
    .order_by(_KINDS.c.id)
)
_MASTERED = select(_SKILLS.c.code, _SKILLS.c.name).order_by(_SKILLS.c.id)
_LONGEST = 200


class _Said(NamedTuple):
    """What the desk has said of a kind."""

    code: str
    name: str
    skill: str | None
    level: int
    certificate: str


class _Register:
    """Kinds and skills by each word that means them, as dispatch reads them: kinds go before."""

    def __init__(self, reader: Reader) -> None:
        self.said: dict[str, _Said] = {}
        self._means: dict[str, str] = {}
        for row in reader.conn.execute(_SAID):
            self._take(_Said(row.code, row.name, row.skill, row.level, row.certificate))
        for code, name in reader.conn.execute(_MASTERED):
            self._take(_Said(code, name, code, 1, ""))

    def _take(self, said: _Said) -> None:
        key = folded(said.code)
        if key not in self._means:
            self.said[key] = said
        for word in (said.code, said.name):
            self._means.setdefault(folded(word), key)

    def key(self, kind: str) -> str:
        """By what all that is written alike is counted together."""
        word = folded(kind.strip())
        return self._means.get(word, word)


def kinds_of_work(reader: Reader, query: KindsOfWork) -> tuple[KindOfWork, ...]:
    """Six statements, however many kinds there are."""
    limit, wanted = checked_limit(query.limit), folded(query.text.strip()[:_LONGEST])
    register, usual = _Register(reader), UsualTimes(reader)
    at_desk = _counted(reader, text("live = 1"))
    lately = _counted(reader, ORDERS.c.number > _before(reader))
    procedures = {
        register.key(line.kind): line
        for line in list_procedures(reader, ListProcedures())
        if line.newest
    }
    written: defaultdict[str, list[str]] = defaultdict(list)
    for kind, _count in (at_desk + lately).most_common():
        written[register.key(kind)].append(kind)
    for key, line in procedures.items():
        written[key] = written[key] or [line.kind]
    found = [
        KindOfWork(
            code=said.code,
            name="" if folded(said.name) == folded(said.code) else said.name,
            known=key in register.said,
            open=sum(at_desk[kind] for kind in written[key]),
            orders=sum(lately[kind] for kind in written[key]),
            usual_s=usual.usual_of(written[key]),
            skill=said.skill,
            level=said.level,
            certificate=said.certificate,
            **_steps(procedures.get(key)),
        )
        for key, said in _all(register, written).items()
        if not wanted or any(wanted in folded(word) for word in (said.code, said.name))
    ]
    found.sort(key=lambda line: (-line.orders, -line.open, folded(line.code)))
    return tuple(found[:limit])


def orders_of_kind(reader: Reader, query: OrdersOfKind) -> tuple[int, ...]:
    """Two statements: which words mean it, then its orders."""
    register, newest = _Register(reader), ORDERS.c.number > _before(reader)
    seen = within(reader, ORDERS.c.site_id)
    key = register.key(query.kind[:_LONGEST])
    words = [kind for kind in _counted(reader, newest) if register.key(kind) == key]
    if not words:
        return ()
    asked = select(ORDERS.c.number).where(newest, seen, ORDERS.c.kind.in_(sorted(words)))
    return tuple(reader.conn.execute(asked.order_by(ORDERS.c.number.desc())).scalars())


def _before(reader: Reader) -> int:
    """The number below those of the newest orders in sight."""
    newest = (
        select(ORDERS.c.number)
        .where(within(reader, ORDERS.c.site_id))
        .order_by(ORDERS.c.number.desc())
        .limit(1)
        .offset(LATELY)
    )
    return reader.conn.execute(newest).scalar_one_or_none() or 0


def _counted(reader: Reader, which: Any) -> Counter[str]:
    """Orders in sight by their kind as it is written; without those that have none."""
    asked = (
        select(ORDERS.c.kind, func.count())
        .where(which, within(reader, ORDERS.c.site_id))
        .group_by(ORDERS.c.kind)
    )
    return Counter({kind: n for kind, n in reader.conn.execute(asked) if kind.strip()})


def _all(register: _Register, written: Mapping[str, list[str]]) -> dict[str, _Said]:
    """By key, what is said of each; of one that is only written, that it asks for nothing."""
    more = {
        key: _Said(kinds[0].strip(), "", None, 1, "")
        for key, kinds in written.items()
        if key not in register.said
    }
    return {**register.said, **more}


def _steps(line: ProcedureLine | None) -> dict[str, Any]:
    if line is None:
        return {"procedure": 0, "steps": 0}
    steps: Iterable[Any] = () if line.procedure is None else line.procedure.steps
    return {"procedure": line.version, "steps": len(tuple(steps))}
