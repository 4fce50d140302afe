"""Who asks: every command and query is told, and the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.domain.errors import NotAllowed
from store.domain.words import N_


class Role(StrEnum):
    """What an operator may do follows from the role, see RIGHTS."""

    DISPATCHER = "dispatcher"
    SYSTEM = "system"


class Right(StrEnum):
    """One thing a role may or may not do."""

    READ = "read"
    DISPATCH = "dispatch"
    CONFIGURE = "configure"
    IMPORT = "import"
    FIRE = "fire"
    SUPERVISE = "supervise"
    """Be called when nobody acknowledges an alarm; a desk of dispatchers alone calls them all."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DISPATCHER: frozenset(Right) - {Right.FIRE},
    Role.SYSTEM: frozenset(Right),
}

ROLE_WORDS: dict[Role, str] = {
    Role.DISPATCHER: N_("dispatcher"),
    Role.SYSTEM: N_("program of the desk"),
}

RIGHT_WORDS: dict[Right, str] = {
    Right.READ: N_("read orders"),
    Right.DISPATCH: N_("dispatch orders"),
    Right.CONFIGURE: N_("change the desk's settings"),
    Right.IMPORT: N_("import"),
    Right.FIRE: N_("fire timers"),
    Right.SUPERVISE: N_("supervise the desk"),
}

_FILES = frozenset({"import", "generate"})

SYSTEM_OPERATOR = 1
"""The operator row that stands for the desk itself: timers, imports' implied steps."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The sites an asker sees; None means all of them, and orders without a site."""

    sites: frozenset[int] | None = None

    def covers(self, site: int | None) -> bool:
        """Whether something at this site may be seen."""
        return self.sites is None or site in self.sites


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An operator, as he asks: by id, with role, sites and the door he came through."""

    operator: int
    role: Role = Role.DISPATCHER
    scope: Scope = EVERYWHERE
    via: str = "console"
    """Where from: console, cli, import, scheduler, later ssh with key and address."""

    @property
    def acts(self) -> bool:
        """Whether a person does this now; not time, nor a file that tells of the past."""
        return self.role is not Role.SYSTEM and self.via not in _FILES

    def may(self, right: Right) -> bool:
        """Whether the role holds this right."""
        return right in RIGHTS[self.role]


def not_allowed(who: Who, right: Right) -> NotAllowed:
    """The refusal that names the role and what it may not do."""
    return NotAllowed(role=ROLE_WORDS[who.role], action=RIGHT_WORDS[right])


THE_DESK = Who(operator=SYSTEM_OPERATOR, role=Role.SYSTEM, via="scheduler")
