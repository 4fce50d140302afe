"""Many orders with their past at once: rows made by hand and sent in one statement a table."""

from __future__ import annotations

from store.persistence.promises import PromiseWork


class BulkWork(PromiseWork):
    """Filled in below."""
