# SPDX-License-Identifier: Apache-2.0
"""One stage where scenes come and go, so that a circle of a thousand is indexed once and not for every scene.

Gathering and deciding are those of a guard; what a guard adds is left out, because one sender plays in all scenes: the budget for names,
which would soon be spent, and the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from time import process_time
from typing import TypeVar

from transferguard.assess import assess
from transferguard.circle import Pictures, look_of
from transferguard.decision import Decision
from transferguard.enrolment import Enrolment
from transferguard.evidence import NOT_HANDED_OVER, Evidence
from transferguard.gather import Gatherer
from transferguard.hindsight.calibration import stated_at_even_odds
from transferguard.model import Account, Contact, PastTransfer, Report, Unavailable
from transferguard.policy import Policy
from transferguard.seams import Directory
from transferguard.store import MemoryStore
from transferguard.surroundings import Neighbourhoods, Surroundings
from transferguard.talk import read_talk
from transferguard.testing.simulate import Scene
from transferguard.testing.simulate.wardrobe import PictureKind
from transferguard.testing.simulate.world import NOW, SENDER
from transferguard.testing.split import seeded

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a guard would say about one scene.

    Attributes:
        decision: With everything that is known.
        silent: As a host that hands over no talk would be told.
        at_even_odds: The probability that would be stated if every second transfer were fraud, not rounded.
        silent_at_even_odds: The same without the talk.
        milliseconds: Of processor time that the decision took.
    """

    decision: Decision
    silent: Decision
    at_even_odds: float
    silent_at_even_odds: float
    milliseconds: float


class _StageDirectory(Directory):
    """The directory of whatever scene is on: the world's, written down once, and over it what the scene brings.

    Scenes that leave the circle as it is share one version of it; every other has its own, and the guard indexes only those anew who
    look different in it.
    """

    def __init__(self, scene: Scene) -> None:
        members = scene.world.members
        self._accounts = {SENDER: scene.world.sender} | {member.account.id: member.account for member in members}
        self._entries = {member.contact.account: member.contact for member in members}
        self._persons: defaultdict[object, list[str]] = defaultdict(list)
        for account in self._accounts.values():
            self._persons[account.identity].append(account.id)
        self._transfers: defaultdict[str, list[PastTransfer]] = defaultdict(list)
        for past in (payment for member in members for payment in member.payments):
            for side in {past.sender, past.recipient}:
                self._transfers[side].append(past)
        self.show(scene)

    def show(self, scene: Scene) -> None:
        """Put a scene of the same world on."""
        self.scene = scene

    @property
    def changed(self) -> frozenset[str]:
        """People of the circle who look different in the scene, or came into it."""
        scene = self.scene
        paid = {past.recipient for past in scene.transfers if past.sender == SENDER}
        return frozenset(scene.contacts.keys() | paid | (self._entries.keys() & scene.accounts.keys()))

    @property
    def entries(self) -> Mapping[str, Contact]:
        """The sender's entries that are new in the scene, or differ."""
        return self.scene.contacts

    @property
    def payments(self) -> Sequence[PastTransfer]:
        """Transfers that the scene adds."""
        return self.scene.transfers

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        new, known = self.scene.accounts, self._accounts
        return {one: new[one] if one in new else known[one] for one in ids if one in new or one in known}

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        return tuple((self._entries | dict(self.scene.contacts)).values()) if owner == SENDER else ()

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        new = (past for past in self.scene.transfers if account in {past.sender, past.recipient})
        return (*self._transfers.get(account, ()), *new)

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        return tuple(report for report in self.scene.reports if report.account == account)

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        new = self.scene.accounts
        known = {account for account in self._persons.get(identity, ()) if account not in new}
        return frozenset(known | {account.id for account in new.values() if account.identity == identity})

    def circle_version(self, owner: str) -> str | Unavailable:
        return f"{owner} {self.scene.transfer.id}" if self.changed else owner


class _PictureStore(MemoryStore):
    """A store that begins with the fingerprints of earlier stages: worlds share pictures, and no picture need be read twice."""

    def __init__(self, prints: dict[str, bytes | Unavailable]) -> None:
        super().__init__()
        for digest, fingerprint in prints.items():
            super().enrol(digest, fingerprint)
        self._prints = prints

    def enrol(self, digest: str, fingerprint: bytes | Unavailable) -> None:
        self._prints[digest] = fingerprint
        super().enrol(digest, fingerprint)


class _KnownPictures(Enrolment):
    """Enrolment that looks at the pictures of an account once: the thousand people of a world are the same in all its scenes."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self._met: dict[str, tuple[Account, Pictures]] = {}

    def pictures_left_out(self, accounts: Collection[Account]) -> dict[str, Pictures] | None:
        new = [account for account in accounts if account.id not in self._met or self._met[account.id][0] is not account]
        found = super().pictures_left_out(new) or {}
        self._met |= {account.id: (account, found[account.id]) for account in new}
        return {account.id: self._met[account.id][1] for account in accounts}


class _KnownCircle(Neighbourhoods):
    """The circle of the world, and beside it that of the scene that is on: only who looks different in it is looked at again."""

    def __init__(self, directory: _StageDirectory, enrolment: Enrolment) -> None:
        super().__init__(directory, enrolment)
        self._stage = directory
        self._plain: Surroundings | None = None
        self._changed: tuple[str, Surroundings] | None = None

    def of(self, owner: str) -> Surroundings:
        self._plain = self._plain or self._read_plain(owner)
        if not self._stage.changed:
            return self._plain
        version = str(self._stage.circle_version(owner))
        if self._changed is None or self._changed[0] != version:
            self._changed = version, self._laid_over(self._plain)
        # The same people playing again look the same, but may have met on another day.
        return replace(self._changed[1], contacts={**_known(self._plain.contacts), **self._stage.entries})

    def _read_plain(self, owner: str) -> Surroundings:
        """The circle of the world as a guard reads it."""
        scene = self._stage.scene
        self._stage.show(replace(scene, accounts={}, contacts={}, transfers=()))
        found = self._read(owner, None)
        self._stage.show(scene)
        return found

    def _laid_over(self, plain: Surroundings) -> Surroundings:
        """What a guard would read of this scene, from what it read of the world."""
        contacts = {**_known(plain.contacts), **self._stage.entries}
        sent = [past for past in self._stage.payments if past.sender == plain.owner]
        paid = dict(plain.paid)
        for past in sent:
            paid[past.recipient] = (*paid.get(past.recipient, ()), past)
        accounts = self._directory.accounts(self._stage.changed)
        pictures = self._enrolment.pictures_left_out(accounts.values()) or {}
        looks = dict(_known(plain.circle)._members)
        looks |= {id_: look_of(one, contacts.get(id_), paid.get(id_, ()), pictures=pictures[id_]) for id_, one in accounts.items()}
        return Surroundings(
            owner=plain.owner,
            contacts=contacts,
            sent=(*_known(plain.sent), *sent),
            paid=paid,
            circle=_known(plain.circle).changed_to(looks.values()),
        )


def _known(value: T | Unavailable) -> T:
    """A simulated directory answers everything."""
    assert not isinstance(value, Unavailable)
    return value


class Stage:
    """What a guard does, asked about one scene after the other.

    Args:
        first: Any scene, so that the stage is never empty.
        policy: The default one where none is given.
        prints: Fingerprints of earlier stages by digest of the picture, to which this one adds its own.
    """

    def __init__(self, first: Scene, policy: Policy | None = None, *, prints: dict[str, bytes | Unavailable] | None = None) -> None:
        self._policy = policy or Policy.default()
        self._directory = _StageDirectory(first)
        store = _PictureStore({} if prints is None else prints)
        for account in _crowd(first):
            store.remember(account, NOW)
        self._gatherer = Gatherer(self._directory, store, policy=self._policy, secret=b"")
        enrolment = _KnownPictures(store)
        self._gatherer.enrolment = enrolment
        # One sender plays in all scenes, so two circles are enough.
        self._gatherer._neighbourhoods = _KnownCircle(self._directory, enrolment)

    def evidence(self, scene: Scene) -> Evidence:
        """What a guard would gather about a scene, undecided: policies are tried on it later, in seconds."""
        self._directory.show(scene)
        talk = read_talk(tuple(scene.conversation), scene.transfer.recipient, NOW)
        return self._gatherer.evidence(scene.transfer, NOW, talk)

    def stated(self, scene: Scene) -> tuple[float, float]:
        """What would be stated about a scene if every second transfer were fraud, with its talk and without."""
        evidence = self.evidence(scene)
        silent = replace(evidence, talk=NOT_HANDED_OVER)
        return stated_at_even_odds(evidence, self._policy), stated_at_even_odds(silent, self._policy)

    def check(self, scene: Scene) -> Checked:
        """What a guard would say about a scene, with its talk and without."""
        start = process_time()
        evidence = self.evidence(scene)
        decision = assess(evidence, self._policy)
        milliseconds = (process_time() - start) * 1_000
        silent = replace(evidence, talk=NOT_HANDED_OVER)
        return Checked(
            decision=decision,
            silent=assess(silent, self._policy),
            at_even_odds=stated_at_even_odds(evidence, self._policy),
            silent_at_even_odds=stated_at_even_odds(silent, self._policy),
            milliseconds=milliseconds,
        )


def _crowd(scene: Scene) -> list[Account]:
    """Other users of the same app in popular and default pictures: a host has seen them, so the guard knows how popular these are."""
    rng = seeded(scene.world.split, "crowd")
    worn = [scene.world.wardrobe.of_kind(kind, rng) for kind in (PictureKind.POPULAR, PictureKind.DEFAULT) for _ in range(_CROWD)]
    return [
        Account(id=f"crowd-{at}", display_name=f"user {at}", avatar=picture, identity=f"p-crowd-{at}")
        for at, picture in enumerate(worn)
        if picture is not None
    ]


_CROWD = 400
"""Other users seen in each sort of shared picture: far fewer than a real app has."""
