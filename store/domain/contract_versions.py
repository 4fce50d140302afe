"""What somebody saw of a contract, so that nobody overwrites what he has not seen; pure."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import Refusal, Stale
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_SEEN: Final = ""
"""The version of who has looked at none: he changes what is new, or what he told himself."""
_SEEN: Final = ("level_id", "last_day", "zone", "renew_day", "outcome", "words")


class ContractChanged(Stale):
    """Somebody else told of the contract what the asker has not seen."""

    sentence = N_(
        "{by} told at {changed_at} of the contract of {code} from {first}: up to {last}, renewal by"
        " {renew}, {outcome}; look again, then name the version that you saw: {version}"
    )


class FollowedOn(Refusal):
    """A contract that goes on is not lost."""

    sentence = N_(
        "the contract of {code} goes on: the one from {first} to {last} has begun, or is decided;"
        " tell of that one what became of it"
    )


def version_of(contract: Mapping[str, Any]) -> str:
    """Eight digits that are others as soon as the contract is."""
    told = json.dumps([contract[name] for name in _SEEN])
    return hashlib.sha256(told.encode()).hexdigest()[:8]
