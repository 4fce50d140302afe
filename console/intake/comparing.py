"""Whether rows of our own kind say of their orders what the store says of them now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from console.intake.exported import export_plain
from console.intake.reader import Row, cell_of
from console.intake.retell_row import pauses_of
from console.intake.troubles import RowRefused
from console.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from console.intake.mapping import Mapper, Picture
    from store.queries.lists import OrderLine

Doubt = tuple["Picture", int]
"""A row, and the number of its order, where the two may differ."""


def differing(
    doubts: Iterable[Doubt], lines: Iterable[OrderLine], mapper: Mapper, header: tuple[str, ...]
) -> Iterator[Picture]:
    """The rows that say something else than an export would now; one out of sight does."""
    found = {line.number: line for line in lines}
    for picture, number in doubts:
        line = found.get(number)
        if line is None or _said(picture) != _said(_exported(line, picture, mapper, header)):
            yield picture


def _exported(
    line: OrderLine, picture: Picture, mapper: Mapper, header: tuple[str, ...]
) -> Picture | None:
    """The order as a row of an export that is read like any other."""
    plain = json.loads(json_text(export_plain(line)))
    cells = [cell_of(plain.get(name)) for name in header]
    try:
        told = mapper.read(Row(line=picture.line, cells=cells))
    except RowRefused:
        return None
    # What the order is known by here is no matter of what is told of it.
    return told._replace(external_id=picture.external_id)


def _said(picture: Picture | None) -> Any:
    if picture is None:
        return None
    texts = {name: text for name, text in picture.texts.items() if name not in _NOT_COMPARED}
    times = {name: at for name, at in picture.times.items() if name not in _NOT_COMPARED}
    held = pauses_of(picture.text("pauses"))
    return picture._replace(texts=texts, times=times, mark="", said=""), held


_NOT_COMPARED = frozenset({"pauses", "level_spec", "missed_at"})
"""What is compared otherwise, is told once a file, or comes with time alone."""
