"""Foreign words in the log, and in what is said of it, do nothing to a terminal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from console import cli_guard
from console.logs import Log
from store.domain.errors import OrderUnreadable, TimerUnreadable

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "tele\x1b]0;pwn\x07\x1b[2J\nFAKE 2026 all is well"


@pytest.mark.parametrize("refusal", [TimerUnreadable, OrderUnreadable])
def test_what_means_nothing_here_is_told_in_one_safe_line(
    refusal: type[TimerUnreadable], plain_surroundings: None
) -> None:
    """Whoever wrote it may have meant the terminal."""
    told = refusal(number=1, what=EVIL).text
    assert told.isprintable()
    assert "tele␛]0;pwn" in told


def test_the_log_and_what_is_said_hold_no_controls(plain_surroundings: None) -> None:
    """A message is one line; a traceback has its own, and nothing else."""
    said: list[str] = []
    logger = logging.getLogger("paidan.test_logs")
    handler = Log(said.append)
    logger.addHandler(handler)
    try:
        logger.warning("trouble: %s", EVIL)
        try:
            raise ValueError(EVIL)
        except ValueError as error:
            logger.warning("met %s", error, exc_info=error)
    finally:
        logger.removeHandler(handler)
    log: Path = cli_guard.log_path()
    kept = log.read_text(encoding="utf-8")
    assert "\x1b" not in kept
    assert "\x07" not in kept
    assert "trouble: tele␛]0;pwn␇␛[2J FAKE 2026" in kept
    assert all("\n" not in line and "\x1b" not in line for line in said)
    assert len(said) == 2
