# SPDX-License-Identifier: Apache-2.0
"""Does a seam answer what its interface promises, and in time?

Between the guard and what a host plugs in. An answer of another type or about somebody else is a `WrongAnswer`: what is broken is
never taken for "no answer" (design, rule 5), and never runs into our own code as a TypeError. A date in the future is not known, so it
is Unavailable; of an event it is at least known that it happened, so it happened just now. How long an answer may take is the
question of `transferguard.patience`. Which verified names came in is noted here, for the audit record.

`Asking` stands before a directory, `AskingPictures` before a source of pictures, `patient_store` before a store; clock and keys have one
question each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast

from transferguard.budget import Balance
from transferguard.calling import demand, demand_methods
from transferguard.errors import InvalidInput, KeyUnavailable, WorldError, WrongAnswer
from transferguard.model import Account, Contact, Money, PastTransfer, Report, Unavailable
from transferguard.patience import ask, current, within
from transferguard.seams import (
    Archive,
    AvatarSource,
    Clock,
    Confirmation,
    DecisionRecord,
    Directory,
    KeepsPictures,
    Keys,
    RemembersNames,
    Store,
)
from transferguard.talk import Classifier, Topic

if TYPE_CHECKING:
    from transferguard.names.enrolled import EnrolledName

T = TypeVar("T")

HALF: Final = 0.5
"""Of the time that is left, what a question may take that may go unanswered."""

SECRET_BYTES: Final = 32
"""As `seams.Keys.secret` promises."""


class _Ask(Protocol):
    """How a question is asked; see `patience.ask`."""

    def __call__(self, question: Callable[[], T], seam: str, *, share: float = 1.0) -> T: ...


def _at_once(question: Callable[[], T], seam: str, *, share: float = 1.0) -> T:  # noqa: ARG001 - as `patience.ask`
    return question()


def _asking(seam: object) -> _Ask:
    """On a thread of its own, whose time is counted; at once what is a part of this process and ends by itself.

    A class must say so of itself: one derived from ours may do anything. Passing a question to another thread and back costs more
    than most answers from a file.
    """
    return _at_once if "never_hangs" in vars(type(seam)) and seam.never_hangs is True else ask  # type: ignore[attr-defined]  # looked up before


class Asking(Directory):
    """A directory whose answers are in time and what was asked for.

    Args:
        directory: The host's.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = demand_methods(directory, ("accounts",), "directory", remedy="derive from seams.Directory")
        self._keeps_pictures = isinstance(directory, KeepsPictures)
        self._ask = _asking(directory)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """As `Directory.reading`, on the thread on which the questions are answered."""
        view, inquiry = self._directory.reading(), current()
        self._ask(view.__enter__, "directory.reading")
        line = None if inquiry is None else inquiry.line
        try:
            yield
        finally:
            # A view whose thread was given up ends with it.
            if inquiry is None or inquiry.line is line:
                self._ask(lambda: view.__exit__(None, None, None), "directory.reading")

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids; without an answer there is nothing to decide, so this may take all the time there is."""
        return self._accounts(self._directory.accounts, ids)

    def accounts_without_pictures(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The same; a directory that knows the digests of its pictures leaves their bytes out."""
        directory = self._directory
        if self._keeps_pictures:
            return self._accounts(cast("KeepsPictures", directory).accounts_without_pictures, ids)
        return self._accounts(directory.accounts, ids)

    def _accounts(self, question: Callable[[Collection[str]], Mapping[str, Account]], ids: Collection[str]) -> Mapping[str, Account]:
        found = self._ask(lambda: question(ids), "directory.accounts")
        if not isinstance(found, Mapping):
            raise WrongAnswer("directory.accounts", "is not a mapping from ids to accounts")
        accounts = {id_: found[id_] for id_ in ids if id_ in found}
        if not all(isinstance(account, Account) and account.id == id_ for id_, account in accounts.items()):
            raise WrongAnswer("directory.accounts", "holds something else than the account with that id")
        inquiry = current()
        if inquiry is None:
            return accounts
        inquiry.names.update(id_ for id_, account in accounts.items() if isinstance(account.verified_name, str))
        return {id_: believed(account, inquiry.now) for id_, account in accounts.items()}

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """Everybody whom the owner chose to know."""
        return self._list("contacts", owner, Contact, lambda one: one.owner == owner)

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Past transfers that the account sent or received."""
        return self._list("transfers", account, PastTransfer, lambda one: account in {one.sender, one.recipient})

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about the account."""
        return self._list("reports", account, Report, lambda one: one.account == account)

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands."""
        return self._list("accounts_of", identity, str, bool)

    def circle_version(self, owner: str) -> str | Unavailable:
        """A text that changes whenever the circle does."""
        found = self._ask(lambda: self._directory.circle_version(owner), "directory.circle_version", share=HALF)
        if not isinstance(found, str | Unavailable):
            raise WrongAnswer("directory.circle_version", "is not a text")
        return found

    def enrolled_names(self, owner: str, accounts: Collection[str]) -> Mapping[str, EnrolledName]:
        """What was worked out of names before, where the directory keeps it."""
        directory = self._directory
        if not isinstance(directory, RemembersNames):
            return {}
        found = self._ask(lambda: directory.enrolled_names(owner, accounts), "directory.enrolled_names", share=HALF)
        if not isinstance(found, Mapping):
            raise WrongAnswer("directory.enrolled_names", "is not a mapping from names")
        return found

    def _list(self, question: str, about: str, kind: type[T], is_theirs: Callable[[T], bool]) -> tuple[T, ...] | Unavailable:
        seam = f"directory.{question}"

        def read() -> tuple[T, ...] | Unavailable:
            found = getattr(self._directory, question)(about)
            if isinstance(found, Unavailable):
                return found
            if isinstance(found, str | bytes | Mapping) or not hasattr(found, "__iter__"):
                raise WrongAnswer(seam, "is neither a list nor Unavailable")
            return tuple(found)  # here, because a host may answer with a query that runs as it is read

        found = self._ask(read, seam, share=HALF)
        if isinstance(found, Unavailable):
            return found
        if not all(isinstance(one, kind) for one in found):
            raise WrongAnswer(seam, f"holds something else than {kind.__name__}")
        if not all(is_theirs(one) for one in found):
            raise WrongAnswer(seam, "is about somebody else")
        inquiry = current()
        return found if inquiry is None else tuple(believed(one, inquiry.now) for one in found)


class AskingPictures(AvatarSource):
    """A source of pictures whose answers are in time and of the promised type; no answer is a reason why there is none.

    Args:
        source: The host's, or one that fetches (`providers.PictureFetcher`).
        seconds: How long one picture may keep whoever asks waiting.
    """

    def __init__(self, source: AvatarSource, *, seconds: float) -> None:
        self._source = source
        self._seconds = seconds
        self._ask = _asking(source)

    def picture(self, url: str) -> bytes | Unavailable:
        """The bytes of the picture, or why there are none."""
        try:
            with within(self._seconds):
                found = self._ask(lambda: self._source.picture(url), "avatar_source.picture")
        except WorldError as error:
            return Unavailable(type(error).__name__)
        if not isinstance(found, bytes | Unavailable):
            raise WrongAnswer("avatar_source.picture", "is neither bytes nor Unavailable")
        return found


MOST_AHEAD: Final = timedelta(days=1)
"""How far the clock of a host may run ahead of ours before what it saw is not believed, chosen."""

_UNBELIEVED: Final = Unavailable("lies in the future")


def believed(fact: T, now: datetime | None) -> T:
    """The fact without dates that lie in the future.

    Args:
        fact: Of a directory; anything else is left as it is.
        now: The present; None believes every date.
    """
    if now is None:
        return fact
    dates = {name: at for name in _DATES.get(type(fact), ()) if isinstance(at := getattr(fact, name), datetime) and at - now > MOST_AHEAD}
    known: dict[str, object] = {name: now if isinstance(fact, Report) else _UNBELIEVED for name in dates}
    if isinstance(fact, Account):
        for name in ("profile_changes", "security_events"):
            events = getattr(fact, name)
            if not isinstance(events, Unavailable) and any(event.at - now > MOST_AHEAD for event in events):
                known[name] = tuple(replace(event, at=now) if event.at - now > MOST_AHEAD else event for event in events)
    return cast("T", replace(cast("Any", fact), **known)) if known else fact


_DATES: Final[Mapping[type, tuple[str, ...]]] = {
    Account: ("created_at", "last_active_at"),
    Contact: ("since", "last_message_at"),
    PastTransfer: ("at",),
    Report: ("at",),
}


_STORE_ANSWERS: Final[Mapping[str, tuple[type, ...]]] = {
    "enrolled": (Mapping,),
    "wearers": (Mapping,),
    "record": (DecisionRecord,),
    "decision": (DecisionRecord, NoneType),
    "latest_decision": (DecisionRecord, NoneType),
    "confirm": (Confirmation,),
    "confirmation": (Confirmation, NoneType),
    "confirmed_since": (Mapping,),
    "confirm_unless_more": (Confirmation, NoneType),
    "state": (str,),
    "spend": (Balance, NoneType),
    "balance": (Balance,),
    "give_back": (bool,),
    "unpaid_looks": (int,),
    "begin_try": (int, NoneType),
    "tries_end": (datetime, NoneType),
    "redeem": (bool,),
    "erase": (int,),
    "expire": (int,),
}
"""What each question to a store is answered with; the others answer nothing."""


class _Patient:
    """A store whose answers are in time and of the promised type."""

    def __init__(self, store: Store | Archive) -> None:
        self._store = store
        self._ask = _asking(store)

    def __getattr__(self, question: str) -> Any:  # noqa: ANN401 - one of the methods of `Store`
        kinds, seam = _STORE_ANSWERS.get(question), f"store.{question}"
        if kinds is None and question not in _SILENT:
            return getattr(self._store, question)
        store, ask_ = self._store, self._ask

        def asked(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as above
            method = getattr(store, question)
            found = method(*args, **named) if ask_ is _at_once else ask_(lambda: method(*args, **named), seam)
            if kinds is not None and not isinstance(found, kinds):
                raise WrongAnswer(seam, f"is not what the interface promises ({' or '.join(kind.__name__ for kind in kinds)})")
            if not _is_about(question, found, args):
                raise WrongAnswer(seam, "is about something else")
            return found

        self.__dict__[question] = asked  # made once per question, and found without coming here from then on
        return asked


_SILENT: Final = frozenset({"together", "remember", "enrol", "advance", "settle_try", "withdraw_try", "keep_policy", "label"})
"""Questions whose answer is nobody's business; `together` answers what its change does."""


def _is_about(question: str, found: object, args: tuple[Any, ...]) -> bool:
    """Whether a record is the one that was asked for."""
    asked = args[0] if args else None
    match found:
        case DecisionRecord() if question == "decision":
            return found.decision.id == asked
        case DecisionRecord() if isinstance(asked, DecisionRecord):
            return found.transfer == asked.transfer
        case DecisionRecord():
            return found.transfer.id == asked
        case Confirmation():
            return found.transfer.id == (asked.transfer.id if isinstance(asked, Confirmation) else asked)
        case Mapping() if question == "confirmed_since":
            return all(isinstance(money, Money) for money in found.values())
    return True


def patient_store(store: Store) -> Store:
    """The same store, whose answers are in time and of the promised type."""
    return cast("Store", _Patient(demand_methods(store, ("directory",), "store", remedy="implement seams.Store")))


def patient_archive(store: Archive) -> Archive:
    """The same, for what operators ask of a store."""
    return cast("Archive", _Patient(store))


def patient_classifier(classifier: Classifier | None) -> Classifier | None:
    """The same reader of conversations; what it cannot say in time, our own patterns have said."""
    if classifier is None:
        return None

    def read(lines: Sequence[str]) -> Collection[Topic]:
        def answer() -> list[Any]:
            found = classifier(lines)
            if isinstance(found, str | bytes) or not hasattr(found, "__iter__"):
                raise WrongAnswer("classifier", "is not a list of topics")
            return list(found)

        try:
            topics = ask(answer, "classifier", share=HALF)
        except WorldError:
            return []
        if not all(isinstance(topic, str) and topic in _TOPICS for topic in topics):
            raise WrongAnswer("classifier", "names a topic that there is not")
        return [Topic(topic) for topic in topics]

    return read


_TOPICS: Final = frozenset(topic.value for topic in Topic)


def time_of(clock: Clock) -> datetime:
    """What the clock shows.

    Raises:
        WrongAnswer: Not a moment.
    """
    now = _asking(clock)(clock.now, "clock.now")
    if not isinstance(now, datetime):
        raise WrongAnswer("clock.now", "is not a datetime")
    return now


def secret_of(keys: Keys) -> bytes:
    """The secret that seals names.

    Raises:
        KeyUnavailable: Not 32 bytes.
    """
    secret = demand_methods(keys, ("secret", "signing_key"), "keys", remedy="implement seams.Keys").secret()
    if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
        raise KeyUnavailable(f"the secret must be {SECRET_BYTES} bytes; make one with secrets.token_bytes({SECRET_BYTES})")
    return secret


_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 9000
"""Years between which a clock is believed; every span of the policy can be added and taken off there."""


def in_range(at: datetime | str, field: str) -> datetime:
    """A moment in UTC, as a clock that is set shows it; ISO 8601 text is read, as in the fields of an account.

    Raises:
        InvalidInput: It is no time, has no time zone, or lies outside all sense.
    """
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            raise InvalidInput(field, "is no ISO 8601 time", "write it as 2026-11-22T10:00:00Z") from None
    if demand(at, datetime, field, remedy="give an aware time, such as datetime.now(UTC)").utcoffset() is None:
        raise InvalidInput(field, "has no time zone", "give an aware time, such as datetime.now(UTC)")
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise InvalidInput(field, f"lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}", "check the clock")
    return at.astimezone(UTC)
