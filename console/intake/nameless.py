"""Orders that never had an id of their own: how an import knows them again.

Their export gives a number and no id. The number alone is that of another order in another desk;
together with the moment of opening it is theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.intake.maps import OWN

if TYPE_CHECKING:
    from datetime import datetime

SIGN = "#"
_INVENTED = re.compile(r"#(?P<number>[0-9]{1,18})@.+", re.ASCII)


def invented(number: str, opened_at: datetime) -> str:
    """The id that stands in for a missing one."""
    return f"{SIGN}{number}@{opened_at:%Y-%m-%dT%H:%M:%S.%f}"


def shown(external_id: str) -> str:
    """An id as people know it: an invented one is the number."""
    number = number_of(None, external_id)
    return external_id if number is None else f"{SIGN}{number}"


def number_of(source: str | None, external_id: str | None) -> int | None:
    """The number in the desk it came from, of an order whose id an import had to invent."""
    found = _INVENTED.fullmatch(external_id or "") if source in (None, OWN.name) else None
    return int(found["number"]) if found else None
