# SPDX-License-Identifier: Apache-2.0
"""How much of other people's verified names does somebody learn who attacks the guard for them?

Each attack runs against a real guard with the default policy and a clock of its own, does its worst for the stated time, and counts the
characters of verified names that it learned beyond what it brought along. Beside it stands the bound that the policy promises.

    python -m tests.benchmarks.protocol_attacks
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from transferguard.decision import Outcome
from transferguard.errors import NameProved, NameRefused, TransferGuardError
from transferguard.guard import Guard
from transferguard.keys import StaticKeys
from transferguard.model import Account, Contact, Money, Transfer
from transferguard.policy import Policy
from transferguard.testing.builders import SENDER, account, contact, days_ago, paid
from transferguard.testing.host import InMemoryHost, MovableClock
from transferguard.testing.populations import Culture, draw_people

SCANNED = 10_000
"""Ids asked about within an hour (issue: disclosure budget)."""

SENDERS = 100
GUESSES = 300
PEOPLE = 20_000
"""Invented people from whom the best guesses are made."""

MASK = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one attack brought.

    Args:
        attack: What was done.
        asked: How many questions.
        names: Names of which anything was learned.
        characters: Characters learned.
        bound: Most characters that the policy allows, and why.
        most: The number in it.
        note: What the characters do not say.
    """

    attack: str
    asked: int
    names: int
    characters: int
    bound: str
    most: int
    note: str = ""


def told(text: str) -> int:
    """Characters of a name in what a screen shows."""
    return len(text.replace(MASK, "").replace(" ", ""))


def names(count: int) -> list[str]:
    """Verified names of invented people."""
    return [person.verified_name for person in draw_people(Culture.CHINESE, count, seed=7)]


def scan(amount: str, *, unpaid_persons: int, attack: str, known: float = 1.0) -> Learned:
    """One sender asks about ids, one after the other, for an hour."""
    clock = MovableClock()
    policy = Policy.from_mapping({"budget": {"unpaid_persons": unpaid_persons}})
    people = [account(f"u{at}", verified_name=name) for at, name in enumerate(names(SCANNED)) if at < known * SCANNED]
    guard = Guard(directory=InMemoryHost([account(SENDER), *people]), clock=clock, policy=policy)
    shown: dict[str, int] = {}
    for at in range(SCANNED):
        clock.move(seconds=3600 / SCANNED)
        recipient = f"u{(at * 7919) % SCANNED}"
        answer = guard.public_answer(Transfer(id=f"s{at}", sender=SENDER, recipient=recipient, money=Money.of(amount, "CNY")))
        if count := told(answer["shown_name"]["text"]):
            shown[recipient] = count
    rules = policy.budget
    tokens = rules.capacity + 60 * rules.per_minute
    longest = max(map(len, names(SCANNED)))
    most = int(tokens * max(1 / rules.masked, longest / rules.full))
    bound = f"{tokens} tokens; {rules.masked} buys a mask, {rules.full} a whole name of at most {longest}"
    if unpaid_persons:
        most, bound = unpaid_persons * longest, f"{unpaid_persons} names a day"
    return Learned(attack=attack, asked=SCANNED, names=len(shown), characters=sum(shown.values()), bound=bound, most=most)


def challenge() -> Learned:
    """Many senders guess one hidden name by challenge, the likeliest names first, for a day."""
    people = names(PEOPLE)
    victim = "王小明"
    guesses = iter(best_guesses(people, victim[-1]))
    clock, keys = MovableClock(), StaticKeys.generate()
    host = InMemoryHost([account("friend", "李思远", verified_name="李思远")])
    host.put(account("target", "李思远", verified_name=victim, created_at=days_ago(10)))
    guard = Guard(directory=host, keys=keys, clock=clock)
    compared = 0
    for at in range(SENDERS):
        sender = f"s{at}"
        host.put(account(sender), contact("friend", owner=sender), paid("friend", sender=sender, id=f"paid-{at}"))
        decision = guard.check(Transfer(id=f"g{at}", sender=sender, recipient="target", money=Money.of("5000.00", "CNY")))
        while decision.outcome is Outcome.CHALLENGE:
            before = guard._store.tries_end(sender, "identity:p-target", terms=_limits(guard), now=clock.now())
            try:
                guard.confirm(decision.id, typed_name=next(guesses))
            except NameRefused:
                compared += before is None
                if guard._store.tries_end(sender, "identity:p-target", terms=_limits(guard), now=clock.now()):
                    break
            except (NameProved, StopIteration):
                break
    most = guard.policy.tries.failed_per_recipient
    share = success_share(people, most)
    return Learned(
        attack=f"{SENDERS} senders guess one name by challenge, a day",
        asked=compared,
        names=0,
        characters=0,
        bound=f"{most} guesses a day over all senders",
        most=most,
        note=f"{share['all']:.1%} of people are found by the {most} likeliest, {share['short']:.0%} of those with one given letter",
    )


def _limits(guard: Guard):
    from transferguard.budget import TryLimits  # noqa: PLC0415 - beside its only use

    rules = guard.policy.tries
    return TryLimits(per_pair=rules.per_pair, failed_per_recipient=rules.failed_per_recipient, hours=rules.hours)


def best_guesses(people: list[str], last: str) -> list[str]:
    """Names that end so, the most frequent first."""
    counted = Counter(name for name in people if name.endswith(last))
    return [name for name, _ in counted.most_common()]


def success_share(people: list[str], guesses: int) -> dict[str, float]:
    """Which share of other people an attacker finds who knows the mask and the true frequencies."""
    half = len(people) // 2
    by_last: dict[str, Counter[str]] = {}
    for name in people[:half]:
        by_last.setdefault(name[-1], Counter())[name] += 1
    best = {last: {name for name, _ in counted.most_common(guesses)} for last, counted in by_last.items()}
    found = [(name, name in best.get(name[-1], set())) for name in people[half:]]
    short = [hit for name, hit in found if len(name) == 2]
    return {"all": sum(hit for _, hit in found) / len(found), "short": sum(short) / max(1, len(short))}


def views(worlds: Iterator[tuple[Sequence[Account | Contact], str]], base: Sequence[Account | Contact]) -> tuple[int, set[str]]:
    """How many questions were asked, and how many different answers came, whatever only repeats the question left out."""
    host, clock = InMemoryHost(base), MovableClock()
    guard = Guard(directory=host, clock=clock)
    answers, asked = set(), 0
    for asked, (facts, recipient) in enumerate(worlds, 1):
        host.put(*facts)
        clock.move(seconds=20)
        view = guard.check(Transfer(id=f"v{asked}", sender=SENDER, recipient=recipient, money=Money.of("50.00", "CNY"))).sender_view()
        kept = {name: view[name] for name in ("outcome", "steps", "warnings", "shown_name")}
        answers.add(json.dumps(kept, sort_keys=True))
    return asked, answers


def remark() -> Learned:
    """The sender labels a stranger with one guess after the other."""
    base: list[Account | Contact] = [account(SENDER), account("target", "阳光", verified_name="王小明")]
    guesses = ["王小明", *names(GUESSES - 1)]
    asked, answers = views((([contact("target", remark=guess, since=days_ago(5))], "target") for guess in guesses), base)
    return Learned(
        attack="the sender edits the remark, with the right name among the guesses",
        asked=asked,
        names=len(answers) - 1,
        characters=0 if len(answers) == 1 else 3,
        bound="a remark is never compared with the recipient's verified name",
        most=0,
    )


def shown_name_match() -> Learned:
    """Does the answer about a stranger tell whether the name on the profile is the verified one? One look each."""
    told_apart = 0
    people = names(2 * GUESSES)
    for at in range(GUESSES):
        mine, other = people[at], people[at + GUESSES][:-1] + people[at][-1]
        answers = set()
        for verified in (mine, other):
            base = [account(SENDER), account("target", mine, verified_name=verified, created_at=days_ago(20 + at))]
            _, found = views(iter([([], "target")]), base)
            answers |= {answer.replace(verified, "") for answer in found}
        told_apart += len(answers) > 1
    return Learned(
        attack="a stranger's answer is compared with what a verified or an invented profile name would give",
        asked=GUESSES,
        names=told_apart,
        characters=0,
        bound="one bit a look: whether the name on the profile is the verified one",
        most=GUESSES,
        note="names are those told apart; the European scheme tells this bit to everybody",
    )


def renaming(*, changes_known: bool) -> Learned:
    """An own second account takes one name after the other, the right one at a random place, for a day."""
    victim = "王小明"
    base: list[Account | Contact] = [
        account(SENDER),
        account("friend", "阳光", verified_name=victim, identity="p-friend"),
        contact("friend"),
    ]
    right = 0
    for place in range(1, 41):
        guesses = [*[name for name in names(60) if name != victim][: place - 1], victim]
        right += _stands_out(base, guesses, changes_known=changes_known)
    most = Policy.default().spans.restless_renames
    return Learned(
        attack="renaming an own second account towards a contact's hidden name"
        + ("" if changes_known else ", at a host that reports no profile changes"),
        asked=sum(range(1, 41)),
        names=right,
        characters=3 * right,
        bound=f"{most} names a day and account" if changes_known else "none: the host must report profile changes",
        most=3 * most if changes_known else 3 * 40,
        note=f"of 40 attempts, with the right name as guess 1 to 40, {right} stood out",
    )


def _stands_out(base: list[Account | Contact], guesses: list[str], *, changes_known: bool) -> bool:
    """Whether the answer to the last guess differs from those to all others of the same day."""
    from transferguard.model import ProfileChange  # noqa: PLC0415 - beside its only use

    host, clock = InMemoryHost(base), MovableClock()
    guard = Guard(directory=host, clock=clock)
    changes: tuple[ProfileChange, ...] = ()
    answers = []
    for at, guess in enumerate(guesses):
        clock.move(minutes=20)
        if at:
            changes = (*changes, ProfileChange(at=clock.now(), display_name=guesses[at - 1]))
        own = account("own", guess, verified_name="毕大山", identity="p-own", created_at=days_ago(900))
        host.put(replace(own, profile_changes=changes if changes_known else ()))
        decision = guard.check(Transfer(id=f"r{at}", sender=SENDER, recipient="own", money=Money.of("50.00", "CNY")))
        answers.append(decision.outcome)
    control = _outcome_of_control(base, guesses, changes_known=changes_known)
    return answers[-1] != control


def _outcome_of_control(base: list[Account | Contact], guesses: list[str], *, changes_known: bool) -> Outcome:
    """What the same history gives when the last guess is wrong."""
    from transferguard.model import ProfileChange  # noqa: PLC0415 - as above

    clock = MovableClock()
    clock.move(minutes=20 * len(guesses))
    changes = tuple(
        ProfileChange(at=clock.now() - timedelta(minutes=20 * (len(guesses) - 1 - at)), display_name=guess)
        for at, guess in enumerate(guesses[:-1], 0)
    )
    own = account("own", "欧阳海", verified_name="毕大山", identity="p-own", created_at=days_ago(900))
    host = InMemoryHost([*base, replace(own, profile_changes=changes if changes_known else ())])
    return (
        Guard(directory=host, clock=clock)
        .check(Transfer(id="control", sender=SENDER, recipient="own", money=Money.of("50.00", "CNY")))
        .outcome
    )


ATTACKS: dict[str, Callable[[], Learned]] = {
    "scan": lambda: scan("50.00", unpaid_persons=0, attack=f"one sender asks about {SCANNED:,} accounts in an hour"),
    "scan_half": lambda: scan("50.00", unpaid_persons=0, attack="the same, where every second id does not exist", known=0.5),
    "scan_full": lambda: scan("5000.00", unpaid_persons=0, attack="the same, typing CNY 5,000 and never paying"),
    "scan_three": lambda: scan("5000.00", unpaid_persons=3, attack="the same under the rule of three recipients"),
    "challenge": challenge,
    "remark": remark,
    "match": shown_name_match,
    "renaming": lambda: renaming(changes_known=True),
    "renaming_unreported": lambda: renaming(changes_known=False),
}


def main() -> int:
    """Print what each attack learned; 1 when one learned more than was promised."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("attacks", nargs="*", choices=[[], *ATTACKS], help="all of them by default")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = options.parse_args()
    try:
        found = [ATTACKS[name]() for name in given.attacks or ATTACKS]
    except TransferGuardError as error:
        print(error, file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        print("| attack | asked | names | characters learned | promised at most |\n|---|---|---|---|---|")
        for one in found:
            note = f"; {one.note}" if one.note else ""
            print(f"| {one.attack} | {one.asked:,} | {one.names:,} | {one.characters:,} | {one.most:,}: {one.bound}{note} |")
    return int(any(one.characters > one.most for one in found))


if __name__ == "__main__":
    sys.exit(main())
