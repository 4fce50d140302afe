"""How often a test tries what it could try for ever.

`make test` has a budget: whoever waits for it waits less than half an hour on two slow cores.
`make long` tries much more: before a release, or after a change of what these tests are about.
"""

from __future__ import annotations

import os
from typing import Final

LONG: Final = os.environ.get("PAIDAN_LONG") == "1"


def tries(usual: int, long: int) -> int:
    """So many examples, moments or steps in this run."""
    return long if LONG else usual
