"""Remembers on disk that the tour was offered: once an account, whatever store it works with."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger("paidan.console")


def tour_path() -> Path:
    """Where that is remembered; makes nothing."""
    from platformdirs import user_state_path

    return user_state_path("paidan", appauthor=False) / "toured"


def first_time(path: Path) -> bool:
    """Whether it was never remembered, and is from now on; blocks, and one of several is first.

    Not where it cannot be remembered: it would be offered again and again.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        _LOG.warning("the tour is not offered, since that could not be kept", exc_info=error)
        return False
    return True
