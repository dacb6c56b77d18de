# SPDX-License-Identifier: Apache-2.0
"""The two example hosts answer alike: the screen, the receipt, the ledger, and every refusal with a status of its own."""

import asyncio
import json
from importlib.util import find_spec

import httpx
import pytest

from transferguard.keys import StaticKeys
from transferguard.testing.builders import FRIEND, SENDER, account, quiet_world

TWIN = "twin"


def world():
    """A friend, and somebody who copied the friend's name."""
    return (
        quiet_world().with_recipient(display_name="李思远").with_accounts(account(TWIN, "李思远", verified_name="毕小川", created_at=None))
    )


class FastApi:
    """The FastAPI example, asked without a socket."""

    def __init__(self):
        from examples.fastapi_host import make_app  # noqa: PLC0415 - skipped where it is not installed
        from transferguard import AsyncGuard  # noqa: PLC0415 - as above

        self.host = world().host()
        self.app = make_app(AsyncGuard(directory=self.host, keys=StaticKeys.generate()))

    def ask(self, method, path, body=None, *, user=SENDER):
        """Status and JSON of one request; bytes are sent as they are."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()

        async def asked():
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://test") as client:
                return await client.request(method, path, content=sent, headers={"X-User": user, "Content-Type": "application/json"})

        reply = asyncio.run(asked())
        return reply.status_code, reply.json()


class Django:
    """The Django example, through Django's own test client."""

    def __init__(self):
        from examples import django_host  # noqa: PLC0415 - skipped where it is not installed
        from transferguard import Guard  # noqa: PLC0415 - as above

        self.host = world().host()
        django_host.GUARDS["app"] = Guard(directory=self.host, keys=StaticKeys.generate())
        django_host.DRAFTS.clear()

    def ask(self, method, path, body=None, *, user=SENDER):
        """Status and JSON of one request; bytes are sent as they are."""
        from django.test import Client  # noqa: PLC0415 - as above

        sent = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        reply = Client().generic(method, path, sent, "application/json", headers={"X-User": user})
        return reply.status_code, json.loads(reply.content) if "json" in reply["Content-Type"] else {}


@pytest.fixture(params=[FastApi, Django], ids=["fastapi", "django"])
def app(request):
    """Each of the examples."""
    if find_spec(request.param.__name__.lower()) is None:
        pytest.skip(f"{request.param.__name__} is not installed: pip install {request.param.__name__.lower()}")
    return request.param()


def draft(recipient=FRIEND, amount="50.00"):
    """What the sender's app sends."""
    return {"recipient": recipient, "amount": amount, "currency": "CNY"}


def test_a_friend_is_paid_with_a_receipt_that_counts_once(app):
    """Screen, receipt, booking; the second booking is refused, and so is one of another amount."""
    status, view = app.ask("PUT", "/transfers/t1", draft())
    assert (status, view["outcome"], view["shown_name"]["text"]) == (200, "proceed", "*远")
    status, given = app.ask("POST", "/transfers/t1/confirm", {})
    assert status == 200

    assert app.ask("POST", "/ledger", {"transfer_id": "t1", "receipt": given["receipt"]}) == (200, {"booked": "t1"})
    assert app.ask("POST", "/ledger", {"transfer_id": "t1", "receipt": given["receipt"]}) == (403, {"refused": "redeemed"})
    assert app.ask("PUT", "/transfers/t1", draft(amount="51.00"))[0] == 409


def test_a_copied_friend_takes_more_than_a_tap(app):
    """The screen says what is needed, a wrong name is refused, and without a receipt nothing is booked."""
    status, view = app.ask("PUT", "/transfers/t2", draft(TWIN, "5000.00"))
    assert status == 200
    assert view["outcome"] in {"challenge", "delay"}
    assert "毕小川" not in json.dumps(view, ensure_ascii=False)

    status, refused = app.ask("POST", "/transfers/t2/confirm", {"acknowledged": True, "typed_name": "李思远"})
    assert (status, bool(refused["needed"])) == (409, True)
    assert app.ask("POST", "/ledger", {"transfer_id": "t2", "receipt": "a.b.c"}) == (403, {"refused": "malformed"})


def test_a_receipt_is_for_one_transfer(app):
    """Another transfer's receipt proves nothing."""
    app.ask("PUT", "/transfers/t1", draft())
    app.ask("PUT", "/transfers/t2", draft(amount="60.00"))
    receipt = app.ask("POST", "/transfers/t1/confirm", {})[1]["receipt"]

    assert app.ask("POST", "/ledger", {"transfer_id": "t2", "receipt": receipt}) == (403, {"refused": "other_transfer"})


def test_somebody_elses_transfer_is_as_unknown_as_none(app):
    """The sender is who signed in."""
    app.ask("PUT", "/transfers/t1", draft())

    for method, path in (("PUT", "/transfers/t1"), ("POST", "/transfers/t1/confirm"), ("POST", "/transfers/t1/release")):
        assert app.ask(method, path, draft() if method == "PUT" else {}, user=TWIN)[0] == 404
    assert app.ask("POST", "/transfers/none/confirm", {})[0] == 404
    assert app.ask("POST", "/ledger", {"transfer_id": "none", "receipt": "x"})[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        {"recipient": FRIEND},
        draft(amount="5,00"),
        draft(recipient="nobody"),
        draft(recipient=SENDER),
        [],
        {"recipient": 7, "amount": 1.5, "currency": 0},
    ],
)
def test_a_wrong_request_is_refused_without_its_values(app, body):
    """Status 422, and what is wrong."""
    status, told = app.ask("PUT", "/transfers/t1", body)

    assert status == 422
    assert told


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"null",
        b"[" * 100_000,
        b'{"recipient": NaN, "amount": NaN, "currency": "CNY"}',
        b'{"recipient": "\\ud800", "amount": "5.00", "currency": "CNY"}',
        b'{"recipient": "friend", "amount": "5.00", "currency": ' + b"9" * 5_000 + b"}",
    ],
    ids=["nothing", "no UTF-8", "cut off", "null", "nested", "no number", "lone surrogate", "huge number"],
)
def test_what_is_no_request_is_refused_all_the_same(app, sent):
    """Whatever the bytes, it is the asker's mistake and never a fault of the host."""
    assert app.ask("PUT", "/transfers/t1", sent)[0] in {400, 422}
    app.ask("PUT", "/transfers/t1", draft())
    assert app.ask("POST", "/transfers/t1/confirm", sent)[0] in {200, 400, 422}


def test_a_wait_is_served_before_the_transfer_is_checked_again(app):
    """Releasing too early says when, where the outcome was a wait; where it was none, there is nothing to release."""
    app.ask("PUT", "/transfers/t1", draft())
    status, told = app.ask("POST", "/transfers/t1/release", {})

    assert (status, told["needed"]) == (409, ["check_again"])


def test_a_service_that_is_away_is_status_503(app):
    """The app decides what happens then; nothing is said about why."""
    from transferguard.errors import StoreError  # noqa: PLC0415 - only here

    app.host.away["accounts"] = StoreError("secret host name")

    assert app.ask("PUT", "/transfers/t1", draft()) == (503, {"refused": "not now"})
