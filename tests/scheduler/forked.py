"""Work done in forked children, which may be killed anywhere; the parent never opens a store.

A fork is a real process with its own connections and costs milliseconds, so a hundred kills fit
into seconds. POSIX locks belong to a process: that is why the parent only watches.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import traceback
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


def forked(task: Callable[[], object]) -> int:
    """Start a child that does this and nothing else; its process id."""
    child = os.fork()
    if child:
        return child
    gc.freeze()  # a collection would copy every page of the parent's
    code = 1
    try:
        task()
        code = 0
    except BaseException:  # noqa: BLE001  nobody above us would tell
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """How a child ended: 0 well, minus nine when it was killed."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def answered(task: Callable[[], Answer]) -> Answer:
    """What a child found out; it must end well."""
    reader, writer = os.pipe()

    def tell() -> None:
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(task(), pipe)

    child = forked(tell)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    assert ended(child) == 0
    answer: Answer = pickle.loads(said)
    return answer


def die() -> None:
    """End as by kill -9, wherever this stands."""
    os.kill(os.getpid(), signal.SIGKILL)
