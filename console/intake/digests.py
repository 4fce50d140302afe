"""What a run over a file is known by, to go on with it or to see that it was done before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.intake.maps import FileMap
    from console.intake.reader import Table


def digest_of(table: Table, file_map: FileMap) -> str:
    """The file's bytes and everything the map says, in one digest."""
    parts = [table.digest, table.encoding, table.delimiter, repr(_frozen(file_map))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _frozen(file_map: FileMap) -> list[object]:
    return [
        file_map.name,
        file_map.mode,
        file_map.zone,
        file_map.dates,
        sorted(file_map.unknown),
        sorted((name, repr(column)) for name, column in file_map.columns.items()),
        sorted((name, sorted(table.items())) for name, table in file_map.values.items()),
        sorted(file_map.defaults.items()),
        file_map.notes,
        file_map.level,
        file_map.wake_after_h,
    ]
