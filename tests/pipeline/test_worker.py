"""The worker does what waits, goes on after errors, and ends when told or when its parent is gone."""

import logging
import threading
from multiprocessing import Pipe

from pipeline import worker
from pipeline.worker import BATCH, FINISH, STOP, WAKE, run_steps


class Counting:
    """A step with some rows waiting; may fail a number of times first."""

    def __init__(self, name: str, waiting: int, failures: int = 0):
        self.name, self.waiting, self.failures, self.done = name, waiting, failures, 0

    def run(self, limit: int) -> int:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("broken for now")
        took = min(limit, self.waiting)
        self.waiting -= took
        self.done += took
        return took


def test_finish_does_everything_that_waits():
    inbox, outbox = Pipe(duplex=False)
    steps = [Counting("classify", 200), Counting("index", 150)]
    outbox.send(FINISH)
    assert run_steps(steps, inbox) is True
    assert [step.done for step in steps] == [200, 150]


def test_a_failing_step_is_tried_again_and_the_other_goes_on(monkeypatch):
    monkeypatch.setattr(worker, "AFTER_ERROR_S", 0.01)
    inbox, outbox = Pipe(duplex=False)
    broken, sound = Counting("classify", 10, failures=2), Counting("index", 10)
    outbox.send(FINISH)
    assert run_steps([broken, sound], inbox) is True
    assert (broken.done, sound.done) == (10, 10)


def test_a_step_that_stays_broken_ends_the_run_as_failed(monkeypatch):
    monkeypatch.setattr(worker, "AFTER_ERROR_S", 0.01)
    inbox, outbox = Pipe(duplex=False)
    outbox.send(FINISH)
    assert run_steps([Counting("index", 10, failures=1000)], inbox) is False


def test_the_worker_ends_when_its_parent_is_gone():
    inbox, outbox = Pipe(duplex=False)
    outbox.close()
    assert run_steps([Counting("classify", 0)], inbox) is False


def test_stop_ends_it_after_the_current_batch():
    inbox, outbox = Pipe(duplex=False)
    step = Counting("classify", 10 * BATCH)
    outbox.send(WAKE)
    outbox.send(STOP)
    assert run_steps([step], inbox) is False
    assert step.done == BATCH


def test_stop_outranks_finish():
    inbox, outbox = Pipe(duplex=False)
    step = Counting("classify", 10 * BATCH)
    outbox.send(FINISH)
    outbox.send(STOP)
    assert run_steps([step], inbox) is False
    assert step.done == BATCH


def test_wakes_do_not_shorten_the_pause_after_an_error(monkeypatch, caplog):
    monkeypatch.setattr(worker, "AFTER_ERROR_S", 0.5)
    inbox, outbox = Pipe(duplex=False)
    broken = Counting("index", 0, failures=1000)
    for _ in range(50):
        outbox.send(WAKE)
    threading.Timer(0.8, outbox.send, [STOP]).start()
    with caplog.at_level(logging.ERROR, logger="pipeline.worker"):
        assert run_steps([broken], inbox) is False
    assert 1000 - broken.failures <= 3


def test_the_same_failure_is_told_at_length_only_once(monkeypatch, caplog):
    monkeypatch.setattr(worker, "AFTER_ERROR_S", 0.01)
    inbox, outbox = Pipe(duplex=False)
    outbox.send(FINISH)
    run_steps([Counting("index", 1, failures=1000)], inbox)
    at_length = [record for record in caplog.records if record.exc_info]
    assert len(at_length) == 1
    assert len(caplog.records) == worker.TRIES_AT_END
    assert "broken for now" in caplog.records[-1].getMessage()
