# SPDX-License-Identifier: Apache-2.0
"""Sealed values open only with the secret, only where they belong, and only unchanged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.errors import KeyUnavailable, VaultError
from transferguard.vault import Vault, keyed_digest

OLD, NEW = b"o" * 32, b"n" * 32


@settings(max_examples=60)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_opens_again_with_the_same_secret_and_context(value, context):
    """Any bytes in any context come back as they were, those that look like padding too."""
    vault = Vault(NEW)

    assert vault.open(vault.seal(value, context=context), context=context) == value
    assert vault.open(vault.seal(value + b"\x80\x00", context=context), context=context) == value + b"\x80\x00"


def test_no_changed_byte_opens():
    """Every bit of a sealed value is authenticated: version, key id, nonce, text and tag."""
    vault = Vault(NEW)
    sealed = vault.seal("毕小川".encode(), context="account/u1")

    for place in range(len(sealed)):
        for bit in (0x01, 0x80):
            changed = sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :]
            with pytest.raises(VaultError):
                vault.open(changed, context="account/u1")


@pytest.mark.parametrize("length", range(0, 80, 7))
def test_a_piece_of_a_sealed_value_does_not_open(length):
    """What was cut off is an error of ours, whatever is left."""
    sealed = Vault(NEW).seal(b"name", context="c")

    with pytest.raises(VaultError):
        Vault(NEW).open(sealed[: min(length, len(sealed) - 1)], context="c")


def test_another_context_does_not_open():
    """A name that was moved to another account stays shut."""
    vault = Vault(NEW)

    with pytest.raises(VaultError, match="moved"):
        vault.open(vault.seal(b"name", context="account/u1/verified_name"), context="account/u2/verified_name")


def test_another_secret_does_not_open():
    """The message says that it is the key, so that nobody looks for damage."""
    with pytest.raises(VaultError, match="another secret"):
        Vault(OLD).open(Vault(NEW).seal(b"name", context="c"), context="c")


def test_a_retired_secret_opens_what_it_sealed_while_the_new_one_seals():
    """A rotation needs no pause: old values open, new ones are sealed with the new secret, and one can tell which are left."""
    before, during = Vault(OLD), Vault(NEW, retired=[OLD])
    old, new = before.seal(b"name", context="c"), during.seal(b"name", context="c")

    assert during.open(old, context="c") == during.open(new, context="c") == b"name"
    assert (during.is_current(old), during.is_current(new)) == (False, True)
    with pytest.raises(VaultError):
        before.open(new, context="c")


def test_a_vault_that_meets_a_newer_secret_asks_for_it():
    """A program that runs through a rotation goes on without a restart, and seals with the new secret from then on."""
    asked = []

    def reload():
        asked.append(1)
        return [NEW, OLD]

    running = Vault(OLD, reload=reload)
    old = running.seal(b"old", context="c")
    assert running.open(old, context="c") == b"old"
    assert asked == []
    assert running.open(Vault(NEW).seal(b"new", context="c"), context="c") == b"new"
    assert asked == [1]
    assert running.open(old, context="c") == b"old"
    assert (running.is_current(old), running.is_current(running.seal(b"x", context="c"))) == (False, True)
    with pytest.raises(VaultError, match="another secret"):
        running.open(Vault(b"z" * 32).seal(b"x", context="c"), context="c")


def test_sealing_twice_gives_different_bytes_of_one_length():
    """Equal names do not look equal, and names of one to thirty-one bytes look equally long."""
    vault = Vault(NEW)

    assert len({vault.seal(b"name", context="c") for _ in range(20)}) == 20
    assert len({len(vault.seal(b"x" * length, context="c")) for length in range(32)}) == 1


@pytest.mark.parametrize(("length", "padded"), [(0, 32), (31, 32), (32, 64), (63, 64), (64, 96)])
def test_the_form_of_a_sealed_value_is_the_one_written_down(length, padded):
    """Version, key id, nonce, padded text and tag have the lengths that the head of the file states."""
    sealed = Vault(NEW).seal(b"x" * length, context="c")

    assert len(sealed) == 1 + 8 + 12 + padded + 16
    assert sealed[:1] == b"\x01"


@pytest.mark.parametrize("secret", [b"", b"short", b"x" * 33, "x" * 32, None])
def test_only_thirty_two_bytes_are_a_secret(secret):
    """Anything else is refused before it protects too little."""
    with pytest.raises(KeyUnavailable, match="32 bytes"):
        Vault(secret)


def test_a_vault_prints_no_key():
    """Neither repr nor error shows a byte of the secret."""
    assert repr(Vault(NEW, retired=[OLD])) == "<Vault with 2 keys>"


def test_digests_are_equal_for_equal_values_of_one_purpose_and_key_only():
    """Each of key, purpose and value changes the digest, and no two ways of splitting them meet."""
    inputs = [(NEW, "a", b"b"), (OLD, "a", b"b"), (NEW, "b", b"b"), (NEW, "a", b"a"), (NEW, "ab", b""), (NEW, "", b"ab")]

    assert keyed_digest(NEW, "a", b"b") == keyed_digest(NEW, "a", b"b")
    assert len({keyed_digest(*one) for one in inputs}) == len(inputs)
    assert len(keyed_digest(NEW, "a", b"b")) == 32
