# SPDX-License-Identifier: Apache-2.0
"""What our own tests use and every host may use: painted pictures, populations, simulated worlds.

Nothing is imported before it is asked for: `transferguard.testing.pictures` needs Pillow and numpy, others do not.
"""
