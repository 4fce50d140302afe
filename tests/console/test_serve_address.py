"""The address that is told to whoever shall come, where a gate stands before the desk."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config import load
from console.public_address import told
from console.serve.public import Public, public
from store.domain.errors import BadInput
from store.records import open_records
from tests.console.ssh_desk import SshDesk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "host", "said"),
    [
        ("", "127.0.0.1", "-p 8022 claim@127.0.0.1"),
        ("", "0.0.0.0", f"-p 8022 claim@{socket.gethostname()}"),
        ("", "::", f"-p 8022 claim@{socket.gethostname()}"),
        ("desk.example", "127.0.0.1", "-p 8022 claim@desk.example"),
        ("desk.example:2200", "0.0.0.0", "-p 2200 claim@desk.example"),
        ("desk.example:22", "127.0.0.1", "claim@desk.example"),
        ("[2001:db8::7]:22", "::", "claim@2001:db8::7"),
    ],
)
def test_clients_are_told_where_to_come(address: str, host: str, said: str) -> None:
    """By what was told; else the port where it listens, and a name that leads there."""
    assert public(address, host, 8022).ssh("claim") == said


@given(st.text())
def test_an_address_is_one_or_none(text: str) -> None:
    """Nothing that a terminal or a shell would take for something else is printed as one."""
    try:
        host, port = told(text)
    except ValueError:
        return
    assert re.fullmatch(r"[A-Za-z0-9.:_-]+", host)
    assert not host.startswith("-")
    assert Public(host=host, port=port or 1).ssh("claim").isprintable()


@pytest.mark.parametrize("flag", [True, False])
def test_the_first_operator_is_told_the_way_through_the_gate(tmp_path: Path, *, flag: bool) -> None:
    """By the flag, or by the configuration file."""
    url, config = f"sqlite:///{tmp_path / 'desk.db'}", tmp_path / "paidan.toml"
    open_records(url, feed=False).close()
    config.write_text("" if flag else '[serve]\naddress = "desk.example:2200"\n')
    flags = ("--public-address", "desk.example:2200") if flag else ()
    with SshDesk(url, tmp_path, *flags, people=(), PAIDAN_CONFIG=str(config)) as desk:
        assert desk.port == 2200
        desk.hears(re.compile(rb"nobody has a key yet.* ssh -p 2200 claim@desk\.example asks"))


def test_what_is_no_address_is_refused_with_one_that_is(tmp_path: Path) -> None:
    """Before anything begins."""
    config = tmp_path / "paidan.toml"
    for wrong in ("'-oProxyCommand=id'", "'desk:0'", "'desk.example:ssh'", "''", "['desk']"):
        config.write_text(f"[serve]\naddress = {wrong}\n")
        with pytest.raises(BadInput, match=r"desk\.example:22"):
            load(environ={"PAIDAN_CONFIG": str(config)})
