"""The operator's window."""

from __future__ import annotations

import console.terminal_env  # noqa: F401  before Textual, which reads its settings when imported
