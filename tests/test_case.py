# SPDX-License-Identifier: Apache-2.0
"""Case files: read, checked, offered as a directory, written."""

import copy
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.case import Case, CaseDirectory, case_from_dict, case_to_dict, dump_case, load_case, parse_case
from transferguard.case.files import MAX_CASE_BYTES, MAX_PICTURE_BYTES, to_json
from transferguard.case.world import known
from transferguard.errors import InvalidInput
from transferguard.model import (
    Account,
    Channel,
    Contact,
    Message,
    Money,
    PastTransfer,
    ProfileChange,
    RealNameStatus,
    Report,
    ReportKind,
    SecurityEvent,
    SecurityEventKind,
    Standing,
    Transfer,
    TransferState,
    Unavailable,
)

SMALL: dict[str, Any] = {
    "now": "2026-11-22T10:00:00Z",
    "accounts": [
        {"id": "me", "display_name": "小赵", "verified_name": "赵一鸣", "identity": "p-0"},
        {"id": "u9", "display_name": "李思远", "verified_name": "毕小川", "identity": "p-9", "standing": "normal"},
    ],
    "contacts": [{"owner": "me", "account": "u9", "remark": "思远"}],
    "transfers": [{"id": "t1", "sender": "me", "recipient": "u9", "amount": "200.00", "currency": "CNY"}],
    "reports": [{"id": "r1", "reporter": "x7", "account": "u9", "kind": "fraud"}],
    "conversation": [{"from": "u9", "text": "急用"}],
    "policy": {"profile": "cn"},
    "transfer": {"id": "t9", "sender": "me", "recipient": "u9", "amount": "5000.00", "currency": "CNY"},
}


def changed(path, content):
    """The small case with one place replaced; a path is keys and indices, and `...` as content removes the place."""
    plain = copy.deepcopy(SMALL)
    place: Any = plain
    for step in path[:-1]:
        place = place[step]
    if content is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = content
    return plain


def test_a_case_reads_as_written():
    """Every list of a case file becomes the model's own types."""
    case = case_from_dict(SMALL)

    assert case.now == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert case.transfer.money == Money(500_000, "CNY")
    assert case.contacts == (Contact(owner="me", account="u9", remark="思远"),)
    assert case.reports == (Report(id="r1", reporter="x7", account="u9", kind=ReportKind.FRAUD),)
    assert case.conversation == (Message(sender="u9", text="急用"),)
    assert case.effective_policy().profile == "cn"


def test_only_now_accounts_and_transfer_are_required():
    """What a host does not know is Unavailable, and lists that it leaves out are empty."""
    case = case_from_dict({name: SMALL[name] for name in ("now", "accounts", "transfer")})

    assert case.contacts == case.transfers == case.reports == case.conversation == ()
    assert case.accounts[0].created_at == Unavailable("not given")
    assert case.accounts[0].profile_changes == ()


def test_null_is_unavailable_and_absent_is_none_known():
    """A host that cannot list contacts says null; a host without any says nothing."""
    plain = changed(("contacts",), None)
    plain["accounts"][1] |= {"standing": None, "security_events": None}
    case = case_from_dict(plain)

    assert isinstance(case.contacts, Unavailable)
    assert isinstance(case.accounts[1].standing, Unavailable)
    assert isinstance(case.accounts[1].security_events, Unavailable)


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        (("now",), ..., "now"),
        (("now",), None, "now"),
        (("now",), "2026-11-22T10:00:00", "now"),
        (("now",), "yesterday", "now"),
        (("now",), 1_700_000_000, "now"),
        (("accounts",), ..., "accounts"),
        (("accounts",), {}, "accounts"),
        (("accounts",), [], "transfer.sender"),
        (("accounts", 1), "u9", "accounts[1]"),
        (("accounts", 1, "id"), ..., "accounts[1].id"),
        (("accounts", 1, "id"), "", "accounts[1].id"),
        (("accounts", 1, "id"), 9, "accounts[1].id"),
        (("accounts", 1, "id"), "a\x00b", "accounts[1].id"),
        (("accounts", 1, "id"), "x" * 257, "accounts[1].id"),
        (("accounts", 1, "id"), "me", "accounts[1].id"),
        (("accounts", 1, "display_name"), ..., "accounts[1].display_name"),
        (("accounts", 1, "display_name"), None, "accounts[1].display_name"),
        (("accounts", 1, "standing"), "molten", "accounts[1].standing"),
        (("accounts", 1, "avatar"), 7, "accounts[1].avatar"),
        (("accounts", 1, "avatar"), ["a.png"], "accounts[1].avatar"),
        (("accounts", 1, "verified_name"), 7, "accounts[1].verified_name"),
        (("accounts", 1, "created_at"), "2019-03-01", "accounts[1].created_at"),
        (("accounts", 1, "nickname"), "x", "accounts[1].nickname"),
        (("accounts", 1, "profile_changes"), "x", "accounts[1].profile_changes"),
        (("accounts", 1, "profile_changes"), ["x"], "accounts[1].profile_changes[0]"),
        (("accounts", 1, "profile_changes"), [{"display_name": "x"}], "accounts[1].profile_changes[0].at"),
        (("accounts", 1, "profile_changes"), [{"at": "2026-01-01T00:00:00Z", "avatar": 3}], "accounts[1].profile_changes[0].avatar"),
        (("accounts", 1, "security_events"), [{"at": "2026-01-01T00:00:00Z", "kind": "x"}], "accounts[1].security_events[0].kind"),
        (("contacts", 0, "owner"), "nobody", "contacts[0].owner"),
        (("contacts", 0, "account"), "nobody", "contacts[0].account"),
        (("contacts",), [SMALL["contacts"][0], SMALL["contacts"][0]], "contacts[1].account"),
        (("transfers", 0, "sender"), "nobody", "transfers[0].sender"),
        (("transfers", 0, "recipient"), "nobody", "transfers[0].recipient"),
        (("transfers", 0, "amount"), "-1", "transfers[0].amount"),
        (("transfers", 0, "id"), "t9", "transfer.id"),
        (("transfers",), [SMALL["transfers"][0], SMALL["transfers"][0]], "transfers[1].id"),
        (("reports", 0, "account"), "nobody", "reports[0].account"),
        (("reports",), [SMALL["reports"][0], SMALL["reports"][0]], "reports[1].id"),
        (("conversation", 0, "from"), "nobody", "conversation[0].from"),
        (("conversation", 0, "from"), ..., "conversation[0].from"),
        (("transfer",), ..., "transfer"),
        (("transfer",), [], "transfer"),
        (("transfer", "sender"), "nobody", "transfer.sender"),
        (("transfer", "recipient"), "nobody", "transfer.recipient"),
        (("transfer", "recipient"), "me", "transfer.recipient"),
        (("transfer", "amount"), ..., "transfer.amount"),
        (("transfer", "amount"), 5000.0, "transfer.amount"),
        (("transfer", "amount"), "0.00", "transfer.amount"),
        (("transfer", "amount"), "NaN", "transfer.amount"),
        (("transfer", "amount"), "92233720368547758.08", "transfer.amount"),
        (("transfer", "amount"), "1e9", "transfer.amount"),
        (("transfer", "amount"), "1.001", "transfer.amount"),
        (("transfer", "amount"), True, "transfer.amount"),
        (("transfer", "currency"), "RMB", "transfer.currency"),
        (("transfer", "currency"), ..., "transfer.currency"),
        (("transfer", "currency"), 156, "transfer.currency"),
        (("transfer", "channel"), "pigeon", "transfer.channel"),
        (("transfer", "usual_amount"), "cheap", "transfer.usual_amount"),
        (("transfer", "usual_amount"), "0.00", "transfer.usual_amount"),
        (("transfer", "usual_amount"), 99, "transfer.usual_amount"),
        (("transfer", "money"), {"minor": 1, "currency": "CNY"}, "transfer.money"),
        (("policy",), None, "policy"),
        (("policy",), ["cn"], "policy"),
        (("policy",), {"profil": "cn"}, "policy.profil"),
        (("policy",), {"threshold": {"warn": "low"}}, "policy.threshold.warn"),
        (("acounts",), [], "acounts"),
    ],
)
def test_a_malformed_case_names_its_field(path, content, field):
    """The error says where and what to do, as the file writes it, and repeats no verified name."""
    with pytest.raises(InvalidInput) as caught:
        case_from_dict(changed(path, content))

    assert caught.value.field == field
    assert str(caught.value).startswith(field)
    assert "毕小川" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_misspelt_field_is_answered_with_the_nearest():
    """Most unknown fields are typing errors."""
    for path, remedy in [
        (("acounts",), "did you mean accounts?"),
        (("accounts", 0, "dispay_name"), "did you mean display_name?"),
        (("transfer", "curency"), "did you mean currency?"),
        (("conversation", 0, "form"), "did you mean from?"),
        (("zzz",), "see `transferguard schema case`"),
    ]:
        with pytest.raises(InvalidInput) as caught:
            case_from_dict(changed(path, "x"))
        assert caught.value.remedy == remedy


def test_a_misspelt_field_of_a_profile_change_is_answered_from_its_own_fields():
    """The suggestion comes from the object that holds the mistake."""
    plain = changed(("accounts", 0, "profile_changes"), [{"at": "2026-01-01T00:00:00Z", "displayname": "x"}])

    with pytest.raises(InvalidInput, match="did you mean display_name"):
        case_from_dict(plain)


def test_a_reporter_need_not_be_known():
    """Who complained may be anybody."""
    assert case_from_dict(changed(("reports", 0, "reporter"), "a-stranger")).reports


def test_facts_after_now_are_kept():
    """Clocks of a host differ; the guard judges such a fact, the codec does not."""
    case = case_from_dict(changed(("accounts", 1, "last_active_at"), "2027-01-01T00:00:00Z"))

    assert case.accounts[1].last_active_at == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("plain", [None, [], "case", 5, True])
def test_a_case_is_an_object(plain):
    """Anything else is refused before it is looked into."""
    with pytest.raises(InvalidInput, match=r"^case: must be an object"):
        case_from_dict(plain)
    with pytest.raises(InvalidInput, match=r"^case: must be an object"):
        parse_case(json.dumps(plain).encode())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "case: is not JSON at line 1, column 1"),
        (b"{", "case: is not JSON at line 1, column 2"),
        (b'{"now": NaN}', "case: holds NaN"),
        (b'{"now": -Infinity}', "case: holds -Infinity"),
        (b'{"now": 1, "now": 2}', "now: stands twice"),
        (b'{"accounts": [{"id": 1, "id": 2}]}', "id: stands twice"),
        (b"\xff\xfe{\x00}", "case: is not UTF-8 at byte 0"),
        (b"[" * 100_000, "case: is nested too deeply"),
        (b'{"a":' * 100_000, "case: is nested too deeply"),
        (b'{"now": ' + b"1" * 5_000 + b"}", "case: holds a number of too many digits"),
        (b" " * (MAX_CASE_BYTES + 1), "case: is larger than 64 MB"),
    ],
)
def test_text_that_is_no_strict_json_is_refused(text, message):
    """Before any field is looked at, and without exhausting stack or memory."""
    with pytest.raises(InvalidInput) as caught:
        parse_case(text)

    assert str(caught.value).startswith(message)


def test_a_case_may_begin_with_a_byte_order_mark():
    """Some editors put one there."""
    assert parse_case(b"\xef\xbb\xbf" + json.dumps(SMALL).encode())


def test_lone_surrogates_in_a_name_survive():
    """A hostile profile must reach the signals exactly as it is."""
    text = json.dumps(changed(("accounts", 1, "display_name"), "\ud800思\x00")).encode()

    assert parse_case(text).accounts[1].display_name == "\ud800思\x00"


def test_a_file_that_cannot_be_read_is_a_bad_case(tmp_path):
    """One error for a missing file, a folder and a path that is none."""
    for path in (tmp_path / "no.json", tmp_path, "a\x00b"):
        with pytest.raises(InvalidInput, match=r"^case: cannot be read"):
            load_case(path)


@pytest.fixture
def case_with_avatar(tmp_path):
    """Reads a case whose recipient has the given avatar path."""

    def read(avatar):
        file = tmp_path / "case.json"
        file.write_text(to_json(changed(("accounts", 1, "avatar"), avatar)), encoding="utf-8")
        return load_case(file).accounts[1].avatar

    return read


def test_a_picture_is_read_relative_to_the_case(tmp_path, case_with_avatar):
    """Whatever it holds: decoding is not the codec's business."""
    (tmp_path / "a.png").write_bytes(b"not a picture")

    assert case_with_avatar("a.png") == b"not a picture"


def test_a_picture_may_stand_in_the_case_itself(case_with_avatar):
    """A bug report then is one file."""
    assert case_with_avatar("data:;base64,YWJj") == b"abc"
    assert case_with_avatar("data:;base64,!") == Unavailable("not base64")


def test_a_picture_that_cannot_be_had_is_unavailable(tmp_path, case_with_avatar):
    """Missing, a folder, too large, a path that is none, a link that leads nowhere: never an error."""
    (tmp_path / "large.png").write_bytes(bytes(MAX_PICTURE_BYTES + 1))
    (tmp_path / "largest.png").write_bytes(bytes(MAX_PICTURE_BYTES))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    assert case_with_avatar("no.png") == Unavailable("no such file")
    assert case_with_avatar(".") == Unavailable("not a file")
    assert case_with_avatar("") == Unavailable("not a file")
    assert case_with_avatar("large.png") == Unavailable("too many bytes")
    assert len(case_with_avatar("largest.png")) == MAX_PICTURE_BYTES
    for odd in ("a\x00b", "\ud800.png", "x" * 5_000, "loop"):
        assert case_with_avatar(odd) == Unavailable("file cannot be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_picture_does_not_stall_the_check(tmp_path, case_with_avatar):
    """Opening a pipe without a writer would wait for ever."""
    os.mkfifo(tmp_path / "pipe")

    assert case_with_avatar("pipe") == Unavailable("not a file")
    assert case_with_avatar("/dev/zero") == Unavailable("not a file")


def test_pictures_of_a_case_are_bounded_together(tmp_path, monkeypatch):
    """A case that names a large file many times, or many large files, does not exhaust memory."""
    monkeypatch.setattr("transferguard.case.files.MAX_PICTURES_BYTES", 15)
    for name in "abc":
        (tmp_path / name).write_bytes(bytes(10))
    plain = changed(("accounts", 0, "profile_changes"), [{"at": "2026-01-01T00:00:00Z", "avatar": name} for name in "aaabc"])
    (tmp_path / "case.json").write_text(to_json(plain), encoding="utf-8")

    read = [change.avatar for change in known(load_case(tmp_path / "case.json").accounts[0].profile_changes)]

    assert read == [bytes(10)] * 4 + [Unavailable("too many pictures in one case")]
    assert read[0] is read[1]


def test_a_key_among_very_many_is_found_twice_quickly():
    """Time grows with the size of the file, not with its square."""
    text = b"{" + b",".join(b'"k%d":1' % number for number in range(200_000)) + b',"k199999":2}'

    with pytest.raises(InvalidInput, match=r"^k199999: stands twice"):
        parse_case(text)


def test_without_a_folder_a_picture_is_unavailable():
    """A case from plain values has no place to read from."""
    case = case_from_dict(changed(("accounts", 1, "avatar"), "a.png"))

    assert case.accounts[1].avatar == Unavailable("no folder to read pictures from")


def test_plain_values_may_hold_the_bytes_of_a_picture():
    """Python callers need no file."""
    assert case_from_dict(changed(("accounts", 1, "avatar"), b"abc")).accounts[1].avatar == b"abc"


def test_former_pictures_are_read_too():
    """A profile change holds the picture before it."""
    plain = changed(("accounts", 1, "profile_changes"), [{"at": "2026-01-01T00:00:00Z", "avatar": "data:;base64,YWJj"}])

    assert known(case_from_dict(plain).accounts[1].profile_changes)[0].avatar == b"abc"


def test_the_directory_answers_as_a_host_does():
    """Six questions, answered from the case alone."""
    directory = CaseDirectory(case_from_dict(SMALL))

    assert set(directory.accounts(["me", "nobody"])) == {"me"}
    assert [contact.account for contact in known(directory.contacts("me"))] == ["u9"]
    assert directory.contacts("u9") == ()
    assert [transfer.id for transfer in known(directory.transfers("u9"))] == ["t1"]
    assert [report.id for report in known(directory.reports("u9"))] == ["r1"]
    assert directory.accounts_of("p-9") == {"u9"}
    assert isinstance(directory.circle_version("me"), Unavailable)


def test_the_directory_says_what_the_case_does_not_know():
    """A null list is Unavailable to the guard, never empty."""
    directory = CaseDirectory(case_from_dict(SMALL | {"contacts": None, "transfers": None, "reports": None}))

    assert isinstance(directory.contacts("me"), Unavailable)
    assert isinstance(directory.transfers("me"), Unavailable)
    assert isinstance(directory.reports("me"), Unavailable)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(["\ud800", "a\x00b", "\u202e"])
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def maybe(inner):
    """A value, or the absence that a file leaves out."""
    return st.just(Unavailable("not given")) | inner


changes = st.builds(ProfileChange, at=moments, display_name=maybe(texts), avatar=maybe(st.binary(max_size=9)))
events = st.builds(SecurityEvent, at=moments, kind=st.sampled_from(SecurityEventKind))


@st.composite
def cases(draw):
    """Small worlds of two to four people."""
    ids = draw(st.lists(st.text("abc-_9", min_size=1, max_size=6), min_size=2, max_size=4, unique=True))
    one = st.sampled_from(ids)
    money = st.builds(Money, st.integers(1, 2**63 - 1), st.sampled_from(["CNY", "JPY", "KWD"]))
    accounts = tuple(
        draw(
            st.builds(
                Account,
                id=st.just(name),
                display_name=texts,
                avatar=maybe(st.binary(max_size=9)),
                verified_name=maybe(texts),
                real_name_status=maybe(st.sampled_from(RealNameStatus)),
                standing=maybe(st.sampled_from(Standing)),
                created_at=maybe(moments),
                profile_changes=st.just(Unavailable("null")) | st.lists(changes, max_size=2).map(tuple),
                security_events=st.lists(events, max_size=2).map(tuple),
            )
        )
        for name in ids
    )
    past = st.builds(
        PastTransfer, sender=one, recipient=one, money=money, at=maybe(moments), state=maybe(st.sampled_from(TransferState)), id=one
    )
    reports = st.builds(Report, id=one, reporter=one, account=one, kind=st.sampled_from(ReportKind), at=maybe(moments))
    messages = st.builds(Message, sender=one, at=maybe(moments), text=texts)
    contacts = st.builds(Contact, owner=one, account=one, remark=maybe(texts), since=maybe(moments))
    return Case(
        now=draw(moments),
        accounts=accounts,
        transfer=draw(
            st.builds(
                Transfer, id=st.just("to check"), sender=st.just(ids[0]), recipient=st.just(ids[1]), money=money,
                channel=maybe(st.sampled_from(Channel)), purpose=maybe(texts), usual_amount=maybe(st.just("99")),
            )
        ),
        contacts=draw(st.just(Unavailable("null")) | st.lists(contacts, max_size=3, unique_by=lambda one: one.account).map(tuple)),
        transfers=draw(st.lists(past, max_size=3, unique_by=lambda one: one.id).map(tuple)),
        reports=draw(st.lists(reports, max_size=2, unique_by=lambda one: one.id).map(tuple)),
        conversation=draw(st.lists(messages, max_size=2).map(tuple)),
        policy=draw(st.sampled_from([{}, {"profile": "eu"}])),
    )  # fmt: skip


@given(cases())
@settings(max_examples=60)
def test_what_is_written_is_read_back(case):
    """A case survives its file: nothing is rounded, reordered or lost."""
    assert parse_case(to_json(case_to_dict(case)).encode()) == case


def test_a_written_case_keeps_its_pictures_beside_it(tmp_path):
    """Each picture once, named by its content, with the ending of its format."""
    plain = changed(("accounts", 0, "avatar"), b"\x89PNG first")
    plain["accounts"][1] |= {"avatar": b"\x89PNG first", "profile_changes": [{"at": "2026-01-01T00:00:00Z", "avatar": b"odd"}]}
    case = case_from_dict(plain)

    file = dump_case(case, tmp_path / "world" / "case.json")

    assert load_case(file) == case
    assert sorted(kept.suffix for kept in (tmp_path / "world" / "pictures").iterdir()) == [".bin", ".png"]


def test_a_time_is_written_in_utc():
    """Whatever zone it was given in."""
    case = case_from_dict(changed(("now",), "2026-11-22T18:00:00+08:00"))

    assert case_to_dict(case)["now"] == "2026-11-22T10:00:00Z"
    assert case.now.utcoffset() == timedelta()
