"""What every worker of a run would else do for itself, done once and by all cores.

`python -m tests.beforehand` writes beside the sources what Python, pytest (which rewrites the
`assert` of a test so that it can say what was wrong) and Hypothesis (which collects the numbers and
words of the product, to try them) make of them: half a minute of the processor for each worker,
where nothing is there yet or where Python may not write it by itself.
Nothing depends on it: whatever is missing is made when it is wanted.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parent
PRODUCT = ("console", "scheduler", "store")
_WRITES_NOTHING = "PYTHONDONTWRITEBYTECODE"


def main() -> None:
    """All of it; what one file takes says little of the next, so each core asks for few at once."""
    work = [("collect", HERE / "domain" / "test_text.py")]
    work += [("compile", path) for name in PRODUCT for path in _sources(ROOT / name)]
    work += [("compile", path) for path in _sources(HERE) if not _is_rewritten(path)]
    work += [("rewrite", path) for path in filter(_is_rewritten, _sources(HERE))]
    work += [("constants", path) for name in PRODUCT for path in _sources(ROOT / name)]
    with Pool(os.cpu_count()) as pool:
        pool.starmap(_one, work, chunksize=16)


def _one(kind: str, path: Path) -> None:
    ways = {"collect": _collect, "compile": _compile, "rewrite": _rewrite, "constants": _constants}
    ways[kind](path)


def _collect(path: Path) -> None:
    """Have pytest look at one file: it rewrites its plugins, too, as far as it imports them."""
    may_write = {name: told for name, told in os.environ.items() if name != _WRITES_NOTHING}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", str(path)]
    subprocess.run(command, cwd=ROOT, env=may_write, stdout=subprocess.DEVNULL, check=False)


def _compile(path: Path) -> None:
    compileall.compile_file(path, quiet=1)


def _rewrite(path: Path) -> None:
    """As pytest's own import hook does, and in the place where it looks."""
    from _pytest.assertion import rewrite

    state: Any = SimpleNamespace(trace=lambda _said: None)
    unset: Any = None
    folder = rewrite.get_cache_dir(path)
    pyc = folder / f"{path.stem}{rewrite.PYC_TAIL}"
    if rewrite._read_pyc(path, pyc) is None and rewrite.try_makedirs(folder):
        source_stamp, code = rewrite._rewrite_test(path, unset)
        rewrite._write_pyc(state, code, source_stamp, pyc)


def _constants(path: Path) -> None:
    from hypothesis.internal.constants_ast import constants_from_module

    module = ModuleType(path.stem)
    module.__file__ = str(path)
    constants_from_module(module)


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def _is_rewritten(path: Path) -> bool:
    return path.name.startswith("test_") or path.name == "conftest.py"


if __name__ == "__main__":
    main()
