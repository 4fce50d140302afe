"""A small world to find orders in, and what a query means in it, said again in plain Python."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from store.domain.callers import By, beginnings, keys_of, shorter
from store.domain.finding.fields import FLAGS, INCIDENT
from store.domain.finding.tree import (
    All,
    Either,
    Flag,
    Not,
    Sign,
    Special,
    Term,
    Tree,
    Word,
)
from store.domain.lifecycle import STATES, State
from store.domain.sounds import begins_so, has_initials
from tests.store.finding_days import compare, time_fits
from tests.store.finding_words import pattern_of
from tests.store.query_desk import AT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

ME = 2
REGIONS = [{"id": 1, "code": "east", "name": "华东"}, {"id": 2, "code": "west", "name": "West 1"}]
SITES = [
    {"id": 1, "code": "N1", "name": "北楼", "zone": "UTC", "region_id": 1},
    {"id": 2, "code": "N10", "name": "北楼东区 North", "zone": "UTC", "region_id": None},
    {"id": 3, "code": "S1", "name": "100% Tower_1", "zone": "UTC", "region_id": 2},
]
CUSTOMERS = [
    {"id": 1, "code": "C1", "name": "华润物业", "phone": "138-0013-8000"},
    {"id": 2, "code": "C2", "name": "Harbour Hotel", "phone": ""},
]
CONTACTS: list[dict[str, Any]] = [
    {"id": 1, "customer_id": 1, "name": "王伟", "phone": "+86 139-1234-5678"},
    {"id": 2, "customer_id": None, "name": "Zoe Wang", "phone": "021 5555 1042"},
]
TECHNICIANS = [
    {"id": 1, "code": "T1", "name": "王伟"},
    {"id": 2, "code": "T2", "name": "Wang Wei"},
]
ASSETS = [{"id": 1, "site_id": 1, "code": "AHU-7", "name": "新风机组"}]
LEVELS = ("gold", "basic")
TAGS = {1: ("vip", "早班"), 2: ("VIP only",)}
TITLES = ("电梯停在3层", "空调不制冷", "Lift stuck", "AHU-7 漏水", "漏水 pump 2", "梯", "")
NOTES = ("", "等备件", "call 1042 back")
KINDS = ("", "lift", "HVAC")


@dataclass
class World:
    """What is in the desk: rows of orders, visits and notes."""

    orders: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)

    def fits(self, tree: Tree, row: dict[str, Any]) -> bool:
        """Whether an order fits a query, as a reader of the manual would say."""
        if isinstance(tree, All):
            return all(self.fits(part, row) for part in tree.parts)
        if isinstance(tree, Either):
            return any(self.fits(part, row) for part in tree.parts)
        if isinstance(tree, Not):
            return not self.fits(tree.part, row)
        if isinstance(tree, Flag):
            return (
                self._in_incident(row) if tree.name == INCIDENT else bool(_QUEUES[tree.name](row))
            )
        if isinstance(tree, Word):
            return bool(pattern_of(tree).search(self._told(row)))
        return any(self._value_fits(tree, value, row) for value in tree.values)

    def technicians(self, number: int) -> list[int]:
        """Who has an order, or did it."""
        went = {"assigned", "accepted", "en_route", "on_site", "done"}
        mine = (v for v in self.visits if v["number"] == number and v["state"] in went)
        return [visit["technician_id"] for visit in mine]

    def _missing(self, row: dict[str, Any]) -> int:
        """How many of a crew are still to be found."""
        held = {"assigned", "accepted", "en_route", "on_site"}
        held.add("done")  # whose part is done is not to be found any more
        mine = [v for v in self.visits if v["number"] == row["number"] and v["state"] in held]
        at_work = row["live"] and row["category"] in {"open", "waiting"} and row["crew"] > 1
        return max(0, row["crew"] - len(mine)) if at_work else 0

    def _in_incident(self, row: dict[str, Any] | None) -> bool:
        by_number = {one["number"]: one for one in self.orders}
        seen = (row, row and by_number.get(row["duplicate_of"]))
        family = [(one, by_number.get(one["parent"])) for one in seen if one]
        there = [one for pair in family for one in pair if one and one["live"]]
        return any(one["cadence_s"] is not None for one in there)

    def _told(self, row: dict[str, Any]) -> str:
        site = _entry(SITES, row["site_id"])
        customer = _entry(CUSTOMERS, row["customer_id"])
        asset = _entry(ASSETS, row["asset_id"])
        people = [_entry(TECHNICIANS, one) for one in self.technicians(row["number"])]
        named = [f"{e['code']} {e['name']}" for e in (site, customer, asset, *people) if e]
        phone = customer["phone"] if customer else ""
        digits = phone.replace("-", "")
        parts = (
            *(str(row["number"]), row["external_id"] or "", row["title"], row["kind"]),
            *(row["description"], *named[: len(named) - len(people)], phone, digits, digits[-4:]),
            *(*named[len(named) - len(people) :], self.notes.get(row["number"], "")),
        )
        return " ".join(parts).lower()

    def _value_fits(self, term: Term, value: Any, row: dict[str, Any]) -> bool:
        if term.field in {"due", "wake"} and not row["live"]:
            return False
        if term.field == "due":
            return time_fits(term, value, _due(row))
        if term.field in _TIMES:
            return time_fits(term, value, row.get(_TIMES[term.field]))
        if term.field in {"missing", *_WHOLE}:
            whole = self._missing(row) if term.field == "missing" else row[_WHOLE[term.field]]
            return whole is not None and compare(term.sign, whole, value.first, value.last)
        if term.field == "state":
            return _state_fits(value, row["state"])
        return self._name_fits(term, value, row)

    def _name_fits(self, term: Term, value: Any, row: dict[str, Any]) -> bool:
        have = self._have(name := term.field, row)
        if value is Special.NONE:
            return not have
        if value is Special.ANY:
            return bool(have)
        if value is Special.ME:
            return bool(row["follower_id"] == ME)
        if name == "caller":
            return _called(value, row)
        wanted = _ascii_lower(value.strip())
        if name in {"kind", "needs", "source", "id", "tag", "sop"}:
            return any(
                _widened(value) in text
                if name == "needs"
                else _ascii_lower(text).startswith(wanted)
                for text in have
            )
        exactly = term.sign is Sign.EXACTLY
        return not _meant(_REGISTERS[name], wanted, exactly=exactly).isdisjoint(have)

    def _have(self, name: str, row: dict[str, Any]) -> set[Any]:
        site = _entry(SITES, row["site_id"])
        have: dict[str, list[Any]] = {
            "site": [row["site_id"]],
            "customer": [row["customer_id"]],
            "asset": [row["asset_id"]],
            "level": [row["level_id"]],
            "follower": [row["follower_id"]],
            "caller": [row["contact_id"]],
            "tech": self.technicians(row["number"]),
            "region": [site["region_id"]] if site else [],
            "kind": [row["kind"]],
            "needs": [row.get("needs")],
            "source": [row["source"]],
            "id": [row["external_id"]],
            "tag": list(TAGS.get(row["customer_id"], ())),
            "sop": [],  # none has a procedure here
        }
        return {value for value in have[name] if value not in {None, ""}}


def _widened(text: str) -> str:
    """Without differences of case and width, as things are kept."""
    plain = normalize("NFKC", text.strip())
    return normalize("NFKC", plain.casefold()).strip()


_OPERATORS = [{"id": 1, "code": "desk", "name": "Desk"}, {"id": 2, "code": "ana", "name": "Ana"}]
_REGISTERS = {
    "site": SITES,
    "customer": CUSTOMERS,
    "asset": ASSETS,
    "tech": TECHNICIANS,
    "region": REGIONS,
    "level": [{"id": n, "code": c, "name": c} for n, c in enumerate(LEVELS, 1)],
    "follower": _OPERATORS,
}
_WHOLE = {"number": "number", "p": "priority", "crew": "crew", "project": "project"}
_TIMES = {
    "opened": "opened_at",
    "closed": "closed_at",
    "since": "state_since",
    "wake": "wake_at",
    "call": "follow_at",
    "appointment": "appointment_at",
    "auto": "",  # here the desk sends nobody by itself
}


def _due(row: dict[str, Any]) -> datetime | None:
    """What the board counts down to."""
    ends = [
        row["next_deadline"],
        row["wake_at"] if row["state"] == "waiting" else None,
        row["follow_at"] if row["category"] != "done" else None,
    ]
    return min((end for end in ends if end is not None), default=None)


def _by(at: datetime | None) -> bool:
    return at is not None and at <= AT


_QUEUES: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "overdue": lambda r: r["live"] and bool(r["next_deadline"]) and r["next_deadline"] < AT,
    "risk": lambda r: (
        r["live"] and _by(r["risk_at"]) and bool(r["next_deadline"]) and r["next_deadline"] >= AT
    ),
    "waiting": lambda r: r["state"] == "waiting",
    "unassigned": lambda r: r["state"] in {"new", "declined", "reopened"},
    "all_open": lambda r: r["live"] and r["category"] != "done",
    "not_accepted": lambda r: r["state"] == "assigned",
    "in_progress": lambda r: r["state"] in {"accepted", "en_route", "on_site"},
    "waiting_expired": lambda r: r["state"] == "waiting" and _by(r["wake_at"]),
    "follow_ups_due": lambda r: _by(r["follow_at"]),
    "nobody_following": lambda r: (
        r["state"] in {"new", "declined", "reopened"} and _by(r["orphan_at"])
    ),
    "to_close": lambda r: r["state"] in {"done", "verified"},
}
assert {*_QUEUES, INCIDENT} == FLAGS.keys()


def _entry(register: list[dict[str, Any]], wanted: int | None) -> dict[str, Any] | None:
    return next((entry for entry in register if entry["id"] == wanted), None)


def _meant(register: list[dict[str, Any]], name: str, *, exactly: bool) -> set[int]:
    """Those exactly so called, else those that hold it somewhere; wide letters are narrow, too."""
    ways = {_ascii_lower(one).strip() for one in (name, unicodedata.normalize("NFKC", name))}
    called = {entry["id"]: [_ascii_lower(entry[n]) for n in ("code", "name")] for entry in register}
    whole = {entry for entry, names in called.items() if ways.intersection(names)} or {
        entry["id"]
        for entry in register
        for half in _SCRIPTS.findall(_ascii_lower(entry["name"]))
        if half in ways and half != _ascii_lower(entry["name"])
    }
    if whole or exactly:
        return whole
    told = {e["id"]: [*called[e["id"]], e.get("phone", "")] for e in register}
    return {
        entry for entry, texts in told.items() if any(way in text for text in texts for way in ways)
    } | {e["id"] for e in register if _is_spoken(register, e["name"], name)}


def _is_spoken(register: list[dict[str, Any]], name: str, said: str) -> bool:
    """Whether a name sounds so, where people and places are known by that."""
    letters = "".join(unicodedata.normalize("NFKC", said).casefold().split())
    if not (letters.isascii() and letters.isalpha()):
        return False
    if register is CUSTOMERS:
        return len(letters) > 1 and any(
            key.startswith(By.SOUND + letters) for key in keys_of(name=name)
        )
    folded = " ".join(name.casefold().split())
    heard = register in (SITES, TECHNICIANS, REGIONS, _OPERATORS)
    return heard and (begins_so(folded, letters) or has_initials(folded, letters))


def _called(value: str, row: dict[str, Any]) -> bool:
    """Whoever called, by all that he is found by; a customer by his own number alone."""
    contact, customer = _entry(CONTACTS, row["contact_id"]), _entry(CUSTOMERS, row["customer_id"])
    keys = keys_of(name=contact["name"], phone=contact["phone"]) if contact else frozenset()
    numbers = keys_of(phone=customer["phone"]) if customer else frozenset()
    starts = beginnings(value)
    whole = shorter(value) if starts and starts[0].startswith(By.NUMBER) else ()
    return any(key.startswith(starts) or key in whole for key in keys | numbers)


def _ascii_lower(text: str) -> str:
    return re.sub("[A-Z]", lambda match: match[0].lower(), text)


def _state_fits(value: str, state: str) -> bool:
    several = {
        "live": not STATES[State(state)].final,
        "over": STATES[State(state)].final,
        "all": True,
        "held": state in {"assigned", "accepted", "en_route", "on_site"},
    }
    return several.get(value, value == state)


_SCRIPTS = re.compile("^[\u4e00-\u9fff]+(?= [a-z]+$)|(?<=[\u4e00-\u9fff] )[a-z]+$")
"""The two halves of 北楼东区 North."""
