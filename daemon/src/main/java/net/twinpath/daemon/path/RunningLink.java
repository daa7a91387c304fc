package net.twinpath.daemon.path;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.Port;

/** One link of a running path: its port, and what is thought of it. */
final class RunningLink {
    private static final String LANS = "ABCDEFGH";

    private final Port port;
    private final int place;
    private final LinkWatch watch;
    private long ringFull;

    /** @param place 0 for LAN A, 1 for LAN B */
    RunningLink(Port port, int place, boolean carrier) {
        this.port = port;
        this.place = place;
        this.watch = new LinkWatch(carrier);
        port.carrier(carrier);
    }

    String name() {
        return port.settings().interfaceName();
    }

    String lan() {
        return LANS.substring(place, place + 1);
    }

    int ifindex() {
        return port.settings().ifindex();
    }

    CounterBlock counters() {
        return port.counters();
    }

    /** Sequenced frames whose copy on this link was the first. */
    long cameFirst() {
        return counters().value(DupPathCounter.RX_FIRST);
    }

    /** Sequenced frames heard on this link, each once, whichever copy was the first. */
    long heard() {
        return cameFirst() + counters().value(DupPathCounter.RX_DUPLICATES);
    }

    /** Frames lost because the receive ring was full, as of the last sample. */
    long ringFull() {
        return ringFull;
    }

    LinkCondition condition() {
        return watch.condition();
    }

    void interfaceState(boolean present, boolean carrier) {
        watch.interfaceState(present, carrier);
        port.carrier(carrier);
    }

    void sample(long passed) {
        watch.sample(heard(), passed);
        ringFull = port.ring().ringFullDrops();
    }
}
