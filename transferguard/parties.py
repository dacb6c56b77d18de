# SPDX-License-Identifier: Apache-2.0
"""What does evidence say about one account by itself?

The party and what its name says, worked out of nothing but the account, so that it is remembered as long as the account is the same.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from typing import Final

from transferguard.decision import MatchResult
from transferguard.evidence import Change, NameReading, Party
from transferguard.identifying import Identified
from transferguard.model import Account, Unavailable

NAMES_REMEMBERED: Final = 4096
"""Display names whose reading is kept; at 64 code points that is a few megabytes."""


def party_of(account: Account, avatar: str, *, name_secret: bytes) -> Party:
    """One side of the transfer.

    Args:
        account: As the directory knows it.
        avatar: Why its picture cannot be compared; empty when it can.
        name_secret: Keys the digest of the verified name.
    """
    changes, name = account.profile_changes, _legible(account.verified_name)
    return Party(
        id=account.id,
        display_name=account.display_name,
        verified_name=name,
        identity=account.identity,
        kind=account.kind,
        real_name_status=account.real_name_status,
        standing=account.standing,
        created_at=account.created_at,
        last_active_at=account.last_active_at,
        changes=changes
        if isinstance(changes, Unavailable)
        else tuple(
            Change(at=change.at, name=change.of_name, avatar=change.of_avatar) for change in sorted(changes, key=lambda change: change.at)
        ),
        events=account.security_events
        if isinstance(account.security_events, Unavailable)
        else tuple(sorted(account.security_events, key=lambda event: (event.at, event.kind))),
        avatar=avatar,
        name_key=hmac.new(name_secret, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest() if isinstance(name, str) else "",
    )


def _legible(name: str | Unavailable) -> str | Unavailable:
    """The verified name, if it says anything: one without a letter can neither be recognised nor typed (design, rule 12)."""
    from transferguard.names.views import fold_words  # noqa: PLC0415 - the tables load with the first name

    return name if isinstance(name, Unavailable) or any(fold_words(name)) else Unavailable("blank")


@functools.lru_cache(maxsize=NAMES_REMEMBERED)
def _by_itself(display_name: str) -> tuple[tuple[str, ...], float, str]:
    """Tampering, what it weighs, and the role claimed; depends on nothing but the name, which its owner shows to everybody."""
    from transferguard.names import TrickKind, find_role, inspect_name  # noqa: PLC0415 - the tables load with the first name

    inspection, role = inspect_name(display_name), find_role(display_name)
    told = str(role.kind) if role else ""
    kinds = tuple(dict.fromkeys(trick.kind for trick in inspection.tricks))
    # A word of two scripts can be typed, and yet hardly anybody writes one unless to be read as somebody else (design, section 5).
    if not inspection.malformed and TrickKind.MIXED_SCRIPT not in kinds:
        return (), 0.0, told
    return tuple(str(kind) for kind in kinds), float(inspection.weight), told


def reading_of(account: Account) -> NameReading:
    """The same of an account of which no provider was asked."""
    return read_name(Identified(account=account))


def read_name(found: Identified) -> NameReading:
    """What the recipient's name says by itself, and how it fits the verified one; never how the sender's remark does (rule 6)."""
    from transferguard.names import match_payee  # noqa: PLC0415 - the tables load with the first name

    name = found.account.display_name
    malformed, malformed_bits, role = _by_itself(name)
    verified = _legible(found.account.verified_name)
    fit = match_payee(name, verified) if isinstance(verified, str) else MatchResult.UNAVAILABLE
    return NameReading(
        malformed=malformed,
        malformed_bits=malformed_bits,
        role=role,
        fit=fit if found.fit is None else found.fit,
        checkable=found.checkable,
    )
