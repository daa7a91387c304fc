#define _GNU_SOURCE
#include "probe.h"

#include "bench.h"

#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_LIMIT_MS 100

/* IEEE 802 local experimental EtherType 1, which nothing else here uses. */
static const uint8_t ethertype[2] = {0x88, 0xb5};

/* Ethernet 14, number 4, zeros; without FCS. */
struct frame {
    uint8_t destination[6];
    uint8_t source[6];
    uint8_t type[2];
    uint32_t number;
    uint8_t rest[42];
} __attribute__((packed));

/* The next probe among what waits; 0 when none comes within the time. */
static int receive(int fd, struct frame *frame, int limit_ms)
{
    struct pollfd ready = {fd, POLLIN, 0};
    uint64_t end_ns = now_ns() + limit_ms * 1000000ull;
    while (now_ns() < end_ns) {
        ssize_t length = recv(fd, frame, sizeof *frame, MSG_DONTWAIT | MSG_TRUNC);
        if (length >= 18 && !memcmp(frame->type, ethertype, sizeof ethertype))
            return 1;
        if (length < 0)
            poll(&ready, 1, limit_ms);
    }
    return 0;
}

void reflect(const char *interface, const volatile int *stop)
{
    int receiver = open_receiver(), sender = open_sender(interface);
    struct frame frame;
    bind_receiver(receiver, interface);
    while (!*stop) {
        if (!receive(receiver, &frame, ANSWER_LIMIT_MS))
            continue;
        uint8_t back[6];
        memcpy(back, frame.source, sizeof back);
        memcpy(frame.source, frame.destination, sizeof back);
        memcpy(frame.destination, back, sizeof back);
        send(sender, &frame, sizeof frame, 0);
    }
    close(receiver);
    close(sender);
}

void send_probes(struct probe *probe)
{
    int receiver = open_receiver(), sender = open_sender(probe->interface);
    bind_receiver(receiver, probe->interface);
    prctl(PR_SET_TIMERSLACK, 1);
    for (int i = 0; i < probe->count && !*probe->stop; i++) {
        struct frame frame = {{2, 0, 0, 0, 0, 0x44}, {2, 0, 0, 0, 0, 0x33}, {ethertype[0], ethertype[1]}, i, {0}};
        uint64_t sent_ns = now_ns(), answered_ns;
        send(sender, &frame, sizeof frame, 0);
        int found;
        while ((found = receive(receiver, &frame, ANSWER_LIMIT_MS)) && frame.number != (uint32_t)i)
            ;
        answered_ns = now_ns();
        if (found)
            probe->rtt_ns[probe->answered++] = answered_ns - sent_ns;
        else
            probe->lost++;
        sleep_ns(probe->pause_ns);
    }
    close(receiver);
    close(sender);
}
