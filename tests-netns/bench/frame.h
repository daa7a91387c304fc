/*
 * The numbered frame: UDP in IPv4, then what the counter looks for. It looks at nothing else.
 *
 *   +0  Ethernet 14 | +14 IPv4 20 | +34 UDP 8 | +42 mark 4 | +46 number 4 (host's order) | zeros
 */
#ifndef FRAME_H
#define FRAME_H

#define FRAME_SOURCE 6
#define FRAME_IP 14
#define FRAME_UDP 34
#define FRAME_MARK 42
#define FRAME_NUMBER 46
#define FRAME_MIN_LENGTH 50
#define FRAME_MAX_LENGTH 1514

#define MARK 0x32444754u

#endif
