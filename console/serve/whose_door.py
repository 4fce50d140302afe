"""Whose a session is that OpenSSH has let in without naming the operator: whose key it was."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from console import i18n
from console.config import load
from store import clock
from store.domain.key_refusals import KeyUnknown
from store.domain.who import THE_DESK
from store.queries.operator_keys import KeysOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.serve.opening import Opening
    from store.records import Records


def named(opening: Opening, opened: Callable[[], Records]) -> Opening:
    """The same with its operator; `KeyUnknown` where the key is nobody's, or opens nothing more."""
    if opening.operator:
        return opening
    i18n.use(load({}, environ=os.environ).language)  # whatever is said before anybody is known
    records = opened()
    try:
        asked = KeysOf(fingerprint=opening.key, limit=1)
        found = records.ask(asked, who=THE_DESK, at=clock.now()) if opening.key else ()
    finally:
        records.close()
    if not found or found[0].revoked:
        raise KeyUnknown(fingerprint=opening.key)
    return replace(opening, operator=found[0].code)
