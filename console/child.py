"""A process of our own beside the console: told what to do, listened to, ended with it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Final

from console.cli_guard import log_path, write_log
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

PATIENCE_S: Final = 10.0
"""How long it may take to end."""
_LINES: Final = 400
"""So much of what it complains of last is kept."""


class Child:
    """What is known of it."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.broken = threading.Event()
        """Set when it ends before it was told to."""
        self.leaving = False

    @property
    def died(self) -> bool:
        """Whether it ended before it was told to."""
        return self.broken.is_set()

    def said(self) -> str:
        """That it died, for the operator."""
        return _(
            "What goes on here by itself has broken off: nothing more comes."
            " The log has the details: {path}"
        ).format(path=log_path())

    def listen(self, lines: Iterable[str], hear: Callable[[str], None]) -> None:
        """Until it has nothing more to tell: while it lives it may always tell something."""
        for line in lines:
            hear(line)
        if not self.leaving:
            write_log(f"{self.module}: it broke off")
            self.broken.set()


@contextmanager
def beside(
    module: str,
    task: Mapping[str, Any],
    *,
    hear: Callable[[str], None] = lambda _line: None,
    goodbye: str = "",
) -> Iterator[Child]:
    """A module runs in a process of its own, which ends with this one whatever happens.

    It is told its task in one line of JSON, and `goodbye` before its input is closed; `hear` gets
    each line that it tells, in a thread. What it complains of goes to the log.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="backslashreplace",
        start_new_session=True,  # a key that interrupts us must not end it before we do
    )
    told, tells, complains = _pipes(process)
    child = Child(module)
    threads = (
        threading.Thread(target=child.listen, args=(tells, hear), daemon=True),
        threading.Thread(target=_keep, args=(module, complains), daemon=True),
    )
    for thread in threads:
        thread.start()
    try:
        with suppress(BrokenPipeError):
            told.write(json.dumps(task) + "\n")
            told.flush()
        yield child
    finally:
        child.leaving = True
        with suppress(BrokenPipeError):
            told.write(goodbye)
            told.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for thread in threads:
            thread.join(PATIENCE_S)
        tells.close()
        complains.close()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdin, process.stdout, process.stderr


def _keep(module: str, complaints: Iterable[str]) -> None:
    """Have the log keep what a process said last of its troubles."""
    last = deque(complaints, maxlen=_LINES)
    if last:
        write_log(f"{module}:\n{''.join(last)}".rstrip())
