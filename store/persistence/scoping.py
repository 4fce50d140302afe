"""The sites of an asker as a condition: no query and no bulk write goes without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, func, select, true
from sqlalchemy.types import BigInteger, Integer

from store.persistence.mapping import ORDER

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.sql.selectable import TableValuedAlias

    from store.domain.who import Scope

_SITES = "scope_sites"


def within(
    scope: Scope, column: Column[Any] | ColumnElement[Any] = ORDER.c.site_id, kind: str = "sqlite"
) -> ColumnElement[bool]:
    """Whether a site's column lies in the scope; one statement text for any number of sites."""
    if scope.sites is None:
        return true()
    sites = sorted(scope.sites)
    if kind == "postgresql":
        from sqlalchemy.dialects.postgresql import ARRAY

        return column == func.any(bindparam(_SITES, sites, ARRAY(BigInteger), unique=True))
    given = func.json_each(bindparam(_SITES, str(sites), unique=True)).table_valued("value")
    return column.in_(select(given.c.value.cast(Integer)))


def each_site(scope: Scope) -> TableValuedAlias:
    """The sites of a scope as rows (`id`), for PostgreSQL to go through one by one."""
    from sqlalchemy.dialects.postgresql import ARRAY

    given = bindparam(_SITES, sorted(scope.sites or ()), ARRAY(BigInteger), unique=True)
    return func.unnest(given).table_valued("id", name="each_site").render_derived()


def served(scope: Scope, customer: Column[Any], kind: str) -> ColumnElement[bool]:
    """Whether the asker sees a customer: one with an order at his sites."""
    if scope.sites is None:
        return true()
    return customer.in_(select(ORDER.c.customer_id).where(within(scope, ORDER.c.site_id, kind)))
