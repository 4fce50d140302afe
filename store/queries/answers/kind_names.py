"""What kinds of work are called that orders have by a code: as kinds, else as skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select, union_all

from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.persistence.reader import Reader

_REGISTERS = tuple(metadata.tables[name].c for name in ("skill", "work_kind"))


def kind_names(reader: Reader, kinds: Collection[str]) -> Mapping[str, str]:
    """By the kind as it is written, its name; those without one are left out."""
    codes = {kind: kind.lower() for kind in kinds if kind}
    if not codes:
        return {}
    asked = union_all(
        *(
            select(literal(place).label("place"), func.lower(register.code), register.name).where(
                func.lower(register.code).in_(sorted(set(codes.values())))
            )
            for place, register in enumerate(_REGISTERS)
        )
    ).order_by("place")
    names = {code: name for _place, code, name in reader.conn.execute(asked) if name}
    return {kind: names[code] for kind, code in codes.items() if code in names}
