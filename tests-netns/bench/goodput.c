/*
 * goodput: octets a second that TCP carries from one namespace to an address in another, and the processor time each
 * takes, of this program and of others that are named. Says it as one line of JSON.
 *
 *   goodput FROM-NAMESPACE TO-NAMESPACE ADDRESS SECONDS [PID,PID]
 *
 * The sender keeps to core 0, the receiver to core 1, as the hosts they are in. The first fifth of the time is not
 * counted: the window opens.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5001
#define MAX_CHARGED 8
#define CHUNK (256 << 10)

static const char *from, *to;
static struct sockaddr_in address = {.sin_family = AF_INET};
static double seconds;
static volatile int stop;
static int charged[1 + MAX_CHARGED], charged_count;

static void *receive_all(void *argument)
{
    static char chunk[CHUNK];
    volatile uint64_t *octets = argument;
    stay_on_core(1);
    enter_namespace(to);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1))
        die("listen", to);
    int connection = accept(listener, NULL, NULL);
    for (ssize_t count; (count = recv(connection, chunk, sizeof chunk, 0)) > 0;)
        *octets += count;
    return NULL;
}

static int connect_patiently(void)
{
    for (int i = 0; i < 100; i++) {
        int connection = socket(AF_INET, SOCK_STREAM, 0);
        if (!connect(connection, (struct sockaddr *)&address, sizeof address))
            return connection;
        close(connection);
        sleep_ns(20000000);
    }
    die("connect", from);
}

static void *send_all(void *argument)
{
    static char chunk[CHUNK];
    (void)argument;
    stay_on_core(0);
    enter_namespace(from);
    int connection = connect_patiently();
    while (!stop && send(connection, chunk, sizeof chunk, MSG_NOSIGNAL) > 0)
        ;
    close(connection);
    return NULL;
}

static void wait_seconds(double time)
{
    for (uint64_t end_ns = now_ns() + time * 1e9; now_ns() < end_ns;)
        sleep_ns(10000000);
}

int main(int argc, char **argv)
{
    static volatile uint64_t octets;
    if (argc < 5 || argc > 6 || !inet_pton(AF_INET, argv[3], &address.sin_addr)) {
        fprintf(stderr, "usage: goodput FROM-NAMESPACE TO-NAMESPACE ADDRESS SECONDS [PID,PID]\n");
        return 2;
    }
    address.sin_port = htons(PORT);
    from = argv[1];
    to = argv[2];
    seconds = atof(argv[4]);
    charged[0] = getpid();
    charged_count = 1 + (argc == 6 ? parse_pids(argv[5], charged + 1, MAX_CHARGED) : 0);
    pthread_t sender, receiver;
    pthread_create(&receiver, NULL, receive_all, (void *)&octets);
    pthread_create(&sender, NULL, send_all, NULL);
    wait_seconds(seconds / 5);
    uint64_t before = octets, before_ns = now_ns(), spent_ns = processor_ns(charged, charged_count);
    wait_seconds(seconds * 4 / 5);
    uint64_t carried = octets - before;
    double mbit_per_second = carried * 8e3 / (now_ns() - before_ns);
    spent_ns = processor_ns(charged, charged_count) - spent_ns;
    printf("{\"mbitPerSecond\": %.2f, \"cpuNsPerOctet\": %.4f}\n", mbit_per_second, (double)spent_ns / carried);
    stop = 1;
    fflush(stdout);
    _exit(0);
}
