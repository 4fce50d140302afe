"""Which keys are in force: the operator's own, else those of a style, else the usual ones.

What the operator names has its keys, and whatever else had them goes without: a new version may
give an action a usual key that he has long given to another. A key that he gives to two things in
one place, a name that is no action or no key: one sentence tells of the first, and the usual keys
hold, since half a map would surprise more than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from console.actions import ACTIONS
from console.config_keys import STYLES, chosen_keys
from console.key_names import key_named
from console.widgets.pages import PartsPage
from console.widgets.work_table import WorkTable
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingsMap
    from textual.dom import DOMNode

Keys = dict[str, tuple[str, ...]]

_SHIPPED: Final = Path(__file__).with_name("keymaps")
_FIXED: Final = {
    **dict.fromkeys((*"1234567890", "minus"), N_("the queues")),
    **dict.fromkeys(
        ("escape", "enter", "tab", "shift+tab", "full_stop", "ctrl+l"), N_("all lists")
    ),
}
"""Keys that no action can have, and what they are for."""
_UNMOVED: Final = frozenset({"table.choose", "table.apply"})
_LINE: Final = "command"
"""What opens the line for words; whatever else is an action may go without a key for its word."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A map of keys."""

    keys: Mapping[str, tuple[str, ...]]
    """Only those that are not the usual ones."""
    wrong: BadInput | None = None
    """Why the usual ones hold instead of those that were wanted."""


def in_force(own: Mapping[str, tuple[str, ...]], style: str, path: Path) -> InForce:
    """The keys that the settings leave in force."""
    try:
        wanted, where = {**_of_style(style), **_named(own, str(path))}, f"{path} [keys]"
        wanted |= _without(wanted, own, where)
        _once_a_place(wanted, own, where)
    except BadInput as wrong:
        return InForce({}, wrong)
    return InForce(wanted)


@cache
def usual() -> Keys:
    """Everything that can be given another key, with its usual ones."""
    found = {name: _called(action.keys) for name, action in ACTIONS.items()}
    for binding in (*WorkTable.BINDINGS, *PartsPage.BINDINGS):
        if isinstance(binding, Binding) and binding.id and binding.id not in _UNMOVED:
            found[binding.id] = _called(binding.key.split(","))
    return found


def _called(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key_named(key.strip()) or key.strip() for key in keys)


def label_of(name: str) -> str:
    """What an id means to an operator: its label, or itself for what only moves about."""
    return ACTIONS[name].label if name in ACTIONS else name


def _of_style(style: str) -> Keys:
    if style == STYLES[0]:
        return {}
    import tomllib  # the usual keys need no file

    path = _SHIPPED / f"{style}.toml"
    return _named(chosen_keys(tomllib.loads(path.read_text("utf-8")), path), str(path))


def _named(own: Mapping[str, tuple[str, ...]], path: str) -> Keys:
    """Keys by what they do, each key by its own name; BadInput for what is none."""
    found: Keys = {}
    for name, keys in own.items():
        where = f"{path} [keys] {name}"
        if name not in usual():
            raise BadInput(
                where=f"{path} [keys]",
                wrong=N_("there is no action “{name}”").format(name=name),
                right=_near(name),
            )
        if not keys:
            raise BadInput(
                where=where, wrong=N_("no key is named"), right=N_('write "d" or ["d", "f5"]')
            )
        for key in keys:
            if key_named(key) is None:
                raise BadInput(
                    where=where,
                    wrong=N_("“{value}” is not a key").format(value=key),
                    right=N_("write a sign, or a name such as f5, ctrl+o, space, pagedown"),
                )
        found[name] = tuple(dict.fromkeys(key_named(key) or key for key in keys))
    return found


def _near(name: str) -> str:
    from difflib import get_close_matches  # wrong words are rare

    near = get_close_matches(name, usual(), n=1)
    if near:
        return N_("did you mean “{near}”?").format(near=near[0])
    return N_("paidan config --keys lists them")


def _without(wanted: Keys, own: Mapping[str, tuple[str, ...]], where: str) -> Keys:
    """What loses keys to what the operator has named, with those that are left to it.

    BadInput where nothing would be left to what no typed word does.
    """
    found: Keys = {}
    for name, keys in (usual() | wanted).items():
        if name in own:
            continue
        lost = {key: him for him in own if _meet(him, name) for key in wanted[him]}
        left = tuple(key for key in keys if key not in lost)
        if not left and (name not in ACTIONS or name == _LINE):
            raise _taken(where, keys[0], lost[keys[0]], label_of(name))
        if left != keys:
            found[name] = left
    return found


def _meet(one: str, other: str) -> bool:
    """Whether both are in one place; only lists and pages are never."""
    return one in ACTIONS or other in ACTIONS or one.split(".")[0] == other.split(".")[0]


def _once_a_place(wanted: Keys, own: Mapping[str, tuple[str, ...]], where: str) -> None:
    """BadInput where one key shall do two things in one place: the lists, or the pages."""
    every = usual() | wanted
    for place, other in (("table.", "page."), ("page.", "table.")):
        holders: dict[str, str] = {}
        # Whom the operator has named comes last: he is told of what he has written.
        for name in sorted((n for n in every if not n.startswith(other)), key=own.__contains__):
            for key in every[name]:
                if key in _FIXED and name in wanted:
                    raise _taken(where, key, name, _FIXED[key])
                if key in holders and (name.startswith(place) or name in ACTIONS):
                    raise _taken(where, key, name, label_of(holders[key]))
                holders[key] = name


def _taken(where: str, key: str, name: str, other: str) -> BadInput:
    wrong = N_("“{key}” would be the key of {action} and of {other}")
    return BadInput(
        where=where,
        wrong=wrong.format(key=key, action=label_of(name), other=other),
        right=N_("give each a key of its own"),
    )


# -- on a screen ------------------------------------------------------------------------------


def bind(screen: DOMNode, keys: Mapping[str, tuple[str, ...]]) -> None:
    """Give a screen and what stands in it these keys; a screen's own keys are its own."""
    if not keys:
        return
    for node in screen.walk_children(with_self=True):
        held = node._bindings  # noqa: SLF001  Textual's own keymap drops what shares a key
        if any(one.id in keys for ones in held.key_to_bindings.values() for one in ones):
            _bind(held, keys)


def _bind(held: BindingsMap, keys: Mapping[str, tuple[str, ...]]) -> None:
    moved: dict[str, Binding] = {}
    left: dict[str, list[Binding]] = {}
    for key, ones in held.key_to_bindings.items():
        for one in ones:
            if one.id is not None and one.id in keys:
                moved.setdefault(one.id, one)
            else:
                left.setdefault(key, []).append(one)
    for name, one in moved.items():
        for key in keys[name]:
            if key not in left:
                left[key] = [one.with_key(key=key, key_display=None)]
    held.key_to_bindings = left
