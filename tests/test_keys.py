# SPDX-License-Identifier: Apache-2.0
"""Keys are made once, kept from others, named by their thumbprint, and never printed."""

import base64
import hashlib
import json
import stat
import subprocess
import sys

import pytest

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
    keys = LocalKeys.open(path)
    path.chmod(0o644)

    with pytest.raises(KeyUnavailable, match="chmod 600"):
        keys.secret()


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
    keys = LocalKeys.open(path)
    path.unlink()
    with pytest.raises(KeyUnavailable, match="No such file"):
        keys.signing_key()


def test_a_changed_key_file_is_read_again(path):
    """After a rotation by another program the running guard signs with the new key."""
    keys = LocalKeys.open(path)
    fresh = new_key_file()
    draft = path.with_name("draft")
    write(draft, fresh)
    draft.replace(path)

    assert keys.signing_key()["d"] == json.loads(fresh)["signing"][0]["d"]
    assert keys.retired_secrets() == ()


def test_a_key_is_named_by_its_thumbprint():
    """The name follows from the public key alone, as RFC 7638 says."""
    key = new_signing_key()
    canonical = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": key["x"]}, separators=(",", ":")).encode()

    assert key["kid"] == base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()


def test_public_keys_hold_nothing_private():
    """What may be published is the public half, marked for checking signatures."""
    keys = StaticKeys.generate()
    (public,) = keys.public_keys()["keys"]

    assert public.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert public == public_key(keys.signing_key())
    assert (public["use"], public["alg"], public["kid"]) == ("sig", "EdDSA", keys.signing_key()["kid"])


def test_the_first_key_signs_and_all_may_verify():
    """During a rotation receipts of both keys are good."""
    new, old = new_signing_key(), new_signing_key()
    keys = StaticKeys(signing=[new, old], secret=b"n" * 32, retired_secrets=[b"o" * 32])

    assert keys.signing_key() == new
    assert [key["kid"] for key in keys.public_keys()["keys"]] == [new["kid"], old["kid"]]
    assert (keys.secret(), keys.retired_secrets()) == (b"n" * 32, (b"o" * 32,))


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
