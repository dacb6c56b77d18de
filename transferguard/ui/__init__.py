# SPDX-License-Identifier: Apache-2.0
"""What people see: the confirmation card in a terminal, and the waterfall for operators.

The card is built from `Decision.sender_view` and from the pictures of the two profiles in it, and from nothing else, so that it cannot
show what the sender may not see (design, rule 6).
"""
