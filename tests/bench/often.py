"""Writes down what a session uses again and again: console/serve/often.txt and often_words.txt.

Run `python -m tests.bench.often` after screens have changed much: it is a session over the sample
desk, from its beginning until a minute later, with a few keys.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.demo.build import make_desk
from console.demo.seats import NEXT, name_operators
from console.serve import forks, often, warm
from store import clock
from store.records import open_records
from tests.console.served import Forked, Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from console.serve.opening import Opening, Where

_RESTS_S: Final = 70.0
"""A minute has ended by then, which is when all is looked at again."""
_SETTLES_S: Final = 5.0
_HERE: Final = Path(often.__file__).parent
_SIZE: Final = (120, 40)


def main() -> None:
    """A session of a fork server that writes down what its sessions run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        url = f"sqlite:///{place / 'desk.db'}"
        with closing(open_records(url, feed=False)) as records:
            make_desk(records, at=clock.now(), language="en")
            name_operators(records, clock.now())
        told = str(place / "told")
        with (
            Forked(url, place, told, module="tests.bench.often") as forked,
            Session(forked, NEXT, size=_SIZE, COLORTERM="truecolor") as desk,
        ):
            desk.sees("P1")
            _rest(desk, _RESTS_S)
            desk.press("jjkG")
            _rest(desk, _SETTLES_S)
            desk.press("q")
            desk.exit_code()  # by when it has written all down
        lines = Path(told).read_text("utf-8").split("\n\n")
    for name, text in zip((often.FUNCTIONS, often.WORDS), lines, strict=True):
        (_HERE / name).write_text(f"{text.strip()}\n", "utf-8")


def _rest(desk: Session, seconds: float) -> None:
    end = clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0:
        desk.read(left)


class _Watched:
    """One session, and all code that it runs in whichever thread."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._run: set[tuple[str, CodeType]] = set()
        self._session = warm.session

    def __call__(self, opening: Opening, where: Where, descriptor: int) -> int:
        """Hold it, and write that down at its end."""
        threading.setprofile(self._called)
        sys.setprofile(self._called)
        try:
            return self._session(opening, where, descriptor)
        finally:
            sys.setprofile(None)
            self._write()

    def _called(self, frame: FrameType, event: str, _what: Any) -> None:
        if event == "call":
            self._run.add((frame.f_globals.get("__name__", ""), frame.f_code))

    def _write(self) -> None:
        ran = list(self._run)
        functions = {f"{module}:{code.co_qualname}" for module, code in ran}
        words = {word for _module, code in ran for word in _words(code)}
        Path(self._told).write_text(
            "\n\n".join("\n".join(sorted(one)) for one in (functions, words)), "utf-8"
        )


def _words(code: CodeType) -> Iterator[str]:
    """The names in it that Python keeps once for all."""
    told: list[object] = [*code.co_names, *code.co_varnames]
    for one in code.co_consts:
        told += one if isinstance(one, tuple) else (one,)
    return (one for one in told if isinstance(one, str) and one.isidentifier())


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        warm.session = _Watched(sys.argv[2])
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.exit(forks.main())
