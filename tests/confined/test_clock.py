"""A command may not last, whatever it does: its parent ends it, and ends as it ends."""

import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such child")

PROGRAM = """
import os, re, sys, time
from dla_docs.confined import clock
clock.FIRST = 2.0
def command():
    {gesture}
try:
    clock.keep(command)
except clock.Late as late:
    print("trop", round(late.seconds))
    sys.exit(3)
"""


def run(gesture: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", PROGRAM.format(gesture=gesture)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize("gesture", ["sys.exit(0)", "sys.exit(2)", "print('là', flush=True)"])
def test_a_command_ends_as_it_does_alone(gesture: str) -> None:
    done = run(gesture)
    assert done.returncode == (2 if "2" in gesture else 0), done.stderr
    assert done.stdout == ("là\n" if "print" in gesture else "")


def test_an_expression_that_turns_without_end_is_ended() -> None:
    start = time.monotonic()
    done = run("re.match('(a+)+$', 'a' * 60 + 'b')")
    assert (done.returncode, done.stdout) == (3, "trop 2\n")
    assert time.monotonic() - start < 30


def test_a_command_that_says_how_much_there_is_to_do_has_more_time() -> None:
    done = run("clock.allow(8.0); time.sleep(3); print('fait')")
    assert (done.returncode, done.stdout) == (0, "fait\n")


def test_a_command_whose_work_has_its_own_limits_is_not_counted() -> None:
    done = run("clock.stop(); time.sleep(3); print('fait')")
    assert (done.returncode, done.stdout) == (0, "fait\n")


def test_a_command_that_a_signal_ends_is_ended_by_it() -> None:
    assert run("os.kill(os.getpid(), 6)").returncode == -signal.SIGABRT


def test_what_is_told_the_parent_is_told_the_child() -> None:
    program = PROGRAM.format(gesture="print('là', flush=True); time.sleep(60)")
    program = program.replace("2.0", "50.0")
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert parent.stdout is not None and parent.stdout.readline() == "là\n"
    parent.terminate()
    # The end of the stream is that of the child too, who holds it.
    assert parent.communicate(timeout=30)[0] == ""
    assert parent.returncode == -signal.SIGTERM
