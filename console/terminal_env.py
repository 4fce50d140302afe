"""Settle what Textual reads from the environment once, when it is first imported.

Import this module before anything that imports Textual; `console/terminal.py` does, and so must
every entry point that reaches Textual another way.
"""

from __future__ import annotations

import os
import sys

_ESCAPE_DELAY_LOCAL_MS = "150"
_ESCAPE_DELAY_REMOTE_MS = "400"


def _escape_delay(environ: os._Environ[str] | dict[str, str]) -> str:
    """How long, in milliseconds, an escape may wait for the rest of its key."""
    remote = environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")
    return _ESCAPE_DELAY_REMOTE_MS if remote else _ESCAPE_DELAY_LOCAL_MS


def settle(environ: os._Environ[str] | dict[str, str]) -> None:
    """Put our choices where Textual looks; what the user has set himself stays."""
    # The Kitty protocol loses Chinese input in several terminals that claim to speak it.
    environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # A slow link tears arrow keys apart, and half an arrow is an escape and two commands.
    environ.setdefault("ESCDELAY", _escape_delay(environ))
    # Every frame of an animation is paid for again on a site's link.
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")


def far(environ: os._Environ[str] | dict[str, str]) -> None:
    """The same for a server, whose terminals are all far away; it has no SSH line of its own."""
    if environ.get("ESCDELAY", _ESCAPE_DELAY_LOCAL_MS) == _ESCAPE_DELAY_LOCAL_MS:
        environ["ESCDELAY"] = _ESCAPE_DELAY_REMOTE_MS


settle(os.environ)

TEXTUAL_CAME_FIRST = "textual.constants" in sys.modules
"""Whether Textual had already read its settings when this module was imported."""
