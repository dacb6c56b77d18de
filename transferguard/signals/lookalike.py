# SPDX-License-Identifier: Apache-2.0
"""Does the recipient copy somebody else whom the sender knows?

Every senior contact is asked about, by every name under which the sender may know them and by every picture they wore. What
measuring found is in the evidence; here it becomes findings. Which of two came later was settled by `circle`.

Honest people are alike beyond chance: they share pictures of idols, children and sunsets, and take nicknames that others bear, the
more so where both chose the name. So a likeness of names or of pictures alone says at most how rare that is
(`resemblance.shared_*_bits`); both together say both.

Rules owned here (design, rules 1 and 2): one verified identity is one person, and no impostor of itself; a likeness whose order is
not dated weighs less and says so; a resemblance that both have carried for years is an honest namesake far more often than a copy.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import log2

from transferguard.circle import AvatarLikeness, NameLikeness, Order, Resemblance
from transferguard.decision import Finding, Hypothesis, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy


def lookalike(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Whose name or picture does the recipient wear, and how sure is that?

    Args:
        evidence: Resemblances measured beforehand.
        policy: Bits for missing dates and long acquaintance.

    Yields:
        Per senior contact: the likeness of names, of pictures, `displaced_contact` when that contact was paid before, or
        `same_person` when one verified identity stands behind both. Weights in bits, without prior and size of the circle.
    """
    if isinstance(evidence.resemblances, Unavailable):
        return
    for likeness in evidence.resemblances:
        if likeness.same_identity:
            yield from Finding.spread(Reason.SAME_PERSON, policy.bits(Reason.SAME_PERSON), imitates=likeness.account)
        if likeness.order is not Order.RECIPIENT_EARLIER:
            yield from _of_one(likeness, evidence, policy)


def _of_one(likeness: Resemblance, evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    deduction = _for_order(likeness, policy) + _for_acquaintance(likeness, evidence, policy)
    strongest = max(part.weight for part in (likeness.name, likeness.avatar) if part)
    if strongest < policy.resemblance.weakest_bits:
        return
    # Order and acquaintance speak about the pair, so they are taken off once, from the part that speaks loudest.
    if likeness.name:
        whole = likeness.avatar is None or likeness.name.weight >= likeness.avatar.weight
        yield _of_name(likeness, likeness.name, deduction if whole else 0.0, policy)
    if likeness.avatar:
        whole = likeness.name is None or likeness.name.weight < likeness.avatar.weight
        yield _of_avatar(likeness, likeness.avatar, deduction if whole else 0.0, policy)
    if likeness.paid and not likeness.same_identity:
        # Who resembles a contact only by a name that the sender does not see must not be told apart by this either (rule 6).
        seen = likeness.avatar is not None or (likeness.name is not None and likeness.name.of.visible)
        yield from Finding.spread(Reason.DISPLACED_CONTACT, policy.bits(Reason.DISPLACED_CONTACT), imitates=likeness.account, visible=seen)


def _of_name(likeness: Resemblance, name: NameLikeness, deduction: float, policy: Policy) -> Finding:
    unlike = policy.resemblance.other_picture_bits if likeness.other_picture else 0.0
    shared = policy.resemblance.shared_nickname_bits if name.nickname else policy.resemblance.shared_name_bits
    return Finding(
        reason=Reason.LOOKALIKE_NAME,
        hypothesis=Hypothesis.IMPOSTURE,
        imitates=likeness.account,
        weight=beside_chance(name.weight, shared) + unlike + deduction,
        visible=name.of.visible,
        detail={
            "seen": name.seen.value,
            "of": name.of.value,
            "kind": name.kind,
            "similarity": round(name.similarity, 3),
            "order": likeness.order.value,
            "other_picture": likeness.other_picture,
            # Positions in a verified or former name would tell its characters: only the kinds are kept.
            "tricks": [
                {"kind": trick.kind, "at": trick.at, "length": trick.length, "honest": trick.honest}
                if name.of.visible
                else {"kind": trick.kind}
                for trick in name.tricks
            ],
        },
    )


def _of_avatar(likeness: Resemblance, avatar: AvatarLikeness, deduction: float, policy: Policy) -> Finding:
    return Finding(
        reason=Reason.LOOKALIKE_AVATAR,
        hypothesis=Hypothesis.IMPOSTURE,
        imitates=likeness.account,
        weight=beside_chance(avatar.weight, policy.resemblance.shared_picture_bits) + deduction,
        detail={
            "distance": round(avatar.distance, 1),
            "former": avatar.former,
            "order": likeness.order.value,
            "changes": [
                {"kind": change.kind, "recipient": list(change.recipient), "imitated": list(change.member)} for change in avatar.changes
            ],
        },
    )


def beside_chance(weight: float, shared_bits: float) -> float:
    """What a likeness weighs when honest people are as alike by chance, or because they share: the two ways add up.

    Args:
        weight: Bits against chance alone.
        shared_bits: One honest pair in 2 to this power shares the name or the picture.
    """
    least, most = sorted((weight, shared_bits))
    return least - log2(1 + 2 ** (least - most))


def _for_order(likeness: Resemblance, policy: Policy) -> float:
    """Bits for dates that are missing."""
    if likeness.order is Order.UNDATED:
        return policy.resemblance.undated_bits
    if likeness.order is Order.RECIPIENT_PROBABLY_EARLIER:
        return policy.resemblance.probably_senior_bits
    return 0.0


def _for_acquaintance(likeness: Resemblance, evidence: Evidence, policy: Policy) -> float:
    """Bits for the time in which the sender has known both, looking alike; copies act within weeks."""
    if isinstance(likeness.side_by_side_since, Unavailable):
        return 0.0
    units = (evidence.now - likeness.side_by_side_since) / timedelta(days=policy.resemblance.acquaintance_unit_days)
    return policy.resemblance.acquaintance_bits * log2(max(1.0, units))
