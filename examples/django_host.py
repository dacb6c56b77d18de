# SPDX-License-Identifier: Apache-2.0
"""The same payment app on Django, in one file: views behind the confirmation screen, and the receipt check of the ledger.

    python -m examples.django_host runserver      then PUT and POST as in examples/fastapi_host.py

In a project of yours the views stand in `views.py`, the guard is made once in `AppConfig.ready`, drafts are a model, and the user is
`request.user`. Views are ordinary functions: the guard is safe to use from all threads of a worker.
"""

from __future__ import annotations

import functools
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path

from transferguard import Guard, Money, Transfer
from transferguard.errors import CallerError, ConfirmationRefused, InvalidInput, NameProved, ReceiptRefused, TransferConflict, WorldError
from transferguard.receipt import verify

if TYPE_CHECKING:
    from collections.abc import Callable

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "testserver"], SECRET_KEY="for-the-demo-only")  # noqa: S106 - as it says
    django.setup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A transfer that is being confirmed: a model of yours."""

    transfer: Transfer
    decision_id: str


DRAFTS: dict[str, Kept] = {}


GUARDS: dict[str, Guard] = {}


def the_guard() -> Guard:
    """One guard for the whole process."""
    if "app" not in GUARDS:
        GUARDS["app"] = Guard.embedded("guard.db")
    return GUARDS["app"]


def refused_as(method: str, view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """The view for one method, every refusal as an answer of its own status; whatever else is raised is a fault and stays one."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **named: str) -> JsonResponse:
        if request.method != method:
            return JsonResponse({"wrong": f"use {method}"}, status=405)
        try:
            return view(request, **named)
        except ConfirmationRefused as refused:
            shown = {"level": refused.shown_name.level, "text": refused.shown_name.text} if isinstance(refused, NameProved) else None
            retry_at = refused.retry_at.isoformat() if refused.retry_at else None
            return JsonResponse({"needed": refused.needed, "retry_at": retry_at, "shown_name": shown}, status=409)
        except ReceiptRefused as refused:
            return JsonResponse({"refused": refused.reason}, status=403)
        except CallerError as wrong:  # names the field and the remedy, never the value
            return JsonResponse({"wrong": str(wrong)}, status=409 if isinstance(wrong, TransferConflict) else 422)
        except WorldError:
            return JsonResponse({"refused": "not now"}, status=503)

    return answer


def body_of(request: HttpRequest, *fields: str) -> dict[str, Any]:
    """The JSON of a request with these fields of text."""
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise InvalidInput("body", "is not JSON") from None
    if not isinstance(found, dict):
        raise InvalidInput("body", "is not a JSON object")
    for field in fields:
        if not isinstance(found.get(field), str):
            raise InvalidInput(field, "must be text")
    return found


def sender_of(request: HttpRequest) -> str:
    """Who asks? `request.user` in your project: the sender is never taken from the body of a request."""
    user = request.headers.get("X-User")
    if not user:
        raise InvalidInput("X-User", "is missing")
    return str(user)


def draft_of(transfer_id: str, sender: str) -> Kept:
    """The sender's own draft; somebody else's is as unknown as none."""
    kept = DRAFTS.get(transfer_id)
    if kept is None or kept.transfer.sender != sender:
        raise Http404
    return kept


def check(request: HttpRequest, transfer_id: str) -> JsonResponse:
    """The confirmation screen opens: all that the sender may see."""
    sender, draft = sender_of(request), body_of(request, "recipient", "amount", "currency")
    if transfer_id in DRAFTS:
        draft_of(transfer_id, sender)
    money = Money.of(draft["amount"], draft["currency"])
    transfer = Transfer(id=transfer_id, sender=sender, recipient=draft["recipient"], money=money)
    decision = the_guard().check(transfer)
    DRAFTS[transfer_id] = Kept(transfer=transfer, decision_id=decision.id)
    return JsonResponse(decision.sender_view(request.GET.get("locale", "en")))


def confirm(request: HttpRequest, transfer_id: str) -> JsonResponse:
    """The sender confirms: a receipt for the ledger, or what is still needed (status 409)."""
    kept, given = draft_of(transfer_id, sender_of(request)), body_of(request)
    typed = given.get("typed_name")
    receipt = the_guard().confirm(
        kept.decision_id, acknowledged=given.get("acknowledged") is True, typed_name=typed if isinstance(typed, str) else None
    )
    return JsonResponse({"receipt": receipt.token})


def release(request: HttpRequest, transfer_id: str) -> JsonResponse:
    """The wait is over: everything is checked again."""
    kept = draft_of(transfer_id, sender_of(request))
    decision = the_guard().release(kept.decision_id)
    DRAFTS[transfer_id] = Kept(transfer=kept.transfer, decision_id=decision.id)
    return JsonResponse(decision.sender_view(request.GET.get("locale", "en")))


def ledger(request: HttpRequest) -> JsonResponse:
    """The payment backend: no receipt, no transfer; and each receipt moves money once."""
    booking = body_of(request, "transfer_id", "receipt")
    kept = DRAFTS.get(booking["transfer_id"])
    if kept is None:
        raise Http404
    verify(booking["receipt"], kept.transfer, the_guard().public_keys())  # needs no database and no guard
    the_guard().redeem(booking["receipt"], kept.transfer)
    return JsonResponse({"booked": kept.transfer.id})


urlpatterns = [
    path("transfers/<str:transfer_id>", refused_as("PUT", check)),
    path("transfers/<str:transfer_id>/confirm", refused_as("POST", confirm)),
    path("transfers/<str:transfer_id>/release", refused_as("POST", release)),
    path("ledger", refused_as("POST", ledger)),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
