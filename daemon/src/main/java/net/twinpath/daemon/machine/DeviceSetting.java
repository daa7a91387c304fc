package net.twinpath.daemon.machine;

/** Names of what ethtool sets; each is of the groups that have such a thing. */
final class DeviceSetting {
    static final String AUTONEGOTIATE = "autonegotiate";
    static final String RECEIVE = "receive";
    static final String TRANSMIT = "transmit";
    static final String COMBINED = "combined";
    static final String RECEIVE_FRAMES = "receive-frames";
    static final String TRANSMIT_FRAMES = "transmit-frames";
    static final String ADAPTIVE_RECEIVE = "adaptive-receive";
    static final String ADAPTIVE_TRANSMIT = "adaptive-transmit";

    private DeviceSetting() {}
}
