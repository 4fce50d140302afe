"""The words of the command line: one parser, with the options that every command takes."""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from console.cli_guard import WrongUsage, wants_json
from console.cli_help import Help, examples
from console.i18n import _
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from _typeshed import SupportsWrite

    # argparse has no public name for what `add_subparsers` returns.
    Sub = argparse._SubParsersAction["Parser"]  # noqa: SLF001


class _Version(argparse.Action):
    """Says the version; asking the package for it costs time that only `--version` pays."""

    def __call__(self, parser: argparse.ArgumentParser, *_words: Any) -> None:
        from importlib.metadata import version

        print(f"paidan {version('paidan')}")
        parser.exit()


_LONGEST = 20_000
"""Characters of the longest help with a good deal to spare."""


class Parser(argparse.ArgumentParser):
    """A parser that takes `--help`, `--db`, `--as` and `--lang`."""

    raises = False
    """Whether what is wrong is raised, for somebody else to tell."""

    def __init__(self, *, bare: bool = False, **options: Any) -> None:
        """One that is `bare` is only listed: nobody typed its word, and it parses nothing."""
        options.setdefault("formatter_class", Help)
        super().__init__(allow_abbrev=False, add_help=False, **options)
        if bare:
            return
        self.add_argument("-h", "--help", action="help", help=_("show this help and exit"))
        everywhere = self.add_argument_group(_("options of every command"))
        for flag, name, word, line in (
            (
                *("--db", "store", "URL"),
                _(
                    "the store, if it is another than `paidan config` says: sqlite:///file.db or"
                    " postgresql://user@host/name"
                ),
            ),
            (
                *("--as", "operator", "OPERATOR"),
                _("the code of the operator who asks; `paidan list operators` names them"),
            ),
            ("--lang", "language", "LANG", _("the language: en or zh_CN")),
        ):
            everywhere.add_argument(
                flag, dest=name, metavar=word, help=line, default=argparse.SUPPRESS
            )

    def error(self, message: str) -> NoReturn:
        """What is wrong with the words; a script that asked for JSON is told in JSON."""
        if self.raises:
            raise WrongUsage(why=safe(message, limit=_LONGEST))
        super().error(message)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """What argparse says; it quotes what was typed, and that may come from a hostile page."""
        super()._print_message(safe(message, multiline=True, limit=_LONGEST), file)


def build(commands: Mapping[str, tuple[str, str]], words: Sequence[str]) -> Parser:
    """The whole parser; only the commands among the words bring their own options."""
    Parser.raises = wants_json(words)
    parser = Parser(
        prog="paidan",
        description=_(
            "A dispatch desk: orders, technicians and deadlines on one screen. Without a command it"
            " opens the console. `paidan COMMAND --help` explains a command; each ends with 0 done,"
            " 1 refused, 2 wrong usage or 3 store unreachable."
        ),
        epilog=examples(
            _("paidan demo          # a throw-away desk, to look around"),
            _("paidan               # your own desk"),
            _("paidan list --help   # what a command does, and examples"),
            _("paidan list orders --query snow --limit 20"),
        ),
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=_("say the version and exit"))
    parser.set_defaults(store=None, operator=None, language=None)
    sub: Sub = parser.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    typed = set(words)
    for word, (module, line) in commands.items():
        if word in typed:
            import_module(module).add_parser(sub)
        else:
            sub.add_parser(word, help=_(line), bare=True)
    return parser


_LESS: Final = re.compile(r"-\d")
_SIGNED: Final = frozenset({"--skill", "--region", "--carries"})
"""Options whose value may begin with a sign: what is taken away."""
_GOES: Final = re.compile(r"-(?!-)(?!h$)\S")


def joined(words: Sequence[str]) -> list[str]:
    """The words, where neither `--at -2h` nor `--skill -lift` brings an option of that name."""
    found: list[str] = []
    for word in words:
        signed = _GOES if found and found[-1] in _SIGNED else _LESS
        if found and found[-1] in {"--at", *_SIGNED} and signed.match(word):
            found[-1] = f"{found[-1]}={word}"
        else:
            found.append(word)
    return found


def whole(text: str) -> int:
    """The type of a number; argparse would call a text that is none by this function's name."""
    try:
        return int(text)
    except ValueError:
        said = _("{text} is no whole number").format(text=text)
        raise argparse.ArgumentTypeError(said) from None


def named(text: str) -> str:
    """The type of a name that narrows: an unset variable of a shell would widen instead."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name is empty; leave it out, or name one"))
    return text


def limit(text: str) -> int:
    """The type of a `--limit`: a whole number from 1."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("{n} is not above zero").format(n=number))
    return number


def between(least: int, most: int) -> Callable[[str], int]:
    """The type of a whole number within bounds."""

    def number_of(text: str) -> int:
        with suppress(ValueError):
            if least <= (number := int(text)) <= most:
                return number
        said = _("give a whole number from {least} to {most}")
        raise argparse.ArgumentTypeError(said.format(least=least, most=most))

    return number_of
