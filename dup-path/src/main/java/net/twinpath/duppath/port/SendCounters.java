package net.twinpath.duppath.port;

import net.twinpath.duppath.counters.DupPathCounter;

/**
 * What is counted when a port sends; each frame of a batch counts once.
 *
 * @param sent      taken by the kernel
 * @param noCarrier skipped or refused because the interface is down
 * @param noBuffer  refused because a queue is full
 * @param tooLong   refused because longer than the MTU allows
 * @param error     refused for any other reason
 */
record SendCounters(
        DupPathCounter sent,
        DupPathCounter noCarrier,
        DupPathCounter noBuffer,
        DupPathCounter tooLong,
        DupPathCounter error) {
    static final SendCounters LINK = new SendCounters(
            DupPathCounter.TX_FRAMES,
            DupPathCounter.TX_NO_CARRIER,
            DupPathCounter.TX_NO_BUFFER,
            DupPathCounter.TX_TOO_LONG,
            DupPathCounter.TX_ERRORS);

    static final SendCounters INSIDE = new SendCounters(
            DupPathCounter.IN_FRAMES,
            DupPathCounter.IN_REFUSED,
            DupPathCounter.IN_REFUSED,
            DupPathCounter.IN_REFUSED,
            DupPathCounter.IN_REFUSED);
}
