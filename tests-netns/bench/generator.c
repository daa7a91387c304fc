#define _GNU_SOURCE
#include "generator.h"

#include "bench.h"
#include "frame.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64

/* A pause is no shorter, so that waiting for the next frame does not take the core. */
#define MIN_PAUSE_NS 50000
#define MAX_PAUSE_NS 100000000

#define FIRST_PORT 5000

struct batch {
    uint8_t frames[BATCH][2048];
    struct iovec vectors[BATCH];
    struct mmsghdr messages[BATCH];
};

static uint16_t internet_checksum(const uint8_t *from, int octets)
{
    uint32_t sum = 0;
    for (int i = 0; i < octets; i += 2)
        sum += from[i] << 8 | from[i + 1];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum;
}

static void put16(uint8_t *at, unsigned value)
{
    at[0] = value >> 8;
    at[1] = value;
}

static void write_frame(uint8_t *frame, int length)
{
    static const uint8_t ethernet[14] = {2, 0, 0, 0, 0, 0x22, 2, 0, 0, 0, 0, 0x11, 8, 0};
    static const uint8_t ip[20] = {0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0, 10, 9, 0, 1, 10, 9, 0, 2};
    memset(frame, 0, length);
    memcpy(frame, ethernet, sizeof ethernet);
    memcpy(frame + FRAME_IP, ip, sizeof ip);
    put16(frame + FRAME_IP + 2, length - FRAME_IP);
    put16(frame + FRAME_IP + 10, internet_checksum(frame + FRAME_IP, sizeof ip));
    put16(frame + FRAME_UDP, FIRST_PORT);
    put16(frame + FRAME_UDP + 2, FIRST_PORT);
    put16(frame + FRAME_UDP + 4, length - FRAME_UDP);
    uint32_t mark = MARK;
    memcpy(frame + FRAME_MARK, &mark, sizeof mark);
}

static void write_batch(struct batch *batch, int length)
{
    memset(batch, 0, sizeof *batch);
    for (int i = 0; i < BATCH; i++) {
        write_frame(batch->frames[i], length);
        batch->vectors[i] = (struct iovec){batch->frames[i], length};
        batch->messages[i].msg_hdr.msg_iov = &batch->vectors[i];
        batch->messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static void number_frames(struct batch *batch, const struct generator *generator, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t number = generator->sent + i;
        memcpy(batch->frames[i] + FRAME_NUMBER, &number, sizeof number);
        if (generator->sources > 1)
            put16(batch->frames[i] + FRAME_SOURCE + 2, number % generator->sources);
        if (generator->ports > 1)
            put16(batch->frames[i] + FRAME_UDP + 2, FIRST_PORT + number % generator->ports);
    }
}

static void send_batch(int fd, struct batch *batch, struct generator *generator, int count)
{
    for (int done = 0; done < count;) {
        int sent = sendmmsg(fd, batch->messages + done, count - done, 0);
        if (sent <= 0) {
            generator->refused++;
            sent = 1;
        }
        done += sent;
    }
    generator->sent += count;
}

/* How many frames are due now, a batch at most; sleeps when none is. */
static int frames_due(const struct generator *generator, uint64_t elapsed_ns)
{
    if (generator->rate == 0)
        return BATCH;
    double due = elapsed_ns * 1e-9 * generator->rate - generator->sent;
    if (due >= 1)
        return due < BATCH ? (int)due : BATCH;
    double pause_ns = (1 - due) / generator->rate * 1e9;
    sleep_ns(pause_ns < MIN_PAUSE_NS ? MIN_PAUSE_NS : pause_ns > MAX_PAUSE_NS ? MAX_PAUSE_NS : pause_ns);
    return 0;
}

void generate(struct generator *generator)
{
    static _Thread_local struct batch batch;
    prctl(PR_SET_TIMERSLACK, 1);
    int fd = open_sender(generator->interface);
    write_batch(&batch, generator->length);
    uint64_t start_ns = now_ns();
    while ((generator->took_ns = now_ns() - start_ns) < generator->seconds * 1e9) {
        int count = frames_due(generator, generator->took_ns);
        if (count == 0)
            continue;
        number_frames(&batch, generator, count);
        send_batch(fd, &batch, generator, count);
    }
    close(fd);
}
