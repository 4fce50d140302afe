"""`paidan config`: where the settings are, and what is in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.actions import ACTIONS, sign
from console.cli_help import examples
from console.config_keys import STYLES
from console.i18n import _, tell

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.config import Config
    from console.keys_in_force import InForce


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "config",
        help=_("show the settings in force and where they come from"),
        description=_(
            "Show where the configuration file is (TOML, with [desk], [keys] and [serve]) and what"
            " is in force: a flag goes before the environment, that before the file, that before"
            " the default."
        ),
        epilog=examples("paidan config", "paidan config --keys", "paidan config --json"),
    )
    parser.add_argument(
        "--keys", action="store_true", help=_("list what [keys] can name, and its keys now")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print the path, then each setting with who decided it; passwords are hidden."""
    config = call.settings
    found = [
        {"name": held.name, "value": shown(held.value), "source": held.source.value}
        for held in config.in_force()
    ]
    if args.keys:
        return _keys(_bound(config), call, as_json=args.json)
    wrong = _wrong(config)
    if args.json:
        settings = {held.pop("name"): held for held in found}
        call.json(
            {
                "path": str(config.path),
                "exists": config.path.exists(),
                "settings": settings,
                "wrong": wrong,
            }
        )
        return 0
    there = "" if config.path.exists() else _(" (not there)")
    call.print(_("file: {path}{there}").format(path=config.path, there=there))
    for held in found:
        source = _(" ({door})").format(door=_(str(held["source"])))
        call.print(f"{held['name']} = {held['value']} {source}")
    if wrong:
        call.print(_("{why}; the usual keys are in force").format(why=wrong))
    return 0


def _wrong(config: Config) -> str:
    """Why the operator's own keys are not in force; empty where he has none, or they are."""
    if not config.keys and config.key_style == STYLES[0]:
        return ""  # the screens need not be read to know that
    bound = _bound(config)
    return tell(bound.wrong) if bound.wrong is not None else ""


def _bound(config: Config) -> InForce:
    from console.keys_in_force import in_force

    return in_force(config.keys, config.key_style, config.path)


def _keys(bound: InForce, call: Call, *, as_json: bool) -> int:
    """What can be given a key, by the name that [keys] knows it by, with its keys now."""
    from console.keys_in_force import usual

    keys = {name: list(held) for name, held in {**usual(), **bound.keys}.items()}
    if as_json:
        call.json(keys)
        return 0
    for name, held in keys.items():
        label = _(ACTIONS[name].label) if name in ACTIONS else ""
        call.print(f"{name:20} {' '.join(sign(key) for key in held):16} {label}".rstrip())
    return 0


_ASKED = re.compile(r"([?&]password=)[^&]*")


def shown(value: str | bool | tuple[str, ...]) -> str | bool | list[str]:
    """A setting's value with the password of a store's address left out."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool) or "://" not in value:
        return value
    value = _ASKED.sub(r"\1***", value)
    if "@" not in value:
        return value
    scheme, rest = value.split("://", 1)
    person, host = rest.rsplit("@", 1)
    name = person.split(":", 1)[0]
    return f"{scheme}://{name}{':***' if ':' in person else ''}@{host}"
