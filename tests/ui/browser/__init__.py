# SPDX-License-Identifier: Apache-2.0
"""What people see in a real browser: the web component and the chat app that uses it."""
