# SPDX-License-Identifier: Apache-2.0
"""What the guard does is seen from outside in codes, counts and times, and never a name among them."""

import asyncio
import logging
from typing import Any

import pytest

from transferguard.async_guard import AsyncGuard
from transferguard.decision import Outcome
from transferguard.errors import UnknownAccount
from transferguard.guard import Guard
from transferguard.model import Transfer, Unavailable
from transferguard.observing import Logbook, Observers, RedactingFilter, telling
from transferguard.providers import PeerCall
from transferguard.testing.builders import quiet_world
from transferguard.testing.host import MovableClock
from transferguard.watching import Alarm, Observer, Shadowed

NAMES = ("赵一鸣", "李思远", "小赵", "思远")


class Notebook(Observer):
    """Writes down everything that it is told."""

    def __init__(self):
        self.told = []

    def answered(self, seen):
        """One answer."""
        self.told.append(seen)

    def called(self, call):
        """One call."""
        self.told.append(call)

    def alarmed(self, alarm):
        """One alarm."""
        self.told.append(alarm)


class Clumsy(Observer):
    """Fails at everything it is told."""

    def answered(self, seen):
        """Fail."""
        raise ZeroDivisionError(seen)

    def called(self, call):
        """Fail."""
        raise ZeroDivisionError(call)


def ask(observer, world=None, **changes):
    """One check with this observer."""
    world = world or quiet_world()
    host = world.host()
    host.away |= changes
    return Guard(directory=host, clock=MovableClock(world.now), observer=observer).check(world.transfer)


def test_an_answer_is_told_with_its_outcome_reasons_time_and_what_was_missing():
    """One frozen object for each question, without a name or an id."""
    notebook = Notebook()
    ask(notebook, reports=Unavailable("maintenance"))
    (seen,) = notebook.told

    assert (seen.question, seen.outcome, seen.error, seen.over_budget) == ("check", Outcome.PROCEED, "", False)
    assert "known_recipient" in seen.reasons
    assert seen.missing == ("recipient.avatar", "reports")
    assert 0 < seen.seconds < 5
    assert not any(name in repr(seen) for name in (*NAMES, "friend", "t-1"))


def test_an_error_is_told_by_its_kind_and_goes_on():
    """The host gets the very error."""
    notebook, world = Notebook(), quiet_world()
    guard = Guard(directory=world.host(), clock=MovableClock(world.now), observer=notebook)
    nobody = Transfer(id="t-2", sender="me", recipient="nobody", money=world.transfer.money)
    with pytest.raises(UnknownAccount):
        guard.check(nobody)

    assert [(seen.error, seen.outcome) for seen in notebook.told] == [("UnknownAccount", None)]


def test_a_failing_observer_reaches_neither_the_host_nor_the_other_observers():
    """The second of two is told although the first one breaks."""
    notebook = Notebook()
    decision = ask(Observers(Clumsy(), notebook))
    telling(Observers(Clumsy(), notebook))(PeerCall(peer="identities", result="match"))
    telling(Clumsy())(PeerCall(peer="identities", result="match"))

    assert decision.outcome is Outcome.PROCEED
    assert len(notebook.told) == 2


def test_several_observers_hear_everything():
    """Alarms and shadows too."""
    notebook = Notebook()
    both = Observers(notebook, Observer())
    both.alarmed(Alarm(share=0.5, transfers=10, least=0, most=0.1, over=False))
    both.shadow_failed("ZeroDivisionError")

    assert len(notebook.told) == 1


def test_the_logbook_writes_a_line_for_each_thing_without_a_name(caplog):
    """Answers at INFO, what goes wrong at WARNING."""
    book = Logbook()
    with caplog.at_level(logging.INFO, "transferguard"):
        ask(book)
        book.called(PeerCall(peer="identities", result="error", why="status 500", attempts=3, seconds=0.25))
        book.called(PeerCall(peer="identities", result="match", cached=True))
        book.alarmed(Alarm(share=0.5, transfers=10, least=0, most=0.1, over=False))

    lines = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "transferguard"]
    assert lines[0][1].startswith("check: proceed in ")
    assert lines[1:] == [
        ("WARNING", "identities: error (status 500); 3 requests in 250 ms"),
        ("INFO", "identities: match; remembered"),
        ("WARNING", "the share of stopped transfers is out of its band: 0.5000 of the last 10"),
    ]
    assert not any(name in text for _, text in lines for name in NAMES)


def test_the_filter_takes_secrets_out_of_anybodys_lines():
    """Tokens, account numbers, names that are on their way, and messages of errors."""
    sift = RedactingFilter(["李思远"])

    def sifted(text, *args, error=None):
        info = (type(error), error, None) if error else None
        record = logging.LogRecord("host", logging.INFO, "x.py", 1, text, args, info)
        assert sift.filter(record)
        return logging.Formatter().format(record)

    assert sifted("to %s, UA213052990000026007233566001", "李思远") == "to [name], [account]"
    assert sifted("Authorization: Bearer abc.def") == "Authorization: [token]"
    assert sifted("receipt eyJhbGciOiJFZERTQSJ9.eyJ4IjoxfQ.c2ln") == "receipt [token]"
    assert sifted("failed", error=ValueError("李思远")) == "failed [ValueError]"
    assert sifted("%d", "no number") == "[a line that could not be written]"
    assert sifted("12 of 14 in 5 ms") == "12 of 14 in 5 ms"


def test_opentelemetry_gets_spans_and_measurements():
    """Latency by outcome, findings by reason, peers by result; spans hang under the one that the host has open."""
    pytest.importorskip("opentelemetry.sdk", reason="not installed: pip install opentelemetry-sdk")
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415 - an extra

    from transferguard.observing import Telemetry  # noqa: PLC0415 - an extra

    spans, reader, traces = InMemorySpanExporter(), InMemoryMetricReader(), TracerProvider()
    traces.add_span_processor(SimpleSpanProcessor(spans))
    telemetry = Telemetry(traces=traces, measures=MeterProvider(metric_readers=[reader]))
    world = quiet_world()

    async def screen():
        with traces.get_tracer("host").start_as_current_span("screen"):
            guard = AsyncGuard(directory=world.host(), clock=MovableClock(world.now), observer=telemetry)
            await guard.check(world.transfer)

    asyncio.run(screen())
    ask(telemetry, reports=Unavailable("maintenance"))
    telemetry.called(PeerCall(peer="identities", result="error", why="status 500", attempts=3, seconds=0.25))
    telemetry.called(PeerCall(peer="identities", result="match", cached=True))
    telemetry.alarmed(Alarm(share=0.5, transfers=10, least=0, most=0.1, over=False))

    done: dict[str, Any] = {span.name: span for span in spans.get_finished_spans()[:2]}
    assert done["transferguard.check"].parent.span_id == done["screen"].context.span_id
    assert done["screen"].start_time <= done["transferguard.check"].start_time
    collected: Any = reader.get_metrics_data()
    data = collected.resource_metrics[0].scope_metrics[0].metrics
    points: dict[str, Any] = {metric.name: metric.data.data_points for metric in data}
    assert sum(point.count for point in points["transferguard.answer.duration"]) == 2
    assert {"reason": "known_recipient"} in [dict(point.attributes) for point in points["transferguard.findings"]]
    assert {"fact": "reports"} in [dict(point.attributes) for point in points["transferguard.missing"]]
    assert sorted(dict(point.attributes)["cached"] for point in points["transferguard.peer.calls"]) == [False, True]
    everything = repr([(span.name, dict(span.attributes or {})) for span in spans.get_finished_spans()]) + repr(data)
    assert not any(name in everything for name in NAMES)


def test_shadow_differences_are_seen(caplog):
    """A candidate that says the same is not worth a line."""
    notebook = []

    class Keep(Observer):
        """Keeps what the shadow said."""

        def shadowed(self, seen):
            """One comparison."""
            notebook.append(seen)

    world = quiet_world()
    Guard(directory=world.host(), clock=MovableClock(world.now), shadow=quiet_policy(), observer=Keep()).check(world.transfer)
    with caplog.at_level(logging.INFO, "transferguard"):
        Observers(Logbook()).shadowed(notebook[0])

    assert isinstance(notebook[0], Shadowed)
    assert not [record for record in caplog.records if record.getMessage().startswith("shadow:")]


def quiet_policy():
    """The default policy."""
    from transferguard.policy import Policy  # noqa: PLC0415 - only here

    return Policy.default()
