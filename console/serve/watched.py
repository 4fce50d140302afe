"""A served desk as its watchmen see it: what it measures and whether it is well, over HTTP."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from console.i18n import _
from console.serve import house, measures
from console.serve.healthy import Signs, wrong
from console.serve.page import Pages
from store import clock
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from console.serve.metrics import Metrics

At = tuple[str, int]
"""A host and a port."""


def check() -> None:
    """Refuse where the library is missing."""
    if find_spec("prometheus_client") is None:
        raise BadInput(
            where="paidan serve --metrics",
            wrong=N_("the Prometheus client is not installed"),
            right=N_("install paidan[metrics]"),
        )


@asynccontextmanager
async def watched(
    at: At, place: Path, signs: Callable[[Metrics], Signs], say: Callable[[str], None]
) -> AsyncIterator[Metrics]:
    """Hear what is measured, and show it; `BadInput` where that cannot begin."""
    from console.serve.metrics import Metrics

    metrics = Metrics(clock.monotonic)
    path = house.measures_in(place)
    pages = Pages(metrics.text, lambda: wrong(signs(metrics)))
    try:
        heard = measures.heard_at(path)
        port = await pages.open(*at)
    except OSError as error:
        host, asked = at
        raise BadInput(
            where=f"{host}:{asked}", wrong=why(error), right=N_("name another")
        ) from error
    loop = asyncio.get_running_loop()
    line, _protocol = await loop.create_datagram_endpoint(lambda: metrics, sock=heard)
    say(_("metrics at http://{host}:{port}/metrics").format(host=_written(at[0]), port=port))
    try:
        yield metrics
    finally:
        pages.close()
        line.close()
        path.unlink(missing_ok=True)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
