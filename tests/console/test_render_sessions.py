"""Sessions as an administrator sees them, on a narrow terminal, too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from console import i18n
from console.render_sessions import session_cells, session_columns
from console.who_is_in import SessionLine
from console.widgets.columns import fit

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _cells(*, locked: bool, recorded: bool) -> dict[str, str]:
    line = SessionLine(
        number=12,
        operator="ana",
        name="Ana",
        role="administrator",
        address="192.168.100.200",
        key="SHA256:x",
        terminal="xterm-256color",
        since=NOON - timedelta(hours=2),
        typed_at=NOON - timedelta(minutes=75),
        bytes_s=120,
        locked=locked,
        recorded=recorded,
    )
    names = (column.name for column in session_columns())
    return dict(zip(names, session_cells(line, at=NOON, zone=UTC), strict=True))


def test_it_is_told_who_is_locked_and_who_is_recorded() -> None:
    """Whoever is locked has typed nothing for at least so long."""
    plain, both = _cells(locked=False, recorded=False), _cells(locked=True, recorded=True)
    assert (plain["idle"], plain["recorded"]) == ("1:15", "")
    assert (both["idle"], both["recorded"]) == ("locked", "yes")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_eighty_columns_have_room_for_it(language: str) -> None:
    """And cut nothing of what one looks for."""
    i18n.use(language)
    try:
        cells, needs = _cells(locked=True, recorded=True), {"operator": 3}
        slots = fit(session_columns(), 80, left=3, right=2, needs=needs)
        shown = {slot.column.name: slot.width for slot in slots}
        assert set(cells) - set(shown) == {"terminal"}
        assert shown["bytes"] >= 7
        assert all(cell_len(cells[name]) <= width for name, width in shown.items())
    finally:
        i18n.use("en")
