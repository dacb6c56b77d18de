# SPDX-License-Identifier: Apache-2.0
"""Scripts that write the tables under `names/_tables` from maintained sources. Never imported at run time."""
