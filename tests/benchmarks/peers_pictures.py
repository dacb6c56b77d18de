# SPDX-License-Identifier: Apache-2.0
"""Ways to tell that two pictures are one, side by side: ours and those that people use.

Every peer is used as its documentation shows, on the same bytes. A peer answers two questions: what do you keep of a
picture, and how like is a picture to each of many that you keep. Likeness rises; minus infinity means "not even plausible".

| peer | source |
|---|---|
| transferguard | this repository, `transferguard.avatars` |
| phash, dhash | imagehash on PyPI (BSD-2-Clause), 64 bits, Hamming distance |
| PDQ | pdqhash on PyPI (MIT), Meta's ThreatExchange; 256 bits; also with its own eight orientations |
| crop-resistant hash | imagehash; for cost only: hundreds of milliseconds a picture |
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.benchmarks.peers_install import use_beside
from transferguard.errors import AvatarError
from transferguard.testing.pictures.encode import on_white

Views = list[npt.NDArray[np.uint8]]
Likeness = npt.NDArray[np.float32]
Kept = Any
"""What a peer keeps of a picture: it may be sent to another process."""


class Corpus(Protocol):
    """Many pictures that one peer keeps."""

    def likeness(self, kept: Kept) -> Likeness:
        """How like is this picture to each of the corpus? Rises with likeness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One way to compare pictures.

    Attributes:
        name: As the report prints it.
        keep: What is kept of the bytes of a picture; None where the peer declines (too flat, unreadable).
        corpus: Many kept pictures, searchable; a None among them resembles nothing.
        views: The same as `keep` of a picture that is open already, for peers that are hashes.
        first_of: The name of a peer of whose views this one keeps the first, so that they need not be made twice.
    """

    name: str
    keep: Callable[[bytes], Kept | None]
    corpus: Callable[[Sequence[Kept | None]], Corpus]
    views: Callable[[Image.Image], Views] | None = None
    first_of: str = ""


class _Hashes:
    """A corpus of bit strings; a picture may be kept as several (orientations), of which the first stands in the corpus."""

    def __init__(self, kept: Sequence[Kept | None]) -> None:
        width = next((len(entry[0]) for entry in kept if entry), 1)
        self._bits = np.array([entry[0] if entry else np.zeros(width, np.uint8) for entry in kept], dtype=np.uint8)

    def likeness(self, kept: Kept) -> Likeness:
        """Minus the Hamming distance of the nearest orientation."""
        distances = [np.bitwise_count(self._bits ^ view).sum(axis=1, dtype=np.int32) for view in kept]
        nearest: Likeness = np.min(distances, axis=0).astype(np.float32)
        return -nearest


class _Ours:
    """An `AvatarIndex` whose ids are places in the corpus."""

    def __init__(self, kept: Sequence[Kept | None]) -> None:
        from transferguard.avatars import AvatarIndex, Fingerprint  # noqa: PLC0415  # the peers do not pay for our imports

        self._size = len(kept)
        self._index = AvatarIndex((place, Fingerprint.from_bytes(entry)) for place, entry in enumerate(kept) if entry)

    def likeness(self, kept: Kept) -> Likeness:
        """The weight in bits of each hit."""
        from transferguard.avatars import Fingerprint  # noqa: PLC0415  # the peers do not pay for our imports

        found = np.full(self._size, -np.inf, dtype=np.float32)
        for hit in self._index.search(Fingerprint.from_bytes(kept)):
            found[int(str(hit.id))] = hit.weight
        return found


def _keep_ours(data: bytes) -> bytes | None:
    from transferguard.avatars import fingerprint_avatar  # noqa: PLC0415  # the peers do not pay for our imports

    try:
        return bytes(fingerprint_avatar(data))
    except AvatarError:
        return None


def _opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return on_white(image)


def _phash(image: Image.Image) -> Views:
    import imagehash  # noqa: PLC0415  # loads scipy: only where it is measured

    return [np.packbits(imagehash.phash(image).hash)]


def _dhash(image: Image.Image) -> Views:
    import imagehash  # noqa: PLC0415  # loads scipy: only where it is measured

    return [np.packbits(imagehash.dhash(image).hash)]


def _pdq(image: Image.Image) -> Views:
    import pdqhash  # noqa: PLC0415  # optional

    return [np.packbits(pdqhash.compute(np.asarray(image))[0])]


def _pdq_turned(image: Image.Image) -> Views:
    import pdqhash  # noqa: PLC0415  # optional

    return [np.packbits(bits) for bits in pdqhash.compute_dihedral(np.asarray(image))[0]]


def _hashed(name: str, views: Callable[[Image.Image], Views], *, first_of: str = "") -> Peer:
    return Peer(name=name, keep=lambda data: views(_opened(data)), corpus=_Hashes, views=views, first_of=first_of)


def keep_all(asked: Sequence[Peer], data: bytes) -> dict[str, Kept | None]:
    """What each peer keeps of one picture, which is opened once for all hashes.

    Args:
        asked: Whom to ask.
        data: The bytes.
    """
    image = _opened(data) if any(peer.views for peer in asked) else None
    found: dict[str, Kept | None] = {}
    for peer in sorted(asked, key=lambda one: bool(one.first_of)):
        views = found.get(peer.first_of)
        if views is not None:
            found[peer.name] = views[:1]
        else:
            found[peer.name] = peer.keep(data) if peer.views is None or image is None else peer.views(image)
    return found


def crop_resistant_cost(data: bytes) -> int:
    """Compute imagehash's crop-resistant hash and tell how many segments it found: measured for cost only."""
    import imagehash  # noqa: PLC0415  # loads scipy: only where it is measured

    return len(imagehash.crop_resistant_hash(_opened(data)).segment_hashes)


OURS = Peer(name="transferguard", keep=_keep_ours, corpus=_Ours)


def peers() -> list[Peer]:
    """Ours first, then every peer that is installed here."""
    use_beside()
    found = [OURS, _hashed("phash", _phash), _hashed("dhash", _dhash)]
    try:
        import pdqhash  # noqa: F401, PLC0415  # optional: only its presence is asked
    except ImportError:
        return found
    turned = _hashed("PDQ, 8 orientations", _pdq_turned)
    return [*found, _hashed("PDQ", _pdq, first_of=turned.name), turned]
