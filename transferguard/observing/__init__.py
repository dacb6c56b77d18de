# SPDX-License-Identifier: Apache-2.0
"""Ready-made observers: lines in the log, and OpenTelemetry (an extra). `Guard(observer=Observers(Logbook(), Telemetry()))`.

What they write holds codes, counts and times; a verified name, a display name or an id of an account cannot be in it, because an
observer is never told one. `RedactingFilter` is for the logs of everybody else.
"""

from typing import TYPE_CHECKING, Any

from transferguard.observing.logbook import Logbook, RedactingFilter
from transferguard.watching import Observers, telling

if TYPE_CHECKING:
    from transferguard.observing.otel import Telemetry

__all__ = ["Logbook", "Observers", "RedactingFilter", "Telemetry", "telling"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one class, of an extra
    """Import the OpenTelemetry observer when it is asked for."""
    if name == "Telemetry":
        from transferguard.observing.otel import Telemetry as found  # noqa: PLC0415, N813 - an extra

        return found
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
