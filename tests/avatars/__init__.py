# SPDX-License-Identifier: Apache-2.0
"""How a picture looks: decode, fingerprint, compare, index."""
