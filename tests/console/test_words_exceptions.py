"""An exception as it is typed: the kind, a blank of whatever width, how much or what."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from console.words_exceptions import deviation_kept, deviation_typed, exception_meant
from store.domain.errors import BadInput
from tests.console.lines import MONDAY


@pytest.mark.parametrize("blank", [" ", "\u3000", "  ", " \u3000", "\t", "\u00a0"])
@pytest.mark.parametrize(
    ("kind", "rest", "meant"),
    [
        ("waiver", "resolve", {"kind": "waiver", "about": "resolve"}),
        ("豁免", "解决", {"kind": "waiver", "about": "resolve"}),
        ("waiver", "fix", {"kind": "waiver", "about": "resolve"}),
        ("waiver", "resp", {"kind": "waiver", "about": "respond"}),
        ("费用", "５００元", {"kind": "price", "size": 500}),
        ("scope", "two more rooms", {"kind": "scope", "about": "two more rooms"}),
    ],
)
def test_any_blank_stands_behind_the_kind(
    blank: str, kind: str, rest: str, meant: dict[str, Any]
) -> None:
    """An input method writes a wide one."""
    assert exception_meant(f"{blank}{kind}{blank}{rest}{blank}") == meant
    assert exception_meant(deviation_kept(f"{kind}{blank}{rest}", MONDAY, UTC)) == meant


def test_until_when_may_stand_behind_wide_blanks() -> None:
    """It is kept as an instant, and can be typed again."""
    wide, narrow = (
        deviation_kept(blank.join(("waiver", "resolve", "+3d")), MONDAY, UTC)
        for blank in ("\u3000", " ")
    )
    assert wide == narrow
    assert "until" in exception_meant(wide)
    assert deviation_typed(wide, UTC).startswith("waiver resolve 2026-")


@pytest.mark.parametrize("said", ["", "\u3000", "waverresolve"])
def test_no_kind_is_refused(said: str) -> None:
    """With those that there are."""
    with pytest.raises(BadInput):
        exception_meant(said)
