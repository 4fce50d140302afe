"""`paidan do undo`: what stays is told, and how the rest is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from tests.console.typed import plain

if TYPE_CHECKING:
    from tests.console.typed import Do

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_an_undo_says_how_the_rest_is_taken_back(do: Do) -> None:
    """Where one order of several was touched since; the preview shows which."""
    entry = plain(do, "as 4-5 L2")["undo"]
    plain(do, "c 5 /insist")
    told = plain(do, "undo 4", code=1)["message"]
    assert told.startswith("1 of 2 orders cannot be taken back, so none was: order 5 stays")
    assert told.endswith(f"; “undo {entry} /partly” takes back the others")
    shown = plain(do, "undo 4", "--dry-run", code=1)["preview"]
    assert [(row["number"], bool(row["refused"])) for row in shown] == [(5, True), (4, False)]
    told = plain(do, f"undo {entry} /partly")
    assert (told["orders"], "; 1 stay: order 5 stays" in told["message"]) == ([4], True)


def test_an_undo_passes_over_what_nothing_takes_back(do: Do, capsys: Any) -> None:
    """And says so, before it is done and after."""
    plain(do, "p 1 4")
    url = do.url  # type: ignore[attr-defined]  # as the fixture put it there
    assert main(["add", "customer", "C9", "Depot", "--db", url]) == 0
    capsys.readouterr()
    shown = plain(do, "undo", "--dry-run")["preview"]
    stays = "what nothing takes back stays: "
    assert shown[0]["warning"].startswith(stays)
    told = plain(do, "undo")
    assert told["orders"] == [1]
    assert stays + told["passed_over"][0] in told["message"]
