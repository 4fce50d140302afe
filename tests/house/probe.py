"""Tells how it was started, and ends as it is told: `python -m tests.house.probe HOW ...`."""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import time
from pathlib import Path


def _all() -> dict[str, object]:
    named = ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE", "SIGCHLD")
    handlers = {name: str(signal.getsignal(signal.Signals[name])) for name in named}
    surroundings = {name: told for name, told in os.environ.items() if name != "LC_CTYPE"}
    return {
        "imported": "console.app" in sys.modules,
        "words": [*sys.argv[1:], *sys.orig_argv[1:]],
        "named": Path("/proc/self/cmdline").read_text().rstrip("\0"),
        "run": (__name__, sys.argv[0]),
        "surroundings": surroundings,
        "folder": os.getcwd(),
        "zone": time.strftime("%Z", time.gmtime(0)) and time.tzname,
        "files": sorted(map(int, os.listdir("/proc/self/fd")))[:3],
        "open": len(os.listdir("/proc/self/fd")),
        "handlers": {name: told.split(" at ")[0] for name, told in handlers.items()},
        "leads": os.getsid(0) == os.getpid(),
        "parent": os.getppid(),
        "input": sys.stdin.read(),
        "streams": [stream.encoding for stream in (sys.stdin, sys.stdout, sys.stderr)],
    }


def main() -> None:
    """Do it."""
    how = sys.argv[1]
    if how == "write":
        os.write(int(sys.argv[2]), b"written")
        return
    told = _all() if how == "all" else {"imported": "console.app" in sys.modules}
    if how == "atexit":
        atexit.register(sys.stdout.write, json.dumps({**told, "last": True}) + "\n")
        return
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    if how == "exit":
        sys.exit(7)
    if how == "sentence":
        sys.exit("why")
    if how == "killed":
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    if how == "broken":
        raise ValueError(how)


if __name__ == "__main__":
    main()
