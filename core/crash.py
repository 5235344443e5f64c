"""Named points at which a fault test may kill the process; inert otherwise."""

from __future__ import annotations

import os
import signal

_armed: dict[str, int] = {}


def arm(spec: str) -> None:
    """spec: "name" or "name:n" (die at the n-th passing); "" disarms."""
    _armed.clear()
    if spec:
        name, _, count = spec.partition(":")
        _armed[name] = int(count or 1)


def point(name: str) -> None:
    """Dies here by SIGKILL when armed for this name."""
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
