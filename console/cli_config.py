"""`paidan config`: where the settings are, and what is in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "config",
        help=_("show the settings in force and where they come from"),
        description=_(
            "Show where the configuration file is (TOML, with [desk] and [keys]) and what is in"
            " force: a flag goes before the environment, that before the file, that before the"
            " default."
        ),
        epilog=examples("paidan config", "paidan config --json"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print the path, then each setting with who decided it; passwords are hidden."""
    config = call.settings
    found = [
        {"name": held.name, "value": shown(held.value), "source": held.source.value}
        for held in config.in_force()
    ]
    if args.json:
        settings = {held.pop("name"): held for held in found}
        call.json({"path": str(config.path), "exists": config.path.exists(), "settings": settings})
        return 0
    there = "" if config.path.exists() else _(" (not there)")
    call.print(_("file: {path}{there}").format(path=config.path, there=there))
    for held in found:
        call.print(f"{held['name']} = {held['value']}  ({_(str(held['source']))})")
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
