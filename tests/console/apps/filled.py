"""Frees things all over its memory, fills the holes, and says in how many pools new things lie."""

from __future__ import annotations

import gc

from console.serve.holes import fill

SIZES = (48, 64, 96, 208, 512)
NEW = 1000
POOL = 1 << 14

if __name__ == "__main__":
    gc.disable()
    kept: list[object] = []
    lots = [[bytes(size - 40) for _ in range(20_000)] for size in SIZES]
    for lot in lots:
        del lot[::3]
    fill()
    for size in SIZES:
        new = [bytes(size - 40) for _ in range(NEW)]
        kept.append(new)
        print(size, len({id(one) // POOL for one in new}))  # noqa: T201  the answer
