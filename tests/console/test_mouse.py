"""When the terminal is asked for the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console import config
from console.desk import has_mouse
from store.domain.errors import BadInput
from tests.console.faulty_desk import console, furnish

if TYPE_CHECKING:
    from pathlib import Path

ASKED = b"\x1b[?1000h"
"""What a terminal is told that shall report clicks."""
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}


@pytest.mark.parametrize("environ", [SSH, {"SSH_TTY": "/dev/pts/3"}])
def test_the_mouse_is_off_over_ssh_unless_said(environ: dict[str, str]) -> None:
    """Either sign of SSH is enough; what the operator says wins both ways."""
    assert not has_mouse("auto", environ)
    assert has_mouse("on", environ)
    assert has_mouse("auto", {})
    assert not has_mouse("off", {})


@pytest.mark.parametrize(
    ("env", "flags", "asked"),
    [
        ({}, (), True),
        (SSH, (), False),
        (SSH, ("--mouse", "on"), True),
        ({}, ("--mouse=off",), False),
    ],
)
def test_a_terminal_is_asked_as_set(
    env: dict[str, str], flags: tuple[str, ...], asked: bool, tmp_path: Path
) -> None:
    """In a real terminal, from the flag to the bytes."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    with console(url, tmp_path, *flags, env={"SSH_TTY": "", **env}) as desk:
        desk.sees("Lift stuck")
        assert (ASKED in desk.take()) is asked


def test_another_word_is_refused() -> None:
    """With those that are known."""
    with pytest.raises(BadInput, match="choose among auto, on, off"):
        config.load({"mouse": "maybe"}, environ={"PAIDAN_CONFIG": "/dev/null"})
