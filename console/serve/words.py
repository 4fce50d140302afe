"""The command line that a script sends along with ssh: carried out in a process forked for it.

    ssh -p 8022 desk do 'as 1042 wang'
    ssh -p 8022 desk list --query overdue --json
    ssh -p 8022 desk "do 'note 1042 they said --yes' --json"

No shell sees it, and nothing but what stands in `CARRIED`; who asks is told by his key.
"""

from __future__ import annotations

import gc
import io
import os
import shlex
import socket
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from console import cli_guard, i18n, litter
from console.cli_call import Call
from console.cli_guard import REFUSED, WrongUsage
from console.cli_parser import build, joined
from console.config import load
from console.i18n import _
from console.serve import wire
from console.serve.far import FarRecords
from console.serve.whose_door import named
from store import reach
from store.domain.errors import Refusal
from store.domain.session_refusals import SessionsFull
from store.domain.who import THE_DESK
from store.domain.words import N_
from store.queries.people import OperatorNamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from console.serve.opening import Opening, Where
    from store.domain.who import Who
    from store.records import Records

CARRIED: Final[dict[str, tuple[str, str]]] = {
    "do": ("console.cli_do", N_("carry out one typed command")),
    "list": (
        "console.cli_list",
        N_("list orders, technicians, sites, customers, alarms, calendars, levels, operators"),
    ),
    "show": ("console.cli_show", N_("show everything about one order")),
    "who": ("console.cli_who", N_("say who should go to an order, and why not somebody else")),
    "kpi": ("console.cli_kpi", N_("print figures of a period, or the orders behind one")),
    "export": ("console.cli_export", N_("write every order as JSON lines or CSV")),
}
"""What may be asked so: it reads and writes no file, and asks nobody anything."""

_FLAGS: Final = frozenset({"--yes", "--dry-run", "--json", "-h", "--help"})
_QUOTES: Final = ("'", '"')
_BUFFER: Final = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class FarCall(Call):
    """A command from elsewhere: his who came in, at the store that is served."""

    opening: Opening
    opened: Callable[[], Records]

    @contextmanager
    def records(self, *, create: bool = False, feed: bool = False) -> Iterator[Records]:  # noqa: ARG002  it is there, and follows nothing
        """The store, for the length of the block."""
        records = self.opened()
        try:
            yield records
        finally:
            records.close()

    def who(self, records: Records) -> Who:
        """The operator whose key it was."""
        named = OperatorNamed(code=self.opening.operator, via="ssh")
        who = records.ask(named, who=THE_DESK, at=self.at())
        return replace(who, origin=self.opening.origin)


class _Pipe(io.RawIOBase):
    """Bytes that go to the client in frames."""

    def __init__(self, line: socket.socket, kind: wire.Kind) -> None:
        super().__init__()
        self._line, self._kind = line, kind

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """All of it, as soon as the client takes it."""
        body = bytes(data)  # type: ignore[call-overload] # any buffer
        self._line.sendall(wire.frames(self._kind, body))
        return len(body)


def run(opening: Opening, where: Where, descriptor: int) -> int:
    """Carry it out; its exit code, which the client gets, too."""
    line = socket.socket(fileno=descriptor)
    streams = [_stream(line, kind) for kind in (wire.Kind.OUTPUT, wire.Kind.ERROR)]
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  as long as the process
    sys.stdout, sys.stderr = streams
    litter.share_heaps()
    gc.enable()
    try:
        code = carried(opening, where.store, lambda: FarRecords(where.counter), shut=reach.shut)
        for stream in streams:
            stream.flush()
        line.sendall(wire.ended(code))
    except OSError:  # nobody listens any more
        return REFUSED
    return code


def _stream(line: socket.socket, kind: wire.Kind) -> io.TextIOWrapper:
    pipe = io.BufferedWriter(_Pipe(line, kind), _BUFFER)
    return io.TextIOWrapper(pipe, encoding="utf-8", errors="backslashreplace", newline="\n")


def carried(
    opening: Opening,
    store: str,
    opened: Callable[[], Records],
    *,
    shut: Callable[[], object] = lambda: None,
) -> int:
    """Carry out what was sent along; its exit code. Whatever happens is told in a sentence.

    `shut` is called once no file of the server has to be read any more: its settings were.
    `OSError` where the client takes nothing more.
    """
    words: list[str] = []
    try:
        opening = named(opening, opened)
        settings = load({"store": store, "operator": opening.operator}, environ=os.environ)
        i18n.use(settings.language)
        if opening.crowded:
            raise SessionsFull
        words = words_of(opening.command)
        args = build(CARRIED, words).parse_args(words)
        if args.store is not None or args.operator is not None:
            raise WrongUsage(why=_("--db and --as are not for here: the key says who asks"))
        if args.language is not None:
            settings = load(
                {"store": store, "operator": opening.operator, "language": args.language},
                environ=os.environ,
            )
            i18n.use(settings.language)
        shut()
        call = FarCall(args=args, settings=settings, opening=opening, opened=opened)
        return int(import_module(CARRIED[args.command][0]).run(args, call))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except OSError:
        raise
    except Refusal as refusal:
        return cli_guard.refused(refusal, as_json=cli_guard.wants_json(words))
    except Exception as error:  # noqa: BLE001  the last net; the whole story goes to the log
        import traceback

        cli_guard.write_log("".join(traceback.format_exception(error)))
        said = _("the command met a fault; whoever looks after the server finds it in the log")
        (cli_guard.say_json if cli_guard.wants_json(words) else cli_guard.say)(said)
        return REFUSED


def words_of(line: str) -> list[str]:
    """The words of a command line; `WrongUsage` where it is none that is carried out here.

    What ssh makes of `ssh desk do 'as 7 wang'` has lost its quotes: whatever follows `do` is the
    line as it stands, but for flags before and behind it, since `--dry-run` that is taken for the
    end of a reason would do what was only to be tried. What stands in quotes that have come along
    is the line to its end. Whatever follows `--query` is asked.
    """
    word, *rest = line.split(None, 1) or [""]
    if word == "do":
        return _typed(rest[0] if rest else "")
    if word not in CARRIED and word not in {"-h", "--help"}:
        said = _("ssh carries out {words} here, and without any opens the console")
        raise WrongUsage(why=said.format(words=", ".join(CARRIED)))
    try:
        words = shlex.split(line)
    except ValueError:
        raise WrongUsage(why=_("a quote is not closed: {line}").format(line=line)) from None
    return joined(_asked(words))


def _typed(rest: str) -> list[str]:
    flags, rest = [], rest.strip()
    while (word := rest.split(None, 1)[:1]) and word[0] in _FLAGS:
        flags += word
        rest = rest[len(word[0]) :].lstrip()
    if rest[:1] in _QUOTES:
        with suppress(ValueError):  # else it is no quoting: a line may begin with such a sign
            line, *more = shlex.split(rest)
            if _FLAGS.issuperset(more):
                return ["do", *flags, *more, *(["--", line] if line else [])]
    while (word := rest.rsplit(None, 1)[-1:]) and word[0] in _FLAGS:
        flags += word
        rest = rest[: -len(word[0])].rstrip()
    for word in (rest.split(None, 1)[:1], rest.rsplit(None, 1)[-1:]):
        if word and word[0].startswith("--"):
            said = _("{word} is none of {flags}; what is meant as text stands in quotes of its own")
            raise WrongUsage(why=said.format(word=word[0], flags=", ".join(sorted(_FLAGS))))
    return ["do", *flags, *(["--", rest] if rest else [])]


def _asked(words: Sequence[str]) -> list[str]:
    """The words, those behind `--query` as one."""
    found: list[str] = []
    for word in words:
        if len(found) > 2 and found[-2] == "--query" and not word.startswith("--"):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found
