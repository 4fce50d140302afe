"""What the fork server says to whoever starts it, without all that it imports."""

from __future__ import annotations

from typing import Final

READY: Final = b"ready\n"
