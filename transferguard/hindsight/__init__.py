# SPDX-License-Identifier: Apache-2.0
"""What do past decisions teach: does a record replay, what would another policy have done, how true were the probabilities?

Pure, like the core it asks again: records, policies and labels come in, values go out. Where they are kept is the business of
`seams.Archive`; how they are shown is that of the command line.
"""

from transferguard.hindsight.backtest import Backtest, Backtesting
from transferguard.hindsight.difference import Difference, Direction, difference
from transferguard.hindsight.policies import body_of, policy_of
from transferguard.hindsight.replay import Replay, replay

__all__ = [
    "Backtest",
    "Backtesting",
    "Difference",
    "Direction",
    "Replay",
    "body_of",
    "difference",
    "policy_of",
    "replay",
]
