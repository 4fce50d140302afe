"""Codes that let somebody in once: read off a screen, typed by hand, kept as a hash alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from store.domain.errors import NotAllowed
from store.domain.words import N_

_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Those that nobody takes for another."""
_GROUPS, _EACH = 5, 4

LONGEST: Final = timedelta(days=1)
"""How long a code may be good for."""


class CodeRefused(NotAllowed):
    """It does not say which of these, so that nobody learns by trying."""

    sentence = N_("this one-time code is none, too old, or used already; ask for another one")


def new_code() -> str:
    """A code that cannot be guessed: 98 bits in five groups."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_EACH)) for _ in range(_GROUPS))
    return "-".join(groups)


BROWSER: Final = "browser "
"""Before a code that opens the desk in a browser; of one that gives a key nothing stands before."""


def digest_of(code: str, before: str = "") -> str:
    """What is kept of a code, however it was typed: in capitals, without its signs between.

    With what stands before it no code is good for what another one is for.
    """
    plain = before + "".join(code.upper().replace("-", " ").split())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
