"""Finds the sites, customers and technicians that pictures name, and makes those not there yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.intake.callers import Callers
from console.intake.framing import Ids
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from console.intake.mapping import Picture
    from store.domain.who import Scope
    from store.persistence.work import Work

Values = dict[str, Any]

_OUTSIDE: Mapping[str, str] = {
    "site": N_("“{name}” is none of your sites"),
    "customer": N_("“{name}” is no customer at your sites"),
    "technician": N_("“{name}” is no technician of your sites"),
}
"""What an order may not name, with an asker who sees some sites only."""


def turned_out(work: Work, ids: Ids) -> Ids:
    """The same with customers as they are now: some may have been merged since they were met."""
    now = work.all_turned_out(ids.customers.values())
    met = {name: now.get(entry, entry) for name, entry in ids.customers.items()}
    return replace(ids, customers=met)


class Names:
    """Names met so far, with their ids; forgotten when their transaction is not kept."""

    def __init__(self, zone: str) -> None:
        self._zone = zone or "UTC"
        self._known: dict[str, dict[str, int]] = {
            register: {} for register in ("region", "site", "customer", "technician")
        }
        self._numbered: set[str] = set()
        """Customers who have a number, as far as anybody has looked."""
        self.unnumbered: dict[str, None] = {}
        """Customers without a number who get none, though the file tells it."""
        self._callers = Callers()
        self._called: dict[int, int] = {}
        self.made: dict[str, int] = dict.fromkeys(self._known, 0)

    def meet(self, work: Work, pictures: Sequence[Picture]) -> None:
        """Find all names in some pictures; make those that are not there, if the asker may.

        Customers anew each time: one that was met before may have been merged since.
        """
        self._known["customer"].clear()
        self._meet(work, "region", self._plain(pictures, "region"))
        self._meet(work, "site", self._sites(pictures))
        customers = self._customers(pictures)
        new = self._meet(work, "customer", customers)
        self._numbered.update(name for name in new if customers[name]["phone"])
        self._number(work, pictures)
        self._meet(work, "technician", self._plain(pictures, "technician"))

    def meet_callers(self, work: Work, orders: Sequence[Sequence[Picture]]) -> None:
        """Find who called about some orders, whose names have been met."""
        self._called = self._callers.meet(work, orders, self._known["customer"])

    def why_not(self, scope: Scope, order: Iterable[Picture]) -> str:
        """Why an order is none that the asker may bring: it lies outside his sites; or nothing."""
        if scope.sites is None:
            return ""
        for picture in order:
            if not picture.text("site"):
                return N_("an order without a site is outside your sites")
            for register, wrong in _OUTSIDE.items():
                name = picture.text(register)
                if name and name not in self._known[register]:
                    return wrong.format(name=name)
        return ""

    def ids(self, pictures: Sequence[Picture]) -> Ids:
        """The ids of all names in some pictures, which have been met."""
        return Ids(
            sites=self._ids("site", pictures),
            customers=self._ids("customer", pictures),
            technicians=self._ids("technician", pictures),
            contacts=self._called,
        )

    def forget(self) -> None:
        """The transaction that made some of them was not kept."""
        for known in self._known.values():
            known.clear()
        self._numbered.clear()
        self._callers.forget()

    def _ids(self, register: str, pictures: Iterable[Picture]) -> dict[str, int]:
        known = self._known[register]
        return {name: known[name] for p in pictures if (name := p.texts.get(register))}

    def _meet(self, work: Work, register: str, wanted: Mapping[str, Values]) -> Iterable[str]:
        """Those that were not there."""
        known = self._known[register]
        missing = {name: values for name, values in wanted.items() if name not in known}
        if not missing:
            return ()
        known |= work.named(register, missing)
        if work.who.scope.sites is not None:
            return ()  # what is made here is made for the whole desk
        new = {name: values for name, values in missing.items() if name not in known}
        ids = work.put_many(register, new.values())
        known |= dict(zip(new, ids, strict=True))
        self.made[register] += len(new)
        return new

    def _plain(self, pictures: Iterable[Picture], field: str) -> dict[str, Values]:
        names = dict.fromkeys([p.texts[field] for p in pictures if field in p.texts])
        return {name: {"code": name, "name": name} for name in names if name}

    def _customers(self, pictures: Iterable[Picture]) -> dict[str, Values]:
        """The first row that tells a customer's number gives it to him."""
        customers: dict[str, Values] = {}
        for picture in pictures:
            name = picture.text("customer")
            if not name or name in self._known["customer"]:
                continue
            made = customers.setdefault(name, {"code": name, "name": name, "phone": ""})
            made["phone"] = made["phone"] or picture.text("customer_phone")
        return customers

    def _number(self, work: Work, pictures: Iterable[Picture]) -> None:
        """Who is known without a number gets the first that is told of him; others keep theirs.

        Customers are the whole desk's: who sees some sites only gives them none, and is told.
        """
        some_sites = work.who.scope.sites is not None
        for picture in pictures:
            name, phone = picture.text("customer"), picture.text("customer_phone")
            if not name or not phone or name in self._numbered:
                continue
            entry = self._known["customer"].get(name)
            if entry is None:
                continue  # of other sites: the order will be refused
            if not work.entry_values("customer", entry)["phone"]:
                if some_sites:
                    self.unnumbered[name] = None
                else:
                    work.put("customer", {"id": entry}, {"phone": phone})
            self._numbered.add(name)

    def _sites(self, pictures: Iterable[Picture]) -> dict[str, Values]:
        """The first row that tells a site's position or address gives them to it."""
        sites: dict[str, Values] = {}
        known = self._known["site"]
        for picture in pictures:
            name = picture.text("site")
            if not name or name in known:
                continue
            site = sites.get(name) or sites.setdefault(name, self._site(name, picture))
            site["address"] = site["address"] or picture.text("address")
            if site["latitude"] is None and picture.point is not None:
                site["latitude"], site["longitude"] = picture.point
        return sites

    def _site(self, name: str, picture: Picture) -> Values:
        return {
            "code": name,
            "name": name,
            "region_id": self._known["region"].get(picture.text("region")),
            "zone": self._zone,
            "address": "",
            "latitude": None,
            "longitude": None,
        }
