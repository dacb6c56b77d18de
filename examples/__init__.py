# SPDX-License-Identifier: Apache-2.0
"""Programs to read, copy and run: none of them is part of the package."""
