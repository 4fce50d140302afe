"""The process of which served desks are forked: `python -m tests.warm_far LINE`.

It is itself forked from that of all others, and differs in what a server's terminals are: far.
"""

from __future__ import annotations

import gc
import os
import sys

from textual import constants

from console import reading, terminal_env
from tests.warm_template import bring_in, fork_on, live

if __name__ == "__main__":
    gc.disable()
    bring_in()  # all is there, but where this was not forked
    terminal_env.far(os.environ)
    # Read already, while the terminals were near.
    delay = int(os.environ["ESCDELAY"]) / 1000
    vars(constants)["ESCAPE_DELAY"] = vars(reading)["ESCAPE_DELAY"] = delay
    before = dict(os.environ)
    live(fork_on(int(sys.argv[1])), before)
