# SPDX-License-Identifier: Apache-2.0
"""Keys are made once, kept from others, named by their thumbprint, and never printed."""

import base64
import hashlib
import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from transferguard import keys
from transferguard.errors import KeyUnavailable
from transferguard.keys import LocalKeys, StaticKeys, new_key_file, new_signing_key, public_key


@pytest.fixture
def path(tmp_path):
    """Where a key file may stand."""
    return tmp_path / "guard.db.keys"


def write(path, content, mode=0o600):
    """Put something where the key file belongs."""
    path.write_bytes(content)
    path.chmod(mode)


def test_a_key_file_is_made_once_for_its_owner_only(path):
    """The first call makes it, every later one finds the same keys."""
    first, second = LocalKeys.open(path), LocalKeys.open(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.signing_key() == second.signing_key()
    assert first.secret() == second.secret()
    assert len(first.secret()) == 32
    assert list(path.parent.iterdir()) == [path]


def test_two_key_files_have_nothing_in_common(tmp_path):
    """Keys come from the system's randomness."""
    one, other = LocalKeys.open(tmp_path / "1"), LocalKeys.open(tmp_path / "2")

    assert one.secret() != other.secret()
    assert one.signing_key()["d"] != other.signing_key()["d"]


@pytest.mark.slow
def test_programs_that_start_together_end_with_one_key(path):
    """Four programs that all find no key file agree on one."""
    code = "import sys; from transferguard.keys import LocalKeys; print(LocalKeys.open(sys.argv[1]).secret().hex())"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) for _ in range(4)]  # noqa: S603 - our own interpreter

    assert len({one.communicate(timeout=60)[0] for one in running}) == 1
    assert [one.returncode for one in running] == [0] * 4


def test_who_comes_second_takes_the_keys_of_the_first(path, monkeypatch):
    """Between looking for the file and making it another program may have been faster."""
    first = LocalKeys.open(path)
    monkeypatch.setattr("pathlib.Path.exists", lambda _: False)

    assert LocalKeys.open(path).secret() == first.secret()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o777])
def test_a_key_file_that_others_may_read_or_write_is_refused(path, mode):
    """The remedy stands in the message."""
    write(path, new_key_file(), mode)

    with pytest.raises(KeyUnavailable, match="chmod 600"):
        LocalKeys.open(path)


def test_a_key_file_that_opens_up_later_is_refused_from_then_on(path):
    """A running guard notices, too."""
    local = LocalKeys.open(path)
    path.chmod(0o644)

    with pytest.raises(KeyUnavailable, match="chmod 600"):
        local.secret()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "signing": [], "secrets": []}',
        b'{"version": 2}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_damaged_key_file_is_refused(path, content):
    """Damage is not taken for "no key yet": the old keys may still be restored."""
    write(path, content)

    with pytest.raises(KeyUnavailable):
        LocalKeys.open(path)
    assert path.read_bytes() == content


def test_a_key_file_that_is_gone_or_cannot_be_made_is_a_typed_error(tmp_path, path):
    """The message says what the system says, and names no key."""
    with pytest.raises(KeyUnavailable, match="No such file"):
        LocalKeys.open(tmp_path / "missing" / "keys")
    local = LocalKeys.open(path)
    path.unlink()
    with pytest.raises(KeyUnavailable, match="No such file"):
        local.signing_key()


def test_a_changed_key_file_is_read_again(path):
    """After a rotation by another program the running guard signs with the new key."""
    local = LocalKeys.open(path)
    fresh = new_key_file()
    draft = path.with_name("draft")
    write(draft, fresh)
    draft.replace(path)

    assert local.signing_key()["d"] == json.loads(fresh)["signing"][0]["d"]
    assert local.retired_secrets() == ()


def test_a_key_is_named_by_its_thumbprint():
    """The name follows from the public key alone, as RFC 7638 says."""
    key = new_signing_key()
    canonical = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": key["x"]}, separators=(",", ":")).encode()

    assert key["kid"] == base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()


def test_public_keys_hold_nothing_private():
    """What may be published is the public half, marked for checking signatures."""
    static = StaticKeys.generate()
    (public,) = static.public_keys()["keys"]

    assert public.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert public == public_key(static.signing_key())
    assert (public["use"], public["alg"], public["kid"]) == ("sig", "EdDSA", static.signing_key()["kid"])


def test_the_first_key_signs_and_all_may_verify():
    """During a rotation receipts of both keys are good."""
    new, old = new_signing_key(), new_signing_key()
    static = StaticKeys(signing=[new, old], secret=b"n" * 32, retired_secrets=[b"o" * 32])

    assert static.signing_key() == new
    assert [key["kid"] for key in static.public_keys()["keys"]] == [new["kid"], old["kid"]]
    assert (static.secret(), static.retired_secrets()) == (b"n" * 32, (b"o" * 32,))


def test_a_bare_key_of_a_host_gets_its_name():
    """A JWK without `kid` is named by its thumbprint."""
    key = new_signing_key()
    bare = {name: key[name] for name in ("kty", "crv", "x", "d")}

    assert StaticKeys(signing=[bare], secret=b"n" * 32).signing_key()["kid"] == key["kid"]


def unusable_keys():
    """Keys that cannot sign receipts."""
    whole = dict(new_signing_key())
    return [
        {},
        {"kty": "oct", "k": "c2VjcmV0"},
        {name: value for name, value in whole.items() if name != "d"},
        {**whole, "d": "AA"},
        {**whole, "x": 7},
        {**whole, "x": new_signing_key()["x"]},
        {"kty": "OKP", "crv": "Ed448", "x": "AA", "d": "AA"},
        {"kty": "OKP", "crv": "X25519", "x": whole["x"], "d": whole["d"]},
    ]


@pytest.mark.parametrize("key", unusable_keys(), ids=range(8))
def test_only_private_ed25519_keys_sign(key):
    """Anything else is noticed when keys are handed in, not at the first receipt."""
    with pytest.raises(KeyUnavailable, match="signing key"):
        StaticKeys(signing=[key], secret=b"n" * 32)


@pytest.mark.parametrize(("signing", "secret"), [([], b"n" * 32), ([new_signing_key()], b"short"), ([new_signing_key()], "n" * 32)])
def test_a_host_must_give_a_key_and_a_whole_secret(signing, secret):
    """An empty list of keys is not a way to sign nothing."""
    with pytest.raises(KeyUnavailable):
        StaticKeys(signing=signing, secret=secret)


def test_keys_are_never_printed(path):
    """No repr shows a private number."""
    local, static = LocalKeys.open(path), StaticKeys.generate()

    assert repr(local) == "<LocalKeys with 1 signing keys>"
    assert repr(static) == "<StaticKeys with 1 signing keys>"
    assert static.signing_key()["d"] not in repr(static._ring)


def test_new_makes_a_key_file_only_where_there_is_none(path):
    """Nobody replaces the keys of a running guard by accident."""
    published = keys.new(path)

    assert published == LocalKeys.open(path).public_keys() == keys.public(path)
    before = path.read_bytes()
    with pytest.raises(KeyUnavailable, match="already"):
        keys.new(path)
    assert path.read_bytes() == before


def test_asking_for_public_keys_makes_none(path):
    """A misspelt path is an error, not a new key file."""
    with pytest.raises(KeyUnavailable, match="keys new"):
        keys.public(path)
    assert not path.exists()


def test_rotation_signs_with_a_new_key_and_still_publishes_the_old_ones(path):
    """A running guard takes the new key at once; after three rotations the first key is gone."""
    running = LocalKeys.open(path)
    names = [running.signing_key()["kid"]]
    secret = running.secret()
    for _ in range(3):
        published = keys.rotate(path)
        names.insert(0, running.signing_key()["kid"])
        assert [key["kid"] for key in published["keys"]] == names[:3]
    assert len(set(names)) == 4
    assert running.secret() == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("keep", "kept"), [(0, 2), (1, 2), (2, 2), (9, 5)])
def test_a_rotation_always_overlaps(path, keep, kept):
    """At least the key before the new one stays, whatever is asked."""
    keys.new(path)
    for _ in range(3):
        keys.rotate(path, keep=9)

    assert len(keys.rotate(path, keep=keep)["keys"]) == kept


def test_a_new_secret_keeps_the_old_ones_until_they_are_forgotten(path):
    """What was sealed before can be opened while it is being sealed again."""
    running = LocalKeys.open(path)
    signing, old = running.signing_key(), running.secret()
    keys.rotate_secret(path)
    new = running.secret()

    assert new != old
    assert (running.retired_secrets(), running.all_secrets(), running.signing_key()) == ((old,), (new, old), signing)
    keys.forget_retired_secrets(path)
    assert running.all_secrets() == (new,)


def test_rotations_at_the_same_moment_lose_no_key(path):
    """Both new keys are in the file: one of them may have signed already."""
    keys.new(path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keys.rotate(path, keep=9), range(4)))

    assert len(keys.public(path)["keys"]) == 5


@pytest.mark.parametrize("change", [keys.rotate, keys.rotate_secret, keys.forget_retired_secrets])
def test_what_is_not_there_or_damaged_cannot_be_rotated(tmp_path, path, change):
    """A rotation makes no keys out of nothing, and overwrites nothing that it cannot read."""
    with pytest.raises(KeyUnavailable, match="No such file"):
        change(path)
    with pytest.raises(KeyUnavailable, match="No such file"):
        change(tmp_path / "missing" / "keys")
    write(path, b"damaged")
    with pytest.raises(KeyUnavailable, match="damaged"):
        change(path)
    assert path.read_bytes() == b"damaged"
