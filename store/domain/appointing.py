"""Who may make whom what: nobody gives a right that he does not hold, nor changes his own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.operator_refusals import OwnRole, RoleAbove
from store.domain.who import RIGHTS, ROLE_WORDS, Right, Role

if TYPE_CHECKING:
    from store.domain.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an operator may do, and where."""

    role: Role
    everywhere: bool
    """Every site, those to come too; else those that are named, be it none."""
    sites: frozenset[int]
    active: bool

    @property
    def rules(self) -> bool:
        """Whether he can make others administrators; who sees some sites only cannot."""
        return self.active and self.everywhere and Right.ADMINISTER in RIGHTS[self.role]


NOWHERE: Final = Post(role=Role.DISPATCHER, everywhere=False, sites=frozenset(), active=False)
"""Of who is not there; whom nothing else is said of becomes a dispatcher."""


def check_post(giver: Who, before: Post, after: Post, *, himself: bool) -> None:
    """`RoleAbove` where a role on either side holds what the giver does not, `OwnRole` for one's
    own; a change that leaves the post as it was is anybody's who may change operators."""
    if before == after:
        return
    for role in (before.role, after.role):
        if not RIGHTS[role] <= RIGHTS[giver.role]:
            raise RoleAbove(role=ROLE_WORDS[role])
    if himself:
        raise OwnRole
