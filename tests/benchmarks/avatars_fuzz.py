# SPDX-License-Identifier: Apache-2.0
"""A million mutated pictures: does anything but an `AvatarError` ever leave the decoder, and how long may one take?

    python -m tests.benchmarks.avatars_fuzz --files 1000000 --seed 1

Seeds are small pictures of every allowed format and mode, still and moving. Each is mutated by flipped bytes, cuts, doubled and
exchanged pieces, and numbers that headers like to hold. The run prints what came out, the slowest file and the peak of memory.
"""

import argparse
import io
import random
import resource
import time
import warnings
from collections import Counter

import numpy as np
from PIL import Image

from transferguard.avatars import fingerprint_avatar
from transferguard.avatars.decode import decode_frames
from transferguard.errors import AvatarError

_ODD = (0, 1, 2, 4, 0x7F, 0x80, 0xFE, 0xFF)


def seeds():
    """Small files of every format that we decode."""
    rng = np.random.default_rng(1)
    noise = [Image.fromarray(rng.integers(0, 255, (24, 24, 3), dtype=np.uint8)).resize((40, 32)) for _ in range(4)]
    first, rest = noise[0], noise[1:]
    exif = Image.Exif()
    exif[0x0112] = 6
    files = []
    for kind, picture, options in (
        ("JPEG", first, {"quality": 50}),
        ("JPEG", first, {"quality": 50, "progressive": True, "exif": exif.tobytes()}),
        ("JPEG", first.convert("CMYK"), {"quality": 50}),
        ("JPEG", first.convert("L"), {"quality": 50}),
        ("PNG", first, {}),
        ("PNG", first.convert("RGBA"), {}),
        ("PNG", first.quantize(16), {"transparency": 3}),
        ("PNG", Image.fromarray(rng.integers(0, 65_535, (24, 24)).astype(np.uint16)), {}),
        ("PNG", first, {"save_all": True, "append_images": rest}),
        ("WEBP", first, {"quality": 40}),
        ("WEBP", first.convert("RGBA"), {"lossless": True}),
        ("WEBP", first, {"quality": 40, "save_all": True, "append_images": rest}),
        ("GIF", first, {}),
        ("GIF", first, {"save_all": True, "append_images": rest, "duration": 80}),
    ):
        target = io.BytesIO()
        picture.save(target, kind, **options)
        files.append(target.getvalue())
    return files


def mutated(data, rng):
    """One of many ways to break a file."""
    broken = bytearray(data)
    for _ in range(1 + int(rng.expovariate(0.5))):
        way, place = rng.randrange(6), rng.randrange(max(1, len(broken)))
        if way == 0:
            broken[place : place + 1] = bytes([rng.randrange(256)])
        elif way == 1:
            broken[place : place + 1] = bytes([rng.choice(_ODD)])
        elif way == 2:
            del broken[place:]
        elif way == 3:
            broken[place:place] = broken[place : place + rng.randrange(64)]
        elif way == 4:
            del broken[place : place + rng.randrange(16)]
        else:
            broken[place : place + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\x10\0"))
        if not broken:
            break
    return bytes(broken)


def main():
    """Run the campaign and print its result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=50_000, help="print the state of the campaign after so many files")
    asked = parser.parse_args()
    rng, files = random.Random(asked.seed), seeds()
    outcomes: Counter[str] = Counter()
    slowest, escapes = 0.0, 0
    warnings.simplefilter("error")
    for number in range(asked.files):
        data = mutated(files[number % len(files)], rng)
        began = time.process_time()
        try:
            # Fingerprinting what was decoded adds arithmetic on fixed sizes: every twentieth file goes all the way.
            _ = fingerprint_avatar(data) if number % 20 == 0 else decode_frames(data)
            outcomes["a picture"] += 1
        except AvatarError as error:
            outcomes[f"{type(error).__name__}: {error.reason}"] += 1
        except Exception as error:  # noqa: BLE001 - the campaign looks for exactly this
            escapes += 1
            print("ESCAPED", type(error).__name__, error, data[:64].hex())
        slowest = max(slowest, time.process_time() - began)
        if number % asked.every == asked.every - 1:
            print(f"{number + 1} files, {escapes} escapes, slowest {1000 * slowest:.0f} ms of processor time", flush=True)
    for name, count in outcomes.most_common():
        print(f"{count:9d}  {name}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{asked.files} files, {escapes} escapes, slowest {1000 * slowest:.0f} ms of processor time, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
