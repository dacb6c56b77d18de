# SPDX-License-Identifier: Apache-2.0
"""OpenTelemetry: a span and measurements for everything that an observer is told. Needs `pip install 'transferguard[otel]'`.

    transferguard.answer.duration    histogram, seconds: by question, outcome or error
    transferguard.findings           counter: by reason
    transferguard.missing            counter: by fact that could not be had
    transferguard.budget.refusals    counter
    transferguard.peer.duration      histogram, seconds: by peer and result, answers that were remembered left out
    transferguard.peer.calls         counter: by peer, result and whether the answer was remembered
    transferguard.shadow.differences counter: by direction
    transferguard.stopped.alarms     counter: by whether the share came back

Spans are written when they are over, with the times that were measured; they hang under the span that the host has open. Attributes
are codes and numbers only.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from transferguard.watching import Alarm, Answered, Observer, Shadowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

    from transferguard.providers.terms import PeerCall

_SCOPE: Final = "transferguard"
_NANOSECONDS: Final = 1_000_000_000


class Telemetry(Observer):
    """Tells OpenTelemetry.

    Args:
        traces: By default the program's own provider.
        measures: By default the program's own provider.
    """

    def __init__(self, *, traces: TracerProvider | None = None, measures: MeterProvider | None = None) -> None:
        self._tracer = trace.get_tracer(_SCOPE, tracer_provider=traces)
        meter = metrics.get_meter(_SCOPE, meter_provider=measures)
        self._durations = meter.create_histogram("transferguard.answer.duration", "s", "How long an answer took")
        self._findings = meter.create_counter("transferguard.findings", "{finding}", "Findings of decisions, by reason")
        self._missing = meter.create_counter("transferguard.missing", "{fact}", "Facts that could not be had")
        self._refusals = meter.create_counter("transferguard.budget.refusals", "{look}", "Looks at names that a budget did not allow")
        self._peer_durations = meter.create_histogram("transferguard.peer.duration", "s", "How long a peer took")
        self._peer_calls = meter.create_counter("transferguard.peer.calls", "{call}", "Questions to peers")
        self._differences = meter.create_counter("transferguard.shadow.differences", "{decision}", "What a candidate policy says")
        self._alarms = meter.create_counter("transferguard.stopped.alarms", "{alarm}", "The share of stopped transfers left its band")

    def answered(self, seen: Answered) -> None:
        """As `Observer.answered`."""
        about = {"question": seen.question, "outcome": seen.outcome.value if seen.outcome else "none"}
        about |= {"error.type": seen.error} if seen.error else {}
        self._durations.record(seen.seconds, about)
        for reason in seen.reasons:
            self._findings.add(1, {"reason": reason})
        for fact in seen.missing:
            self._missing.add(1, {"fact": fact})
        if seen.over_budget:
            self._refusals.add(1)
        self._span(f"transferguard.{seen.question}", seen.seconds, {**about, "reasons": ",".join(seen.reasons)}, failed=seen.error)

    def called(self, call: PeerCall) -> None:
        """As `Observer.called`."""
        about = {"peer": call.peer, "result": call.result}
        self._peer_calls.add(1, {**about, "cached": call.cached})
        if not call.cached:
            self._peer_durations.record(call.seconds, about)
            failed = call.why or call.result if call.result in {"error", "refused"} else ""
            self._span(f"transferguard.peer.{call.peer}", call.seconds, {**about, "why": call.why}, failed=failed, kind=SpanKind.CLIENT)

    def shadowed(self, seen: Shadowed) -> None:
        """As `Observer.shadowed`."""
        self._differences.add(1, {"direction": str(seen.difference.direction)})

    def alarmed(self, alarm: Alarm) -> None:
        """As `Observer.alarmed`."""
        self._alarms.add(1, {"over": alarm.over})

    def _span(self, name: str, seconds: float, about: Mapping[str, str], *, failed: str, kind: SpanKind = SpanKind.INTERNAL) -> None:
        ended = time.time_ns()
        span = self._tracer.start_span(name, kind=kind, attributes=dict(about), start_time=ended - int(seconds * _NANOSECONDS))
        if failed:
            span.set_status(Status(StatusCode.ERROR, failed))
        span.end(ended)
