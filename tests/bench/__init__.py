"""The measurements: each module with a `run() -> list[Row]` is one, see `python -m tests.bench -h`.

`run` may take `quick: bool`; it then measures less when asked to. Every figure stands beside its
peer's, taken in the same run.
"""
