# SPDX-License-Identifier: Apache-2.0
"""Tests of bringing in many facts at once."""
