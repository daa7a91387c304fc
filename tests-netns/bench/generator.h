/* Sends numbered frames (frame.h) at a rate, or as fast as it goes. */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <stdint.h>

struct generator {
    const char *interface;
    int length;             /* octets of a frame, without FCS */
    double rate;            /* frames a second; 0 for as many as go */
    double seconds;
    unsigned sources;       /* source addresses that take turns */
    unsigned ports;         /* UDP destination ports that take turns */
    uint64_t sent;
    uint64_t refused;       /* by the kernel, on the way out */
    uint64_t took_ns;
};

/* Runs in this thread's namespace until the time is over. */
void generate(struct generator *generator);

#endif
