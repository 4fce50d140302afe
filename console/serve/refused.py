"""Why a login was refused, for whoever counts them."""

from __future__ import annotations

from enum import StrEnum


class Refused(StrEnum):
    """One reason each; the values are told to Prometheus."""

    TOO_OFTEN = "too_often"
    """One address came more often than one may."""
    CROWDED = "crowded"
    """He had proved nothing yet, and had to make room for others."""
    NO_KEY = "no_key"
    """He left, or took too long, without a key."""
    UNKNOWN_KEY = "unknown_key"
    """Of his keys none opens anything here."""
    TOO_MANY_TRIES = "too_many_tries"
    """More keys or names than anybody may try."""
    WRONG_CODE = "wrong_code"
    """A one-time code that is none, or is none any more."""
    FULL = "full"
    """As many sessions are open as there may be."""
