"""The verbs of the command line, from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.actions_kinds import INSIST, Takes
from console.grammar.names import nearest
from console.grammar.refusals import WrongWords
from console.grammar.tokens import scan
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action
    from console.grammar.tokens import Scanned, Token

VERBS: Final[Mapping[str, Action]] = {
    verb: action for action in ACTIONS.values() for verb in action.verbs
}
"""Every word that may begin a line, and the action it stands for."""

ABOUT_ORDERS: Final = frozenset({Takes.ORDERS, Takes.MAYBE_ORDERS, Takes.DEED, Takes.RECALLED})
"""What actions name that may be told of orders."""

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "insist": INSIST,
    "also": ("also", "加派"),
    "swap": ("swap", "替换"),
    "partly": ("partly", "部分"),
    "by": ("by", "来电"),
    "for": ("for", "客户"),
    "asset": ("asset", "设备"),
    "kind": ("kind", "类别"),
    "needs": ("needs", "需要"),
    "takes": ("takes", "工时"),
    "crew": ("crew", "人手"),
    "at": ("at", "预约"),
    "newfor": ("newfor", "新客户"),
    "newsite": ("newsite", "新站点"),
}
"""What may be said with a slash, and its words; an action names those it knows."""

OPTION_HELP: Final[Mapping[str, str]] = {
    "insist": N_("do it although steps are skipped, or it is finished"),
    "also": N_("send this technician beside those who go already"),
    "swap": N_("in whose place; the others keep it"),
    "partly": N_("leave out orders that refuse"),
    "by": N_("who calls: a name, a number, or both"),
    "for": N_("for which customer"),
    "asset": N_("what broke: an asset by its code or name"),
    "kind": N_("which kind of work it is"),
    "needs": N_("tools and parts that it takes, a comma between them"),
    "takes": N_("how long the work takes: 90, 1h30, 20h"),
    "crew": N_("how many people it takes"),
    "at": N_("when the customer awaits somebody: 14:00, or 14:00-16:00"),
    "newfor": N_("for a new customer of this name, made with the order"),
    "newsite": N_("at a new site of this name, made with the order"),
}

SAID: Final[Mapping[str, str]] = {
    "by": "caller",
    "asset": "asset",
    "kind": "kind",
    "needs": "needs",
    "takes": "takes",
    "crew": "crew",
    "at": "appointment",
    "newfor": "new_customer",
    "newsite": "new_site",
}
"""Options behind which words stand, up to the next option, and what they tell the command."""


def word_for(action: Action, *, chinese: bool) -> str:
    """The verb that an operator of this language is shown for an action."""
    return min(action.verbs, key=lambda verb: verb.isascii() == chinese)


def action_of(verb: Token) -> Action:
    """The action that a verb stands for; WrongWords with the nearest verb where there is none."""
    action = VERBS.get(verb.text.casefold())
    if action is not None and not verb.quoted:
        return action
    like = nearest(VERBS, verb.text)
    what = (
        N_("there is no verb “{verb}”; ? lists them").format(verb=verb.raw)
        if like is None
        else N_("there is no verb “{verb}”; nearest is “{like}”").format(verb=verb.raw, like=like)
    )
    raise WrongWords(
        verb.start + 1,
        what,
        unfinished=any(known.startswith(verb.text.casefold()) for known in VERBS),
    )


def option_of(word: Token, action: Action) -> str:
    """The option that a word with a slash means, by its beginning; WrongWords where none fits."""
    said = word.text[1:].casefold()
    known = {name: OPTIONS[name] for name in options_of(action)}
    fitting = [n for n, words in known.items() if any(w.startswith(said) for w in words)]
    if said and len(fitting) == 1:
        return fitting[0]
    choices = " ".join(f"/{name}" for name in known) or "-"
    what = N_("there is no option “{option}” here; there are: {choices}")
    raise WrongWords(
        word.start + 1, what.format(option=word.raw, choices=choices), unfinished=bool(fitting)
    )


def scan_for(action: Action, line: str) -> Scanned:
    """A line taken apart as its action wants it: with brackets as one word, or without a note."""
    if action.names is Takes.PLANS:
        return scan(line, noted=False)
    return scan(line, sets=action.names in ABOUT_ORDERS)


def options_of(action: Action) -> tuple[str, ...]:
    """The options that an action knows; sets may be done in part."""
    sets = ("partly",) if action.about_order and action.make is not None else ()
    return tuple(dict.fromkeys((*action.options, *sets)))
