"""`paidan do --json` where there is no desk to do it on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.cli import main

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_an_order_that_says_json_is_no_wish_for_it(capsys: Any) -> None:
    """Behind two dashes everything is the line."""
    assert main(["do", "--db", "sqlite:////nowhere/desk.db", "--", "--json"]) == 3
    assert capsys.readouterr().out == ""


def test_a_store_that_is_away_is_told_in_json(capsys: Any) -> None:
    """Exit code 3 says that it may be tried again."""
    assert main(["do", "--json", "--db", "sqlite:////nowhere/desk.db", "undo"]) == 3
    assert "cannot be reached" in json.loads(capsys.readouterr().out)["message"]
