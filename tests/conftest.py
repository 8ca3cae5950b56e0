"""How much hypothesis tries: a little each time, and a lot where it is asked for.

``pytest tests/fuzz -n0 --hypothesis-profile=deep --hypothesis-show-statistics`` takes many minutes
and tells how many examples it tried.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is no mistake of the code. The continuous integration tries the same
# each time, so that it fails for what was changed and for nothing else.
settings.register_profile("small", deadline=None, derandomize="CI" in os.environ)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=5_000,
    stateful_step_count=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("small")
