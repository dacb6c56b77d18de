# SPDX-License-Identifier: Apache-2.0
"""`make chat`: the example chat app on this machine, with a fresh world each time."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import webbrowser
from pathlib import Path
from types import FrameType


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m examples.chat", description="A chat app with the guard behind its transfers.")
    parser.add_argument("--port", type=int, default=8765, help="where to listen on this machine (default: 8765)")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    options = parser.parse_args(arguments)
    try:
        import uvicorn  # noqa: PLC0415 - an extra; its absence gets a sentence instead of a traceback

        from examples.chat.app import make_app  # noqa: PLC0415 - the same, and it paints while it loads
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"{missing.name} is not installed; run: pip install 'transferguard[examples]'\n")
        return 1
    address = f"http://127.0.0.1:{options.port}/"
    with tempfile.TemporaryDirectory(prefix="transferguard-chat-") as folder:
        print("Painting pictures and telling the guard about some 70 people …")
        app = make_app(Path(folder))
        print(f"\n  Chat       {address}\n  Operators  {address}operators\n\nCtrl-C ends it; nothing is kept.")
        if not options.no_browser:
            opener = threading.Timer(1.0, webbrowser.open, [address])
            opener.daemon = True
            opener.start()
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=options.port, log_level="warning", timeout_graceful_shutdown=2))
        stop = server.handle_exit

        def let_go(signal: int, frame: FrameType | None) -> None:
            app.state.chat.listeners.end()  # open pages listen for ever; told so, they leave and the server can stop
            stop(signal, frame)

        server.handle_exit = let_go  # type: ignore[assignment, method-assign]  # the server's own place for what happens at Ctrl-C
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
