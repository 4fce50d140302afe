"""People in a write transaction: what they master, hold and go to, and whom a customer wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence import ground, people_state, renames
from store.persistence.mapping import table_of
from store.persistence.registers import KEPT, RegisterWork
from store.persistence.tables import TechnicianRegionRow, TechnicianSkillRow, TechnicianWishRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from store.persistence.statements import Values

_SKILLS = table_of(TechnicianSkillRow)
_REGIONS = table_of(TechnicianRegionRow)
_WISHES = table_of(TechnicianWishRow)


class PeopleRegisterWork(RegisterWork):
    """What hangs on a technician: these entries and no others."""

    def hold_skills(self, codes: Collection[str], technician: Values, values: Values) -> None:
        """Be the only one who makes skills until the end, if one of these is not known yet.

        To be called before the technician is settled, who is told by what is given for him.
        """
        table, known = KEPT["technician"], KEPT["skill"].c.code
        if self.kind != "postgresql":  # elsewhere only one writes
            return
        if set(self.conn.execute(select(known)).scalars()).issuperset(codes):
            return
        renames.hold(self, "technician", table, technician, values)
        self.hold_promises()
        self._stored(table, technician)
        ground.hold_to_change(self, ground.SKILLS)

    def master(self, technician: int, skills: Mapping[int, int]) -> None:
        """What a technician masters, and how well from 1 to 5: these skills and no others."""
        self._replace(_SKILLS, "technician_id", technician, "skill_id", "level", skills)

    def go_to(self, technician: int, regions: Iterable[int]) -> None:
        """The regions that a technician goes to; none means all of them."""
        his = dict.fromkeys(regions, 0)
        self._replace(_REGIONS, "technician_id", technician, "region_id", None, his)

    def certify(self, technician: int, papers: Mapping[str, datetime | None]) -> None:
        """A technician's certificates with their ends: these and no others."""
        held = KEPT["certificate"].c
        his = select(held.id, held.name).where(held.technician_id == technician).order_by(held.id)
        for entry in [row.id for row in self.conn.execute(his) if row.name not in papers]:
            self.drop("certificate", entry)
        for name, ends in papers.items():
            key = {"technician_id": technician, "name": name}
            self.put("certificate", key, {"expires_at": ends})

    def hold_wished(self, key: Values, values: Values, technicians: Collection[int]) -> None:
        """Lock whom the wishes of a customer are or will be about: behind the promises, as
        everywhere, and before the desk, lowest id first."""
        table = KEPT["customer"]
        renames.hold(self, "customer", table, key, values)
        self.hold_promises()
        stored = self._stored(table, key) or {"id": 0}
        asked = select(_WISHES.c.technician_id).where(_WISHES.c.customer_id == stored["id"])
        people_state.hold(self.conn, {*self.conn.execute(asked).scalars(), *technicians})

    def wish(self, customer: int, wish: int, technicians: Collection[int]) -> None:
        """Whom a customer asks for (1) or does not want (-1): these technicians and no others.

        His row is locked first: of two who say it at once, the second takes the place of the first.
        """
        self._stored(KEPT["customer"], {"id": customer})
        asked = select(_WISHES.c.technician_id).where(
            _WISHES.c.customer_id == customer, _WISHES.c.wish == wish
        )
        concerned = {*self.conn.execute(asked).scalars(), *technicians}
        people_state.hold(self.conn, concerned)
        for technician in sorted(concerned):
            his = select(_WISHES.c.customer_id, _WISHES.c.wish).where(
                _WISHES.c.technician_id == technician
            )
            wished = {row.customer_id: row.wish for row in self.conn.execute(his)}
            wished.pop(customer, None)
            if technician in technicians:
                wished[customer] = wish
            self._replace(_WISHES, "technician_id", technician, "customer_id", "wish", wished)
