"""Serves a library whose warming up and whose channel never end: python -m tests.ui.stuck_server HOME PORT."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from bot.settings import Settings, load_settings
from ui import desk, server
from ui.channels import Channels


class StuckDesk(desk.LibraryDesk):
    """Is asked for examples while the server warms up."""

    def examples(self, *_: object, **__: object) -> Sequence[str]:
        sys.stdout.write("warming\n")
        sys.stdout.flush()
        time.sleep(3600)
        return ()


def stuck_channels(_: Settings) -> Channels:
    channels = Channels()
    channels.closing.append(lambda: time.sleep(3600))
    return channels


if __name__ == "__main__":
    desk.LibraryDesk = StuckDesk  # type: ignore[misc]
    server.open_channels = stuck_channels
    server.serve(load_settings(home=sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]))
