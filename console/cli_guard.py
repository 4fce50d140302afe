"""The one place where a command's trouble turns into a sentence and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import threading
import traceback
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from console.i18n import _, tell
from store.clock import now
from store.domain.errors import Refusal, StoreTrouble
from store.domain.system_words import why
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE, REFUSED, WRONG_USAGE, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 130

LONGEST_STORY = 100_000
"""Characters that one story may take in the log."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class WrongUsage(Refusal):
    """A command line that cannot be understood."""

    sentence = "{why}"


def guarded(run: Callable[[list[str]], int], words: list[str]) -> int:
    """Run a command line and give its exit code; nothing is raised and no traceback shown."""
    threading.excepthook = _thread_broke
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started us
        _open_nowhere()
    try:
        code = run(words)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    except KeyboardInterrupt:
        if wants_json(words):
            say_json(_("interrupted"))
        return INTERRUPTED
    except OSError as error:
        return _unwritten(error)
    except Refusal as refusal:
        return refused(refusal, as_json=wants_json(words))
    except Exception as error:  # noqa: BLE001  the last net; the whole story goes to the log
        return broken(error, as_json=wants_json(words))
    return code


def wants_json(words: Sequence[str]) -> bool:
    """Whether a script asks `paidan do` for JSON, whatever comes of it."""
    ahead = iter(words)
    for word in ahead:
        if word in {"--db", "--as", "--lang"}:
            next(ahead, None)
        elif not word.startswith("-"):
            rest = list(ahead)
            until = rest.index("--") if "--" in rest else len(rest)
            return word == "do" and "--json" in rest[:until]
    return False


def say_json(message: str) -> None:
    """What `paidan do --json` tells where nothing was done."""
    from console.json_text import json_text

    print(json_text({"ok": False, "message": message, "orders": [], "undo": None}, indent=2))


def _unwritten(error: OSError) -> int:
    if error.errno not in _NO_ROOM and not isinstance(error, BrokenPipeError):
        return broken(error)
    _stop_talking()
    if isinstance(error, BrokenPipeError):
        return DONE
    say(_("the output could not be written: {why}").format(why=_(why(error))))
    return REFUSED


def _open_nowhere() -> None:
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as we run
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere


def refused(refusal: Refusal, *, as_json: bool = False) -> int:
    """Show a refusal; the exit code that belongs to it."""
    (say_json if as_json else say)(tell(refusal))
    if isinstance(refusal, StoreTrouble):
        return UNREACHABLE
    return WRONG_USAGE if isinstance(refusal, WrongUsage) else REFUSED


def broken(error: BaseException, *, as_json: bool = False) -> int:
    """Log a fault of ours and tell where; REFUSED, since nothing was done."""
    talk = say_json if as_json else say
    where = _log(error)
    kind = type(error).__name__
    if where:
        talk(_("paidan failed ({kind}); the details are in {path}").format(kind=kind, path=where))
    else:
        talk(_("paidan failed ({kind}), and no log could be written").format(kind=kind))
    return REFUSED


def say(text: str) -> None:
    """One message to the operator on stderr, safe for a terminal."""
    print("paidan:", safe(text, multiline=True), file=sys.stderr)


def _thread_broke(broke: threading.ExceptHookArgs) -> None:
    """A thread's fault goes to the log, too, and not over the screen."""
    if broke.exc_value is not None:
        _log(broke.exc_value)


def log_path() -> Path:
    """The file that receives what is too long for a terminal: tracebacks."""
    if systemds := os.environ.get("LOGS_DIRECTORY"):
        return Path(systemds.split(":", 1)[0]) / "paidan.log"
    from platformdirs import user_log_path

    return user_log_path("paidan", appauthor=False) / "paidan.log"


def _log(error: BaseException) -> str:
    return write_log("".join(traceback.format_exception(error)))


def write_log(story: str) -> str:
    """Keep a story in the log; where that is, and nothing where it cannot be kept."""
    path, told = log_path(), safe(story, multiline=True, limit=LONGEST_STORY)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            stamp = now().astimezone(UTC).isoformat(timespec="seconds")
            log.write(f"{stamp} pid {os.getpid()}\n{told}\n")
    except OSError:
        return ""
    return str(path)


def _stop_talking() -> None:
    """Nobody reads any more: what is still buffered goes nowhere, without a second error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)


def only_orders(what: str, flag: str) -> None:
    """Refuse a flag that means something for a list of orders alone."""
    if what != "orders":
        raise WrongUsage(why=_("--{flag} is for orders").format(flag=flag))
