/* What the programs of the benchmark share: time, errors, cores, namespaces, packet sockets. */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

#define NANOS_PER_SECOND 1000000000ull

/* CLOCK_MONOTONIC, nanoseconds. */
uint64_t now_ns(void);

/* Sleeps for less than a second. */
void sleep_ns(uint64_t ns);

/* Ends the program with status 1: what was tried, on what, and why it did not work. */
_Noreturn void die(const char *what, const char *subject);

/* Keeps the calling thread on a core; -1 leaves it free. */
void stay_on_core(int core);

/* Takes the calling thread into a network namespace of /run/netns. */
void enter_namespace(const char *name);

/* Reads PID,PID; returns how many, of which only the first most are kept. */
int parse_pids(char *words, int *pids, int most);

/* Processor time of processes, nanoseconds; ends the program when one of them has ended. */
uint64_t processor_ns(const int *pids, int count);

int interface_index(const char *name);

/* An AF_PACKET socket bound to an interface that sends past the queueing discipline and receives nothing. */
int open_sender(const char *interface);

/* An AF_PACKET socket, promiscuous and without own frames, that receives once it is bound to ETH_P_ALL. */
int open_receiver(void);

void bind_receiver(int fd, const char *interface);

#endif
