# SPDX-License-Identifier: Apache-2.0
"""Tables that outlive any one room, each written by the generator beside it."""
