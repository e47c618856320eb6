"""Remembers how questions were answered lately, so that one many people ask is worked out once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from bot.answer import Answered, Event

_REMEMBERED = 256


class Repeats:
    """The events of answering by what determines them; usable from any thread."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._state: Hashable = None
        self._held: OrderedDict[Hashable, tuple[Event, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def events(self, state: Hashable, asked: Hashable, work: Callable[[], Iterator[Event]]) -> Iterator[Event]:
        """What `work` gives for what was `asked`, or gave before while the `state` of the library was this one.

        The answer's seconds are always those of this time. What isn't read to its end isn't remembered.
        """
        started = time.perf_counter()
        with self._lock:
            if state != self._state:
                self._state = state
                self._held.clear()
            found = self._held.get(asked)
            if found is not None:
                self._held.move_to_end(asked)
        if found is not None:
            for event in found:
                if isinstance(event, Answered):
                    event = Answered(replace(event.answer, seconds=time.perf_counter() - started))
                yield event
            return
        events: list[Event] = []
        for event in work():
            events.append(event)
            yield event
        with self._lock:
            if state == self._state:
                self._held[asked] = tuple(events)
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
