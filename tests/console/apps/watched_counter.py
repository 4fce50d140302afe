"""A counter that writes down every path it touches and every program it starts.

python -m tests.console.apps.watched_counter LISTENER TOLD
"""

from __future__ import annotations

import sys

from console.serve import counter
from tests.console.apps.watched_forks import Watch

if __name__ == "__main__":
    Watch(sys.argv[2])
    sys.exit(counter.main())
