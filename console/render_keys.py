"""The line of keys at the foot of a screen as parts; pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from console.actions import ACTIONS, FOOTER, first_sign
from console.actions_kinds import refusal
from console.i18n import _
from console.looks import spread, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from console.actions_kinds import Action, Situation
    from console.looks import Parts
    from console.unsent import DraftKey, Left

_MOST_TOLD = 3


def key_bar(
    situation: Situation,
    keymap: Mapping[str, tuple[str, ...]],
    cells: int,
    *,
    here: str = "",
    back: bool = False,
) -> Parts:
    """The most useful keys; one that cannot be used now is faint, in brackets, and makes way.

    `here` is the action that leads to the screen itself; `back` whether to say that Esc leaves it.
    """
    helping = _key(ACTIONS["help"], situation, keymap)
    if back:
        helping = ((" Esc ", "key"), (_("back") + " ", ""), *helping)
    shown: list[Parts] = []
    for action in _by_use(situation):
        if action.id in situation.lacks or action.id == here:
            continue
        item = _key(action, situation, keymap)
        fits = _fits((*shown, item, helping), cells)
        if not fits and _usable(item) and action.footer <= ACTIONS["new"].footer:
            faint = [one for one in shown if not _usable(one)]
            while faint and not fits:
                shown.remove(faint.pop())
                fits = _fits((*shown, item, helping), cells)
        if fits:
            shown.append(item)
        elif _usable(item):
            break
    return spread(tuple(part for one in shown for part in one), helping, cells)


def _by_use(situation: Situation) -> Sequence[Action]:
    """Where one only looks, first the keys that look; else the one that sends who is proposed."""
    if not situation.only_looks:
        line = situation.line
        nominee = None if line is None else line.nominee
        proposed = (ACTIONS["send_proposed"],) if nominee and not nominee.has_it else ()
        return (*proposed, *FOOTER)
    return sorted(FOOTER, key=lambda action: refusal(action, situation) is not None)


def _key(action: Action, situation: Situation, keymap: Mapping[str, tuple[str, ...]]) -> Parts:
    key, label = first_sign(action, keymap), _(action.label)
    if situation.ready and refusal(action, situation) is None:
        return ((f" {key} ", "key"), (f"{label} ", ""))
    return ((f"({key})", "faint"), (f"{label} ", "faint"))


def _usable(item: Parts) -> bool:
    return item[0][1] == "key"


def _fits(items: Sequence[Parts], cells: int) -> bool:
    return sum(map(_wide, items)) < cells


_wide = lru_cache(maxsize=256)(width)


def unsent_said(left: Iterable[Left]) -> str:
    """What an earlier console left in its prompts, and where it is offered again."""
    names = list(dict.fromkeys(draft_name(one.key) for one in left))
    told = [*names[-_MOST_TOLD:], *(["..."] if len(names) > _MOST_TOLD else [])]
    said = _("typed here and never sent: {what}; the same key offers it again")
    return said.format(what=_(", ").join(told))


def draft_name(key: DraftKey) -> str:
    """Whose text is not saved: the action, and the order where it is about one."""
    name, number = key
    label = _(ACTIONS[name].label)
    return f"{label} #{number}" if number else label
