# SPDX-License-Identifier: Apache-2.0
"""A chat app that moves money, with the guard behind its confirmation screen. `make chat` opens it.

    guarding.py   the guard's part, short enough to copy
    ledger.py     the payment backend: it books what has a receipt, and nothing else
    rooms.py      what any chat app has: people, messages, a database
    world.py      who lives here
    operators.py  what operators see of a decision
    app.py        the routes; static/ has the pages

There is no sign-in, so that one reader can play every part: the address says who you are. In your app the session says it.
"""
