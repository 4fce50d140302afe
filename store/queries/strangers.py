"""Names that an operator has written and nobody at the desk bears yet."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.intents import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers(Query[frozenset[str]]):
    """In which of these registers the name that is given for it means nothing.

    By the rule of the commands; what means several is known, only not told apart.
    """

    customer: str = ""
    site: str = ""
