"""When Python looks for litter: not while a console starts, and later only among what is new.

A start makes three hundred thousand objects that stay: looking through them again and again while
they are made takes a fifth of it, and afterwards every look holds up a key or a tick.
"""

from __future__ import annotations

import gc


def leave() -> None:
    """Look for nothing until `settle`."""
    gc.disable()


def settle() -> None:
    """What is there now stays: look among what comes from now on."""
    gc.freeze()
    gc.enable()
