# SPDX-License-Identifier: Apache-2.0
"""Write simulated worlds as case files, with the truth beside them.

One folder per scene would copy a thousand pictures each time; instead all case files lie in one folder and share the pictures of
their world. `truth.json` says of every file what really happens in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from transferguard.case import case_to_dict
from transferguard.testing.populations import Culture
from transferguard.testing.simulate.honest import HONEST_SITUATIONS
from transferguard.testing.simulate.other_attacks import ATTACKS
from transferguard.testing.simulate.scene import Draft, Scene
from transferguard.testing.simulate.wardrobe import Wardrobe
from transferguard.testing.simulate.world import Member, World, build_world
from transferguard.testing.split import Split, seeded

SMALL_CIRCLE: Final = 60
"""Contacts per world in case files: large enough to compare, small enough to read."""

_PICTURE_FOLDER = "pictures"


def draw_scene(world: World, scenario: str, *, number: int = 0, again: int = 0, member: Member | None = None) -> Scene:
    """One transfer of the named honest situation or attack.

    Args:
        world: Where it plays.
        scenario: A key of `HONEST_SITUATIONS` or `ATTACKS`.
        number: Another number gives another scene of the same kind.
        again: Another number gives the same people with other amounts, lines and ages (`Draft.chance`).
        member: Who is met where the scenario asks for somebody of the circle; drawn by default.

    Raises:
        KeyError: No such scenario.
    """
    rng = seeded(world.split, "scene", world.seed, world.culture.value, scenario, number)
    draw = HONEST_SITUATIONS[scenario].draw if scenario in HONEST_SITUATIONS else ATTACKS[scenario].draw
    once_more = seeded(world.split, "again", world.seed, world.culture.value, scenario, number, again) if again else None
    return draw(Draft(world=world, scenario=scenario, rng=rng, again=once_more, wanted=member))


def write_scene(scene: Scene, folder: Path, *, name: str) -> None:
    """One case file and the pictures that it speaks of."""
    pictures = folder / _PICTURE_FOLDER
    pictures.mkdir(parents=True, exist_ok=True)

    def keep(picture: bytes) -> str:
        suffix = (
            "png"
            if picture.startswith(b"\x89PNG")
            else "gif"
            if picture.startswith(b"GIF")
            else "webp"
            if b"WEBP" in picture[:16]
            else "jpg"
        )
        file = pictures / f"{sha256(picture).hexdigest()[:16]}.{suffix}"
        if not file.exists():
            file.write_bytes(picture)
        return f"{_PICTURE_FOLDER}/{file.name}"

    plain = case_to_dict(scene.case(), keep)
    (folder / f"{name}.json").write_text(json.dumps(plain, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


def simulate(
    seed: int, out: Path, progress: Callable[[int, int], None] | None = None, *, contacts: int = SMALL_CIRCLE, split: Split | None = None
) -> dict[str, dict[str, object]]:
    """Write one world per culture, and one case file per honest situation and attack, spread over these worlds.

    Args:
        seed: The same seed gives the same files.
        out: The folder; made when absent.
        progress: Told after each file how many are written, and how many there will be.
        contacts: People whom each sender knows, 20 to 5,000.
        split: Which part of all tables may be used; `None` uses everything.

    Returns:
        File name to the truth about it, as written to `truth.json`.
    """
    out.mkdir(parents=True, exist_ok=True)
    wardrobe = Wardrobe(seed, split=split)
    scenarios = [*HONEST_SITUATIONS, *ATTACKS]
    cultures = list(Culture)
    # Every scenario once in the first culture, and once more in one of the others.
    plan = {culture: scenarios if turn == 0 else scenarios[turn :: len(cultures)] for turn, culture in enumerate(cultures)}
    total = sum(map(len, plan.values()))
    truth: dict[str, dict[str, object]] = {}
    for culture, mine in plan.items():
        world = build_world(seed, culture=culture, split=split, size=contacts, wardrobe=wardrobe)
        for scenario in mine:
            scene = draw_scene(world, scenario)
            name = f"{culture.value}-{scenario}"
            write_scene(scene, out, name=name)
            truth[f"{name}.json"] = _told(scene)
            if progress:
                progress(len(truth), total)
    (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=True, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return truth


def _told(scene: Scene) -> dict[str, object]:
    truth = scene.truth
    return {
        "scenario": truth.scenario,
        "attack": truth.attack,
        "imitates": truth.imitates,
        "first_payment": truth.first_payment,
        "tags": dict(truth.tags),
    }
