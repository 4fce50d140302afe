"""What gives a terminal back however its session ended."""

from __future__ import annotations

from typing import Final

RESET: Final = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?2026l\x1b[<u"
    "\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
)
"""Mouse, paste, focus, keys and wrapping as they were, the pen, the screen before, the cursor."""
