# SPDX-License-Identifier: Apache-2.0
"""A payment app on FastAPI: the endpoints behind the confirmation screen, and the receipt check of the ledger.

    uvicorn examples.fastapi_host:demo --factory      then open http://127.0.0.1:8000/docs

What is yours to replace: `signed_in` (your sign-in), `DRAFTS` (your table of transfers), and `ledger` (another service in real life: it
needs the guard's public keys and nothing else to verify a receipt).
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from transferguard import AsyncGuard, Money, Transfer
from transferguard.errors import CallerError, ConfirmationRefused, NameProved, ReceiptRefused, TransferConflict, WorldError
from transferguard.receipt import verify

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Draft(BaseModel):
    """What the sender's app sends when the confirmation screen opens, and again whenever the amount changes."""

    recipient: str
    amount: str
    currency: str


class Answers(BaseModel):
    """What the sender did on the screen."""

    acknowledged: bool = False
    typed_name: str | None = None


class Booking(BaseModel):
    """What the ledger is asked to book."""

    transfer_id: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A transfer that is being confirmed: yours to keep in your database."""

    transfer: Transfer
    decision_id: str


def signed_in(x_user: Annotated[str, Header()]) -> str:
    """Who asks? Replace this by your sign-in: the sender is never taken from the body of a request."""
    return x_user


Sender = Annotated[str, Depends(signed_in)]


def make_app(guard: AsyncGuard) -> FastAPI:
    """The app around a guard; it closes the guard when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await guard.close()

    app, drafts = FastAPI(title="A payment app", lifespan=lifespan), dict[str, Kept]()
    add_screen(app, guard, drafts)
    add_ledger(app, guard, drafts)
    add_refusals(app)
    return app


def draft_of(drafts: dict[str, Kept], transfer_id: str, sender: str) -> Kept:
    """The sender's own draft; somebody else's is as unknown as none."""
    kept = drafts.get(transfer_id)
    if kept is None or kept.transfer.sender != sender:
        raise HTTPException(404)
    return kept


def add_screen(app: FastAPI, guard: AsyncGuard, drafts: dict[str, Kept]) -> None:
    """What the confirmation screen calls."""

    @app.put("/transfers/{transfer_id}")
    async def check(transfer_id: str, draft: Draft, sender: Sender, locale: str = "en") -> dict[str, Any]:
        """The confirmation screen opens: all that the sender may see."""
        if transfer_id in drafts:
            draft_of(drafts, transfer_id, sender)
        money = Money.of(draft.amount, draft.currency)
        transfer = Transfer(id=transfer_id, sender=sender, recipient=draft.recipient, money=money)
        decision = await guard.check(transfer)
        drafts[transfer_id] = Kept(transfer=transfer, decision_id=decision.id)
        return decision.sender_view(locale)

    @app.post("/transfers/{transfer_id}/confirm")
    async def confirm(transfer_id: str, answers: Answers, sender: Sender) -> dict[str, str]:
        """The sender confirms: a receipt for the ledger, or what is still needed (status 409)."""
        kept = draft_of(drafts, transfer_id, sender)
        receipt = await guard.confirm(kept.decision_id, acknowledged=answers.acknowledged, typed_name=answers.typed_name)
        return {"receipt": receipt.token}

    @app.post("/transfers/{transfer_id}/release")
    async def release(transfer_id: str, sender: Sender, locale: str = "en") -> dict[str, Any]:
        """The wait is over: everything is checked again."""
        kept = draft_of(drafts, transfer_id, sender)
        decision = await guard.release(kept.decision_id)
        drafts[transfer_id] = Kept(transfer=kept.transfer, decision_id=decision.id)
        return decision.sender_view(locale)


def add_ledger(app: FastAPI, guard: AsyncGuard, drafts: dict[str, Kept]) -> None:
    """What the payment backend does, in real life another service."""

    @app.post("/ledger")
    async def ledger(booking: Booking) -> dict[str, str]:
        """The payment backend: no receipt, no transfer; and each receipt moves money once."""
        kept = drafts.get(booking.transfer_id)
        if kept is None:
            raise HTTPException(404)
        verify(booking.receipt, kept.transfer, guard.public_keys())  # needs no database and no guard
        await guard.redeem(booking.receipt, kept.transfer)
        return {"booked": kept.transfer.id}


def add_refusals(app: FastAPI) -> None:
    """Every refusal as an answer of its own status; whatever else is raised is a fault and stays one."""

    @app.exception_handler(ConfirmationRefused)
    async def not_yet(_: Request, refused: ConfirmationRefused) -> JSONResponse:
        shown = {"level": refused.shown_name.level, "text": refused.shown_name.text} if isinstance(refused, NameProved) else None
        retry_at = refused.retry_at.isoformat() if refused.retry_at else None
        return JSONResponse({"needed": refused.needed, "retry_at": retry_at, "shown_name": shown}, 409)

    @app.exception_handler(ReceiptRefused)
    async def no_receipt(_: Request, refused: ReceiptRefused) -> JSONResponse:
        return JSONResponse({"refused": refused.reason}, 403)

    @app.exception_handler(TransferConflict)
    async def conflict(_: Request, __: TransferConflict) -> JSONResponse:
        return JSONResponse({"refused": "this transfer was confirmed with other content"}, 409)

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, wrong: RequestValidationError) -> JSONResponse:
        # Without what was sent, which may be a name, or a number that JSON cannot hold.
        return JSONResponse({"wrong": [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors()]}, 422)

    @app.exception_handler(CallerError)
    async def mistake(_: Request, wrong: CallerError) -> JSONResponse:
        return JSONResponse({"wrong": str(wrong)}, 422)  # names the field and the remedy, never the value

    @app.exception_handler(WorldError)
    async def away(_: Request, __: WorldError) -> JSONResponse:
        return JSONResponse({"refused": "not now"}, 503)  # what your app does then is your policy; a large transfer waits


def demo() -> FastAPI:
    """The app over a database file in this folder."""
    return make_app(AsyncGuard.embedded("guard.db"))
