# SPDX-License-Identifier: Apache-2.0
"""A world to measure in: honest life and attacks, generated, seeded, and divided into tune, check and report.

    from transferguard.testing.simulate import build_world, draw_scene
    world = build_world(7, size=200)
    scene = draw_scene(world, "name_and_photo")
    scene.case()            # what `transferguard check` reads
    scene.truth.attack      # what really happens

`simulate(seed, out)` writes case files. Nobody's chats are in here: everything is drawn from the tables of
`transferguard.testing.populations`, `disguises`, `pictures` and `picture_attacks`, and the habits of people are assumptions that
stand as named numbers in `world`, `honest`, `copies` and `other_attacks`.
"""

from __future__ import annotations

from transferguard.testing.simulate.files import draw_scene, simulate, write_scene
from transferguard.testing.simulate.honest import HONEST_SITUATIONS, HonestSituation
from transferguard.testing.simulate.other_attacks import ATTACKS, SimulatedAttack
from transferguard.testing.simulate.scene import Scene, SceneDirectory, Truth
from transferguard.testing.simulate.wardrobe import Wardrobe
from transferguard.testing.simulate.world import World, build_world, circle_size

__all__ = [
    "ATTACKS",
    "HONEST_SITUATIONS",
    "HonestSituation",
    "Scene",
    "SceneDirectory",
    "SimulatedAttack",
    "Truth",
    "Wardrobe",
    "World",
    "build_world",
    "circle_size",
    "draw_scene",
    "simulate",
    "write_scene",
]
