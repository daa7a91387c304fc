"""Does for one program what systemd does for a service: keeps the descriptors it is sent (sd_notify(3), FDSTORE=1), and
starts the program anew on SIGUSR1, with those descriptors (sd_listen_fds(3)). Ends with the program.

usage: service_manager.py NOTIFY_SOCKET HAND_OVER_FILE PROGRAM ARGUMENT...
"""

import array
import fcntl
import os
import select
import signal
import socket
import sys

FIRST = 3
MOST = 253


class Manager:
    def __init__(self, notify, hand_over, command):
        self.notify = notify
        self.hand_over = hand_over
        self.command = command
        self.store = []
        self.pid = 0
        self.asked = []
        self.heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.heard.bind(notify)
        wake_read, self.wake_write = socket.socketpair()
        self.wake_read = wake_read
        wake_read.setblocking(False)
        self.wake_write.setblocking(False)
        signal.set_wakeup_fd(self.wake_write.fileno())
        for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, lambda taken, frame: self.asked.append(taken))

    def start(self):
        descriptors = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 1000) for _, fd in self.store]
        names = ":".join(name for name, _ in self.store)
        self.pid = os.fork()
        if self.pid == 0:
            signal.set_wakeup_fd(-1)
            for place, fd in enumerate(descriptors):
                os.dup2(fd, FIRST + place, inheritable=True)
            environment = dict(os.environ, NOTIFY_SOCKET=self.notify)
            if descriptors:
                environment.update(
                    LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(descriptors)), LISTEN_FDNAMES=names)
            for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            os.execve(self.command[0], self.command, environment)
        for fd in descriptors:
            os.close(fd)
        print("service manager: started with %d descriptors" % len(descriptors), flush=True)

    def listen(self):
        space = socket.CMSG_SPACE(MOST * array.array("i").itemsize)
        octets, ancillary, _, _ = self.heard.recvmsg(65536, space)
        came = array.array("i")
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                came.frombytes(data[: len(data) - len(data) % came.itemsize])
        for fd in came:
            os.set_inheritable(fd, False)
        fields = dict(line.split("=", 1) for line in octets.decode().splitlines())
        if "FDSTORE" in fields:
            self.store += [(fields["FDNAME"], fd) for fd in came]
            return
        for fd in came:
            os.close(fd)
        if "FDSTOREREMOVE" in fields:
            for name, fd in [kept for kept in self.store if kept[0] == fields["FDNAME"]]:
                os.close(fd)
                self.store.remove((name, fd))

    def has_ended(self):
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def run(self):
        restarts = False
        self.start()
        while True:
            ready, _, _ = select.select([self.heard, self.wake_read], [], [])
            if self.heard in ready:
                self.listen()
                continue
            self.wake_read.recv(1024)
            while self.asked:
                asked = self.asked.pop(0)
                if asked == signal.SIGCHLD:
                    status = self.has_ended()
                    if status is None:
                        continue
                    if not restarts:
                        return status
                    print("service manager: ended with %d" % status, flush=True)
                    restarts = False
                    self.start()
                    continue
                if asked == signal.SIGUSR1:
                    restarts = True
                    open(self.hand_over, "w").close()
                os.kill(self.pid, signal.SIGTERM)


sys.exit(Manager(sys.argv[1], sys.argv[2], sys.argv[3:]).run())
