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
    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRegion(Command):
    """A region by its code, made or renamed."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSite(Command):
    """A site by its code, made or changed."""

    code: str
    name: str
    zone: str
    """IANA name, such as Asia/Shanghai."""
    region: Ref | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCustomer(Command):
    """A customer by its code, made or changed."""

    code: str
    name: str
    phone: str = ""
    tier: str = "standard"
    level: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAsset(Command):
    """An asset by its site and code, made or changed."""

    site: Ref
    code: str
    name: str
    kind: str = ""


def save_region(work: Work, command: SaveRegion) -> Done:
    """The region as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    work.put("region", key, {"name": needed(command.name, N_("name"))})
    return saved(N_("region {code} saved"), **key)


def save_site(work: Work, command: SaveSite) -> Done:
    """The site as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    position(command.latitude, command.longitude)
    values = {
        "name": needed(command.name, N_("name")),
        "zone": zone(command.zone),
        "region_id": None if command.region is None else work.region(command.region).id,
        "address": line(command.address),
        "latitude": command.latitude,
        "longitude": command.longitude,
    }
    work.put("site", key, values)
    return saved(N_("site {code} saved"), **key)


def save_customer(work: Work, command: SaveCustomer) -> Done:
    """The customer as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    values = {
        "name": needed(command.name, N_("name")),
        "phone": line(command.phone, limit=CODE),
        "tier": line(command.tier, limit=CODE) or "standard",
        "level_id": None if command.level is None else work.level(command.level).id,
    }
    work.put("customer", key, values)
    return saved(N_("customer {code} saved"), **key)


def save_asset(work: Work, command: SaveAsset) -> Done:
    """The asset as given."""
    code = needed(command.code, N_("code"), limit=CODE)
    key = {"site_id": work.site(command.site).id, "code": code}
    values = {
        "name": needed(command.name, N_("name"), limit=TITLE),
        "kind": line(command.kind, limit=CODE),
    }
    work.put("asset", key, values)
    return saved(N_("asset {code} saved"), code=code)


def zone(name: str) -> str:
    """A time zone's IANA name; BadInput for one that does not exist."""
    cleaned = line(name, limit=CODE)
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


def saved(sentence: str, **facts: Any) -> Done:
    """What a register command answers."""
    return Done(sentence=sentence, facts=facts)
