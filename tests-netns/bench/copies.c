/*
 * copies: octets of TCP a second that full segments carry when nothing is done for them but sending each on two links,
 * from one core: what no program can exceed that sends two copies. Says it as one line of JSON.
 *
 *   copies NAMESPACE LINK-A LINK-B SECONDS
 *
 * Keeps to core 0, as host a does. The frames are nobody's; whoever receives at the far end takes them from its ring.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64
#define FRAME_BYTES 1514

/* Of a frame: less Ethernet header 14, IPv4 header 20, TCP header with timestamps 32, trailer 6. */
#define SEGMENT_BYTES 1442

static uint8_t frames[BATCH][2048];
static struct iovec vectors[BATCH];
static struct mmsghdr messages[BATCH];

static void write_batch(void)
{
    static const uint8_t ethernet[14] = {2, 0, 0, 0, 0, 0x22, 2, 0, 0, 0, 0, 0x11, 0x88, 0xB5};
    for (int i = 0; i < BATCH; i++) {
        memcpy(frames[i], ethernet, sizeof ethernet);
        vectors[i] = (struct iovec){frames[i], FRAME_BYTES};
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static void send_batch(int fd, const char *link)
{
    for (int done = 0; done < BATCH;) {
        int sent = sendmmsg(fd, messages + done, BATCH - done, 0);
        if (sent <= 0)
            die("sendmmsg", link);
        done += sent;
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: copies NAMESPACE LINK-A LINK-B SECONDS\n");
        return 2;
    }
    stay_on_core(0);
    enter_namespace(argv[1]);
    int link_a = open_sender(argv[2]), link_b = open_sender(argv[3]);
    write_batch();
    uint64_t segments = 0, took_ns, start_ns = now_ns(), before_ns = processor_ns((int[]){getpid()}, 1);
    while ((took_ns = now_ns() - start_ns) < atof(argv[4]) * 1e9) {
        send_batch(link_a, argv[2]);
        send_batch(link_b, argv[3]);
        segments += BATCH;
    }
    uint64_t spent_ns = processor_ns((int[]){getpid()}, 1) - before_ns;
    double octets = (double)segments * SEGMENT_BYTES;
    printf("{\"mbitPerSecond\": %.2f, \"cpuNsPerOctet\": %.4f}\n", octets * 8e3 / took_ns, spent_ns / octets);
    return 0;
}
