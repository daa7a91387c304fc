/* Measures round-trip times: frames that one thread sends, and another sends back at the far end, one at a time. */
#ifndef PROBE_H
#define PROBE_H

#include <stdint.h>

struct probe {
    const char *interface;
    int count;              /* probes at most */
    uint64_t pause_ns;      /* between an answer and the next probe */
    const volatile int *stop;
    uint32_t *rtt_ns;       /* of those answered, in the order they were sent */
    int answered;
    int lost;
};

/* Sends back every probe that comes, until told to stop. Runs in this thread's namespace. */
void reflect(const char *interface, const volatile int *stop);

/* Sends probes until told to stop or all are sent. Runs in this thread's namespace. */
void send_probes(struct probe *probe);

#endif
