# SPDX-License-Identifier: Apache-2.0
"""A saved index is read by the next version, or refused; it is never misread."""

import struct
import zlib

import pytest

from transferguard.errors import InvalidInput
from transferguard.names import NameIndex
from transferguard.names.keys import KEYS_VERSION

SAVED = NameIndex([("a", "李思远"), (("b", 2), "Alice Brown")]).to_bytes()


def test_a_saved_index_begins_with_its_format_and_the_version_of_its_keys():
    """Four letters, format 1, the keys: files that hosts keep hold on to this."""
    magic, form, keys, text, pairs, _ = struct.unpack_from("<4sHHQQI", SAVED)

    assert (magic, form, keys) == (b"TGNI", 1, KEYS_VERSION)
    assert len(SAVED) == struct.calcsize("<4sHHQQI") + text + 8 * pairs


@pytest.mark.parametrize("other", [KEYS_VERSION - 1, KEYS_VERSION + 1])
def test_an_index_with_other_keys_is_read_and_its_keys_are_made_anew(other):
    """A host that updates loses no time over files that it must throw away."""
    old = SAVED[:6] + struct.pack("<H", other) + SAVED[8:]
    index = NameIndex.from_bytes(old)

    assert [hit.id for hit in index.search("季思远")] == ["a"]
    assert [hit.id for hit in index.search("Alice Brown")] == [("b", 2)]
    assert index.to_bytes() == SAVED


@pytest.mark.parametrize("damaged", [SAVED[:10], SAVED[:-1], SAVED + b"x", b"TGNJ" + SAVED[4:], SAVED[:4] + b"\x02" + SAVED[5:], b""])
def test_another_format_is_refused(damaged):
    """Cut, longer, of another kind or of the future."""
    with pytest.raises(InvalidInput, match="saved index"):
        NameIndex.from_bytes(damaged)


@pytest.mark.parametrize(("version", "found"), [(KEYS_VERSION - 1, True), (KEYS_VERSION + 1, True), (KEYS_VERSION, False)])
def test_keys_are_taken_from_the_file_only_when_they_are_ours(version, found):
    """Wrong keys find nobody: those of another version are worked out anew, those of this one are believed."""
    head = struct.Struct("<4sHHQQI")
    magic, form, _, text, pairs, _ = head.unpack_from(SAVED)
    body = SAVED[head.size : head.size + text] + bytes(8 * pairs)
    index = NameIndex.from_bytes(head.pack(magic, form, version, text, pairs, zlib.crc32(body)) + body)

    assert bool(index.search("季思远")) is found


def test_what_was_read_out_of_names_is_saved_with_them():
    """A loaded index finds what the saved one found, and does not read its names again."""
    names = ["José Ñandú 🌟", "Alice Brown", "alice brown", "李明老师", "ANNA", "", "🌟", "Lý Thị Mai"]
    made = NameIndex(enumerate(names))
    loaded = NameIndex.from_bytes(made.to_bytes())

    assert loaded._cores == [None if core == name == name.casefold() else core for core, name in zip(made._cores, names, strict=True)]
    for name in names:
        assert [(hit.id, hit.weight, hit.kind) for hit in loaded.search(name)] == [
            (hit.id, hit.weight, hit.kind) for hit in made.search(name)
        ]
