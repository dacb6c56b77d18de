# SPDX-License-Identifier: Apache-2.0
"""Fifty ways to fake a display name, as seeded functions.

`DISGUISES` lists them by id; each is called with what the thief knows (`Known`), a random generator and the split whose table
entries may be used. The tables are the judge's own: nothing is read from `transferguard.names`, so that an engine is measured on
disguises that it was not built from.

The files: `disguise` (the words), `registry` (the list), and by heading `invisible`, `letters`, `han`, `sound`, `edits`,
`words_beside`, each with its tables.
"""

from transferguard.testing.disguises.disguise import Disguise, DisguiseClass, Known, Target
from transferguard.testing.disguises.registry import DISGUISES, drift, flood

__all__ = ["DISGUISES", "Disguise", "DisguiseClass", "Known", "Target", "drift", "flood"]
