"""Who asks: every command and query is told, and the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.domain.errors import NotAllowed, OfSomeSites
from store.domain.words import N_


class Role(StrEnum):
    """What an operator may do follows from the role, see RIGHTS."""

    SCREEN = "screen"
    OFFICE = "office"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Right(StrEnum):
    """One thing a role may or may not do."""

    READ = "read"
    DISPATCH = "dispatch"
    REGISTER = "register"
    IMPORT = "import"
    SUPERVISE = "supervise"
    """Be called when nobody acknowledges an alarm; a desk of dispatchers alone calls them all."""
    CONFIGURE = "configure"
    ADMINISTER = "administer"
    """Everything about operators, their roles, sites and keys."""
    FIRE = "fire"


_OFFICE = frozenset({Right.READ, Right.DISPATCH})
_DISPATCHER = _OFFICE | {Right.REGISTER, Right.IMPORT, Right.SUPERVISE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.SCREEN: frozenset({Right.READ}),
    Role.OFFICE: _OFFICE,
    Role.DISPATCHER: _DISPATCHER,
    Role.SUPERVISOR: _DISPATCHER | {Right.CONFIGURE},
    Role.ADMINISTRATOR: frozenset(Right) - {Right.FIRE},
    Role.SYSTEM: frozenset(Right),
}
"""The only place that says who may do what; the store asks it in every transaction."""

GIVEN = tuple(role for role in Role if role is not Role.SYSTEM)
"""Roles that an operator can be given."""

ROLE_WORDS: dict[Role, str] = {
    Role.SCREEN: N_("read-only screen"),
    Role.OFFICE: N_("site office"),
    Role.DISPATCHER: N_("dispatcher"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.SYSTEM: N_("program of the desk"),
}

RIGHT_WORDS: dict[Right, str] = {
    Right.READ: N_("read orders"),
    Right.DISPATCH: N_("dispatch orders"),
    Right.REGISTER: N_("keep the registers"),
    Right.IMPORT: N_("import"),
    Right.SUPERVISE: N_("supervise the desk"),
    Right.CONFIGURE: N_("change the desk's settings"),
    Right.ADMINISTER: N_("administer operators"),
    Right.FIRE: N_("fire timers"),
}

_FILES = frozenset({"import", "generate"})
_NOT_TOLD = "-"

SYSTEM_OPERATOR = 1
"""The operator row that stands for the desk itself: timers, imports' implied steps."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The sites an asker sees; None means all of them, and orders without a site."""

    sites: frozenset[int] | None = None

    def covers(self, site: int | None) -> bool:
        """Whether something at this site may be seen."""
        return self.sites is None or site in self.sites

    def within(self, other: Scope) -> Scope:
        """What both see."""
        if self.sites is None or other.sites is None:
            return other if self.sites is None else self
        return Scope(self.sites & other.sites)


EVERYWHERE = Scope()


CERTIFIED = "+cert:"
"""Stands between the fingerprint of a key and the number of the certificate that vouches for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From where somebody came in over a line, and by which of his keys."""

    key: str = ""
    """The fingerprint; empty where none was asked for."""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An operator, as he asks: by id, with role, sites and the door he came through.

    Role and sites are what he was known by when he came. The store looks again whenever he asks
    or does something, and takes of this no more than that he wants to see less than he may.
    """

    operator: int
    role: Role = Role.DISPATCHER
    scope: Scope = EVERYWHERE
    via: str = "console"
    """Through which door: console, cli, import, scheduler, ssh, browser."""
    origin: Origin | None = None
    """None for who sits at the machine itself. As soon as the key is revoked he may nothing."""

    @property
    def acts(self) -> bool:
        """Whether a person does this now; not time, nor a file that tells of the past."""
        return self.role is not Role.SYSTEM and self.via not in _FILES

    @property
    def through(self) -> str:
        """Door, address and key in one text, as the journal hashes it."""
        if self.origin is None:
            return self.via
        parts = (self.origin.address, self.origin.key)
        return " ".join((self.via, *("".join(part.split()) or _NOT_TOLD for part in parts)))

    def may(self, right: Right) -> bool:
        """Whether the role holds this right."""
        return right in RIGHTS[self.role]


def came_through(told: str) -> tuple[str, Origin | None]:
    """The door, and from where and by which key, of what the journal says somebody came through."""
    door, *rest = told.split(" ")
    if len(rest) != len(("address", "key")):
        return told, None
    address, key = ("" if part == _NOT_TOLD else part for part in rest)
    return door, Origin(key=key, address=address)


def not_allowed(who: Who, right: Right) -> NotAllowed:
    """The refusal that names the role and what it may not do."""
    return NotAllowed(role=ROLE_WORDS[who.role], action=RIGHT_WORDS[right])


def require(who: Who, right: Right, *, desk_wide: bool = False) -> None:
    """`NotAllowed` where the role has not this right; `OfSomeSites` where that wants to see all."""
    if not who.may(right):
        raise not_allowed(who, right)
    if desk_wide and who.scope.sites is not None:
        raise OfSomeSites(action=RIGHT_WORDS[right])


THE_DESK = Who(operator=SYSTEM_OPERATOR, role=Role.SYSTEM, via="scheduler")
