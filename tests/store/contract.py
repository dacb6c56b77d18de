# SPDX-License-Identifier: Apache-2.0
"""What every store does. A file of tests derives from `StoreContract` and gives it a way to open a fresh store."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.archive_contract import ArchiveContract
from tests.store.limits_contract import LimitsContract
from tests.store.making import (
    HOSTILE_NAMES,
    LONG_AGO,
    START,
    account,
    confirmation,
    day,
    digest_of,
    past,
    record,
)
from transferguard.errors import InvalidInput
from transferguard.model import (
    Account,
    AccountKind,
    Contact,
    ProfileChange,
    RealNameStatus,
    Report,
    ReportKind,
    SecurityEvent,
    SecurityEventKind,
    Standing,
    TransferState,
    Unavailable,
)
from transferguard.seams import Directory, Store

FEW = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.differing_executors]
)

_PICTURES = st.sampled_from([b"red", b"blue", Unavailable()])
_NAMES = st.sampled_from(["甲", "乙", "丙", *HOSTILE_NAMES[:4]])
_CHANGES = st.lists(
    st.builds(ProfileChange, at=st.integers(0, 12).map(day), display_name=_NAMES | st.just(Unavailable()), avatar=_PICTURES), max_size=2
).map(tuple)
_EVENTS = st.lists(st.builds(SecurityEvent, at=st.integers(0, 12).map(day), kind=st.just("new_device")), max_size=2).map(tuple)
_ACCOUNTS = st.builds(
    account,
    display_name=_NAMES,
    avatar=_PICTURES,
    verified_name=st.sampled_from(["李思远", Unavailable(), Unavailable("provider down")]),
    identity=st.sampled_from(["p-1", "p-2", Unavailable()]),
    standing=st.sampled_from([*Standing, Unavailable()]),
    profile_changes=_CHANGES | st.just(Unavailable("null")),
    security_events=_EVENTS,
)
_CONTACTS = st.builds(
    Contact,
    owner=st.just("me"),
    account=st.just("u1"),
    remark=_NAMES | st.just(Unavailable()),
    since=st.integers(0, 9).map(day) | st.just(Unavailable()),
)
_TRANSFERS = st.builds(
    past,
    st.just("t1"),
    sender=st.sampled_from(["me", "you"]),
    state=st.sampled_from([*TransferState, Unavailable()]),
    at=st.integers(0, 9).map(day) | st.just(Unavailable()),
)
_REPORTS = st.builds(
    Report, id=st.just("r1"), reporter=st.just("x"), account=st.sampled_from(["u1", "u2"]), kind=st.sampled_from(ReportKind)
)


@st.composite
def tellings(draw):
    """Facts about one small world, each seen at a moment of its own, and the same facts in another order with some told twice."""
    facts = draw(st.lists(st.one_of(_ACCOUNTS, _CONTACTS, _TRANSFERS, _REPORTS), min_size=1, max_size=6))
    seen = [(fact, day(number)) for number, fact in enumerate(facts)]
    return seen, draw(st.permutations(seen + draw(st.lists(st.sampled_from(seen), max_size=2))))


def everything(store):
    """All that a directory tells about the small world."""
    directory = store.directory()
    people = ("me", "you", "u1", "u2")
    return (
        directory.accounts(people),
        directory.avatar_digests(people),
        [list(directory.contacts(one)) for one in people],
        [list(directory.transfers(one)) for one in people],
        [list(directory.reports(one)) for one in people],
        [list(directory.accounts_of(identity)) for identity in ("p-1", "p-2")],
    )


class StoreContract(LimitsContract, ArchiveContract):
    """One contract; `fresh` opens a new, empty store."""

    @pytest.fixture
    def store(self, fresh):
        """One empty store."""
        return fresh()

    def test_it_is_a_store_with_a_directory(self, store):
        """Both halves satisfy the seams that a host sees."""
        assert isinstance(store, Store)
        assert Directory in type(store.directory()).__mro__

    def test_what_nobody_told_is_not_known(self, store):
        """An empty store knows nobody and says so without failing."""
        assert everything(store) == ({}, {}, [[]] * 4, [[]] * 4, [[]] * 4, [[]] * 2)
        assert store.enrolled(["0" * 64]) == {}
        assert store.decision("d") is store.latest_decision("t") is store.confirmation("t") is None
        assert store.confirmed_since("me", "p", LONG_AGO) == {}

    def test_what_is_written_together_is_read_inside_and_stays(self, store):
        """A change sees its own writes, and all of them are there when it returns."""

        def change():
            store.enrol("1" * 64, b"print")
            return store.enrolled(["1" * 64]), store.together(lambda: store.enrol("2" * 64, Unavailable("flat")))

        inside, nothing = store.together(change)

        assert inside == store.enrolled(["1" * 64])
        assert inside["1" * 64].fingerprint == b"print"
        assert nothing is None
        assert store.enrolled(["2" * 64])["2" * 64].fingerprint == Unavailable("flat")

    def test_wearers_are_counted_without_fetching_fingerprints(self, store):
        """The count alone is the one that comes with the fingerprint."""
        for one, identity in (("u1", "p-1"), ("u2", "p-2"), ("u3", "p-2")):
            store.remember(account(one, avatar=b"red", identity=identity), START)
        store.enrol(digest_of(b"red"), b"print")

        assert store.wearers([digest_of(b"red")])[digest_of(b"red")] == store.enrolled([digest_of(b"red")])[digest_of(b"red")].wearers == 2
        assert store.wearers(["0" * 64]).get("0" * 64, 1) == 1

    @FEW
    @given(tellings())
    def test_the_order_of_telling_does_not_matter(self, fresh, told):
        """However facts arrive, and however often, the same is known in the end: the moments seen decide."""
        in_order, in_disorder = told
        one, other = fresh(), fresh()
        for fact, at in in_order:
            one.remember(fact, at)
        for fact, at in in_disorder:
            other.remember(fact, at)

        assert everything(one) == everything(other)
        one.close()
        other.close()

    def test_every_field_of_an_account_comes_back(self, store):
        """What is remembered reads back equal, field by field."""
        whole = Account(
            id="u1",
            display_name="李思远",
            avatar=b"picture",
            verified_name="李思远",
            identity="p-1",
            kind=AccountKind.PERSON,
            real_name_status=RealNameStatus.VERIFIED,
            standing=Standing.NORMAL,
            created_at=day(-900),
            last_active_at=day(-1),
            profile_changes=(
                ProfileChange(at=day(-3), display_name="旺财", avatar=b"old"),
                ProfileChange(at=day(-2), avatar=Unavailable("gone")),
            ),
            security_events=(SecurityEvent(at=day(-1), kind=SecurityEventKind.SIM_CHANGED),),
        )
        store.remember(whole, START)

        assert store.directory().accounts(["u1", "nobody"]) == {"u1": whole}

    @pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
    def test_a_hostile_name_is_kept_exactly(self, store, name):
        """NUL, lone surrogates and ten thousand code points come back as they came: judging them is not the store's business."""
        store.remember(account(display_name=name, profile_changes=(ProfileChange(at=day(-1), display_name=name),)), START)
        store.remember(Contact(owner="me", account="u1", remark=name), START)

        found = store.directory().accounts(["u1"])["u1"]
        assert found.display_name == found.profile_changes[0].display_name == name
        assert store.directory().contacts("me")[0].remark == name

    def test_a_name_of_any_length_is_bounded(self, store):
        """A name of a million code points costs a hundred thousand at most."""
        store.remember(account(display_name="名" * 1_000_000), START)

        assert store.directory().accounts(["u1"])["u1"].display_name == "名" * 100_000

    def test_a_later_look_that_knows_less_erases_nothing(self, store):
        """A provider that is down today does not make us forget the name of yesterday; what nobody knew has the latest reason."""
        store.remember(account(verified_name="李思远", kind=Unavailable("first")), day(1))
        store.remember(account(verified_name=Unavailable("provider down"), kind=Unavailable("second")), day(2))

        found = store.directory().accounts(["u1"])["u1"]
        assert found.verified_name == "李思远"
        assert found.kind == Unavailable("second")

    def test_a_new_name_or_picture_is_a_profile_change_with_the_old_values(self, store):
        """Who renames himself or changes his picture leaves a trace, dated by the first look at the new profile."""
        store.remember(account(display_name="旺财数码", avatar=b"old"), day(1))
        store.remember(account(display_name="李思远", avatar=b"new"), day(5))
        store.remember(account(display_name="李思远", avatar=b"newer"), day(6))

        assert store.directory().accounts(["u1"])["u1"].profile_changes == (
            ProfileChange(at=day(5), display_name="旺财数码", avatar=b"old"),
            ProfileChange(at=day(6), avatar=b"new"),
        )

    def test_a_listed_change_stands_instead_of_the_one_that_was_seen(self, store):
        """The host's date of a change is better than the day on which we noticed it, and it is not counted twice."""
        listed = ProfileChange(at=day(3), display_name="旺财数码")
        store.remember(account(display_name="旺财数码"), day(1))
        store.remember(account(display_name="李思远", profile_changes=(listed,)), day(5))

        assert store.directory().accounts(["u1"])["u1"].profile_changes == (listed,)

    def test_a_listed_change_of_another_time_or_name_does_not_hide_the_one_seen(self, store):
        """An impostor who lists an old harmless change does not thereby hide the fresh one."""
        others = (ProfileChange(at=day(0), display_name="旺财数码"), ProfileChange(at=day(3), display_name="别名"))
        store.remember(account(display_name="旺财数码"), day(1))
        store.remember(account(display_name="李思远", profile_changes=others), day(5))

        assert ProfileChange(at=day(5), display_name="旺财数码") in store.directory().accounts(["u1"])["u1"].profile_changes

    def test_a_picture_that_could_not_be_had_is_no_change(self, store):
        """Between two looks at the same picture, one look without it proves nothing."""
        for number, picture in enumerate([b"red", Unavailable("host down"), b"red"]):
            store.remember(account(avatar=picture), day(number))

        assert store.directory().accounts(["u1"])["u1"].profile_changes == ()

    def test_events_and_changes_add_up_and_an_empty_list_takes_none_back(self, store):
        """What happened has happened, whether or not the next look mentions it."""
        first, second = (SecurityEvent(at=day(number), kind=SecurityEventKind.NEW_DEVICE) for number in (1, 2))
        store.remember(account(security_events=(first,)), day(3))
        store.remember(account(security_events=(second, second)), day(4))
        store.remember(account(), day(5))

        assert store.directory().accounts(["u1"])["u1"].security_events == (first, second)

    def test_a_list_that_nobody_could_give_stays_unavailable(self, store):
        """Not knowing the changes of a profile is not the same as knowing that there are none; one that was seen is known."""
        unknown = {"profile_changes": Unavailable("null"), "security_events": Unavailable("provider down")}
        store.remember(account(**unknown), day(1))
        found = store.directory().accounts(["u1"])["u1"]
        assert (found.profile_changes, found.security_events) == (Unavailable("null"), Unavailable("provider down"))

        store.remember(account(display_name="another", **unknown), day(2))
        assert store.directory().accounts(["u1"])["u1"].profile_changes == (ProfileChange(at=day(2), display_name="李思远"),)

    def test_at_the_same_moment_the_version_told_last_wins_and_repeating_changes_nothing(self, store):
        """A host with a coarse clock gets what it said last; telling the earlier version again is a duplicate, not news."""
        for standing in (Standing.NORMAL, Standing.FROZEN, Standing.NORMAL):
            store.remember(account(standing=standing), START)

        assert store.directory().accounts(["u1"])["u1"].standing is Standing.FROZEN

    def test_hundreds_of_looks_are_summed_up_without_losing_what_they_told(self, store):
        """An account that is looked at all day costs no more than another, and its last renames are all there."""
        store.remember_all((account(display_name=f"名{number}", avatar=b"%d" % (number // 100)), day(number)) for number in range(400))
        found = store.directory().accounts(["u1"])["u1"]

        assert (found.display_name, found.avatar) == ("名399", b"3")
        assert [change.display_name for change in found.profile_changes] == [f"名{number}" for number in range(199, 399)]
        assert [change.at for change in found.profile_changes] == [day(number) for number in range(200, 400)]

    def test_a_duplicate_of_a_look_that_was_summed_up_changes_nothing(self, store):
        """Telling an old story again after years is still harmless."""
        looks = [(account(display_name=f"名{number // 3}"), day(number)) for number in range(150)]
        store.remember_all(looks)
        before = store.directory().accounts(["u1"])
        store.remember_all(looks[:20])

        assert store.directory().accounts(["u1"]) == before

    @pytest.mark.parametrize("fact", ["text", None, ProfileChange(at=START)])
    def test_only_facts_are_remembered(self, store, fact):
        """Anything else is the caller's mistake, named as such."""
        with pytest.raises(InvalidInput, match="fact"):
            store.remember(fact, START)

    @pytest.mark.parametrize("at", [None, "2026-11-22", datetime(2026, 11, 22)])  # noqa: DTZ001 - naive on purpose
    def test_only_an_aware_moment_is_a_moment(self, store, at):
        """A naive time is refused before anything is written."""
        with pytest.raises(InvalidInput, match="at"):
            store.remember(account(), at)
        assert store.directory().accounts(["u1"]) == {}

    def test_a_transfer_is_found_from_both_sides(self, store):
        """Sender and recipient each see it, in its latest state."""
        store.remember(past("t1", state="confirmed", at=day(1)), day(1))
        store.remember(past("t1", state="settled", at=day(1)), day(2))

        for side in ("me", "u1"):
            assert [one.state for one in store.directory().transfers(side)] == [TransferState.SETTLED]

    def test_a_corrected_transfer_or_report_moves_to_whom_it_concerns(self, store):
        """What a host corrects later is no longer found where it was first filed."""
        store.remember(past("t1", recipient="u1"), day(1))
        store.remember(past("t1", recipient="u2"), day(2))
        store.remember(Report(id="r1", reporter="x", account="u1", kind=ReportKind.FRAUD), day(1))
        store.remember(Report(id="r1", reporter="x", account="u2", kind=ReportKind.FRAUD), day(2))
        directory = store.directory()

        assert [len(directory.transfers(one)) for one in ("me", "u1", "u2")] == [1, 0, 1]
        assert [len(directory.reports(one)) for one in ("u1", "u2")] == [0, 1]

    def test_transfers_that_swap_sides_stay_with_both(self, store):
        """A correction that turns a transfer around takes it away from nobody."""
        store.remember(past("t1", sender="me", recipient="u1"), day(1))
        store.remember(past("t1", sender="u1", recipient="me"), day(2))

        assert [len(store.directory().transfers(one)) for one in ("me", "u1")] == [1, 1]

    def test_accounts_of_one_person_are_found_by_identity(self, store):
        """Behind two accounts with one identity stands one person, until one of them turns out to be somebody else."""
        store.remember(account("u1", identity="p-1"), day(1))
        store.remember(account("u2", identity="p-1"), day(1))
        assert list(store.directory().accounts_of("p-1")) == ["u1", "u2"]

        store.remember(account("u2", identity="p-2"), day(2))
        assert list(store.directory().accounts_of("p-1")) == ["u1"]
        assert list(store.directory().accounts_of("p-2")) == ["u2"]

    def test_pictures_can_be_left_out(self, store):
        """Whoever indexes ten thousand people by fingerprint need not read ten thousand pictures."""
        store.remember(account(avatar=b"old"), day(1))
        store.remember(account(avatar=b"new"), day(2))
        directory = store.directory()

        bare = directory.accounts(["u1"], pictures=False)["u1"]
        assert bare.avatar == bare.profile_changes[0].avatar == Unavailable("picture left out")
        assert directory.avatar_digests(["u1"]) == {"u1": digest_of(b"new")}

    def test_a_picture_above_five_megabytes_is_known_but_not_kept(self, store):
        """Its digest still tells a change and a wearer; its bytes would only fill the disk."""
        most = 5 * 1024 * 1024
        store.remember(account("u1", avatar=b"x" * most), START)
        store.remember(account("u2", avatar=b"x" * (most + 1)), START)
        found = store.directory().accounts(["u1", "u2"])

        assert found["u1"].avatar == b"x" * most
        assert found["u2"].avatar == Unavailable("too many bytes")
        assert store.directory().avatar_digests(["u2"]) == {"u2": digest_of(b"x" * (most + 1))}

    def test_fingerprints_come_back_with_their_wearers(self, store):
        """A picture's wearers are persons: two accounts of one identity count once, accounts of nobody known not at all."""
        for name, identity in [("u1", "p-1"), ("u2", "p-1"), ("u3", Unavailable()), ("u4", "p-4"), ("u5", "p-5")]:
            store.remember(account(name, avatar=b"red", identity=identity), day(1))
        store.remember(account("u4", avatar=b"blue", identity="p-4"), day(2))
        store.enrol(digest_of(b"red"), b"\x00\xff")
        store.enrol(digest_of(b"blue"), Unavailable("low detail"))
        store.enrol(digest_of(b"green"), b"")

        found = store.enrolled([digest_of(one) for one in (b"red", b"blue", b"green", b"grey")])
        assert {digest: (one.fingerprint, one.wearers) for digest, one in found.items()} == {
            digest_of(b"red"): (b"\x00\xff", 2),
            digest_of(b"blue"): (Unavailable("low detail"), 1),
            digest_of(b"green"): (b"", 1),
        }

    def test_enrolling_again_replaces_the_fingerprint(self, store):
        """After an upgrade the new fingerprint counts, whether there was one before or not."""
        for fingerprint in (b"old", Unavailable("low detail"), b"new"):
            store.enrol(digest_of(b"red"), fingerprint)
            assert store.enrolled([digest_of(b"red")])[digest_of(b"red")].fingerprint == fingerprint

    def test_a_circle_turns_exactly_when_something_in_it_changes(self, store):
        """An index of the circle may be kept as long as its version stands; every change that could matter ends that."""
        directory = store.directory()

        def turned(change):
            before, strangers = directory.circle_version("me"), directory.circle_version("stranger")
            change()
            assert directory.circle_version("stranger") == strangers
            return directory.circle_version("me") != before

        assert turned(lambda: store.remember(Contact(owner="me", account="u1"), day(1)))
        assert turned(lambda: store.remember(Contact(owner="me", account="u1", remark="思远"), day(2)))
        assert turned(lambda: store.remember(account(avatar=b"red", verified_name="李", last_active_at=day(1)), day(1)))
        assert turned(lambda: store.enrol(digest_of(b"red"), b"1"))
        assert not turned(lambda: store.enrol(digest_of(b"red"), b"1"))
        assert turned(lambda: store.remember(account(display_name="李思远2", avatar=b"blue"), day(2)))
        assert turned(lambda: store.enrol(digest_of(b"red"), b"2"))  # worn before, and still compared
        assert turned(lambda: store.remember(account(display_name="李思远2", verified_name="王"), day(3)))
        assert turned(lambda: store.remember(past("t1", recipient="u2"), day(1)))
        assert turned(lambda: store.remember(account("u2"), day(1)))
        assert not turned(lambda: store.remember(account("u2"), day(1)))
        assert not turned(lambda: store.remember(account("u2", last_active_at=day(8)), day(8)))
        assert not turned(lambda: store.remember(account("u3"), day(1)))
        assert not turned(lambda: store.remember(past("t2", sender="x", recipient="u3"), day(1)))

    def test_two_stores_never_share_a_circle_version(self, fresh):
        """A process that opens another database must not take its index for this one's."""
        assert fresh().directory().circle_version("me") != fresh().directory().circle_version("me")

    def test_a_decision_comes_back_whole(self, store):
        """Both views, the evidence and the transfer are those that were recorded."""
        given_record = record()
        assert store.record(given_record, same_since=START) == given_record

        found = store.decision("d1")
        assert found.decision.to_json() == given_record.decision.to_json()
        assert found.decision.sender_view() == given_record.decision.sender_view()
        assert (found.transfer, found.evidence, found.evidence_digest) == (given_record.transfer, given_record.evidence, "e1")
        assert (found.decided_at, found.recipient_key) == (START, "identity:p-9")
        assert store.latest_decision("t9").decision.id == "d1"
        assert store.latest_decision("t8") is None

    def test_the_same_evidence_gives_the_recorded_decision_while_it_is_fresh(self, store):
        """A second look at the same screen is the same decision, until its time is up."""
        store.record(record("d1", at=START), same_since=LONG_AGO)

        assert store.record(record("d2", at=day(1)), same_since=START).decision.id == "d1"
        assert store.decision("d2") is None
        assert store.record(record("d2", at=day(1)), same_since=START + timedelta(microseconds=1)).decision.id == "d2"
        assert store.latest_decision("t9").decision.id == "d2"

    def test_other_evidence_or_another_transfer_gives_another_decision(self, store):
        """Only equal evidence for the same transfer is the same question."""
        store.record(record("d1"), same_since=LONG_AGO)

        assert store.record(record("d2", evidence="e2"), same_since=LONG_AGO).decision.id == "d2"
        assert store.record(record("d3", transfer_id="t8"), same_since=LONG_AGO).decision.id == "d3"

    def test_the_decision_asked_about_last_is_the_newest(self, store):
        """Who edits the amount and edits it back confirms the amount on the screen."""
        store.record(record("d1", evidence="e1"), same_since=LONG_AGO)
        store.record(record("d2", evidence="e2", amount="6000.00"), same_since=LONG_AGO)
        store.record(record("d1", evidence="e1"), same_since=LONG_AGO)

        assert store.latest_decision("t9").decision.id == "d1"

    def test_a_transfer_has_one_confirmation(self, store):
        """Confirming again returns the first one, whatever the second says."""
        first, second = confirmation(receipt="r1"), confirmation(receipt="r2", amount="1.00")

        assert store.confirm(first) == first
        assert store.confirm(second) == first
        assert store.confirmation("t9") == first
        assert not store.redeem("r2", START)

    def test_a_receipt_is_redeemed_once(self, store):
        """True once, False ever after, and False for a receipt that nobody issued."""
        store.confirm(confirmation(receipt="r1"))

        assert [store.redeem(receipt, START) for receipt in ("r0", "r1", "r1", "r0")] == [False, True, False, False]

    def test_totals_count_what_this_sender_confirmed_towards_this_person_since_then(self, store):
        """The total of a day is per sender and person, and its first moment belongs to it."""
        for number, (sender, person, at) in enumerate(
            [("me", "p", day(1)), ("me", "p", day(2)), ("me", "q", day(2)), ("you", "p", day(2)), ("me", "p", day(3))]
        ):
            store.confirm(confirmation(f"t{number}", receipt=f"r{number}", sender=sender, person=person, at=at, amount=f"{number + 1}.00"))

        assert {name: money.minor for name, money in store.confirmed_since("me", "p", day(2)).items()} == {"t1": 200, "t4": 500}

    def test_a_race_has_one_winner(self, store):
        """Of many simultaneous confirmations and redemptions of one transfer, one counts."""
        with ThreadPoolExecutor(16) as pool:
            kept = list(pool.map(lambda number: store.confirm(confirmation(receipt=f"r{number}")).receipt_id, range(40)))
            redeemed = list(pool.map(lambda _: store.redeem(kept[0], START), range(40)))

        assert len(set(kept)) == 1
        assert redeemed.count(True) == 1

    def test_closing_twice_is_harmless(self, store):
        """A host may close in several places."""
        store.close()
        store.close()
