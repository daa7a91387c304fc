"""terminal.py STEP... -- COMMAND...: runs a command on a terminal of 80 x 24 characters and takes steps one by one.

  show:TEXT    waits until the command has written this since the last step
  size:WxH     makes the terminal another size
  type:TEXT    types this
  signal:NAME  sends the command this signal

Writes what the command wrote, then a line with its exit status (negative for a signal) and whether the terminal's
attributes are as before. A step that is not done within 30 s ends it all with status 1.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT_S = 30

at = sys.argv.index("--")
steps, command = sys.argv[1:at], sys.argv[at + 1:]
written = b""


def resize(width, height):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def read_until(done):
    global written
    end = time.monotonic() + LIMIT_S
    while not done():
        if time.monotonic() > end:
            sys.exit(f"not within {LIMIT_S} s: {step}; written: {written!r}")
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                written += os.read(terminal, 65536)
            except OSError:
                return  # the command has closed it


size_is_set, set_size = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm-256color"
    os.environ["LC_ALL"] = "C.UTF-8"
    # What is started in the background may ignore these.
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    os.read(size_is_set, 1)
    os.execv(command[0], command)
resize(80, 24)
os.write(set_size, b"!")
before = termios.tcgetattr(terminal)
for step in steps:
    kind, value = step.split(":", 1)
    seen = len(written)
    if kind == "show":
        read_until(lambda: value.encode() in written[seen:])
    elif kind == "size":
        resize(*map(int, value.split("x")))
    elif kind == "type":
        os.write(terminal, value.encode())
    elif kind == "signal":
        os.kill(child, getattr(signal, "SIG" + value))
step = "end"
read_until(lambda: False)
signal.alarm(LIMIT_S)
ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.stdout.buffer.write(written)
print(f"\nexit {ended} restored {termios.tcgetattr(terminal) == before}")
