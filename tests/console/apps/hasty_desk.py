"""`paidan` that serves with little patience: its minutes last a twentieth of a second."""

from __future__ import annotations

import sys
from functools import partial

from console import cli
from console.serve import caps, serving

if __name__ == "__main__":
    vars(serving)["MINUTE"] = 0.05
    vars(serving)["Limits"] = partial(
        caps.Limits, grace_s=8.0, claim_s=5.0, keep_alive_s=1.0, sessions=3
    )
    sys.exit(cli.main())
