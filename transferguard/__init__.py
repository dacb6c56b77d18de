# SPDX-License-Identifier: Apache-2.0
"""Is this the person you think you are paying?

The names a host needs; everything else is reached through its own module (`transferguard.names` and `transferguard.avatars`
work alone, without a guard). A name is imported when it is first used (PEP 562), so that `import transferguard` costs next
to nothing in a program that embeds it; tests/test_imports.py holds that.
"""

from typing import TYPE_CHECKING

from transferguard.lazily import lazily

if TYPE_CHECKING:
    from transferguard.async_guard import AsyncGuard
    from transferguard.decision import Decision, Disclosure, Finding, Hypothesis, MatchResult, Outcome, Reason, ShownName, Step
    from transferguard.errors import TransferGuardError
    from transferguard.guard import Guard
    from transferguard.model import (
        Account,
        Contact,
        Message,
        Money,
        PastTransfer,
        ProfileChange,
        Report,
        SecurityEvent,
        Transfer,
        Unavailable,
    )
    from transferguard.policy import Policy

__version__ = "0.1.0"

__all__ = [
    "Account",
    "AsyncGuard",
    "Contact",
    "Decision",
    "Disclosure",
    "Finding",
    "Guard",
    "Hypothesis",
    "MatchResult",
    "Message",
    "Money",
    "Outcome",
    "PastTransfer",
    "Policy",
    "ProfileChange",
    "Reason",
    "Report",
    "SecurityEvent",
    "ShownName",
    "Step",
    "Transfer",
    "TransferGuardError",
    "Unavailable",
]

_HOME_OF_NAME = {
    "Account": "model",
    "AsyncGuard": "async_guard",
    "Contact": "model",
    "Decision": "decision",
    "Disclosure": "decision",
    "Finding": "decision",
    "Guard": "guard",
    "Hypothesis": "decision",
    "MatchResult": "decision",
    "Message": "model",
    "Money": "model",
    "Outcome": "decision",
    "PastTransfer": "model",
    "Policy": "policy",
    "ProfileChange": "model",
    "Reason": "decision",
    "Report": "model",
    "SecurityEvent": "model",
    "ShownName": "decision",
    "Step": "decision",
    "Transfer": "model",
    "TransferGuardError": "errors",
    "Unavailable": "model",
}

__getattr__ = lazily(__name__, _HOME_OF_NAME)


def __dir__() -> list[str]:
    """What `from transferguard import` offers."""
    return sorted({*globals(), *__all__})
