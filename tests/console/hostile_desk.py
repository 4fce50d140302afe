"""A desk full of hostile text: through its commands, and written past them into its tables."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from scheduler.horizons import tell_horizons
from scheduler.runner import fire_due
from store.commands.contact import FollowOrder, NoteOrder
from store.commands.follow_ups import PromiseFollowUp
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveAbsence, SaveTechnician
from store.commands.places import SaveAsset, SaveCustomer, SaveRegion, SaveSite
from store.commands.promises import SaveCalendar, SaveLevel
from store.domain.lifecycle import Move
from store.domain.text import safe
from store.domain.who import Who
from store.persistence.sqlite import library
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from store.domain.intents import Command
    from store.records import Records

PAYLOADS: Final[tuple[str, ...]] = (
    "\x1b[2J\x1b[1;1H\x1bc",
    "\x1b]52;c;QUJD\x07",
    "\x1b]8;;http://e.x/\x1b\\go\x1b]8;;\x1b\\",
    "\x9b31m\x9d52;c;QUJD\x9c\x90q\x85",
    "\x07\x08\x08\r\x0e\x0f\x7f\v\x00",
    "\u202eabc\u2066d\u2069\u200f\u061c",
    "👩\u200d🔧\u200b\u2060\ufeff\U000e0041\u3164",
    "[@click=app.quit]q[/][/bad][link=http://e.x]x[/link][$",
    "e" + "\u0301\u0489" * 200,
    "单—…·→①ａ☎️ﷺ",
    "{0.__class__}{number}%s%(x)s$(id)`id`",
    "\ud800\udfff\ud83d",
    "a\nb\u2028c\u2029d\r\ne\tf",
    "W" * 10_000,
)
"""What wants to command the terminal, to lie about its order, or to break the layout."""

TYPED: Final = "".join("".join(text.splitlines()) for text in PAYLOADS[3:11] if "\r" not in text)
"""What somebody pastes who copied it from a hostile page: one line, since a paste ends with one."""

MARKS: Final = {
    "title": "Ti",
    "description": "De",
    "reason": "Re",
    "note": "Nt",
    "site": "Si",
    "address": "Ad",
    "customer": "Cu",
    "phone": "Ph",
    "asset": "As",
    "technician": "Te",
    "promise": "Pr",
    "level": "Le",
}
"""Two letters that begin the text of each field, so that one sees that it was shown."""

ENDING: Final = 10
"""The calendar whose holidays run out: its code stands in a command line."""

_KEPT: Final = 60
"""Characters that every field keeps."""

ANA: Final = Who(operator=2, via="test")


def mark(field: str, k: int) -> str:
    """What the text of a field of the k-th order begins with."""
    return f"{MARKS[field]}{k:02d}"


def hostile(field: str, k: int) -> str:
    """The text of a field of the k-th order."""
    return mark(field, k) + PAYLOADS[k]


def furnish(url: str, *, at: datetime) -> Records:
    """A desk whose every text was hostile when it was typed; open, without a feed."""
    records = open_records(url, feed=False)
    for k in range(len(PAYLOADS)):
        for command in _commands(k, at):
            records.do(_fitting(command), who=ANA, at=at - timedelta(days=1))
    fire_due(records, at=at)
    tell_horizons(records, at=at)
    return records


def _fitting(command: Command) -> Command:
    """The command, each text no longer than any field keeps: a longer one is refused."""
    asked: Any = command
    texts = {f.name: getattr(asked, f.name) for f in fields(asked)}
    long = {name: t for name, t in texts.items() if isinstance(t, str) and len(safe(t)) > _KEPT}
    fitting: Command = replace(asked, **{name: text[:_KEPT] for name, text in long.items()})
    return fitting


def _commands(k: int, at: datetime) -> Iterator[Command]:
    yield SaveRegion(code=f"R{k}{PAYLOADS[k]}", name=PAYLOADS[k] + "r")
    soon = (at + timedelta(days=30)).date().isoformat()
    spec = {**_ALL_DAY, "known_until": soon} if k == ENDING else _ALL_DAY
    yield SaveCalendar(code=f"K{k}", name=f"Ca{k:02d}{PAYLOADS[k]}", spec=spec)
    yield SaveLevel(code=f"L{k}", name=hostile("level", k), calendar=f"K{k}", policy=_POLICY)
    yield SaveSite(
        code=f"S{k}{PAYLOADS[k]}",
        name=hostile("site", k),
        zone="UTC",
        address=hostile("address", k),
    )
    yield SaveCustomer(
        code=f"C{k}", name=hostile("customer", k), phone=hostile("phone", k), level=f"L{k}"
    )
    yield SaveAsset(site=k + 1, code=f"A{k}{PAYLOADS[k]}", name=hostile("asset", k), kind="k")
    yield SaveTechnician(code=f"T{k}", name=hostile("technician", k), phone=PAYLOADS[k] + "1")
    yield SaveOperator(code=f"o{k}", name=f"Op{k:02d}{PAYLOADS[k]}")
    yield SaveAbsence(
        technician=f"T{k}", starts_at=at, ends_at=at + timedelta(days=1), reason=PAYLOADS[k]
    )
    yield from _of_the_order(k, k + 1, at)


def _of_the_order(k: int, number: int, at: datetime) -> Iterator[Command]:
    yield NewOrder(
        title=hostile("title", k),
        description=hostile("description", k),
        kind=PAYLOADS[k] + "k",
        priority=1 + k % 4,
        site=k + 1,
        customer=f"C{k}",
        asset=k + 1,
        external_id=f"X{k}{PAYLOADS[k]}",
        source=f"src{PAYLOADS[k]}",
    )
    yield MoveOrder(number=number, move=Move.ASSIGN, technician=f"T{k}")
    yield NoteOrder(number=number, text=hostile("note", k))
    yield PromiseFollowUp(number=number, due_at=at + timedelta(hours=1), note=hostile("promise", k))
    yield FollowOrder(number=number)
    wake_at = at + timedelta(minutes=30)
    yield MoveOrder(number=number, move=Move.WAIT, reason=hostile("reason", k), wake_at=wake_at)
    if k % 2:
        yield MoveOrder(number=number, move=Move.RESUME)  # and so there are alarms, too


WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "work_order": {
        **{name: MARKS[name] for name in ("title", "description", "reason")},
        "kind": "Ki",
        "source": "So",
        "external_id": "Ex",
    },
    "visit": {"outcome": "Ou"},
    "pause": {"reason": "Pa"},
    "region": {"code": "Rc", "name": "Rn"},
    "site": {"code": "Sc", "name": MARKS["site"], "address": MARKS["address"]},
    "customer": {"code": "Cc", "name": MARKS["customer"], "phone": MARKS["phone"], "tier": "Ti"},
    "asset": {"code": "Ac", "name": MARKS["asset"], "kind": "Ak"},
    "technician": {"code": "Tc", "name": MARKS["technician"], "phone": "Tp"},
    "operator": {"name": "On"},
    "calendar": {"code": "Kc", "name": "Kn"},
    "service_level": {"code": "Lc", "name": MARKS["level"]},
    "follow_up": {"kind": "Fk", "note": MARKS["promise"], "outcome": "Fo"},
    "absence": {"reason": "Ab"},
    "timer": {"trouble": "Tr"},
}
"""Every column whose text may come from outside, and what its text begins with."""


def spoil(url: str) -> None:
    """Write raw payloads over the words of a desk, as a careless or hostile program would."""
    db = library().connect(url.removeprefix("sqlite:///"))
    for table, columns in WORDS.items():
        rows = db.execute(f"SELECT rowid FROM {table} ORDER BY rowid").fetchall()
        # The name of a level stands on every card: a long one would push all else off the screen.
        kinds = len(PAYLOADS) - (table == "service_level")
        for place, (row,) in enumerate(rows):
            k = place % kinds
            for column, begins in columns.items():
                text = f"{begins}{place:02d}{PAYLOADS[k]}".encode("utf-8", "surrogatepass")
                clause = f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?"
                db.execute(clause, (text, row))
    for seq, words in db.execute("SELECT seq, words FROM journal WHERE words <> ''").fetchall():
        spoilt = {name: MARKS["note"] + PAYLOADS[seq % len(PAYLOADS)] for name in json.loads(words)}
        clause = "UPDATE journal SET words = ? WHERE seq = ?"
        db.execute(clause, (json.dumps(spoilt), seq))
    db.commit()
    db.close()


_ALL_DAY: Final[Mapping[str, Any]] = {
    "zone": "UTC",
    "week": {
        day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    },
}
_POLICY: Final[Mapping[str, Any]] = {
    "targets": {
        str(priority): {"respond": {"seconds": 600}, "resolve": {"seconds": 7200}}
        for priority in range(1, 5)
    }
}
