"""What a command is given: its words, the settings, the store, who asks, and the output."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console import cli_guard, i18n
from console.config import Config, load
from console.json_text import json_text
from store import clock
from store.domain.errors import BadInput, NameUnknown, Refusal
from store.domain.text import safe

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from types import SimpleNamespace

    from store.domain.intents import Command, Done
    from store.domain.who import Who
    from store.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One command line being carried out."""

    args: Namespace | SimpleNamespace
    settings: Config

    @classmethod
    def of(cls, args: Namespace | SimpleNamespace) -> Call:
        """Read the settings that these words leave in force; `WrongUsage` when they are wrong."""
        try:
            found = load(flags(args))
        except BadInput as bad:
            _speak_anyhow(getattr(args, "language", None))
            raise cli_guard.WrongUsage(why=i18n.tell(bad)) from bad
        i18n.use(found.language)
        return cls(args=args, settings=found)

    @contextlib.contextmanager
    def records(self, *, create: bool = False, feed: bool = False) -> Iterator[Records]:
        """The store, open for the length of the block; made when absent only if `create`."""
        from console.zones import zone_here
        from store.records import open_records

        try:
            records = open_records(
                self.settings.store,
                create=create,
                feed=feed,
                zone=zone_here(),
                desk=i18n._("Desk"),
            )
        except BadInput as bad:
            raise cli_guard.WrongUsage(why=i18n.tell(bad)) from bad
        try:
            yield records
        finally:
            records.close()

    def who(self, records: Records) -> Who:
        """The operator in force; the desk itself where nobody was named and none fits.

        `OperatorUnknown` for a name that is nobody's, `OperatorGone` for who is retired, be he
        named or not. Whoever holds the store and is no operator of it is its host: he does
        everything but fire timers.
        """
        from store.domain.who import SYSTEM_OPERATOR, THE_DESK, Who
        from store.queries.people import OperatorNamed

        named = OperatorNamed(code=self.settings.operator, via="cli")
        try:
            return records.ask(named, who=THE_DESK, at=self.at())
        except NameUnknown:
            if self.settings.chosen("operator"):
                raise
            return Who(operator=SYSTEM_OPERATOR, via="cli")

    def at(self) -> datetime:
        """The present instant."""
        return clock.now()

    def print(self, line: str = "") -> None:
        """One line of data on stdout, safe for a terminal."""
        print(safe(line))

    def json(self, value: Any) -> None:
        """Data as one JSON text on stdout: UTF-8, instants in ISO 8601 UTC."""
        print(json_text(value, indent=2))

    def json_list(self, values: Iterable[Any]) -> None:
        """The same for a list of any length, each value written as soon as it is made."""
        told = "["
        for value in values:
            sys.stdout.write(told + "\n  " + json_text(value, indent=2).replace("\n", "\n  "))
            told = ","
        print("\n]" if told == "," else "[]")

    def do(self, command: Command) -> int:
        """Have something done, and say what was; the exit code."""
        with self.records() as records:
            done = records.do(command, who=self.who(records), at=self.at())
        self.told(done)
        return 0

    def told(self, done: Done) -> None:
        """What was done: its sentence, or as JSON with what it is about."""
        said = i18n.fill(done.sentence, done.facts)
        if self.args.json:
            self.json({"said": said, **done.facts})
        else:
            self.print(said)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table on stdout, no wider than the screen."""
        from console.cli_table import screen_width, table

        for line in table(heads, rows, width=screen_width(), at=self.at()):
            self.print(line)

    def say(self, text: str) -> None:
        """Talk to the operator on stderr."""
        cli_guard.say(text)


_SETTINGS = (
    *("store", "operator", "language", "theme"),
    *("mouse", "readonly", "low_bandwidth"),
)


def flags(args: Namespace | SimpleNamespace) -> dict[str, str | bool | None]:
    """The settings that the command line itself names."""
    return {name: getattr(args, name, None) for name in _SETTINGS}


def language_of(words: list[str]) -> None:
    """Speak the wanted language before anything is said; a wrong one is refused later."""
    wanted = next((b for a, b in itertools.pairwise(words) if a == "--lang"), None)
    joined = next((word[7:] for word in words if word.startswith("--lang=")), None)
    try:
        i18n.use(load({"language": joined or wanted}).language)
    except (Refusal, OSError):
        _speak_anyhow(joined or wanted)


def _speak_anyhow(wanted: str | None) -> None:
    """What is wrong with the settings is said in the language that can still be made out."""
    told = (os.environ.get(name) for name in ("PAIDAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((tag for tag in (wanted, *told) if tag and i18n.matching(tag)), None)
    if spoken is not None:
        i18n.use(spoken)


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, and replace what cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
