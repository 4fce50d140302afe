"""What stands in a new order before it is typed: proposals from what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.queries.people import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a customer and an asset speak for; None and an empty text where they do not."""

    site: Named | None = None
    """The asset's own; else where the customer mostly is."""
    kind: str = ""
    """The asset's."""
    kind_name: str = ""
    """What that kind is called; empty where it has no name."""
    priority: int | None = None
    zone: str = ""
    """In which the clock hangs at the site that was said, else at that of the asset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualFor(Query[Usual]):
    """Each by code or name as the operator wrote it; what means none or several says nothing.

    Told from the customer's newest three hundred orders at the asker's sites.
    """

    customer: str = ""
    site: str = ""
    asset: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLine:
    """One asset as a form offers it."""

    id: int
    code: str
    name: str
    kind: str
    site: str
    """The code of where it stands."""
    site_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsLike(Query[tuple[AssetLine, ...]]):
    """Assets whose code or name holds the text, of one site where it is known.

    Those that begin so come first.
    """

    text: str = ""
    site: str = ""
    limit: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One kind of work as a form offers it."""

    code: str
    """As orders have it."""
    name: str
    """Empty where it has none."""
    said: bool = True
    """Whether the desk has said what it takes, or it is a skill; else only orders have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsLike(Query[tuple[KindLine, ...]]):
    """Kinds of work that the newest orders and the site's assets have, the most frequent first.

    Then those of which the desk has said what they take, and skills, which are kinds, too.
    """

    text: str = ""
    site: str = ""
    limit: int = 6
