# SPDX-License-Identifier: Apache-2.0
"""The scene that most of the protocol is tested on: a sender, a friend who was paid before, and the friend's copy."""

from transferguard.model import Fact
from transferguard.testing.builders import FRIEND, SENDER, account, contact, days_ago, paid

TWIN = "twin"


def twins() -> list[Fact]:
    """Everybody in it."""
    return [
        account(SENDER, "小赵", verified_name="赵一鸣"),
        account(FRIEND, "李思远", verified_name="李思远"),
        account(TWIN, "李思远", verified_name="毕小川", created_at=days_ago(10)),
        contact(FRIEND),
        paid(FRIEND),
    ]


__all__ = ["FRIEND", "TWIN", "twins"]
