#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* As twinpath's: more than any burst, so that the device's queue is the limit. */
#define SEND_BUFFER_BYTES (8 << 20)

uint64_t now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

void sleep_ns(uint64_t ns)
{
    struct timespec time = {0, (long)ns};
    nanosleep(&time, NULL);
}

_Noreturn void die(const char *what, const char *subject)
{
    fprintf(stderr, "%s %s: %s\n", what, subject, strerror(errno));
    exit(1);
}

int parse_pids(char *words, int *pids, int most)
{
    int count = 0;
    for (char *pid = strtok(words, ","); pid && count < most; pid = strtok(NULL, ","))
        pids[count++] = atoi(pid);
    return count;
}

uint64_t processor_ns(const int *pids, int count)
{
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        clockid_t clock;
        struct timespec time;
        if (clock_getcpuclockid(pids[i], &clock) || clock_gettime(clock, &time)) {
            fprintf(stderr, "process %d has ended\n", pids[i]);
            exit(1);
        }
        sum += time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
    }
    return sum;
}

void stay_on_core(int core)
{
    if (core < 0)
        return;
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    if (sched_setaffinity(0, sizeof cores, &cores))
        die("sched_setaffinity", "");
}

void enter_namespace(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        die("open", path);
    if (setns(fd, CLONE_NEWNET))
        die("setns", path);
    close(fd);
}

int interface_index(const char *name)
{
    int index = if_nametoindex(name);
    if (!index)
        die("if_nametoindex", name);
    return index;
}

static void bind_to(int fd, const char *interface, uint16_t protocol)
{
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET,
        .sll_protocol = htons(protocol),
        .sll_ifindex = interface_index(interface),
    };
    if (bind(fd, (struct sockaddr *)&address, sizeof address))
        die("bind", interface);
}

int open_sender(const char *interface)
{
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket", interface);
    int one = 1, bytes = SEND_BUFFER_BYTES;
    if (setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one))
        die("PACKET_QDISC_BYPASS", interface);
    if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes))
        die("SO_SNDBUFFORCE", interface);
    bind_to(fd, interface, 0);
    return fd;
}

int open_receiver(void)
{
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket", "AF_PACKET");
    int one = 1;
    if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one))
        die("PACKET_IGNORE_OUTGOING", "");
    return fd;
}

void bind_receiver(int fd, const char *interface)
{
    bind_to(fd, interface, ETH_P_ALL);
    struct packet_mreq promiscuous = {.mr_ifindex = interface_index(interface), .mr_type = PACKET_MR_PROMISC};
    if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous))
        die("PACKET_MR_PROMISC", interface);
}
