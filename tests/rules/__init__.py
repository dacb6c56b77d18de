# SPDX-License-Identifier: Apache-2.0
"""The twelve rules of design section 4, one file each."""
