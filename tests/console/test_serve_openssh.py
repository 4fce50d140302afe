"""The host's own sshd as the door: by a line of authorized_keys, and by ForceCommand."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from store.commands.operator_keys import EnrolOperator, RevokeKey
from store.commands.orders import NewOrder
from store.commands.places import SaveSite
from store.queries.card import Trace
from tests.console.openssh_door import ACCOUNT, OpenSshDoor, openssh_before
from tests.console.ssh_desk import SshDesk, make_key, ran, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.trace import Entry

_WAYS: Final = ("command", "ForceCommand")
_PEOPLE: Final = {"ana": "ana", "bo": "bo", "north": "north", "eve": "bo"}
"""Keys, and whom their lines name; the desk does not know eve's."""


@pytest.fixture(scope="module", params=_WAYS)
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSshDoor]:
    """The small desk with an order at a site, its office, and sshd before it."""
    place = tmp_path_factory.mktemp("served")
    (place / "known_hosts").touch()
    with served_in(place) as desk:
        desk.do(SaveSite(code="N1", name="North"))
        desk.do(NewOrder(title="Boiler cold", site="N1", priority=2))
        key = make_key(place / "north")
        desk.do(EnrolOperator(code="north", name="north", role="office", sites=("N1",), key=key))
        make_key(place / "eve")
        with openssh_before(desk, request.param, _PEOPLE) as opened:
            yield opened


def test_a_console_opens_and_gives_the_terminal_back(door: OpenSshDoor) -> None:
    """It is the operator's whose key it is; the journal names him, his key and his address."""
    with door.desk.connect(key="bo", name=ACCOUNT) as bo:
        bo.sees("Lift stuck")
        assert "Bo" in bo.line(0)
        bo.resize(90, 20)
        bo.until(lambda: bo.line(19).strip() != "")
        bo.press(":note 1 seen by bo\r")
        bo.sees("noted")
        bo.press("q")
        assert bo.exit_code() == 0
        assert b"\x1b[?1049l\x1b[?25h" in bo.raw
    entry = door.desk.ask(Trace(number=1))[-1]
    assert (entry.by_name, entry.via) == ("Bo", "ssh")
    assert entry.origin is not None
    assert entry.origin.key == door.desk.fingerprint("bo")
    assert re.fullmatch(r"127\.0\.0\.\d+", entry.origin.address)
