# SPDX-License-Identifier: Apache-2.0
"""Tests of the stores: one contract for both, and what only SQL has to prove."""
