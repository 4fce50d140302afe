"""The doctor's look at who is who: each entry of a register as it was saved last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from store.domain.who import SYSTEM_OPERATOR
from store.domain.words import N_
from store.persistence.chain import ENTRIES
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.radar_work import zones_of_sites
from store.persistence.register_told import HELD, TOLD, WORDS, plain
from store.persistence.registers import KEPT
from store.persistence.tables import metadata
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.reader import Reader

_CALLED = {
    "operator": N_("operator"),
    "operator_key": N_("public key"),
    "technician": N_("technician"),
    "certificate": N_("certificate"),
    "work_kind": N_("kind of work"),
    "contract": N_("contract"),
    "customer": N_("customer"),
    "department": N_("department"),
    "customer_care": N_("service team"),
}
_OF = {
    "operator_site": "operator",
    "technician_skill": "technician",
    "technician_region": "technician",
    "technician_wish": "technician",
}
"""Whose each list is."""

_TOLD = ENTRIES.where(
    JOURNAL.c.number.is_(None),
    JOURNAL.c.fact == "register_edited",
    or_(*(RAW_BODY.contains(f'"register":"{register}"') for register in (*TOLD, *HELD))),
).order_by(JOURNAL.c.seq)


@dataclass(slots=True)
class _Saved:
    """What the journal says of one entry; only what it says with its value."""

    values: dict[str, Any] = field(default_factory=dict)
    dropped: bool = False


def registers(reader: Reader) -> Iterator[Finding]:
    """Each entry as saved last, none that nobody made, none missing that nobody took out."""
    saved = _saved(reader)
    lists = {name: _lists(reader, name) for name in HELD}
    for register in TOLD:
        told, there = saved[register], set[int]()
        for row in reader.conn.execute(select(KEPT[register]).order_by(KEPT[register].c.id)):
            there.add(row.id)
            code = getattr(row, "code", str(row.id))
            known = told.get(row.id)
            if known is None or known.dropped:
                if (register, row.id) != ("operator", SYSTEM_OPERATOR):
                    yield _finding(Check.REGISTER_UNTOLD, register, code)
                continue
            stands = {name: plain(value) for name, value in row._asdict().items()}
            stands |= {n: held.get(row.id, []) for n, held in lists.items() if _OF[n] == register}
            values = {**known.values, **_held(saved, register, row.id)}
            fields = [name for name, value in values.items() if stands[name] != value]
            if fields:
                yield _finding(Check.REGISTER, register, code, fields=", ".join(fields))
        for entry in sorted(told.keys() - there):
            if not told[entry].dropped:
                yield _finding(Check.REGISTER_GONE, register, str(entry))


def zones(reader: Reader) -> Iterator[Finding]:
    """Sites on whose walls nobody here can read the time."""
    for code, zone in zones_of_sites(reader.conn)[1].values():
        yield Finding(check=Check.SITE_ZONE, facts={"code": code, "zone": zone[:60]})


def _finding(check: Check, register: str, code: str, **facts: str) -> Finding:
    return Finding(check=check, facts={"register": _CALLED[register], "code": code, **facts})


def _held(
    saved: Mapping[str, Mapping[int, _Saved]], register: str, owner: int
) -> Mapping[str, Any]:
    """The lists of his that the journal tells whole."""
    told = {name: saved[name].get(owner) for name, of in _OF.items() if of == register}
    return {name: one.values[name] for name, one in told.items() if one and name in one.values}


def _saved(reader: Reader) -> Mapping[str, dict[int, _Saved]]:
    saved: dict[str, dict[int, _Saved]] = defaultdict(dict)
    for entry in reader.conn.execute(_TOLD):
        body = parsed(entry.body) or {}
        register, ids = body.get("register"), body.get("ids", [body.get("id")])
        if not isinstance(register, str) or not isinstance(ids, list):
            continue
        words = parsed(entry.words) if entry.words else None
        for one in ids:
            if isinstance(one, int):
                _tell(saved[register], one, register, body, words or {})
                for name in _begun(register, body):
                    saved[name][one] = _Saved(values={name: []})
    return saved


def _begun(register: str, body: Mapping[str, Any]) -> Iterator[str]:
    """The lists that an entry begins empty which is made, and told with its values."""
    if "values" in body and ("ids" in body or body.get("made")):
        yield from (name for name, of in _OF.items() if of == register)


def _tell(
    saved: dict[int, _Saved],
    entry: int,
    register: str,
    body: Mapping[str, Any],
    words: Mapping[str, Any],
) -> None:
    """One more entry: what it leaves without a value is not known any more."""
    known = saved.get(entry)
    if known is None or body.get("made"):
        known = saved[entry] = _Saved()
    known.dropped = bool(body.get("dropped"))
    fields = body.get("fields")
    for name in fields if isinstance(fields, list) else ():
        known.values.pop(name, None)
    if register in HELD:
        known.values.pop(register, None)
        if "held" in body:
            known.values[register] = body["held"]
    values = body.get("values")
    if isinstance(values, dict):
        known.values |= {n: value for n, value in values.items() if n in TOLD.get(register, ())}
    known.values |= {name: words[name] for name in WORDS.get(register, ()) if name in words}


def _lists(reader: Reader, name: str) -> Mapping[int, list[list[int]]]:
    """What each owner holds in one of the lists, as it is told."""
    table, (item, level) = metadata.tables[name], HELD[name]
    owner = table.c[f"{_OF[name]}_id"]
    held: defaultdict[int, list[list[int]]] = defaultdict(list)
    for row in reader.conn.execute(select(table).order_by(owner, table.c[item])):
        values = row._asdict()
        held[values[owner.name]].append([values[item], values[level] if level else 0])
    return held
