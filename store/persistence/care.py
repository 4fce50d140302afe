"""How a customer wants to be visited, for whoever sends somebody to him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, or_, select

from store.domain.visiting import Hours
from store.persistence.mapping import table_of
from store.persistence.tables import ContactRow, CustomerCareRow, CustomerRow, SiteRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

CARE, CUSTOMER = table_of(CustomerCareRow), table_of(CustomerRow)
CONTACT, SITE = table_of(ContactRow), table_of(SiteRow)
HAS_WISH = or_(CARE.c.call_ahead == 1, CARE.c.from_s.is_not(None), CARE.c.to_s.is_not(None))

_WISHED = (
    select(
        *(CARE.c.from_s, CARE.c.to_s, CARE.c.call_ahead, SITE.c.zone),
        *(
            CONTACT.c.name,
            CONTACT.c.phone,
            CUSTOMER.c.phone.label("own"),
            CUSTOMER.c.name.label("his"),
        ),
    )
    .select_from(
        CARE.join(CUSTOMER, CUSTOMER.c.id == CARE.c.customer_id)
        .outerjoin(CONTACT, CONTACT.c.id == CARE.c.contact_id)
        .outerjoin(SITE, SITE.c.id == bindparam("site"))
    )
    .where(and_(CARE.c.customer_id == bindparam("customer"), HAS_WISH))
)


class Wished:
    """What one customer wishes of whoever comes."""

    def __init__(self, row: Any) -> None:
        self.hours = Hours(from_s=row.from_s, to_s=row.to_s)
        self.zone: str = row.zone or "UTC"
        self.call = ""
        """Whom to call before somebody comes, and under which number; empty for nobody."""
        if row.call_ahead:
            speaks = [text for text in (row.name, row.phone or row.own) if text]
            self.call = "  ".join(speaks) or row.his


def wished(conn: Connection, customer: int, site: int | None) -> Wished | None:
    """What a customer wishes, by the clock of the site; None for one who wishes nothing."""
    row = conn.execute(_WISHED, {"customer": customer, "site": site}).one_or_none()
    return None if row is None else Wished(row)
