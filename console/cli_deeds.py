"""Commands that do a step of something: `paidan action why 3 …`; what all of them ask alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.cli_help import listed
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

_DIGITS = 12


def add_deeds(
    parser: argparse.ArgumentParser, deeds: Mapping[str, str], *, usual: str = "list"
) -> None:
    """The word that says what is done, each with its help on a line of its own."""
    parser.add_argument(
        "deed",
        nargs="?",
        choices=[*deeds],
        default=usual,
        metavar="DEED",
        help=listed(deeds),
    )


def check_options(
    args: argparse.Namespace,
    takes: Mapping[str, tuple[str, ...]],
    spelled: Mapping[str, str] | None = None,
) -> None:
    """An option that would change nothing was meant for something: `WrongUsage`.

    `takes` has which options a deed takes, one that is not there none but `--json`; `spelled` how
    those are written that are kept under another name.
    """
    written, mine = spelled or {}, takes.get(args.deed, ())
    for name in dict.fromkeys(name for names in takes.values() for name in names):
        value = getattr(args, name, None)
        if value is not None and value is not False and name not in mine:
            why = _("{command} {deed} takes no --{option}; it takes: {takes}")
            told = _(", ").join(f"--{written.get(one, one)}" for one in (*mine, "json"))
            said = {"command": args.command, "deed": args.deed, "takes": told}
            raise WrongUsage(why=why.format(**said, option=written.get(name, name)))


def no_more(args: argparse.Namespace, count: int) -> None:
    """Refuse words that would mean nothing."""
    if len(args.what) != count:
        why = _("{command} {deed} takes so many words behind it: {count}")
        raise WrongUsage(why=why.format(command=args.command, deed=args.deed, count=count))


def number_in(words: Sequence[str], otherwise: str) -> int:
    """The number that the first word is, with `#` or without; `otherwise` says what was wanted."""
    digits = words[0].removeprefix("#") if words else ""
    if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS:
        return int(digits)
    raise WrongUsage(why=otherwise)
