# SPDX-License-Identifier: Apache-2.0
"""What else could warn before a payment: whole rules, each as simple as its source describes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from rapidfuzz import fuzz, process

from tests.benchmarks.afternoon import PHASH_ALERT, WRATIO_ALERT
from transferguard.decision import MatchResult
from transferguard.model import Account
from transferguard.names import match_payee
from transferguard.testing.simulate import Scene
from transferguard.testing.simulate.world import SENDER


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPeer:
    """A rule that warns or does not.

    Attributes:
        name: As it stands in the report.
        source: Where it is described.
        warns: Its answer to one scene.
    """

    name: str
    source: str
    warns: Callable[[Scene], bool]


def _others(scene: Scene) -> list[Account]:
    """The circle without the recipient, as it looks in this scene."""
    accounts: Mapping[str, Account] = scene.accounts
    ids = [member.account.id for member in scene.world.members if member.account.id != scene.transfer.recipient]
    known = {member.account.id: member.account for member in scene.world.members}
    return [accounts.get(id_, known[id_]) for id_ in ids]


def _recipient(scene: Scene) -> Account:
    return scene.all_accounts()[scene.transfer.recipient]


def _signal(scene: Scene) -> bool:
    """Equal names, case ignored, as long as the recipient was not accepted."""
    if scene.transfer.recipient in {contact.account for contact in scene.all_contacts()}:
        return False
    shown = _recipient(scene).display_name.lower()
    return any(shown == other.display_name.lower() for other in _others(scene))


def _payee_check(scene: Scene) -> bool:
    """The name on the screen against the verified name: anything but a match warns."""
    account = _recipient(scene)
    remark = next((contact.remark for contact in scene.all_contacts() if contact.account == account.id), None)
    seen = [account.display_name] + ([remark] if isinstance(remark, str) else [])
    verified = account.verified_name
    return isinstance(verified, str) and all(match_payee(name, verified) is not MatchResult.MATCH for name in seen)


def _metamask(scene: Scene) -> bool:
    """The name agrees from the front and the back with somebody paid before, and it is another account."""
    shown = _recipient(scene).display_name
    paid = {past.recipient for past in scene.all_transfers() if past.sender == SENDER}
    return any(other.id in paid and _agrees(shown, other.display_name) for other in _others(scene))


def _agrees(one: str, other: str) -> bool:
    shared = len(one) >= _ENDS and len(other) >= _ENDS
    return one == other or (shared and one[:_ENDS] == other[:_ENDS] and one[-_ENDS:] == other[-_ENDS:])


_ENDS = 3
"""Characters at either end that have to agree; the banner asks for four of a hexadecimal address."""


def _afternoon(scene: Scene) -> bool:
    """WRatio or phash against every other contact."""
    account, others = _recipient(scene), _others(scene)
    # The same as comparing one after the other, but in one call.
    if process.extractOne(account.display_name, [other.display_name for other in others], scorer=fuzz.WRatio, score_cutoff=WRATIO_ALERT):
        return True
    mine = _phash(account.avatar) if isinstance(account.avatar, bytes) else None
    if mine is None:
        return False
    theirs = {other.avatar for other in others if isinstance(other.avatar, bytes)}
    return any((mine ^ hashed).bit_count() <= PHASH_ALERT for hashed in map(_phash, theirs) if hashed is not None)


@cache
def _phash(picture: bytes) -> int | None:
    """The 64 bits of a perceptual hash."""
    import imagehash  # noqa: PLC0415 - scipy loads with it
    from PIL import Image  # noqa: PLC0415 - the same

    try:
        return int(str(imagehash.phash(Image.open(BytesIO(picture)))), 16)
    except OSError:
        return None


PEERS = (
    DecisionPeer(name="name check alone (VoP)", source="EPC Verification of Payee: anything but MTCH warns", warns=_payee_check),
    DecisionPeer(name="Signal's rule", source="equal names, before acceptance", warns=_signal),
    DecisionPeer(name="MetaMask style", source="look-alike of somebody paid before, by both ends of the name", warns=_metamask),
    DecisionPeer(name="afternoon script", source="tests/benchmarks/afternoon.py: WRatio 90 or phash 10", warns=_afternoon),
)
"""Every rule, in the order of the report."""
