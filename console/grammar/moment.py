"""A past moment behind a verb: `board at 09:15`, `board yesterday 17:00`, `看板 09:15`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.grammar.refusals import WrongWords
from console.grammar.times import is_keyword
from console.moments import read_moment
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token

_GLUED: Final = re.compile(r"[到至于在](?=.)")


def take_moment(rest: Sequence[Token], lookup: Lookup) -> datetime | None:
    """The moment that the words tell; None where there are none, which means the present."""
    words = rest[1:] if rest and (is_keyword(rest[0]) or rest[0].text == "在") else rest
    if not words:
        return None
    said = _GLUED.sub("", " ".join(word.text for word in words), count=1)
    try:
        return read_moment(said, at=lookup.at, zone=lookup.zone)
    except BadInput as refused:
        unfinished = not said[-1:].isdigit() or ":" not in said
        what = N_("{wrong}; {right}").format(
            wrong=refused.facts["wrong"], right=refused.facts["right"]
        )
        raise WrongWords(words[0].start + 1, what, unfinished=unfinished) from refused
