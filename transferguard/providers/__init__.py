# SPDX-License-Identifier: Apache-2.0
"""Talking to others over HTTP: verified names from banks, pictures from hosts of pictures.

    identities     does this name fit this account? asked of a bank in one of several dialects
    avatars        the bytes behind a URL that somebody else wrote

Everything that waits is a coroutine; the classes for ordinary threads run the same coroutine on a thread of their own, so there is
one implementation. Whatever a peer does, an answer comes within the deadline and within the caps.
"""

from typing import TYPE_CHECKING

from transferguard.lazily import lazily

if TYPE_CHECKING:
    from transferguard.providers.avatars import AsyncPictureFetcher, Fetched, FetchTerms, PictureFetcher
    from transferguard.providers.dialect import Destination, Dialect
    from transferguard.providers.dialect_cop import ConfirmationDialect
    from transferguard.providers.dialect_vop import ResponderDialect
    from transferguard.providers.identities import AsyncBankIdentities, BankIdentities
    from transferguard.providers.terms import PeerCall, PeerTerms

__all__ = [
    "AsyncBankIdentities",
    "AsyncPictureFetcher",
    "BankIdentities",
    "ConfirmationDialect",
    "Destination",
    "Dialect",
    "FetchTerms",
    "Fetched",
    "PeerCall",
    "PeerTerms",
    "PictureFetcher",
    "ResponderDialect",
]

_HOME_OF_NAME = {
    "AsyncBankIdentities": "identities",
    "AsyncPictureFetcher": "avatars",
    "BankIdentities": "identities",
    "ConfirmationDialect": "dialect_cop",
    "Destination": "dialect",
    "Dialect": "dialect",
    "FetchTerms": "avatars",
    "Fetched": "avatars",
    "PeerCall": "terms",
    "PeerTerms": "terms",
    "PictureFetcher": "avatars",
    "ResponderDialect": "dialect_vop",
}

__getattr__ = lazily(__name__, _HOME_OF_NAME)
