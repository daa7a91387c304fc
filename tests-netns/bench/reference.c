/*
 * reference: what twinpath does with the frames of a path, in C and with nothing else around it: the limit to measure
 * twinpath by. Two threads, the same sockets, rings and calls.
 *
 *   reference INSIDE LINK-A LINK-B [--blocks] [--spin]
 *
 * Outward, a frame of the inside port gets a PRP trailer (IEC 62439-3, 4.1.10) and leaves on both links. Inward, the
 * trailer is checked, the first copy of each sequence number of a sliding window passes without it, the others end.
 *
 *   --blocks   receives with TPACKET_V3: more frames for the processor's time, but each waits for a timer of 1 ms
 *   --spin     looks for frames without end instead of sleeping
 *
 * Frames are sent from where they lie in the ring they came in. Says what it counted when told to end.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64

#define SLOT_BYTES 2048
#define SLOTS 4096
#define SLOT_BLOCK_BYTES (64 << 10)

#define BLOCK_BYTES (256 << 10)
#define BLOCKS 64
#define RETIRE_MS 1

#define MIN_FRAME_BYTES 60
#define MAX_FRAME_BYTES 1518
#define ETHERNET_HEADER_BYTES 14
#define TRAILER_BYTES 6
#define POLL_MS 500

/* Slots of which octets are read ahead at once. */
#define AHEAD 16
#define CACHE_LINE_BYTES 64

/* Sequence numbers behind the newest that are remembered. */
#define WINDOW 16384

static volatile sig_atomic_t stop;
static int takes_blocks, spins;

struct frame {
    uint8_t *data;
    uint32_t length;
};

/* A receive ring of either kind. Slots or blocks that were taken are given back all at once. */
struct ring {
    int fd;
    uint8_t *memory;
    uint32_t next;          /* slot, or block, to be looked at */
    uint32_t taken;         /* slots or blocks before it that are not given back yet */
    uint32_t left;          /* frames left in the current block */
    uint8_t *header;        /* of its next frame, and what that says */
    struct frame frame;
    uint32_t to_next;
    uint64_t frames;
    volatile uint32_t read_ahead;   /* kept, so that the compiler keeps the reads */
};

struct batch {
    int size;
    struct iovec vectors[2 * BATCH];
    struct mmsghdr messages[2 * BATCH];
};

struct outward {
    struct ring inside;
    int links[2];
    uint16_t sequence;
    struct batch batch;
    uint64_t dropped;
};

struct inward {
    struct ring links[2];
    int inside;
    uint64_t window[65536 / 64];
    uint16_t newest;
    int started;
    struct batch batch;
    uint64_t passed, duplicates, too_old, unmarked, dropped;
};

static struct outward outward;
static struct inward inward;

static void ask_for_ring(int fd, const char *interface)
{
    int version = takes_blocks ? TPACKET_V3 : TPACKET_V2;
    if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version))
        die("PACKET_VERSION", interface);
    struct tpacket_req3 blocks = {
        .tp_block_size = BLOCK_BYTES,
        .tp_block_nr = BLOCKS,
        .tp_frame_size = SLOT_BYTES,
        .tp_frame_nr = BLOCK_BYTES / SLOT_BYTES * BLOCKS,
        .tp_retire_blk_tov = RETIRE_MS,
    };
    struct tpacket_req slots = {
        .tp_block_size = SLOT_BLOCK_BYTES,
        .tp_block_nr = SLOTS * SLOT_BYTES / SLOT_BLOCK_BYTES,
        .tp_frame_size = SLOT_BYTES,
        .tp_frame_nr = SLOTS,
    };
    void *request = takes_blocks ? (void *)&blocks : (void *)&slots;
    if (setsockopt(fd, SOL_PACKET, PACKET_RX_RING, request, takes_blocks ? sizeof blocks : sizeof slots))
        die("PACKET_RX_RING", interface);
}

static void open_ring(struct ring *ring, const char *interface)
{
    ring->fd = open_receiver();
    ask_for_ring(ring->fd, interface);
    size_t bytes = takes_blocks ? (size_t)BLOCK_BYTES * BLOCKS : (size_t)SLOT_BYTES * SLOTS;
    ring->memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring->fd, 0);
    if (ring->memory == MAP_FAILED)
        die("mmap", interface);
    bind_receiver(ring->fd, interface);
}

static struct tpacket2_hdr *slot(const struct ring *ring, uint32_t place)
{
    return (struct tpacket2_hdr *)(ring->memory + (size_t)(place % SLOTS) * SLOT_BYTES);
}

/* Reads octets of the next frames where many wait: memory is waited for once, and not for each frame. */
static void read_ahead(struct ring *ring)
{
    if (!(slot(ring, ring->next + AHEAD - 1)->tp_status & TP_STATUS_USER))
        return;
    uint32_t sum = 0;
    for (uint32_t place = ring->next; place != ring->next + AHEAD; place++) {
        const uint8_t *octets = (const uint8_t *)slot(ring, place);
        sum += octets[0] + octets[CACHE_LINE_BYTES];
    }
    for (uint32_t place = ring->next; place != ring->next + AHEAD; place++) {
        const struct tpacket2_hdr *header = slot(ring, place);
        sum += ((const uint8_t *)header)[header->tp_mac + header->tp_snaplen - 1];
    }
    ring->read_ahead = sum;
}

static int next_of_slots(struct ring *ring)
{
    struct tpacket2_hdr *header = slot(ring, ring->next);
    if (ring->taken == SLOTS || !(__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
        return 0;
    ring->frame = (struct frame){(uint8_t *)header + header->tp_mac, header->tp_snaplen};
    ring->next++;
    ring->taken++;
    if (ring->next % AHEAD == 0)
        read_ahead(ring);
    return 1;
}

static struct tpacket_block_desc *block(const struct ring *ring, uint32_t place)
{
    return (struct tpacket_block_desc *)(ring->memory + (size_t)(place % BLOCKS) * BLOCK_BYTES);
}

/* Reads a header before the frame in front of it grows by a trailer, which may lie over the header's first octets. */
static void read_block_header(struct ring *ring, uint8_t *at)
{
    struct tpacket3_hdr *header = (struct tpacket3_hdr *)at;
    ring->header = at;
    ring->frame = (struct frame){at + header->tp_mac, header->tp_snaplen};
    ring->to_next = header->tp_next_offset;
}

static int begin_block(struct ring *ring)
{
    struct tpacket_block_desc *next = block(ring, ring->next);
    if (ring->taken == BLOCKS
        || !(__atomic_load_n(&next->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
        return 0;
    ring->next++;
    ring->taken++;
    ring->left = next->hdr.bh1.num_pkts;
    read_block_header(ring, (uint8_t *)next + next->hdr.bh1.offset_to_first_pkt);
    return ring->left > 0;
}

static int next_frame(struct ring *ring, struct frame *frame)
{
    if (!takes_blocks) {
        if (!next_of_slots(ring))
            return 0;
        *frame = ring->frame;
    } else {
        if (ring->left == 0 && !begin_block(ring))
            return 0;
        *frame = ring->frame;
        if (--ring->left > 0)
            read_block_header(ring, ring->header + ring->to_next);
    }
    ring->frames++;
    return 1;
}

/* Gives back what was taken, but a block of which frames are left. */
static void release(struct ring *ring)
{
    uint32_t keep = takes_blocks && ring->left > 0;
    for (; ring->taken > keep; ring->taken--) {
        uint32_t place = ring->next - ring->taken;
        uint32_t *status =
            takes_blocks ? &block(ring, place)->hdr.bh1.block_status : &slot(ring, place)->tp_status;
        __atomic_store_n(status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    }
}

static unsigned lost_in(const struct ring *ring)
{
    struct tpacket_stats_v3 statistics = {0};
    socklen_t length = sizeof statistics;
    getsockopt(ring->fd, SOL_PACKET, PACKET_STATISTICS, &statistics, &length);
    return statistics.tp_drops;
}

static void init_batch(struct batch *batch)
{
    for (int i = 0; i < 2 * BATCH; i++) {
        batch->messages[i].msg_hdr.msg_iov = &batch->vectors[i];
        batch->messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static void add(struct batch *batch, struct frame frame)
{
    batch->vectors[batch->size++] = (struct iovec){frame.data, frame.length};
}

/* Sends a batch, never waiting; says how many frames the kernel refused. */
static int send_batch(const struct batch *batch, int fd)
{
    int refused = 0;
    for (int done = 0; done < batch->size;) {
        int sent = sendmmsg(fd, (struct mmsghdr *)batch->messages + done, batch->size - done, MSG_DONTWAIT);
        if (sent <= 0) {
            refused++;
            sent = 1;
        }
        done += sent;
    }
    return refused;
}

static void await_frames(struct pollfd *ports, int count)
{
    if (!spins)
        poll(ports, count, POLL_MS);
}

/* Trailer: sequence number 16, LAN 4, size of what it is part of 12, suffix 88-FB. LAN A first. */
static void add_trailer(struct outward *path, struct frame frame)
{
    if (frame.length < MIN_FRAME_BYTES) {
        memset(frame.data + frame.length, 0, MIN_FRAME_BYTES - frame.length);
        frame.length = MIN_FRAME_BYTES;
    }
    uint8_t *trailer = frame.data + frame.length;
    uint32_t size = frame.length - ETHERNET_HEADER_BYTES + TRAILER_BYTES;
    trailer[0] = path->sequence >> 8;
    trailer[1] = path->sequence;
    trailer[2] = 0xA0 | size >> 8;
    trailer[3] = size;
    trailer[4] = 0x88;
    trailer[5] = 0xFB;
    path->sequence++;
    frame.length += TRAILER_BYTES;
    add(&path->batch, frame);
}

static void mark_for_lan_b(struct batch *batch)
{
    for (int i = 0; i < batch->size; i++) {
        uint8_t *end = (uint8_t *)batch->vectors[i].iov_base + batch->vectors[i].iov_len;
        end[-4] = 0xB0 | (end[-4] & 0x0F);
    }
}

static int replicate_batch(struct outward *path)
{
    struct frame frame;
    int taken = 0;
    while (taken < BATCH && next_frame(&path->inside, &frame)) {
        taken++;
        if (frame.length >= ETHERNET_HEADER_BYTES && frame.length <= MAX_FRAME_BYTES)
            add_trailer(path, frame);
    }
    if (taken > 0) {
        path->dropped += send_batch(&path->batch, path->links[0]);
        mark_for_lan_b(&path->batch);
        path->dropped += send_batch(&path->batch, path->links[1]);
        path->batch.size = 0;
        release(&path->inside);
    }
    return taken;
}

static void *replicate(void *argument)
{
    struct outward *path = argument;
    struct pollfd port = {path->inside.fd, POLLIN, 0};
    while (!stop) {
        if (replicate_batch(path) == 0)
            await_frames(&port, 1);
    }
    return NULL;
}

/* Forgets the numbers between the newest so far and a newer one. */
static void advance(struct inward *path, uint16_t number)
{
    for (uint16_t n = path->newest + 1; n != (uint16_t)(number + 1); n++)
        path->window[n >> 6] &= ~(1ull << (n & 63));
    path->newest = number;
}

/* Whether the number comes for the first time within the window. */
static int is_first(struct inward *path, uint16_t number)
{
    int16_t ahead = number - path->newest;
    if (!path->started) {
        path->started = 1;
        path->newest = number;
    } else if (ahead > 0) {
        advance(path, number);
    } else if (ahead <= -WINDOW) {
        path->too_old++;
        return 0;
    }
    uint64_t bit = 1ull << (number & 63), *word = &path->window[number >> 6];
    if (*word & bit) {
        path->duplicates++;
        return 0;
    }
    *word |= bit;
    return 1;
}

/* Whether a frame ends in a trailer that gives its size, of the LAN it came from. */
static int is_marked(const uint8_t *trailer, struct frame frame, int link)
{
    return trailer[4] == 0x88 && trailer[5] == 0xFB && trailer[2] >> 4 == 0xA + link
        && ((trailer[2] & 0x0F) << 8 | trailer[3]) == (int)frame.length - ETHERNET_HEADER_BYTES;
}

static void eliminate_frame(struct inward *path, struct frame frame, int link)
{
    const uint8_t *trailer = frame.data + frame.length - TRAILER_BYTES;
    if (frame.length < MIN_FRAME_BYTES + TRAILER_BYTES || !is_marked(trailer, frame, link)) {
        path->unmarked++;
        return;
    }
    if (is_first(path, trailer[0] << 8 | trailer[1])) {
        path->passed++;
        frame.length -= TRAILER_BYTES;
        add(&path->batch, frame);
    }
}

static int eliminate_batch(struct inward *path)
{
    struct frame frame;
    int taken = 0;
    for (int link = 0; link < 2; link++) {
        for (int i = 0; i < BATCH && next_frame(&path->links[link], &frame); i++, taken++)
            eliminate_frame(path, frame, link);
    }
    if (taken > 0) {
        path->dropped += send_batch(&path->batch, path->inside);
        path->batch.size = 0;
        release(&path->links[0]);
        release(&path->links[1]);
    }
    return taken;
}

static void *eliminate(void *argument)
{
    struct inward *path = argument;
    struct pollfd ports[2] = {{path->links[0].fd, POLLIN, 0}, {path->links[1].fd, POLLIN, 0}};
    while (!stop) {
        if (eliminate_batch(path) == 0)
            await_frames(ports, 2);
    }
    return NULL;
}

static void open_path(const char *inside, const char *const links[2])
{
    init_batch(&outward.batch);
    init_batch(&inward.batch);
    open_ring(&outward.inside, inside);
    inward.inside = open_sender(inside);
    for (int link = 0; link < 2; link++) {
        open_ring(&inward.links[link], links[link]);
        outward.links[link] = open_sender(links[link]);
    }
}

static void tell(void)
{
    printf("outward: %lu frames, %u lost in the ring, %lu not sent\n", outward.inside.frames, lost_in(&outward.inside),
           outward.dropped);
    printf("inward: %lu and %lu frames, %u and %u lost in the rings, %lu passed, %lu duplicates, %lu too old, "
           "%lu unmarked, %lu not sent\n",
           inward.links[0].frames, inward.links[1].frames, lost_in(&inward.links[0]), lost_in(&inward.links[1]),
           inward.passed, inward.duplicates, inward.too_old, inward.unmarked, inward.dropped);
}

static void on_signal(int signal)
{
    (void)signal;
    stop = 1;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: reference INSIDE LINK-A LINK-B [--blocks] [--spin]\n");
        return 2;
    }
    for (int i = 4; i < argc; i++) {
        takes_blocks |= !strcmp(argv[i], "--blocks");
        spins |= !strcmp(argv[i], "--spin");
    }
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    open_path(argv[1], (const char *const *)argv + 2);
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, replicate, &outward);
    pthread_create(&threads[1], NULL, eliminate, &inward);
    puts("ready");
    fflush(stdout);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    tell();
    return 0;
}
