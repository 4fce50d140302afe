"""Surveys in a write transaction: whom the desk asked lately, and whose code it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.domain.surveys import Survey
from store.persistence.mapping import ORDER, table_of
from store.persistence.tables import CustomerRow
from store.persistence.timers import TimerWork

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder

_ASKED = (Survey.PLANNED.value, Survey.ANSWERED.value, Survey.REFUSED.value)
"""Surveys that somebody is or was troubled with; of one that expired he has heard nothing."""
_LATELY = (
    select(ORDER.c.number)
    .where(ORDER.c.customer_id == bindparam("customer"), ORDER.c.survey_by > bindparam("since"))
    .where(ORDER.c.survey_by.is_not(None), ORDER.c.survey.in_(_ASKED))
    .where(ORDER.c.contact_id.is_not_distinct_from(bindparam("contact")))
    .where(ORDER.c.number != bindparam("number"))
    .limit(1)
)
_CODED = select(ORDER.c.number).where(ORDER.c.survey_code == bindparam("digest"))

_CUSTOMER = table_of(CustomerRow)
_ERASED = select(_CUSTOMER.c.id).where(
    _CUSTOMER.c.id == bindparam("customer"), _CUSTOMER.c.erased_at.is_not(None)
)


class SurveyWork(TimerWork):
    """Nobody is asked too often, and a code is good for one order."""

    def asked_lately(self, order: WorkOrder) -> bool:
        """Whether the same person of the same customer is asked, or was, within the level's rest.

        Of orders that others deliver in this very moment nothing is known yet.
        """
        limits = self.rules(order).policy.survey
        spared = order.customer is None or order.parent is not None or limits.within_days is None
        if not spared and self._is_erased(order.customer):
            return True
        if spared or not limits.rest_days:
            return False
        since = self.at - timedelta(days=limits.rest_days)
        if any(_is_of(known.now, order, since) for known in self._changed.values()):
            return True  # delivered in this very transaction
        told = {"customer": order.customer, "contact": order.contact, "number": order.number}
        found = self.conn.execute(_LATELY, {**told, "since": since}).first()
        return found is not None

    def _is_erased(self, customer: int | None) -> bool:
        """Nobody knows any more who that was, so that he is not to be asked."""
        return self.conn.execute(_ERASED, {"customer": customer}).first() is not None

    def order_of_code(self, digest: str) -> int | None:
        """The order whose customer may answer by the code of this digest."""
        return self.conn.execute(_CODED, {"digest": digest}).scalars().first()


def _is_of(other: WorkOrder, order: WorkOrder, since: datetime) -> bool:
    """Whether the person of an order is asked about another one, or was since then."""
    if (other.customer, other.contact) != (order.customer, order.contact):
        return False
    recent = other.survey_by is not None and other.survey_by > since
    return recent and other.number != order.number and other.survey in _ASKED
