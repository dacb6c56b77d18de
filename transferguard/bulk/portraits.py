# SPDX-License-Identifier: Apache-2.0
"""Pictures from a folder or by URL, and their fingerprints on all cores.

A path in a file somebody else wrote leads nowhere but into the folder, and a URL only to the hosts that were named
(`providers.avatars`). A fingerprint takes some 17 ms of one core, so a batch is spread over processes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from transferguard.asking import AskingPictures
from transferguard.bulk.reading import Read
from transferguard.closing import Closing
from transferguard.enrolment import fingerprint_of
from transferguard.model import Unavailable
from transferguard.seams import AvatarSource

MOST_BYTES: Final = 5 * 1024 * 1024
"""Of a picture, the cap of decoding (FACTS, hostile pictures)."""

_FETCHING: Final = 16
"""Pictures fetched at once, as many as `FetchTerms.connections`."""

PICTURE_SECONDS: Final = 20.0
"""How long a source may keep an import waiting for one picture: longer than the 10 s of `FetchTerms`, which end by themselves. Chosen."""

_TOGETHER: Final = 4
"""Pictures that a process is given at once: few enough to share the work evenly."""


_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What the libraries of linear algebra read when numpy is loaded."""


def _alone_on_its_core() -> None:
    """One process is one core's worth: our matrices are small, and threads that wait for each other cost more than they compute.

    Measured on 100 pictures: 46 ms of processor time each with two threads, 17 ms with one.
    """
    os.environ.update(dict.fromkeys(_THREADS, "1"))


class Portraits(Closing):
    """Where pictures come from, and who computes their fingerprints.

    Args:
        folder: In which paths lead; None where there is none.
        source: Who fetches URLs; None where nobody does.
        jobs: Processes; 1 computes in this one.
    """

    def __init__(self, *, folder: Path | None = None, source: AvatarSource | None = None, jobs: int = 1) -> None:
        self._folder = folder.resolve() if folder else None
        self._source = AskingPictures(source, seconds=PICTURE_SECONDS) if source else None
        self._fetchers = ThreadPoolExecutor(_FETCHING) if source else None
        # Fresh processes: a fork would copy threads and connections in whatever state they are.
        spawn = multiprocessing.get_context("spawn")
        self._painters: Executor | None = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_alone_on_its_core) if jobs > 1 else None

    def of(self, rows: Iterable[Read]) -> dict[int, bytes | Unavailable]:
        """The picture of each row that names one, or why it cannot be had, by the row's number."""
        named = [row for row in rows if row.path or row.url]
        reading = self._fetchers.map if self._fetchers else map
        return {row.number: picture for row, picture in zip(named, reading(self._picture, named), strict=True)}

    def _picture(self, row: Read) -> bytes | Unavailable:
        if row.path:
            return self._from_folder(row.path)
        return self._source.picture(row.url) if self._source else Unavailable("no host of pictures was named")

    def _from_folder(self, path: str) -> bytes | Unavailable:
        if self._folder is None:
            return Unavailable("no folder of pictures was named")
        try:
            found = (self._folder / path).resolve()
            if not found.is_relative_to(self._folder):
                return Unavailable("outside the folder")
            with found.open("rb") as file:
                picture = file.read(MOST_BYTES + 1)
        except (OSError, ValueError):
            return Unavailable("no such file")
        return picture if len(picture) <= MOST_BYTES else Unavailable("too many bytes")

    def fingerprints(self, pictures: Mapping[str, bytes], known: Collection[str]) -> dict[str, bytes | Unavailable]:
        """Fingerprints of the pictures that are not known yet, by digest.

        Args:
            pictures: By digest.
            known: Digests whose fingerprint is at hand.
        """
        wanted = sorted(pictures.keys() - set(known))
        each = [pictures[digest] for digest in wanted]
        if self._painters is None:
            return dict(zip(wanted, map(fingerprint_of, each), strict=True))
        return dict(zip(wanted, self._painters.map(fingerprint_of, each, chunksize=_TOGETHER), strict=True))

    def close(self) -> None:
        """Let threads and processes go; what is not begun is not done."""
        for pool in (self._fetchers, self._painters):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
