package net.twinpath.tests.traffic;

/**
 * What became of a file sent over TCP.
 *
 * @param octetsSent     octets of the file
 * @param octetsReceived octets that arrived within the limit
 * @param checksumHolds  whether the file received has the SHA-256 of the file sent
 * @param longestGapMs   longest time without an octet arriving, in milliseconds
 * @param durationS      from the beginning to the last octet, in seconds
 * @param arrivals       times and sizes of what arrived
 */
public record TransferResult(
        long octetsSent,
        long octetsReceived,
        boolean checksumHolds,
        double longestGapMs,
        double durationS,
        Arrivals arrivals) {
    /** Octets a second, over the whole duration. */
    public double throughput() {
        return octetsReceived / durationS;
    }
}
