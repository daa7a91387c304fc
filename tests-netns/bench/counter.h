/* Counts numbered frames where they arrive, and tells which came twice, in the kernel (XDP): cheaper than any socket. */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

/* Numbers told apart; a run sends fewer. Linux before 6.2 has no maps of more than 4 MiB. */
#define COUNTER_NUMBERS (1u << 24)

/* Shared with the program in the kernel, which adds to it. */
struct counter {
    uint64_t frames;        /* that bear a number */
    uint64_t duplicates;    /* of them, those whose number had come before */
    uint64_t seen[COUNTER_NUMBERS / 64];
};

/*
 * Attaches to an interface of this thread's namespace. Numbered frames (frame.h) end there, all others pass. The program
 * is gone when this process ends.
 */
volatile struct counter *attach_counter(const char *interface);

#endif
