/*
 * load: one measurement of whatever joins two interfaces. Sends numbered frames into one, counts at the other what comes
 * once and what comes twice, and times probes that go there and back meanwhile. Says what it saw as one line of JSON.
 *
 *   --from NAMESPACE/INTERFACE    where frames go in
 *   --to NAMESPACE/INTERFACE      where they come out
 *   --both                        frames go the other way, too
 *   --length OCTETS               of a frame, without FCS [64]
 *   --rate FRAMES                 a second; 0 sends as fast as it goes, -1 sends none [0]
 *   --seconds SECONDS             [1]
 *   --sources N, --ports N        source addresses, and UDP ports, that take turns [1]
 *   --probes N, --pause MICROSECONDS   at most so many round trips, with a pause between [0, 200]
 *   --core N                      the core "from" is served by: its sender keeps to the other one of 0 and 1 [free]
 *   --charge PID,PID              processes whose processor time is to be told
 *   --samples FILE                takes the round-trip times, a line each, in nanoseconds
 */
#define _GNU_SOURCE
#include "bench.h"
#include "counter.h"
#include "frame.h"
#include "generator.h"
#include "probe.h"

#include <getopt.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHARGED 8

/* A stream has drained when nothing more came for so long. */
#define QUIET_NS 30000000
#define DRAIN_LIMIT_NS 2000000000ull

struct place {
    char namespace[128];
    const char *interface;
};

/* One direction. */
struct stream {
    struct place from, to;
    int core;               /* of the sender */
    struct generator generator;
    volatile struct counter *counter;
};

static struct stream streams[2];
static int stream_count = 1;
static struct probe probe;
static volatile int stop;
static pthread_barrier_t start;
static int charged[MAX_CHARGED], charged_count;

static struct place parse_place(const char *words)
{
    struct place place = {0};
    const char *slash = strchr(words, '/');
    if (!slash) {
        fprintf(stderr, "%s is not NAMESPACE/INTERFACE\n", words);
        exit(2);
    }
    snprintf(place.namespace, sizeof place.namespace, "%.*s", (int)(slash - words), words);
    place.interface = slash + 1;
    return place;
}

static void *run_generator(void *argument)
{
    struct stream *stream = argument;
    stay_on_core(stream->core);
    enter_namespace(stream->from.namespace);
    pthread_barrier_wait(&start);
    generate(&stream->generator);
    return NULL;
}

/* What measures does not wait for its core, so that the delay is that of what is measured. */
static void prefer_this_thread(void)
{
    struct sched_param first = {.sched_priority = 1};
    if (sched_setscheduler(0, SCHED_FIFO, &first))
        die("sched_setscheduler", "SCHED_FIFO");
}

static void *run_reflector(void *argument)
{
    (void)argument;
    stay_on_core(streams[1].core);
    enter_namespace(streams[0].to.namespace);
    prefer_this_thread();
    reflect(streams[0].to.interface, &stop);
    return NULL;
}

static void *run_probe(void *argument)
{
    (void)argument;
    stay_on_core(streams[0].core);
    enter_namespace(streams[0].from.namespace);
    prefer_this_thread();
    pthread_barrier_wait(&start);
    send_probes(&probe);
    return NULL;
}

static uint64_t counted_frames(void)
{
    uint64_t sum = 0;
    for (int i = 0; i < stream_count; i++)
        sum += streams[i].counter->frames;
    return sum;
}

static void drain(void)
{
    uint64_t end_ns = now_ns() + DRAIN_LIMIT_NS, frames, before = counted_frames();
    for (sleep_ns(QUIET_NS); (frames = counted_frames()) != before && now_ns() < end_ns; sleep_ns(QUIET_NS))
        before = frames;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double rtt_us(double share)
{
    int place = share * probe.answered;
    return probe.rtt_ns[place < probe.answered ? place : probe.answered - 1] * 1e-3;
}

static void tell_probes(const char *samples)
{
    if (samples) {
        FILE *file = fopen(samples, "w");
        if (!file)
            die("open", samples);
        for (int i = 0; i < probe.answered; i++)
            fprintf(file, "%u\n", probe.rtt_ns[i]);
        fclose(file);
    }
    qsort(probe.rtt_ns, probe.answered, sizeof *probe.rtt_ns, by_value);
    printf(", \"probes\": %d, \"probesLost\": %d", probe.answered, probe.lost);
    if (probe.answered)
        printf(", \"p50\": %.2f, \"p99\": %.2f, \"p999\": %.2f", rtt_us(0.5), rtt_us(0.99), rtt_us(0.999));
}

static void tell(uint64_t charge_ns, const char *samples)
{
    uint64_t sent = 0, refused = 0, frames = 0, duplicates = 0, took_ns = 1;
    for (int i = 0; i < stream_count; i++) {
        struct stream *stream = &streams[i];
        sent += stream->generator.sent;
        refused += stream->generator.refused;
        frames += stream->counter->frames;
        duplicates += stream->counter->duplicates;
        if (stream->generator.took_ns > took_ns)
            took_ns = stream->generator.took_ns;
    }
    printf("{\"sent\": %lu, \"refused\": %lu, \"delivered\": %lu, \"duplicates\": %lu, \"seconds\": %.6f, \"cpuNs\": %lu",
           sent, refused, frames - duplicates, duplicates, took_ns * 1e-9, charge_ns);
    if (probe.count)
        tell_probes(samples);
    puts("}");
}

static void measure(int sends, const char *samples)
{
    pthread_t generators[2], prober, reflector;
    pthread_barrier_init(&start, NULL, 1 + (sends ? stream_count : 0) + (probe.count > 0));
    if (probe.count) {
        pthread_create(&reflector, NULL, run_reflector, NULL);
        pthread_create(&prober, NULL, run_probe, NULL);
    }
    for (int i = 0; sends && i < stream_count; i++)
        pthread_create(&generators[i], NULL, run_generator, &streams[i]);
    uint64_t before_ns = processor_ns(charged, charged_count);
    pthread_barrier_wait(&start);
    if (sends) {
        for (int i = 0; i < stream_count; i++)
            pthread_join(generators[i], NULL);
        stop = 1;
    }
    if (probe.count)
        pthread_join(prober, NULL);
    stop = 1;
    drain();
    tell(processor_ns(charged, charged_count) - before_ns, samples);
}

static const struct option options[] = {
    {"from", required_argument, NULL, 'f'},    {"to", required_argument, NULL, 't'},
    {"both", no_argument, NULL, 'b'},          {"length", required_argument, NULL, 'l'},
    {"rate", required_argument, NULL, 'r'},    {"seconds", required_argument, NULL, 's'},
    {"sources", required_argument, NULL, 'n'}, {"ports", required_argument, NULL, 'o'},
    {"probes", required_argument, NULL, 'p'},  {"pause", required_argument, NULL, 'u'},
    {"core", required_argument, NULL, 'c'},    {"charge", required_argument, NULL, 'g'},
    {"samples", required_argument, NULL, 'm'}, {0},
};

int main(int argc, char **argv)
{
    struct generator settings = {.length = 64, .seconds = 1, .sources = 1, .ports = 1};
    struct place from = {0}, to = {0};
    const char *samples = NULL;
    int core = -1, option;
    probe = (struct probe){.pause_ns = 200000, .stop = &stop};
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'f': from = parse_place(optarg); break;
        case 't': to = parse_place(optarg); break;
        case 'b': stream_count = 2; break;
        case 'l': settings.length = atoi(optarg); break;
        case 'r': settings.rate = atof(optarg); break;
        case 's': settings.seconds = atof(optarg); break;
        case 'n': settings.sources = atoi(optarg); break;
        case 'o': settings.ports = atoi(optarg); break;
        case 'p': probe.count = atoi(optarg); break;
        case 'u': probe.pause_ns = atoi(optarg) * 1000ull; break;
        case 'c': core = atoi(optarg); break;
        case 'g': charged_count = parse_pids(optarg, charged, MAX_CHARGED); break;
        case 'm': samples = optarg; break;
        default: return 2;
        }
    }
    if (!from.interface || !to.interface || optind < argc || settings.length < FRAME_MIN_LENGTH
        || settings.length > FRAME_MAX_LENGTH) {
        fprintf(stderr, "usage: load --from NAMESPACE/INTERFACE --to NAMESPACE/INTERFACE [OPTION]...; see load.c\n");
        return 2;
    }
    streams[0] = (struct stream){from, to, core < 0 ? -1 : !core, settings, NULL};
    streams[1] = (struct stream){to, from, core, settings, NULL};
    for (int i = 0; i < 2; i++)
        streams[i].generator.interface = streams[i].from.interface;
    for (int i = 0; i < stream_count; i++) {
        enter_namespace(streams[i].to.namespace);
        streams[i].counter = attach_counter(streams[i].to.interface);
    }
    probe.interface = from.interface;
    probe.rtt_ns = calloc(probe.count + 1, sizeof *probe.rtt_ns);
    measure(settings.rate >= 0, samples);
    return 0;
}
