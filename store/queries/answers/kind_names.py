"""What kinds of work are called that orders have by a code: as kinds, else as skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.persistence.reader import Reader

_REGISTERS = tuple(metadata.tables[name].c for name in ("skill", "work_kind"))


def kind_names(reader: Reader, kinds: Collection[str]) -> Mapping[str, str]:
    """By the kind as it is written, its name; those without one are left out."""
    codes = {kind: kind.lower() for kind in kinds if kind}
    names: dict[str, str] = {}
    for register in _REGISTERS if codes else ():
        code = func.lower(register.code)
        asked = select(code, register.name).where(code.in_(sorted(set(codes.values()))))
        names |= {code: name for code, name in reader.conn.execute(asked) if name}
    return {kind: names[code] for kind, code in codes.items() if code in names}
