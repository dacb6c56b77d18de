# SPDX-License-Identifier: Apache-2.0
"""The routes of the example: pages, talk, transfers, the operators' page."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from examples.chat import guarding, operators, world
from examples.chat.ledger import Ledger
from examples.chat.rooms import LONGEST_NAME, Listeners, Rooms
from transferguard import Account, Decision, Guard, Money, Transfer
from transferguard.embedded import embedded_parts
from transferguard.errors import CallerError, ConfirmationRefused, ReceiptRefused
from transferguard.seams import Store
from transferguard.ui.web import answer, assets

STATIC = Path(__file__).with_name("static")
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""No inline script or style anywhere, and no markup made of text."""

HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class Chat:
    """Everything that the routes need.

    Args:
        folder: Where the databases go.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = world.RunningClock()
        self.rooms = Rooms(folder / "chat.db")
        self.store: Store
        self.store, keys = embedded_parts(folder / "guard.db")
        self.guard = Guard(store=self.store, keys=keys, clock=self.clock)
        self.ledger = Ledger(self.rooms, self.guard, self.clock)
        self.listeners = Listeners()
        self.accounts: dict[str, Account] = {one.id: one for one in world.PEOPLE}
        world.settle(self.rooms, self.guard)

    def close(self) -> None:
        """Give the files back."""
        self.guard.close()
        self.rooms.close()

    def transfer_of(self, decision_id: str, sender: str) -> Transfer | None:
        """The transfer that this sender was asked about; nobody may confirm for somebody else."""
        found = self.rooms.read("SELECT * FROM asked WHERE decision = ? AND sender = ?", decision_id, sender)
        if not found:
            return None
        row = found[0]
        money = Money(row["minor"], row["currency"])
        return Transfer(id=row["transfer"], sender=sender, recipient=row["recipient"], money=money, channel="chat")  # type: ignore[arg-type]  # enums accept their values

    def drawn(self, decision: Decision, transfer: Transfer, locale: str) -> dict[str, Any]:
        """The sheet for the sender's screen; the decision is remembered for what comes next."""
        warned = self.rooms.read("SELECT count(*) AS n FROM asked WHERE sender = ? AND outcome != 'proceed'", transfer.sender)[0]["n"]
        profiles = (decision.comparison.recipient, decision.comparison.imitated)
        pictures = {one.account: found["picture"] for one in profiles if one and (found := self.rooms.person(one.account))}
        self.rooms.write(
            "INSERT OR IGNORE INTO asked VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            decision.id,
            transfer.id,
            transfer.sender,
            transfer.recipient,
            transfer.money.minor,
            transfer.money.currency,
            decision.outcome.value,
            json.dumps(pictures),
        )
        made = guarding.drawn(decision, transfer, locale=locale, pictures=pictures, seen=warned)
        return made | {"now": self.clock.now().isoformat()}  # this world has a clock of its own


def chat_of(request: Request) -> Chat:
    """What the routes share."""
    chat: Chat = request.app.state.chat
    return chat


async def told(request: Request) -> dict[str, Any]:
    """The JSON object in the body; anything else is nothing."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def front_page(request: Request) -> Response:  # noqa: ARG001 - the framework passes it
    """To the sender's chat."""
    return RedirectResponse(f"/as/{world.SENDER}")


def chat_page(request: Request) -> Response:
    """The chat of one person."""
    if chat_of(request).rooms.person(request.path_params["me"]) is None:
        return Response("Nobody of this name lives here.", status_code=404, media_type="text/plain")
    return FileResponse(STATIC / "chat.html")


def operator_page(request: Request) -> Response:  # noqa: ARG001 - the framework passes it
    """The operators' page."""
    return FileResponse(STATIC / "operators.html")


def picture(request: Request) -> Response:
    """Somebody's picture; it changes its address when it changes."""
    found = chat_of(request).rooms.picture(request.path_params["who"], request.path_params["version"])
    if not found:
        return Response(status_code=404)
    return Response(found, media_type="image/jpeg", headers={"Cache-Control": "max-age=3600"})


def overview(request: Request) -> Response:
    """Who I am, whom I see, and the talk that is open."""
    chat, me, other = chat_of(request), request.path_params["me"], request.query_params.get("with", "")
    return JSONResponse(
        {
            "me": chat.rooms.person(me),
            "list": chat.rooms.list_of(me),
            "talk": chat.rooms.between(me, other) if other else [],
            "paid": [row for row in chat.ledger.bookings() if {row["sender"], row["recipient"]} == {me, other}],
            "twin": world.TWIN,
            "now": chat.clock.now().isoformat(),
        }
    )


async def events(request: Request) -> Response:
    """Server-sent events of one person's page."""
    return StreamingResponse(chat_of(request).listeners.hear(request.path_params["me"]), media_type="text/event-stream")


async def say(request: Request) -> Response:
    """Write to somebody."""
    chat, me, body = chat_of(request), request.path_params["me"], await told(request)
    other, text = str(body.get("to", "")), str(body.get("text", "")).strip()
    if not text or chat.rooms.person(other) is None:
        return JSONResponse({"error": "nothing said"}, status_code=400)
    chat.rooms.say(me, other, text, chat.clock.now())
    chat.listeners.tell(me, other)
    return JSONResponse({})


async def wear(request: Request) -> Response:
    """Change name and picture; the guard hears of it, and so does every open page."""
    chat, me, body = chat_of(request), request.path_params["me"], await told(request)
    before = chat.accounts.get(me)
    name = str(body.get("display_name", ""))[:LONGEST_NAME]
    if before is None or not name:
        return JSONResponse({"error": "no name"}, status_code=400)
    kept = before.avatar if isinstance(before.avatar, bytes) else b""
    chosen = world.PICTURES.get(str(body.get("picture")), kept)
    chat.accounts[me] = world.changed(before, chat.clock.now(), display_name=name, picture=chosen)
    chat.guard.observe(chat.accounts[me])
    chat.rooms.wear(me, name, chosen)
    chat.listeners.tell(what="profile")
    return JSONResponse({})


async def check(request: Request) -> Response:
    """The confirmation screen opens, or something on it changed."""
    chat, me, body = chat_of(request), request.path_params["me"], await told(request)
    other = str(body.get("to", ""))
    try:
        money = Money.of(str(body.get("amount", "")), "CNY")
        # The app's own id, and the same one while the sheet stays open: checking again with another amount is no second transfer.
        own_id = str(body.get("transfer") or f"t-{secrets.token_hex(6)}")
        transfer = Transfer(id=own_id, sender=me, recipient=other, money=money, channel="chat")  # type: ignore[arg-type]  # enums accept their values
        decision = guarding.open_screen(chat.guard, transfer, chat.rooms.talk(me, other))
    except CallerError as mistake:
        return JSONResponse({"error": str(mistake)}, status_code=400)
    chat.listeners.tell("operators")
    return JSONResponse(chat.drawn(decision, transfer, str(body.get("locale", "en"))))


async def go_on(request: Request) -> Response:
    """The sender confirms, waits out, gives up or appeals."""
    chat, me, body = chat_of(request), request.path_params["me"], await told(request)
    decision_id, what = request.path_params["decision"], request.path_params["what"]
    transfer = chat.transfer_of(decision_id, me)
    if transfer is None:
        return JSONResponse({"status": "failed"}, status_code=404)
    try:
        if what == "release":
            decision = guarding.after_waiting(chat.guard, decision_id, chat.rooms.talk(me, transfer.recipient))
            return JSONResponse({"sheet": chat.drawn(decision, transfer, str(body.get("locale", "en")))})
        if what == "confirm":
            spoken = guarding.go_on(chat.guard, decision_id, transfer, asked=body, book=chat.ledger.book)
        elif what == "cancel":
            chat.guard.cancel(decision_id)
            spoken = {"status": "cancelled"}
        else:
            chat.rooms.write("INSERT INTO appeals VALUES (?, ?)", decision_id, str(body.get("text", ""))[:500])
            spoken = {"status": "appealed"}
    except ConfirmationRefused as refusal:
        return JSONResponse(answer(refusal))
    except (CallerError, ReceiptRefused):
        return JSONResponse({"status": "failed"})
    chat.listeners.tell(me, transfer.recipient, "operators")
    return JSONResponse(spoken)


async def play(request: Request) -> Response:
    """Stage directions: the twin arrives, time passes."""
    chat, scene = chat_of(request), request.path_params["scene"]
    if scene == "twin":
        chat.rooms.say(world.TWIN, world.SENDER, "在吗？急用，先借我三百，明天还", chat.clock.now())
    elif scene == "later":
        chat.clock.skip(hours=2)
    chat.listeners.tell(what="later" if scene == "later" else "changed")
    return JSONResponse({"now": chat.clock.now().isoformat()})


def decisions(request: Request) -> Response:
    """What operators see: decisions with their waterfalls, bookings, appeals."""
    chat = chat_of(request)
    rows = chat.rooms.read("SELECT decision, pictures FROM asked ORDER BY rowid DESC LIMIT 20")
    records = [(record, json.loads(row["pictures"])) for row in rows if (record := chat.store.decision(row["decision"]))]
    return JSONResponse(
        {
            "decisions": [operators.explained(record, chat.guard.policy) | {"pictures": pictures} for record, pictures in records],
            "bookings": chat.ledger.bookings(),
            "appeals": chat.rooms.read("SELECT decision, text FROM appeals"),
        }
    )


async def book_by_hand(request: Request) -> Response:
    """Try to book without the guard: what the ledger says to a receipt that proves nothing."""
    chat, body = chat_of(request), await told(request)
    transfer = Transfer(id="t-forged", sender=world.SENDER, recipient=world.TWIN, money=Money.of("5000.00", "CNY"))
    try:
        chat.ledger.book(str(body.get("token", "")), transfer)
    except ReceiptRefused as refusal:
        return JSONResponse({"refused": refusal.reason.value}, status_code=403)
    return JSONResponse({})


class Headers:
    """The content security policy on everything that leaves.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where an answer begins."""

        async def with_headers(message: ASGIMessage) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


def make_app(folder: Path) -> Starlette:
    """The app with a fresh world in this folder."""
    chat = Chat(folder)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.chat = chat
        yield
        chat.listeners.end()
        chat.close()

    routes = [
        Route("/", front_page),
        Route("/as/{me}", chat_page),
        Route("/operators", operator_page),
        Route("/pictures/{who}/{version:int}", picture),
        Route("/api/as/{me}", overview),
        Route("/api/as/{me}/events", events),
        Route("/api/as/{me}/messages", say, methods=["POST"]),
        Route("/api/as/{me}/profile", wear, methods=["POST"]),
        Route("/api/as/{me}/transfers", check, methods=["POST"]),
        Route("/api/as/{me}/decisions/{decision}/{what}", go_on, methods=["POST"]),
        Route("/api/scenes/{scene}", play, methods=["POST"]),
        Route("/api/decisions", decisions),
        Route("/api/ledger", book_by_hand, methods=["POST"]),
        Mount("/guard", StaticFiles(directory=str(assets()))),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Headers)], lifespan=life)
    app.state.chat = chat
    return app
