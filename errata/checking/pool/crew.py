"""Many documents, a few workers: who gets what, what a lost worker costs, and results as they come.

A worker that hangs, dies or runs out of memory costs the formula it was at. The document is given out again with that
formula in ``skip``, so it ends undecided with the reason, and everything around it is judged as if it weren't there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import Self, assert_never

from claims.records import replace
from errata.checking.judgement import Examined, Unreadable
from errata.checking.options import Options
from errata.checking.pool.hand import Hand, hired
from errata.checking.pool.limits import LOST_AT_MOST, READING_S, too_slow
from errata.checking.pool.messages import (
    Begun,
    Event,
    Finished,
    Judge,
    Message,
    Opened,
    Ready,
    Result,
    Source,
    Stopped,
    Work,
)

LOOK_S = 1.0
"""Seconds after which the parent looks again how long it has waited."""
REPORT = "this is a fault in errata: please report it, with the file"


class WorkerFailed(RuntimeError):
    """A worker process could not even start: our own fault, and no document's."""


def examined(
    sources: Sequence[Source],
    options: Options,
    jobs: int,
    judge: Judge,
    watch: Callable[[int, Event], None] = lambda index, event: None,
) -> Generator[tuple[int, Result], None, None]:
    """What ``Crew.examined`` gives, by workers that are hired for it alone and gone after it."""
    with Crew(options, judge) as crew:
        yield from crew.examined(sources, jobs, watch)


@dataclass(slots=True)
class Crew:
    """Workers for one run. The first is hired on entering, so that it gets ready while the files are looked for.

    Leaving, for whatever reason, kills every worker first.
    """

    options: Options
    judge: Judge
    copies: bool = False
    """Whether workers may be copies of this process, which has imported what they need and holds little else."""
    watch: Callable[[int, Event], None] = lambda index, event: None
    waiting: deque[Work] = field(default_factory=deque)
    hands: list[Hand] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.hands.append(hired(self.judge, self.options, self.copies))
        return self

    def __exit__(self, *error: object) -> None:
        while self.hands:
            self.hands.pop().end()

    def examined(
        self, sources: Sequence[Source], jobs: int, watch: Callable[[int, Event], None]
    ) -> Generator[tuple[int, Result], None, None]:
        """The number of each source and what was found in it, in the order of completion.

        What is found in one document depends neither on ``jobs`` nor on the other documents.
        """
        self.watch = watch
        self.waiting.extend(Work(i, s) for i, s in enumerate(sources))
        yield from self.results(min(jobs, len(sources)))

    def results(self, jobs: int) -> Iterator[tuple[int, Result]]:
        while self.waiting or any(hand.work for hand in self.hands):
            self._give_out(jobs)
            heard = self._heard()
            for hand in list(self.hands):
                result = self._turn(hand, hand.link in heard)
                if result is not None:
                    yield result

    def _give_out(self, jobs: int) -> None:
        for hand in list(self.hands):
            if self.waiting and hand.ready and hand.work is None:
                self._give(hand, self.waiting.popleft())
        starting = sum(not hand.ready for hand in self.hands)
        for _ in range(min(jobs - len(self.hands), len(self.waiting) - starting)):
            self.hands.append(hired(self.judge, self.options, self.copies))

    def _give(self, hand: Hand, work: Work) -> None:
        try:
            hand.give(work)
        except OSError:  # it died while idle, so no formula is to blame
            self.hands.remove(hand)
            hand.end()
            self.waiting.appendleft(work)

    def _heard(self) -> list[object]:
        """The links on which something came. Of a long wait no more is counted than was asked for: on a machine that
        slept, or was held, meanwhile, the workers did, too."""
        awake = [hand for hand in self.hands if _is_awake(hand)]
        longest = max(0.0, min((hand.left for hand in awake), default=0.0))
        asked, started = min(LOOK_S, longest), time.monotonic()
        heard = connection.wait([hand.link for hand in awake], asked)
        for hand in awake:
            hand.left -= min(asked, time.monotonic() - started)
        return list(heard)

    def _turn(self, hand: Hand, heard: bool) -> tuple[int, Result] | None:
        """Hear one message from a worker, or find that it is dead or late."""
        if heard:
            try:
                return self._answer(hand, hand.link.recv())
            except (EOFError, ConnectionError):
                return self._lost(hand, hand.how_it_died())
        if _is_awake(hand) and hand.left <= 0:
            return self._lost(hand, too_slow(READING_S if hand.formula is None else self.options.budget_s))
        return None

    def _answer(self, hand: Hand, message: Message) -> tuple[int, Result] | None:
        match message:
            case Ready():
                hand.ready = True
            case Opened(formulas):
                hand.formulas = formulas
                self._tell(hand, message)
            case Begun(formula):
                hand.begin(formula, self.options)
                self._tell(hand, message)
            case Finished(result):
                return self._done(hand, result)
            case Stopped(spent=True) if hand.done:
                self._replace(hand)
            case Stopped(spent=True, why=why):
                return self._lost(hand, why)
            case Stopped():
                return self._again(hand, message)
            case _:
                assert_never(message)
        return None

    def _tell(self, hand: Hand, event: Event) -> None:
        if hand.work is not None:
            self.watch(hand.work.index, event)

    def _done(self, hand: Hand, result: Result) -> tuple[int, Result]:
        work, hand.work = _given(hand), None
        hand.done += 1
        if isinstance(result, Examined) and work.faults:
            result = replace(result, faults=work.faults + result.faults)
        return work.index, result

    def _replace(self, hand: Hand) -> None:
        """Let go of a worker whose memory earlier documents have filled; the one it was at begins anew in another."""
        self.hands.remove(hand)
        self.waiting.appendleft(_given(hand))
        hand.end()

    def _lost(self, hand: Hand, why: str) -> tuple[int, Result] | None:
        """Let go of a worker; its document goes on without the formula it was at."""
        self.hands.remove(hand)
        hand.end()
        if hand.work is None:
            raise WorkerFailed(f"a worker process did not start: {why}")
        return self._again(hand, Stopped(why))

    def _again(self, hand: Hand, stopped: Stopped) -> tuple[int, Result] | None:
        work, hand.work = _given(hand), None
        if hand.formula is None or hand.formula in work.skip:
            remedy = REPORT if stopped.fault else "split the file, or leave it out"
            return work.index, Unreadable(work.path, stopped.why, remedy, fault=stopped.fault)
        faults = work.faults + ((stopped.fault,) if stopped.fault else ())
        skip = {**work.skip, hand.formula: stopped.why}
        if len(work.skip) + 1 >= LOST_AT_MOST:
            rest = range(hand.formula + 1, hand.formulas)
            skip |= dict.fromkeys(rest, f"{LOST_AT_MOST} formulas before it had to be stopped")
        self.waiting.appendleft(Work(work.index, work.source, skip, faults))
        return None


def _is_awake(hand: Hand) -> bool:
    """Whether something is to be heard from a worker: that it is ready, or what it was given."""
    return hand.work is not None or not hand.ready


def _given(hand: Hand) -> Work:
    if hand.work is None:
        raise WorkerFailed("a worker answered without having been asked")
    return hand.work
