# SPDX-License-Identifier: Apache-2.0
"""Messages in the manner of the United Kingdom's Confirmation of Payee, with its twelve reason codes.

A match carries no name and no code. A name comes back for three kinds of near match only; with any other code it is dropped. So this
is a peer that mostly says *whether* a name fits: match only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Unavailable
from transferguard.providers.dialect import Question, broken, name_of, table_of

TABLE: Final[Mapping[str, tuple[IdentityResult, bool]]] = {
    # code: (what it means, whether a name may stand beside it)
    "ANNM": (IdentityResult.NO_MATCH, False),  # the name does not match
    "MBAM": (IdentityResult.CLOSE_MATCH, True),  # may be a match
    "BANM": (IdentityResult.CLOSE_MATCH, False),  # the name matches, and the account is a business's
    "PANM": (IdentityResult.CLOSE_MATCH, False),  # the name matches, and the account is a person's
    "BAMM": (IdentityResult.CLOSE_MATCH, True),  # may be a match, and the account is a business's
    "PAMM": (IdentityResult.CLOSE_MATCH, True),  # may be a match, and the account is a person's
    "AC01": (IdentityResult.NO_MATCH, False),  # there is no such account
    "IVCR": (IdentityResult.NO_MATCH, False),  # the secondary reference is not known
    "ACNS": (IdentityResult.UNAVAILABLE, False),  # the account does not take part
    "OPTO": (IdentityResult.UNAVAILABLE, False),  # its holder opted out
    "CASS": (IdentityResult.UNAVAILABLE, False),  # the account was switched to another bank
    "SCNS": (IdentityResult.UNAVAILABLE, False),  # the sort code does not take part
}
"""Where the names were not found equal: reason code -> what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationDialect:
    """The scheme's messages.

    Args:
        path: What is posted to.
    """

    path: str = "/accounts/name-verification"

    def body(self, question: Question) -> Mapping[str, Any]:
        """The JSON to post."""
        where = question.destination
        kind = {} if isinstance(where.business, Unavailable) else {"AccountType": "Business" if where.business else "Personal"}
        more = {"SecondaryIdentification": where.reference} if where.reference else {}
        return {
            "Data": {
                "SchemeName": "SortCodeAccountNumber" if where.number.isdigit() else "IBAN",
                "Identification": where.number,
                "Name": question.name,
                **kind,
                **more,
            }
        }

    def headers(self, question: Question) -> Mapping[str, str]:
        """The id of the question, which the answer repeats."""
        return {"x-fapi-interaction-id": question.id}

    def read(self, reply: Mapping[str, Any]) -> IdentityAnswer:
        """What the reply says."""
        found = table_of(reply, "Data", "VerificationReport")
        matched, code = found.get("Matched"), found.get("ReasonCode")
        if matched is True:
            # A code beside a match says that something else was found: no match then.
            return broken("match with a reason code") if code else IdentityAnswer(result=IdentityResult.MATCH)
        if matched is not False or not isinstance(code, str):
            return broken("no result in the answer")
        meant = TABLE.get(code)
        if meant is None:
            return broken("unknown code")
        result, named = meant
        return IdentityAnswer(result=result, name=name_of(found.get("Name")) if named else MATCH_ONLY, why=code)

    def echo(self, reply: Mapping[str, Any], headers: Mapping[str, str]) -> str:
        """The header that repeats the id."""
        del reply
        return headers.get("x-fapi-interaction-id", "")
