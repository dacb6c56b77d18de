# SPDX-License-Identifier: Apache-2.0
"""Worlds of honest life and attacks, made from a seed and told the truth about."""

import json
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.case import case_to_dict, check_case, load_case
from transferguard.case.world import known
from transferguard.model import Unavailable
from transferguard.testing.populations import Culture
from transferguard.testing.simulate import (
    ATTACKS,
    HONEST_SITUATIONS,
    SceneDirectory,
    Wardrobe,
    build_world,
    circle_size,
    draw_scene,
    simulate,
)
from transferguard.testing.simulate.copies import STAGES, name_and_photo
from transferguard.testing.simulate.scene import Draft
from transferguard.testing.simulate.wardrobe import PictureKind
from transferguard.testing.simulate.world import NOW, SENDER, money
from transferguard.testing.split import Split, seeded, split_of

SCENARIOS = sorted([*HONEST_SITUATIONS, *ATTACKS])


@pytest.fixture(scope="module")
def world():
    """A small circle of the report split."""
    return build_world(3, size=24, split=Split.REPORT)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_makes_a_case_that_hangs_together(world, scenario):
    """No id stands twice, and every account spoken of is there: the case checks itself."""
    scene = draw_scene(world, scenario)
    case = scene.case()

    assert case.transfer.sender == SENDER
    assert scene.truth.attack is (scenario in ATTACKS)
    assert not scene.truth.imitates or scene.truth.imitates in {member.account.id for member in world.members}


@pytest.mark.parametrize("scenario", ["name_and_photo", "mule_passes_through", "couple"])
def test_the_same_seed_gives_the_same_scene(world, scenario):
    """A scene can be made again, whatever was drawn between."""
    first = case_to_dict(draw_scene(world, scenario, number=4).case())
    draw_scene(world, "tutor")
    again = case_to_dict(draw_scene(build_world(3, size=24, split=Split.REPORT), scenario, number=4).case())

    assert first == again
    assert first != case_to_dict(draw_scene(world, scenario, number=5).case())


def test_the_shares_of_honest_situations_add_up_to_one():
    """They weigh situations into a rate over all honest transfers."""
    assert sum(situation.share for situation in HONEST_SITUATIONS.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("stage", STAGES)
def test_an_impostor_wears_the_copy_at_every_stage(world, stage):
    """However the thief got there, the name on the screen is the victim's in the end."""
    scene = name_and_photo(Draft(world=world, scenario="name_and_photo", rng=seeded(None, stage)), stage=stage)
    victim = next(member for member in world.members if member.account.id == scene.truth.imitates)
    thief = scene.accounts[scene.transfer.recipient]

    assert thief.display_name == victim.account.display_name
    assert thief.identity != victim.account.identity
    assert bool(thief.profile_changes) is (stage in {"renamed", "drifted"})
    assert (thief.id in scene.contacts) is (stage != "stranger")


def test_victims_belong_to_the_split_of_the_world(world):
    """No victim of the report was one while tuning."""
    for number in range(10):
        scene = draw_scene(world, "name_alone", number=number)
        victim = next(member for member in world.members if member.account.id == scene.truth.imitates)
        assert split_of("victim", victim.person.verified_name) is Split.REPORT


def test_the_sender_never_pays_a_contact_before_knowing_it(world):
    """Histories are possible: accounts open, then become contacts, then are paid."""
    for member in world.members:
        assert member.account.created_at < member.contact.since <= NOW
        assert all(member.contact.since <= payment.at <= NOW for payment in member.payments)
        assert all(change.at <= NOW for change in member.account.profile_changes)


@given(st.integers(0, 10_000))
@settings(max_examples=100)
def test_circles_have_twenty_to_five_thousand_contacts(seed):
    """The bounds of realistic circles."""
    assert 20 <= circle_size(seeded(None, seed)) <= 5_000


@pytest.mark.parametrize("culture", list(Culture))
def test_every_culture_has_a_currency_and_a_world(culture):
    """Whole amounts of at least one unit, in the currency of the sender's country."""
    small = build_world(1, culture=culture, size=20, wardrobe=_Naked())

    assert small.money(25).minor > 0
    assert len({member.account.id for member in small.members}) == 20


class _Naked(Wardrobe):
    """Nobody wears a picture, so that worlds are cheap."""

    def __init__(self):
        super().__init__(0)

    def choose(self, rng, *, number=None):
        del rng, number
        return PictureKind.NONE, None

    def of_kind(self, kind, rng, *, number=None):
        del kind, rng, number


def test_amounts_keep_two_digits():
    """People send round sums."""
    assert money(123.4, "CNY").minor == 86_000
    assert money(0.001, "JPY").minor == 1


def test_photos_may_come_from_a_folder(tmp_path):
    """A host measures with its own pictures."""
    (tmp_path / "one.jpg").write_bytes(b"picture")
    wardrobe = Wardrobe(1, photos=tmp_path)

    assert wardrobe.of_kind(PictureKind.PHOTO, seeded(None, 1)) == b"picture"
    assert wardrobe.of_kind(PictureKind.NONE, seeded(None, 1)) is None


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_people_may_pay_and_write_something_else(world, scenario):
    """Played again, a scene has the same accounts and faces; amounts, lines, and how old accounts and acquaintances are may differ."""
    first, again = draw_scene(world, scenario), draw_scene(world, scenario, again=1)

    def faces(scene):
        return {
            account.id: (account.display_name, account.avatar, account.verified_name, account.security_events)
            for account in scene.all_accounts().values()
        }

    assert faces(first) == faces(again)
    assert (first.contacts.keys(), first.transfers) == (again.contacts.keys(), again.transfers)
    assert (first.transfer.id, first.transfer.recipient) == (again.transfer.id, again.transfer.recipient)
    assert again == draw_scene(world, scenario, again=1)


def test_other_amounts_and_lines_come_up(world):
    """Of one friend who is paid there are scenes with many amounts, with and without a talk."""
    scenes = [draw_scene(world, "first_to_friend", again=again) for again in range(20)]

    assert len({scene.transfer.money for scene in scenes}) > 10
    assert {bool(scene.conversation) for scene in scenes} == {True, False}


def test_a_scene_can_be_asked_for_with_somebody_of_the_circle(world):
    """Whoever is wanted is met, and no one else differs from scene to scene."""
    for member in world.members[:3]:
        assert draw_scene(world, "repeat_payment", member=member).transfer.recipient == member.account.id


def test_no_stranger_wears_what_a_member_wore_before():
    """However few pictures strangers share, those that members gave up are their own, but for the ones that many wear."""
    wardrobe = Wardrobe(3, split=None, strangers=4)
    built = build_world(3, size=80, wardrobe=wardrobe)
    former = {
        change.avatar
        for member in built.members
        if not isinstance(member.account.profile_changes, Unavailable)
        for change in member.account.profile_changes
        if isinstance(change.avatar, bytes)
    }
    worn = {wardrobe.of_kind(kind, Random(turn)) for kind in (PictureKind.PHOTO, PictureKind.CARTOON) for turn in range(12)}

    assert former
    assert not former & worn


def test_a_scene_answers_like_a_hosts_directory(world):
    """The circle keeps its version as long as a scene does not change it."""
    stranger, rename = draw_scene(world, "second_hand_seller"), draw_scene(world, "new_year_rename")
    one, other, changed = SceneDirectory(stranger), SceneDirectory(draw_scene(world, "landlord")), SceneDirectory(rename)
    recipient = stranger.transfer.recipient

    assert one.accounts([recipient, "nobody"]).keys() == {recipient}
    assert one.accounts_of(str(one.accounts([recipient])[recipient].identity)) == {recipient}
    assert len(known(one.contacts(SENDER))) == 24
    assert one.contacts(recipient) == ()
    assert one.reports(recipient) == ()
    assert one.circle_version(SENDER) == SceneDirectory(draw_scene(world, "shop")).circle_version(SENDER)
    assert len({one.circle_version(SENDER), other.circle_version(SENDER), changed.circle_version(SENDER)}) == 3
    mule = draw_scene(world, "mule_collects")
    assert len(known(SceneDirectory(mule).transfers(mule.transfer.recipient))) >= 10


def test_a_rename_keeps_the_old_name_known(world):
    """What the victim saw before is evidence."""
    scene = draw_scene(world, "new_year_rename")
    friend = scene.accounts[scene.transfer.recipient]
    before = next(member.account for member in world.members if member.account.id == friend.id)

    latest = known(friend.profile_changes)[-1]
    assert latest.display_name == before.display_name
    assert isinstance(latest.avatar, Unavailable)
    assert latest.at > NOW - timedelta(days=21)


@pytest.mark.slow
def test_simulate_writes_cases_that_can_be_read_back(tmp_path):
    """Every file loads, pictures included, and stands in the list of truths."""
    told: list[tuple[int, int]] = []

    truth = simulate(5, tmp_path, lambda done, total: told.append((done, total)), contacts=20)

    assert json.loads((tmp_path / "truth.json").read_text(encoding="utf-8")) == json.loads(json.dumps(truth))
    assert {file.name for file in tmp_path.glob("*.json")} == {*truth, "truth.json"}
    assert len(truth) > len(SCENARIOS)
    for name in list(truth)[::7]:
        case = load_case(tmp_path / name)
        assert any(isinstance(account.avatar, bytes) for account in case.accounts)
    assert told == [(done, len(truth)) for done in range(1, len(truth) + 1)]


@pytest.mark.parametrize("culture", [Culture.CHINESE, Culture.LATIN])
def test_no_scene_breaks_the_guard(culture):
    """Faint likenesses of nicknames, empty names and everything else end in a decision."""
    bare = build_world(1, culture=culture, split=Split.REPORT, size=60, wardrobe=_Naked())
    for scenario in ("honest_loan", "second_account", "first_to_friend", "role_name", "empty_name", "disguised_name_alone"):
        for number in range(5):
            check_case(draw_scene(bare, scenario, number=number).case())
