"""Why an operator is not made what somebody wants to make him."""

from __future__ import annotations

from store.domain.errors import NotAllowed, Refusal
from store.domain.words import N_


class RoleAbove(NotAllowed):
    """A right is given by who holds it."""

    sentence = N_("the role {role} is above yours; ask somebody who has it")


class OwnRole(NotAllowed):
    """Nobody makes himself more, nor locks himself out by mistake."""

    sentence = N_("your own role and sites are changed by another administrator")


class LastAdministrator(NotAllowed):
    """A desk without an administrator could not get one any more."""

    sentence = N_(
        "{code} is the last administrator; make another one first:"
        " paidan operator role CODE administrator"
    )


class OperatorThere(Refusal):
    """A mistyped code would make somebody else's place another's."""

    sentence = N_(
        "there is an operator {code} already; paidan operator role changes what he may do"
    )
