# SPDX-License-Identifier: Apache-2.0
"""Measurements, printed as tables; `make bench` runs them whole, the tests a short sample."""
