"""Where and for whom: regions, sites, customers and assets, each saved by its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from store.commands.inputs import CODE, TITLE, between, line, needed
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

Ref = int | str
USUAL_TIER = "standard"
_ASKS_FOR, _REFUSES = 1, -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRegion(Command):
    """A region by its code, made or renamed."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSite(Command):
    """A site by its code, made or changed; what is None stays as it is, an empty text clears it."""

    code: str
    name: str
    zone: str | None = None
    """IANA name, such as Asia/Shanghai."""
    usual_zone: str = "UTC"
    """Where a new site lies that is given no zone."""
    region: Ref | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCustomer(Command):
    """A customer by its code, made or changed; what is None stays, an empty text clears it."""

    code: str
    name: str
    phone: str | None = None
    tier: str | None = None
    level: Ref | None = None
    tags: tuple[str, ...] | None = None
    """None leaves them as they are."""
    asks_for: tuple[Ref, ...] | None = None
    """Technicians whom he wants; None leaves them as they are."""
    refuses: tuple[Ref, ...] | None = None
    """Those whom he does not want: they are never sent to him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAsset(Command):
    """An asset by its site and code, made or changed; a kind that is None stays as it is."""

    site: Ref
    code: str
    name: str
    kind: str | None = None


def save_region(work: Work, command: SaveRegion) -> Done:
    """The region as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    made = work.settle("region", key, {"name": needed(command.name, N_("name"))}, {})
    return saved(made, N_("region {code} saved"), N_("region {code} changed"), **key)


def save_site(work: Work, command: SaveSite) -> Done:
    """The site as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    position(command.latitude, command.longitude)
    values = told(
        name=needed(command.name, N_("name")),
        zone=None if command.zone is None else zone(command.zone),
        address=None if command.address is None else line(command.address, N_("address")),
        latitude=command.latitude,
        longitude=command.longitude,
    )
    if command.region is not None:
        values["region_id"] = work.region(command.region).id if command.region != "" else None
    usual = {"zone": zone(command.usual_zone), "address": ""}
    made = work.settle("site", key, values, usual)
    return saved(made, N_("site {code} saved"), N_("site {code} changed"), **key)


def save_customer(work: Work, command: SaveCustomer) -> Done:
    """The customer as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    values = told(
        name=needed(command.name, N_("name")),
        phone=None if command.phone is None else line(command.phone, N_("phone"), limit=CODE),
        tier=None
        if command.tier is None
        else line(command.tier, N_("tier"), limit=CODE) or USUAL_TIER,
    )
    if command.level is not None:
        values["level_id"] = work.level(command.level).id if command.level != "" else None
    work.hold_renamed("customer", key, values)
    _refuse_erased(work, key)
    named = _named(work, command)
    if named:
        work.hold_wished(key, values, set().union(*named.values()))
    made = work.settle("customer", key, values, {"phone": "", "tier": USUAL_TIER})
    if command.tags is not None:
        tags = [needed(tag, N_("tag"), limit=CODE) for tag in command.tags]
        work.tag_customer(made[0], tags)
    for wish, technicians in named.items():
        work.wish(made[0], wish, technicians)
    return saved(made, N_("customer {code} saved"), N_("customer {code} changed"), **key)


def _refuse_erased(work: Work, key: dict[str, str]) -> None:
    """An old list, or an old export, brings back nobody who was forgotten, or is another now."""
    stored = work.entry_by("customer", key)
    if stored is not None and stored["merged_into"] is not None:
        now = work.entry_values("customer", stored["merged_into"])["code"]
        raise BadInput(
            where=N_("customer {code}").format(**key),
            wrong=N_("that is {code} now").format(code=now),
            right=N_("write {code}, or a new code for somebody new").format(code=now),
        )
    if stored is not None and stored["erased_at"] is not None:
        raise BadInput(
            where=N_("customer {code}").format(**key),
            wrong=N_("whoever had this code was erased"),
            right=N_("give a new code to somebody new"),
        )


def _named(work: Work, command: SaveCustomer) -> dict[int, set[int]]:
    """Who is refused does not stay asked for, nor the other way round."""
    named = {
        wish: {work.technician(ref).id for ref in refs}
        for wish, refs in ((_ASKS_FOR, command.asks_for), (_REFUSES, command.refuses))
        if refs is not None
    }
    if named.get(_ASKS_FOR, set()) & named.get(_REFUSES, set()):
        raise BadInput(
            where=N_("technician"),
            wrong=N_("one is asked for and refused"),
            right=N_("name each once"),
        )
    return named


def save_asset(work: Work, command: SaveAsset) -> Done:
    """The asset as given."""
    code = needed(command.code, N_("code"), limit=CODE)
    key = {"site_id": work.site(command.site).id, "code": code}
    values = told(
        name=needed(command.name, N_("name"), limit=TITLE),
        kind=None if command.kind is None else line(command.kind, N_("kind"), limit=CODE),
    )
    made = work.settle("asset", key, values, {"kind": ""})
    return saved(made, N_("asset {code} saved"), N_("asset {code} changed"), code=code)


def zone(name: str) -> str:
    """A time zone's IANA name; BadInput for one that does not exist."""
    cleaned = line(name, N_("name"), limit=CODE)
    try:
        ZoneInfo(cleaned)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            where=N_("time zone"),
            wrong=N_("{zone} is not known").format(zone=cleaned or "?"),
            right=N_("write a name such as Asia/Shanghai"),
        ) from None
    return cleaned


def position(latitude: float | None, longitude: float | None) -> None:
    """Refuse a place that is not on the earth."""
    if latitude is not None:
        between(latitude, -90, 90, N_("latitude"))
    if longitude is not None:
        between(longitude, -180, 180, N_("longitude"))


def told(**values: Any) -> dict[str, Any]:
    """The values that are given: None stays as it is."""
    return {name: value for name, value in values.items() if value is not None}


def saved(settled: tuple[int, bool], made: str, changed: str, **facts: Any) -> Done:
    """What a register command answers: one sentence for a new entry, one for an older one."""
    return Done(sentence=made if settled[1] else changed, facts=facts)


PLACES: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveRegion: save_region,
    SaveSite: save_site,
    SaveCustomer: save_customer,
    SaveAsset: save_asset,
}
