# SPDX-License-Identifier: Apache-2.0
"""The largest pictures that our caps let through, each decoded in a process of its own."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.avatars.drawing import encoded

_CHILD = """
import io, pathlib, sys
from PIL import Image
from transferguard.avatars import fingerprint_avatar
def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
small = io.BytesIO()
Image.radial_gradient("L").save(small, "PNG")
fingerprint_avatar(small.getvalue())
data = pathlib.Path(sys.argv[1]).read_bytes()
before = peak()
fingerprint_avatar(data)
print((peak() - before) / 1024)
"""

MOST_MB = 64


def _mosaic(side, bands):
    rng = np.random.default_rng(side)
    small = rng.integers(0, 255, (side // 64, side // 64, max(3, bands)), dtype=np.uint8)
    large = Image.fromarray(small).resize((side, side), Image.Resampling.NEAREST)
    return large.convert("P") if bands == 1 else large


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    ("kind", "side", "bands", "options"),
    [
        ("JPEG", 4096, 3, {"quality": 40}),
        ("JPEG", 2880, 3, {"quality": 40, "progressive": True, "subsampling": 0}),
        ("PNG", 2880, 4, {"compress_level": 1}),
        ("PNG", 2880, 1, {"compress_level": 1, "transparency": bytes(range(256))}),
        ("WEBP", 1536, 4, {"quality": 30, "method": 0}),
        ("GIF", 2048, 3, {}),
    ],
)
def test_the_largest_permitted_picture_takes_little_memory(tmp_path, kind, side, bands, options):
    """No decode takes more than 64 MB above the baseline."""
    file = tmp_path / "large"
    file.write_bytes(encoded(_mosaic(side, bands), kind, **options))
    ran = subprocess.run([sys.executable, "-c", _CHILD, str(file)], check=True, capture_output=True, text=True)  # noqa: S603 - our own script

    assert float(ran.stdout) <= MOST_MB
