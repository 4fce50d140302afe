"""Why a public key is not given to an operator, or not taken from him."""

from __future__ import annotations

from store.domain.errors import NotAllowed, Refusal
from store.domain.words import N_


class KeyTaken(Refusal):
    """A key is one person's: whoever holds its other half is him."""

    sentence = N_("this key is known already, as {code}'s: {fingerprint}")


class KeyWasRevoked(Refusal):
    """Once revoked it may be in any hands; a new one costs a minute."""

    sentence = N_("this key was revoked and is not taken again; make a new one: {fingerprint}")


class KeyGone(NotAllowed):
    """A session ends with the key by which it was opened."""

    sentence = N_("the key by which you came in opens nothing any more: {fingerprint}")


class KeyUnknown(NotAllowed):
    """Somebody else's door has let it in; here it is nobody's."""

    sentence = N_("no operator here has this key: {fingerprint}")


class KeyOfRetired(Refusal):
    """Nobody gets in by the key of who has left."""

    sentence = N_("operator {code} does not work here any more; he gets no key")


class DeskTakesNone(NotAllowed):
    """By a key of the desk itself somebody would be nobody."""

    sentence = N_("{code} is the desk itself: nobody logs in as it, and nobody can revoke it")
