/*
 * ready: how long a program takes from its start until it tells the service manager that it is ready (sd_notify(3)).
 * Ends it then, and says the time as one line of JSON.
 *
 *   ready PROGRAM [ARGUMENT]...
 */
#define _GNU_SOURCE
#include "bench.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_SECONDS 30

static int listen_for_notification(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char name[64];
    snprintf(name, sizeof name, "/tmp/ready-%d.sock", getpid());
    strcpy(address.sun_path, name);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address))
        die("bind", name);
    setenv("NOTIFY_SOCKET", name, 1);
    struct timeval limit = {LIMIT_SECONDS, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return fd;
}

static void await_ready(int fd)
{
    char message[4096];
    for (ssize_t length; (length = recv(fd, message, sizeof message - 1, 0)) >= 0;) {
        message[length] = 0;
        if (strstr(message, "READY=1"))
            return;
    }
    die("READY=1", "did not come");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: ready PROGRAM [ARGUMENT]...\n");
        return 2;
    }
    int fd = listen_for_notification();
    uint64_t start_ns = now_ns();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        die("exec", argv[1]);
    }
    await_ready(fd);
    printf("{\"readyMs\": %.1f}\n", (now_ns() - start_ns) * 1e-6);
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    unlink(getenv("NOTIFY_SOCKET"));
    return 0;
}
