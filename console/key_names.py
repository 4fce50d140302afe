"""How keys are called: by Textual, and by whoever writes them into a file."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from textual.keys import (
    KEY_NAME_REPLACEMENTS,
    Keys,
    _character_to_key,
    _get_unicode_name_from_key,
)

_HELD: Final = frozenset({"ctrl", "shift", "alt", "super", "meta", "hyper"})
_SAME: Final = frozenset({"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+c"})
"""What terminals send for Tab, Enter and Backspace, too; and what means to stop."""


@cache
def _known() -> frozenset[str]:
    plain = {key.value for key in Keys if "+" not in key.value and "<" not in key.value}
    return frozenset({*plain, *KEY_NAME_REPLACEMENTS.values()})


@cache
def key_named(text: str) -> str | None:
    """The name of the key that is written so, `;` or `semicolon` alike; None where it is none."""
    if len(text) == 1:
        return _character_to_key(text) if text.isprintable() and text != " " else None
    *held, base = text.lower().split("+")
    if not base or not set(held) <= _HELD or len(set(held)) != len(held):
        return None
    if not held:
        base = text
    name = _character_to_key(base) if len(base) == 1 else base
    if name not in _known() and not _is_sign(name) and not (held and len(base) == 1):
        return None
    named = "+".join((*held, name))
    return None if named in _SAME else named


def _is_sign(name: str) -> bool:
    """Whether it is the name of a character, as Textual calls keys of signs: `number_sign`."""
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(name).replace("_", " "))
    except KeyError:
        return False
    return _character_to_key(character) == name
