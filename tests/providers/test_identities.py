# SPDX-License-Identifier: Apache-2.0
"""A bank is asked whether a name fits: whatever it does, an answer comes in time, and nothing but a match is a match."""

import asyncio
import json
import ssl
import threading
import time
from typing import Any

import pytest

from tests.providers import peer as peers
from tests.providers.certificates import certificate
from tests.providers.peer import SocketPeer, answer, one_after_the_other, says, status
from transferguard.errors import InvalidInput
from transferguard.identity import MATCH_ONLY, IdentityResult
from transferguard.model import Account, Standing, Unavailable
from transferguard.providers import (
    AsyncBankIdentities,
    BankIdentities,
    ConfirmationDialect,
    Destination,
    PeerCall,
    PeerTerms,
    ResponderDialect,
)
from transferguard.providers.identities import mutual_tls

ACCOUNT = Account(id="u9", display_name="ШЕВЧЕНКО ТАРАС")
DESTINATION = Destination(number="UA213052990000026007233566001", business=False)
DIALECT = ResponderDialect(bic="NBUBUBU1XXX", participant="300001")
PATIENT: dict[str, Any] = {"deadline_seconds": 20.0, "attempt_seconds": 10.0, "first_pause_seconds": 0.01}
QUICK: dict[str, Any] = {"deadline_seconds": 1.0, "attempt_seconds": 0.3}
"""For peers that never answer; the machine that runs the tests may be slow to others."""

NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Reading a hundred certificates for each of a hundred tests that use none takes a minute."""


def reply(**result):
    """Answers in the draft's form, with the id of the question."""
    return says(lambda request: {"requestId": request.json["requestId"], "result": {"matchStatus": "MATCH", "reasonCode": "ANNM"} | result})


def bank(peer, *, dialect=DIALECT, calls=None, token=None, **terms):
    """A provider in front of a peer."""
    return BankIdentities(
        peer.url,
        dialect=dialect,
        whereabouts=lambda account: DESTINATION if account.id == "u9" else None,
        token=token,
        tls=NO_AUTHORITIES,
        terms=PeerTerms(**PATIENT | terms),
        tell=[].append if calls is None else calls.append,
    )


def ask(behave, *, name="ШЕВЧЕНКО ТАРАС", **more):
    """What a provider says whose peer behaves like this."""
    with SocketPeer(behave) as peer, bank(peer, **more) as provider:
        return provider.fits(ACCOUNT, name)


def test_a_question_is_asked_as_the_draft_wants_it():
    """One POST with the id in body and header, the requester, the account, the name and its kind."""
    with SocketPeer(reply()) as peer, bank(peer, token="t0") as provider:  # noqa: S106 - not a password
        provider.fits(ACCOUNT, " ШЕВЧЕНКО ТАРАС ")
    (asked,) = peer.requests

    assert asked.line == "POST /vop/v1/verify HTTP/1.1"
    assert asked.headers["authorization"] == "Bearer t0"
    assert asked.headers["x-request-id"] == asked.json["requestId"]
    assert asked.json["requester"] == {"bic": "NBUBUBU1XXX", "nbuId": "300001"}
    assert asked.json["payee"] == {"iban": DESTINATION.number, "name": "ШЕВЧЕНКО ТАРАС"}
    assert asked.json["accountType"] == "PERSONAL"
    assert asked.json["timestamp"].endswith("Z")


def test_a_match_may_bring_the_name_along():
    """And the standing of the account, where the bank speaks of it."""
    found = ask(reply(verifiedName="ШЕВЧЕНКО ТАРАС ГРИГОРІЙОВИЧ", accountStatus="BLOCKED"))

    assert (found.result, found.name, found.standing) == (IdentityResult.MATCH, "ШЕВЧЕНКО ТАРАС ГРИГОРІЙОВИЧ", Standing.FROZEN)
    assert "ШЕВЧЕНКО" not in repr(found)


@pytest.mark.parametrize("matched", ["NO_MATCH", "NOT_SUPPORTED", "ERROR"])
def test_a_name_that_comes_without_a_match_is_dropped(matched):
    """A bank that tells more than it should does not make us know it."""
    assert ask(reply(matchStatus=matched, verifiedName="SECRET HOLDER")).name == MATCH_ONLY


@pytest.mark.parametrize(
    "name", ["x" * 141, "A\nB", 7, "", None, ["A"]], ids=["too long", "control character", "a number", "empty", "null", "a list"]
)
def test_what_cannot_be_a_name_is_none(name):
    """The match stands, and no name does."""
    found = ask(reply(verifiedName=name))

    assert found.result is IdentityResult.MATCH
    assert isinstance(found.name, Unavailable)


@pytest.mark.parametrize(
    "told",
    [
        {"matchStatus": "SURE"},
        {"reasonCode": "ZZZZ"},
        {"matchStatus": "match"},
        {"matchStatus": True},
        {"reasonCode": None},
        {"matchStatus": ["MATCH"]},
        {"reasonCode": "TCHA"},
        {"reasonCode": "OPTO"},
    ],
)
def test_an_unknown_or_contradictory_code_is_never_a_match(told):
    """What does not stand in the table proves nothing."""
    assert not ask(reply(**told)).result.told


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"MATCH"',
        b"{",
        b'{"result": 5}',
        b'{"result": {"matchStatus": "NO_MATCH", "matchStatus": "MATCH", "reasonCode": "ANNM"}}',
        b'{"a": NaN}',
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b"\xff\xfe\x00",
        b"<html>",
    ],
    ids=range(12),
)
def test_an_answer_that_is_not_the_promised_json_is_an_error(body):
    """And is not asked for again: a bank that talks nonsense does so twice."""
    with SocketPeer(lambda connection, _: answer(connection, body)) as peer, bank(peer, checks_echo=False) as provider:
        assert provider.fits(ACCOUNT, "A").result is IdentityResult.ERROR

    assert len(peer.requests) == 1


def test_an_answer_to_another_question_is_an_error():
    """Somebody else's match must not become ours."""
    other = says({"requestId": "550e8400-e29b-41d4-a716-446655440000", "result": {"matchStatus": "MATCH", "reasonCode": "ANNM"}})

    assert ask(other).why == "an answer to another question"


@pytest.mark.parametrize(
    "odd",
    [
        peers.hangs,
        peers.drips_headers,
        peers.drips_body,
        peers.resets,
        peers.closes,
        peers.endless,
        peers.large,
        peers.too_short,
        peers.garbage,
    ],
)
def test_a_peer_that_misbehaves_is_an_error_in_time(odd):
    """Hanging, dripping, resetting, endless, cut off: the deadline holds, and no answer is a match."""
    calls: list[PeerCall] = []
    with SocketPeer(odd) as peer, bank(peer, calls=calls, **QUICK) as provider:
        started = time.monotonic()
        found = provider.fits(ACCOUNT, "A")
        took = time.monotonic() - started

    assert found.result is IdentityResult.ERROR
    assert took < QUICK["deadline_seconds"] + 1
    assert 1 <= calls[0].attempts <= 3
    assert len(peer.requests) == calls[0].attempts


def test_a_peer_that_is_not_there_is_an_error():
    """Nobody listens at the port."""
    with SocketPeer(peers.closes) as peer:
        pass
    with bank(peer) as provider:
        assert provider.fits(ACCOUNT, "A").why == "ConnectError"


@pytest.mark.parametrize("code", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "302 Found", "204 No Content"])
def test_what_will_not_pass_is_not_tried_again(code):
    """Our own mistake stays one, and a redirect is not followed."""
    with SocketPeer(status(code, Location="http://127.0.0.1:1/")) as peer, bank(peer) as provider:
        found = provider.fits(ACCOUNT, "A")

    assert (found.result, found.why, len(peer.requests)) == (IdentityResult.ERROR, f"status {code[:3]}", 1)


@pytest.mark.parametrize("code", ["429 Too Many Requests", "500 Internal Server Error", "502 Bad", "503 Service Unavailable", "504 Late"])
def test_what_may_pass_is_tried_at_most_twice_more(code):
    """And the same question keeps its id."""
    with SocketPeer(status(code)) as peer, bank(peer) as provider:
        assert provider.fits(ACCOUNT, "A").why == f"status {code[:3]}"

    assert len(peer.requests) == 3
    assert len({request.json["requestId"] for request in peer.requests}) == 1


@pytest.mark.parametrize("odd", [peers.resets, peers.closes, peers.hangs, status("503 Busy")])
def test_one_bad_moment_is_survived(odd):
    """The second attempt brings the answer."""
    assert ask(one_after_the_other(odd, reply()), attempt_seconds=1).result is IdentityResult.MATCH


def test_retry_after_is_honoured():
    """The next attempt comes no earlier than the bank asked for."""
    with SocketPeer(one_after_the_other(status("429 Slow", Retry_After="1"), reply())) as peer, bank(peer) as provider:
        started = time.monotonic()
        assert provider.fits(ACCOUNT, "A").result is IdentityResult.MATCH

    assert time.monotonic() - started >= 1.0


def test_a_bank_that_wants_a_long_rest_gets_it():
    """There is no attempt for which the deadline has no room, and the next question does not disturb the rest either."""
    with SocketPeer(status("503 Busy", Retry_After="30")) as peer, bank(peer) as provider:
        started = time.monotonic()
        whys = [provider.fits(ACCOUNT, name).why for name in "AB"]
        took = time.monotonic() - started

    assert whys == ["status 503", "left alone"]
    assert len(peer.requests) == 1
    assert took < PATIENT["deadline_seconds"] / 2


def test_a_bank_that_fails_and_fails_is_left_alone_for_a_while():
    """And asked again by one question after it: the breaker opens, tries, and closes."""
    with SocketPeer(status("500 Broken")) as peer, bank(peer, attempts=1, breaker_failures=3, breaker_seconds=0.2) as provider:
        assert [provider.fits(ACCOUNT, name).why for name in "ABCDE"] == ["status 500"] * 3 + ["left alone"] * 2
        time.sleep(0.25)
        assert [provider.fits(ACCOUNT, name).why for name in "FG"] == ["status 500", "left alone"]
        time.sleep(0.25)
        peer.behave = reply()
        assert [provider.fits(ACCOUNT, name).result for name in "HI"] == [IdentityResult.MATCH] * 2

    assert len(peer.requests) == 3 + 1 + 2


def test_connections_are_reused():
    """Ten questions, one connection."""
    with SocketPeer(reply()) as peer, bank(peer) as provider:
        for number in range(10):
            provider.fits(ACCOUNT, f"A{number}")

    assert (len(peer.requests), peer.connections) == (10, 1)


def test_an_answer_is_remembered_for_a_while_and_an_error_never():
    """The same question within the time is not asked again; after it, it is."""
    calls: list[PeerCall] = []
    behave = one_after_the_other(status("400 No"), reply(), reply(matchStatus="NO_MATCH"))
    with SocketPeer(behave) as peer, bank(peer, calls=calls, cache_seconds=0.3) as provider:
        found = [provider.fits(ACCOUNT, "A").result for _ in range(3)]
        time.sleep(0.35)
        found.append(provider.fits(ACCOUNT, "A").result)

    assert found == [IdentityResult.ERROR, IdentityResult.MATCH, IdentityResult.MATCH, IdentityResult.NO_MATCH]
    assert [call.cached for call in calls] == [False, False, True, False]
    assert len(peer.requests) == 3


@pytest.mark.parametrize("name", ["", "  ", "x" * 141, "A\x00B", "A\ud800", "\u200b"])
def test_what_is_not_a_name_is_not_asked_about(name):
    """A hostile profile does not reach the bank."""
    with SocketPeer(reply()) as peer, bank(peer) as provider:
        assert provider.fits(ACCOUNT, name).result is IdentityResult.UNAVAILABLE

    assert not peer.requests


def test_an_account_without_a_bank_account_is_not_asked_about():
    """There is nobody to ask."""
    with SocketPeer(reply()) as peer, bank(peer) as provider:
        assert provider.fits(Account(id="u1", display_name="A"), "A").why == "no bank account"
        assert provider.name(ACCOUNT) == MATCH_ONLY


def test_many_threads_ask_at_once():
    """Twenty threads, two hundred questions, each with its own answer."""
    fitting = says(
        lambda request: {
            "requestId": request.json["requestId"],
            "result": {"matchStatus": "MATCH" if request.json["payee"]["name"].endswith("7") else "NO_MATCH", "reasonCode": "ANNM"},
        }
    )
    found = {}
    with SocketPeer(fitting) as peer, bank(peer) as provider:

        def work(first):
            for number in range(first, first + 10):
                found[number] = provider.fits(ACCOUNT, f"A{number}").result

        threads = [threading.Thread(target=work, args=(at * 10,)) for at in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {number for number, result in found.items() if result is IdentityResult.MATCH} == set(range(7, 200, 10))


def test_the_same_from_a_coroutine():
    """`AsyncBankIdentities` is the same conversation without the thread, and one that is cancelled blames nobody."""

    async def work():
        with SocketPeer(one_after_the_other(peers.hangs, reply())) as peer:
            terms = PeerTerms(deadline_seconds=5, attempt_seconds=5, breaker_failures=1)
            async with AsyncBankIdentities(peer.url, dialect=DIALECT, whereabouts=lambda _: DESTINATION, terms=terms) as provider:
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(provider.fits(ACCOUNT, "A"), 0.2)
                assert await provider.name(ACCOUNT) == MATCH_ONLY
                return await provider.fits(ACCOUNT, "A")

    assert asyncio.run(work()).result is IdentityResult.MATCH


def test_mutual_tls_shows_our_certificate_and_checks_theirs(tmp_path):
    """Without a certificate of ours there is no answer, and a server whom nobody vouches for gets no question."""
    authority = certificate(tmp_path, "authority")
    theirs, ours = (certificate(tmp_path, name, issuer=authority[:2]) for name in ("server", "client"))
    stranger = certificate(tmp_path, "stranger")
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority[2])
    server.load_cert_chain(*theirs[2:])
    server.verify_mode = ssl.CERT_REQUIRED
    with SocketPeer(reply(), tls=server) as peer:

        def asked(tls):
            terms = PeerTerms(**PATIENT, attempts=1)
            with BankIdentities(peer.url, dialect=DIALECT, whereabouts=lambda _: DESTINATION, tls=tls, terms=terms) as provider:
                return provider.fits(ACCOUNT, "A").result

        assert asked(mutual_tls(*ours[2:], authorities=authority[2])) is IdentityResult.MATCH
        assert asked(ssl.create_default_context(cafile=authority[2])) is IdentityResult.ERROR
        assert asked(mutual_tls(*ours[2:], authorities=stranger[2])) is IdentityResult.ERROR
        assert len(peer.requests) == 1


def test_a_provider_that_was_closed_starts_anew():
    """And closing it twice is no error."""
    with SocketPeer(reply()) as peer:
        provider = bank(peer)
        provider.close()
        assert provider.fits(ACCOUNT, "A").result is IdentityResult.MATCH
        provider.close()
        provider.close()


@pytest.mark.parametrize(
    "url", ["http://bank.example/", "ftp://bank.example", "bank.example", "https://me:pw@bank.example", "http://[::", ""]
)
def test_a_url_without_tls_is_refused(url):
    """Names and tokens do not travel in the clear."""
    with pytest.raises(InvalidInput, match="url"):
        BankIdentities(url, dialect=DIALECT, whereabouts=lambda _: None)


def test_terms_that_cannot_be_meant_are_refused():
    """No deadline, no attempts: no answer."""
    wrongs: list[dict[str, Any]] = [{"deadline_seconds": 0}, {"attempts": 0}, {"cache_seconds": -1}]
    for wrong in wrongs:
        with pytest.raises(InvalidInput):
            PeerTerms(**wrong)
    with pytest.raises(InvalidInput, match=r"destination\.number"):
        Destination(number="UA21 3052")


COP = {
    "MBAM": (IdentityResult.CLOSE_MATCH, True),
    "BAMM": (IdentityResult.CLOSE_MATCH, True),
    "PAMM": (IdentityResult.CLOSE_MATCH, True),
    "BANM": (IdentityResult.CLOSE_MATCH, False),
    "PANM": (IdentityResult.CLOSE_MATCH, False),
    "ANNM": (IdentityResult.NO_MATCH, False),
    "AC01": (IdentityResult.NO_MATCH, False),
    "IVCR": (IdentityResult.NO_MATCH, False),
    "ACNS": (IdentityResult.UNAVAILABLE, False),
    "OPTO": (IdentityResult.UNAVAILABLE, False),
    "CASS": (IdentityResult.UNAVAILABLE, False),
    "SCNS": (IdentityResult.UNAVAILABLE, False),
    "WHAT": (IdentityResult.ERROR, False),
}


def confirmation(**report):
    """Answers in the manner of Confirmation of Payee."""

    def behave(connection, request):
        body = json.dumps({"Data": {"VerificationReport": report}}).encode()
        return answer(connection, body, x_fapi_interaction_id=request.headers["x-fapi-interaction-id"])

    return behave


@pytest.mark.parametrize("code", COP)
def test_the_other_dialect_reads_its_twelve_codes(code):
    """A name comes back for three of them and is dropped beside the others; a thirteenth code is an error."""
    found = ask(confirmation(Matched=False, ReasonCode=code, Name="A. Holder"), dialect=ConfirmationDialect())

    assert (found.result, isinstance(found.name, str)) == COP[code]


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ({"Matched": True}, IdentityResult.MATCH),
        ({"Matched": True, "ReasonCode": "ANNM"}, IdentityResult.ERROR),
        ({"Matched": "true"}, IdentityResult.ERROR),
        ({"Matched": False}, IdentityResult.ERROR),
        ({}, IdentityResult.ERROR),
    ],
)
def test_the_other_dialect_matches_only_without_a_code(told, result):
    """Anything that contradicts itself proves nothing, and a match brings no name."""
    found = ask(confirmation(**told, Name="A. Holder"), dialect=ConfirmationDialect())

    assert (found.result, found.name) == (result, MATCH_ONLY)


def test_the_other_dialect_asks_with_sort_code_and_reference():
    """The scheme's own words, with the secondary reference where there is one."""
    with SocketPeer(confirmation(Matched=True)) as peer:
        where = Destination(number="20304012345678", business=True, reference="R1")
        with BankIdentities(peer.url, dialect=ConfirmationDialect(), whereabouts=lambda _: where) as provider:
            provider.fits(ACCOUNT, "A. Holder")

    assert peer.requests[0].json["Data"] == {
        "SchemeName": "SortCodeAccountNumber",
        "Identification": "20304012345678",
        "Name": "A. Holder",
        "AccountType": "Business",
        "SecondaryIdentification": "R1",
    }
