# SPDX-License-Identifier: Apache-2.0
"""One line in the log for everything that an observer is told, and a filter that takes secrets out of anybody's lines."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from transferguard.watching import Alarm, Answered, Observer, Shadowed

if TYPE_CHECKING:
    from transferguard.providers.terms import PeerCall

_LOG: Final = logging.getLogger("transferguard")


class Logbook(Observer):
    """Logs under the name `transferguard`: answers at INFO, errors, failing peers and alarms at WARNING.

    Args:
        log: Another logger.
    """

    def __init__(self, log: logging.Logger = _LOG) -> None:
        self._log = log

    def answered(self, seen: Answered) -> None:
        """As `Observer.answered`."""
        level = logging.WARNING if seen.error and seen.outcome is None and seen.question == "check" else logging.INFO
        ended = seen.outcome.value if seen.outcome else seen.error or "done"
        self._log.log(
            level,
            "%s: %s in %.0f ms; reasons: %s; missing: %s%s",
            seen.question,
            ended,
            seen.seconds * 1000,
            ", ".join(seen.reasons) or "none",
            ", ".join(seen.missing) or "none",
            "; over budget" if seen.over_budget else "",
        )

    def called(self, call: PeerCall) -> None:
        """As `Observer.called`."""
        level = logging.WARNING if call.result in {"error", "refused"} else logging.INFO
        how = "remembered" if call.cached else f"{call.attempts} requests in {call.seconds * 1000:.0f} ms"
        self._log.log(level, "%s: %s%s; %s", call.peer, call.result, f" ({call.why})" if call.why else "", how)

    def shadowed(self, seen: Shadowed) -> None:
        """As `Observer.shadowed`; only where the candidate says something else."""
        if seen.difference.direction != "same":
            self._log.info("shadow: %s", seen.difference.direction)

    def alarmed(self, alarm: Alarm) -> None:
        """As `Observer.alarmed`."""
        told = "back in its band" if alarm.over else "out of its band"
        self._log.warning("the share of stopped transfers is %s: %.4f of the last %d", told, alarm.share, alarm.transfers)


_TOKEN: Final = re.compile(r"\b(?:Bearer\s+\S+|ey[\w-]{8,}\.[\w-]+\.[\w-]*)")
_ACCOUNT_NUMBER: Final = re.compile(r"\b(?:[A-Z]{2}\d{2}[A-Z0-9]{10,30}|\d{12,19})\b")


class RedactingFilter(logging.Filter):
    """Takes tokens, account numbers and the names given out of every line: `handler.addFilter(RedactingFilter())`.

    Put it on the handlers of a host, where the lines of all libraries come by. A line that cannot be rendered is replaced whole, and
    tracebacks are cut to the kind of error, because their messages may hold anything.

    Args:
        names: Further texts that never appear: names known to be on their way through this request.
    """

    def __init__(self, names: Collection[str] = ()) -> None:
        super().__init__()
        self._names = tuple(sorted((name for name in names if name), key=len, reverse=True))

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; it is always kept."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            text = "[a line that could not be written]"
        if record.exc_info and record.exc_info[0] is not None:
            text += f" [{record.exc_info[0].__name__}]"
        for name in self._names:
            text = text.replace(name, "[name]")
        record.msg = _ACCOUNT_NUMBER.sub("[account]", _TOKEN.sub("[token]", text))
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True
