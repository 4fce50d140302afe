"""Operators, as an action: a list of them; what is typed behind its verb changes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Kind, Question, Takes
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


OPERATOR_ACTIONS: tuple[Action, ...] = (
    Action(
        id="operators",
        keys=("vertical_line",),
        words="operators ops 操作员",
        label=N_("Operators"),
        help=N_(
            "who may do what, at which sites, by which keys: operators add bo dispatcher,"
            " operators sites bo @HQ, operators revoke bo"
        ),
        group=DESK,
        why_not=_not_open,
        takes=Takes.POST,
    ),
)

DEED_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "add": ("add", "新增"),
    "role": ("role", "角色"),
    "sites": ("sites", "站点"),
    "take": ("take", "收回"),
    "revoke": ("revoke", "停用"),
}
"""What may be done to an operator, and the words for it; `take` takes a key from him."""

DEED_SAID: Final[Mapping[str, str]] = {
    "add": N_("make {operator} an operator"),
    "role": N_("give operator {operator} another role"),
    "sites": N_("give operator {operator} other sites"),
    "take": N_("take key {key} from operator {operator}"),
    "revoke": N_("retire operator {operator}, with all his keys"),
}

EVERY: Final = ("all", "全部")
NONE: Final = ("none", "无")


def post_command(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    from store.commands.operator_keys import EnrolOperator, RevokeKey, RevokeOperator
    from store.commands.operators import AppointOperator

    code, sites = told["operator"], told.get("sites")
    every = True if told.get("everywhere") else None
    if told["deed"] == "take":
        return RevokeKey(operator=code, fingerprint=told["key"])
    if told["deed"] == "revoke":
        return RevokeOperator(operator=code)
    if told["deed"] == "add":
        name = told.get("name") or code
        post = EnrolOperator(code=code, name=name, role=told["role"], sites=sites)
        return replace(post, everywhere=every)
    return AppointOperator(operator=code, role=told.get("role"), sites=sites, everywhere=every)


GOOD_FOR: Final = timedelta(minutes=15)
"""How long a code is good that is given on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A one-time code: shown where it was made, told by word of mouth, and kept nowhere."""

    operator: str
    code: str
    until: datetime
    browser: bool
    """Whether it opens the desk in a browser; else it gives a key."""


def offering(offered: Offered) -> Action:
    """The code offered, once that is confirmed: one that was offered before is good no more."""

    def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
        from store.commands.operator_codes import OfferCode
        from store.domain.one_time_codes import BROWSER, digest_of

        digest = digest_of(offered.code, BROWSER if offered.browser else "")
        return OfferCode(operator=offered.operator, digest=digest, until=offered.until)

    label = (
        N_("show a one-time code by which {operator} comes in by a browser")
        if offered.browser
        else N_("show a one-time code by which {operator} gives his own key")
    )
    told = label.format(operator=safe(offered.operator))
    sure = Question(name="sure", label=told, kind=Kind.CONFIRM)
    return replace(OPERATOR_ACTIONS[0], make=make, takes=Takes.NOTHING, questions=(sure,))
