# SPDX-License-Identifier: Apache-2.0
"""How many accounts with pictures does `transferguard import` bring in a minute?

Run by hand: `python -m tests.benchmarks.import_speed [ACCOUNTS]`. Each account has a JPEG of 640 px of its own, cut out of drawn
photographs; making them is not measured. What is: the whole command, its start and that of its processes included. Results stand in
docs/scale.md.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from PIL import Image

from transferguard.testing.pictures import as_jpeg, draw_photo

DRAWN = 150
SIDE_PX = 640


def fill(folder: Path, accounts: int) -> float:
    """Pictures and a CSV that names them; the pictures' mean size in bytes."""
    rng, size = Random(3), 0
    drawn = [draw_photo(seed).convert("RGB") for seed in range(DRAWN)]
    with (folder / "accounts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "display_name", "verified_name", "identity", "avatar", "created_at"))
        for number in range(accounts):
            whole = drawn[number % DRAWN]
            side = int(whole.width * rng.uniform(0.6, 1.0))
            left, upper = rng.randint(0, whole.width - side), rng.randint(0, whole.height - side)
            part = whole.crop((left, upper, left + side, upper + side)).resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
            picture = as_jpeg(part, quality=88)
            (folder / f"p{number}.jpg").write_bytes(picture)
            size += len(picture)
            writer.writerow((f"u{number}", f"名{number}", "李思远", f"p{number}", f"p{number}.jpg", "2020-01-01T00:00:00Z"))
    return size / accounts


def main(accounts: int) -> None:
    """Make, bring in, tell."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = fill(folder, accounts)
        command = [sys.executable, "-m", "transferguard", "import", "accounts", str(folder / "accounts.csv")]
        started = time.monotonic()
        options = ["--store", str(folder / "guard.db"), "--pictures", str(folder), "--jobs", "2"]
        subprocess.run([*command, *options], check=True)  # noqa: S603 - our own program
        took, used = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = used.ru_utime + used.ru_stime
    print(f"{accounts:,} accounts with pictures of {size / 1000:.0f} KB: {took:.1f} s, {accounts / took * 60:,.0f} a minute")
    print(f"{worked / accounts * 1000:.1f} ms of processor time each; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
