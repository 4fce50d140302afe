"""Registers, promises, travel times: what nothing takes back, as whoever changes it is told."""

from __future__ import annotations

from typing import Final

from store.commands.begin import StartEmpty
from store.commands.mend import MendStore
from store.commands.operators import WelcomeOperator
from store.commands.sessions import SESSIONS
from store.commands.table import CAN_BE_TAKEN_BACK, DESK_WIDE, OF_A_SITE

_UNTOLD: Final = {MendStore, WelcomeOperator, StartEmpty, *SESSIONS}
FINAL: Final = (DESK_WIDE | OF_A_SITE) - CAN_BE_TAKEN_BACK - _UNTOLD
