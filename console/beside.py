"""Work beside this process's own: an iterator, or jobs, in forked ones; and work in threads."""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from console.litter import SELDOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

Item = TypeVar("Item")
Job = TypeVar("Job")
Result = TypeVar("Result")

_LOOK_S = 0.1
"""How long none of several iterators is waited for before it is asked whether they are wanted."""
_END = b""
"""What is sent when there are no more items, or instead of a result; no item is so short."""


def can_fork() -> bool:
    """Whether a forked process is safe: a fork copies the locks that other threads hold.

    Threads are counted first: beside others, the module may not be wholly imported yet.
    """
    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_a_process(make: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """The items of an iterator, made in a forked process where that can be, else in this one.

    They must be plain values: numbers, texts, None, and tuples, lists, sets, dicts of these. The
    iterator must not touch an open store. RuntimeError when the process ends before its last item.
    """
    if not can_fork():
        yield from make()
        return
    begun = _beside(make)
    if begun is None:
        yield from make()
        return
    receiver, child = begun
    try:
        yield from _received(receiver)
    finally:
        receiver.close()
        child.join()


class Hands(Generic[Job, Result]):
    """Forked processes that do one job after another, each a pure function of what it is given.

    None where that is not safe, or where one processor would have to do it all anyway; fewer where
    the system allows no more. A job that fails there, or whose process ends, is done here: that
    raises what it raises.
    """

    def __init__(self, do: Callable[[Job], Result], *, most: int) -> None:
        self._do = do
        self._given: deque[tuple[Job, Connection | None]] = deque()
        self._free: deque[Connection] = deque()
        self._children: list[Any] = []
        few = processors()
        for _ in range(min(most, few) if few > 1 and can_fork() else 0):
            if not self._fork():
                break

    def __enter__(self) -> Hands[Job, Result]:
        return self

    def __exit__(self, *_error: object) -> None:
        for end in (*self._free, *(end for _, end in self._given if end is not None)):
            end.close()
        for child in self._children:
            child.join()

    @property
    def are_full(self) -> bool:
        """Whether a job must be taken before the next is given."""
        return bool(self._given) and not self._free

    def give(self, job: Job) -> None:
        """Have a job done; the results are taken in the same order."""
        end = self._free.popleft() if self._free else None
        if end is not None:
            try:
                end.send_bytes(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
            except OSError:
                end.close()
                end = None
        self._given.append((job, end))

    def take(self) -> Result:
        """What became of the job given first; waits for it."""
        job, end = self._given.popleft()
        if end is not None:
            try:
                done = end.recv_bytes()
            except (EOFError, OSError):
                end.close()
            else:
                self._free.append(end)
                if done != _END:
                    result: Result = marshal.loads(done)
                    return result
        return self._do(job)

    def _fork(self) -> bool:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        child = context.Process(target=_serve, args=(self._do, theirs, ours), daemon=True)
        begun = _begun(child)
        theirs.close()
        if not begun:
            ours.close()
            return False
        self._free.append(ours)
        self._children.append(child)
        return True


def several(
    makes: Sequence[Callable[[], Iterator[Item]]], *, wanted: Callable[[], bool]
) -> Iterator[tuple[int, Item]]:
    """The items of several iterators as they come, each with which of them it is of.

    Each is made in a forked process where that can be, as many at once as there are processors;
    else in this one, one after another. `wanted` is asked again and again, and ends it.
    """
    if not can_fork():
        yield from ((at, item) for at, make in enumerate(makes) for item in make())
        return
    waiting = deque(enumerate(makes))
    running: dict[Connection, tuple[int, Any]] = {}
    try:
        while (waiting or running) and wanted():
            while waiting and len(running) < processors():
                at, make = waiting.popleft()
                begun = _beside(make)
                if begun is None:  # the system allows no more
                    yield from ((at, item) for item in make())
                else:
                    running[begun[0]] = at, begun[1]
            yield from _ready(running)
    finally:
        for ready, (_at, child) in running.items():
            ready.close()
            child.terminate()
            child.join()


def _ready(running: dict[Connection, tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """The items that have come, or come within a moment; who has no more runs no more."""
    for ready in wait([*running], _LOOK_S):
        assert isinstance(ready, Connection)
        at, child = running[ready]
        item = _item(ready)
        if item is not None:
            yield at, item
            continue
        del running[ready]
        ready.close()
        child.join()


def _beside(make: Callable[[], Iterator[Any]]) -> tuple[Connection, Any] | None:
    """A forked process that makes items, and where they come from; None where none is allowed."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(make, receiver, sender), daemon=True)
    begun = _begun(child)
    sender.close()
    if not begun:
        receiver.close()
        return None
    return receiver, child


def _item(receiver: Connection) -> Any:
    """The next item; None when there are no more, also where the process ended early."""
    try:
        item = receiver.recv_bytes()
    except (EOFError, OSError):
        return None
    return None if item == _END else marshal.loads(item)


def side_by_side(
    do: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    width: int,
    alone: Callable[[Item], bool],
) -> Iterator[Result]:
    """What `do` makes of each item, in order; so many at once in threads, but some items alone.

    One item more is taken than is being done.
    """
    pool = ThreadPoolExecutor(width)
    under_way: deque[Future[Result]] = deque()
    try:
        for item in items:
            lonely = alone(item)
            while len(under_way) > (0 if lonely else width):
                yield under_way.popleft().result()
            under_way.append(pool.submit(do, item))
            if lonely:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begun(child: Any) -> bool:
    """Start a process; False where the system refuses another, or has no memory for it."""
    try:
        child.start()
    except OSError:
        return False
    return True


def _received(receiver: Connection) -> Iterator[Any]:
    while True:
        try:
            item = receiver.recv_bytes()
        except EOFError:
            msg = "the process beside this one ended early"
            raise RuntimeError(msg) from None
        if item == _END:
            return
        yield marshal.loads(item)


def _send(make: Callable[[], Iterator[Any]], receiver: Connection, sender: Connection) -> None:
    receiver.close()
    _settle_in()
    try:
        for item in make():
            sender.send_bytes(marshal.dumps(item))  # a quarter of what `pickle` takes
        sender.send_bytes(_END)
    except BrokenPipeError:
        return  # nobody wants the rest


def _serve(do: Callable[[Any], Any], pipe: Connection, other: Connection) -> None:
    other.close()
    _settle_in()
    while True:
        try:
            given = pipe.recv_bytes()
        except (EOFError, OSError):
            return  # the parent is gone, or needs nobody any more
        try:
            done = marshal.dumps(do(pickle.loads(given)))
        except Exception:  # noqa: BLE001  the parent does it again, and says what is wrong
            done = _END
        try:
            pipe.send_bytes(done)
        except OSError:
            return


def _settle_in() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and closes the pipe
    gc.freeze()
    gc.set_threshold(*SELDOM)
