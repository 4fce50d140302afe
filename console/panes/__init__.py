"""Parts of the screens that know what a desk is: queues, technicians, the hands."""

from __future__ import annotations
