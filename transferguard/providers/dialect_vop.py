# SPDX-License-Identifier: Apache-2.0
"""The responder API of the National Bank of Ukraine's verification-of-payee draft (`POST /vop/v1/verify`).

Its shapes are followed, its matching rules are not relied on. A contradiction counts as the weaker half: a MATCH whose reason says
"may be a match" is close, one whose reason says that nothing could be compared is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from transferguard.identity import IdentityAnswer, IdentityResult
from transferguard.model import Standing, Unavailable
from transferguard.providers.dialect import Question, broken, name_of, table_of

_MATCH, _CLOSE, _NONE = IdentityResult.MATCH, IdentityResult.CLOSE_MATCH, IdentityResult.NO_MATCH
_UNAVAILABLE, _ERROR = IdentityResult.UNAVAILABLE, IdentityResult.ERROR

_COMPARED: Final = ("ANNM", "BANM", "MBAM", "PAMM")
_STATUSES: Final = ("MATCH", "CLOSE_MATCH", "NO_MATCH", "NOT_SUPPORTED", "ERROR")

TABLE: Final[Mapping[tuple[str, str], IdentityResult]] = {
    ("MATCH", "ANNM"): _MATCH,
    ("MATCH", "BANM"): _MATCH,
    ("MATCH", "MBAM"): _CLOSE,
    ("MATCH", "PAMM"): _CLOSE,
    **{("CLOSE_MATCH", reason): _CLOSE for reason in _COMPARED},
    **{("NO_MATCH", reason): _NONE for reason in _COMPARED},
    **{("NOT_SUPPORTED", reason): _UNAVAILABLE for reason in (*_COMPARED, "ACNS", "OPTO")},
    **{(status, reason): _UNAVAILABLE for status in _STATUSES[:3] for reason in ("ACNS", "OPTO")},
    **{(status, reason): _ERROR for status in _STATUSES for reason in ("TCHA", "UNKN")},
    **{("ERROR", reason): _ERROR for reason in (*_COMPARED, "ACNS", "OPTO")},
}
"""(matchStatus, reasonCode) -> what it means; a pair that is not here is an error."""

_STANDINGS: Final[Mapping[object, Standing]] = {"CLOSED": Standing.CLOSED, "BLOCKED": Standing.FROZEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderDialect:
    """The draft's messages.

    Args:
        bic: The host's BIC.
        participant: The host's six-digit number in the payment system (`nbuId`).
        path: What is posted to.
    """

    bic: str
    participant: str
    path: str = "/vop/v1/verify"

    def body(self, question: Question) -> Mapping[str, Any]:
        """The JSON to post."""
        business = question.destination.business
        kind = {} if isinstance(business, Unavailable) else {"accountType": "BUSINESS" if business else "PERSONAL"}
        return {
            "requestId": question.id,
            "timestamp": question.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "requester": {"bic": self.bic, "nbuId": self.participant},
            "payee": {"iban": question.destination.number, "name": question.name},
            **kind,
        }

    def headers(self, question: Question) -> Mapping[str, str]:
        """The id of the question."""
        return {"X-Request-ID": question.id}

    def read(self, reply: Mapping[str, Any]) -> IdentityAnswer:
        """What the reply says."""
        found = table_of(reply, "result")
        status, reason = found.get("matchStatus"), found.get("reasonCode")
        if not isinstance(status, str) or not isinstance(reason, str):
            return broken("no result in the answer")
        result = TABLE.get((status, reason))
        if result is None:
            return broken("unknown code")
        return IdentityAnswer(
            result=result,
            name=name_of(found.get("verifiedName")),
            standing=_STANDINGS.get(found.get("accountStatus"), Unavailable())
            if isinstance(found.get("accountStatus"), str)
            else Unavailable(),
            why=f"{status} {reason}",
        )

    def echo(self, reply: Mapping[str, Any], headers: Mapping[str, str]) -> str:
        """The `requestId` of the body."""
        del headers
        told = reply.get("requestId")
        return told if isinstance(told, str) else ""
