# SPDX-License-Identifier: Apache-2.0
"""Do the tests notice when the code is wrong? One small fault at a time is planted in the pure core."""
