"""Offers assets and kinds of work while the operator types, over rows that indexes bound."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, or_, select

from store.domain.finding.grams import folded
from store.persistence.tables import metadata
from store.queries.answers.finding_names import ids_of
from store.queries.answers.kind_names import kind_names
from store.queries.answers.lines import ORDERS, SITES
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.usual import AssetLine, KindLine, KindsLike

if TYPE_CHECKING:
    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.usual import AssetsLike

_ASSETS = metadata.tables["asset"]
_A, _O = _ASSETS.c, ORDERS.c
_KINDS = tuple(metadata.tables[name].c for name in ("work_kind", "skill"))
_LOOKED_AT = 500
_LONGEST = 200


def assets_like(reader: Reader, query: AssetsLike) -> tuple[AssetLine, ...]:
    """Those that begin so first, then by code."""
    text = query.text.strip()[:_LONGEST]
    begins = or_(*(c.istartswith(text, autoescape=True) for c in (_A.code, _A.name)))
    asked = (
        assets_in_sight(reader, meant_site(reader, query.site))
        .where(holds(text, _A.code, _A.name))
        .order_by(case((begins, 0), else_=1), _A.code, _A.id)
        .limit(checked_limit(query.limit))
    )
    return tuple(
        AssetLine(**{name: getattr(row, name) for name in AssetLine.__slots__})
        for row in reader.conn.execute(asked)
    )


def kinds_like(reader: Reader, query: KindsLike) -> tuple[KindLine, ...]:
    """Those of the site count twice; what is written in two ways is told as it is mostly."""
    site, wanted = meant_site(reader, query.site), folded(query.text.strip()[:_LONGEST])
    limit = checked_limit(query.limit)
    orders = select(_O.kind).where(within(reader, _O.site_id)).order_by(_O.number.desc())
    asked = [orders.limit(_LOOKED_AT)]
    if site is not None:
        asked.append(orders.where(_O.site_id == site).limit(_LOOKED_AT))
        seen = within(reader, _A.site_id)
        asked.append(select(_A.kind).where(_A.site_id == site, seen).limit(_LOOKED_AT))
    counted: Counter[str] = Counter()
    for one in asked:
        counted.update(kind for kind in reader.conn.execute(one).scalars() if kind)
    told = {folded(kind): kind for kind, _count in reversed(counted.most_common())}
    words: set[str] = set()
    for register in _KINDS:  # what the desk has said of kinds, and skills, which kinds are, too
        for row in reader.conn.execute(select(register.code, register.name)):
            words |= {folded(row.code), folded(row.name)}
            if not {folded(row.code), folded(row.name)} & told.keys():
                told[folded(row.code)] = row.code
    names = kind_names(reader, set(told.values()))
    said = {key: (key, folded(names.get(kind, ""))) for key, kind in told.items()}
    fits = [key for key in told if any(wanted in word for word in said[key])]

    def rank(key: str) -> tuple[bool, int, str]:
        begins = any(word.startswith(wanted) for word in said[key])
        return not begins, -counted[told[key]], key

    return tuple(
        KindLine(code=told[key], name=names.get(told[key], ""), said=key in words)
        for key in sorted(fits, key=rank)[:limit]
    )


def zone_at(reader: Reader, site: int | None) -> str:
    """In which zone a site lies; nothing where there is none in sight."""
    if site is None:
        return ""
    asked = select(SITES.c.zone).where(SITES.c.id == site, within(reader, SITES.c.id))
    return reader.conn.execute(asked).scalar_one_or_none() or ""


def meant_site(reader: Reader, text: str) -> int | None:
    """The site that a text means alone."""
    ids = ids_of(reader, "site", (text,)) if text.strip() else set()
    return ids.pop() if len(ids) == 1 else None


def assets_in_sight(reader: Reader, site: int | None) -> Select[Any]:
    """Assets at the asker's sites, or at this one of them."""
    found = (
        select(
            *(_A.id, _A.code, _A.name, _A.kind, _A.site_id),
            *(SITES.c.code.label("site"), SITES.c.name.label("site_name")),
        )
        .join(SITES, SITES.c.id == _A.site_id)
        .where(within(reader, _A.site_id))
    )
    return found if site is None else found.where(_A.site_id == site)


def asset_named(reader: Reader, text: str, site: int | None) -> Any:
    """The row of the only asset that is called exactly so, at the site where one is known."""
    wanted = text.strip()[:_LONGEST]
    found = assets_in_sight(reader, site)
    for column in (_A.code, _A.name) if wanted else ():
        rows = reader.conn.execute(found.where(column == wanted).limit(2)).all()
        if rows:
            return rows[0] if len(rows) == 1 else None
    return None
