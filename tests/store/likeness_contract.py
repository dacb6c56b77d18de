# SPDX-License-Identifier: Apache-2.0
"""What a store over SQL says about pictures like one; run over SQLite and PostgreSQL."""

import hashlib

import pytest

from tests.avatars.drawing import encoded, scene
from tests.store.making import START, account
from transferguard.avatars import fingerprint_avatar
from transferguard.errors import AvatarError
from transferguard.model import Unavailable


class LikenessContract:
    """Needs the fixture `store`, a store over SQL."""

    def test_pictures_like_one_are_counted_by_person(self, store):
        """Two people wear the same photo saved twice, one of them on two accounts; a third wears another, a fourth one that is none."""
        photo = scene(1)
        once, again, other = encoded(photo), encoded(photo.resize((200, 200)), quality=80), encoded(scene(2))
        for name, person, picture in [
            ("u1", "p1", once),
            ("u2", "p2", again),
            ("u3", "p2", again),
            ("u4", "p4", other),
            ("u5", "p5", b"broken"),
        ]:
            store.remember(account(name, identity=person, avatar=picture), START)
        for picture in (once, again, other):
            store.enrol(hashlib.sha256(picture).hexdigest(), bytes(fingerprint_avatar(picture)))
        store.enrol(hashlib.sha256(b"broken").hexdigest(), Unavailable("broken"))
        asked = bytes(fingerprint_avatar(once))

        assert store.wearers_like(asked, within=0) == 1
        assert store.wearers_like(asked, within=40) == 2
        assert store.wearers_like(asked, within=256) == 3
        with pytest.raises(AvatarError):
            store.wearers_like(b"no fingerprint", within=40)
