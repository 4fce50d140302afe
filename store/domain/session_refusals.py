"""Why a session is not ended, and why one is over."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class SessionUnknown(Refusal):
    """It may have ended by itself meanwhile."""

    sentence = N_("no session {session} is open here")


class SessionsFull(Refusal):
    """As many are open as a served desk allows."""

    sentence = N_("too many sessions are open; try again later")


class SessionEnded(Refusal):
    """Told to whoever sat there."""

    sentence = N_("An administrator has ended this session. Your drafts are kept.")


class SessionIdle(Refusal):
    """Nobody was there any more."""

    sentence = N_("Nothing was typed for a long time; the session ended. Your drafts are kept.")


class SessionLocked(Refusal):
    """Whoever was away has come back."""

    sentence = N_("The session was locked. Come in again, and you land where you were.")


class NotServed(Refusal):
    """A console that opens the store by itself is no session of anything."""

    sentence = N_("there are no sessions here: this console is not served by paidan serve")
