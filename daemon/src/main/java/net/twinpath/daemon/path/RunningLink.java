package net.twinpath.daemon.path;

import net.twinpath.daemon.path.LinkWatch.InterfaceState;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.Port;

/** One link of a running path: its port, and what is thought of it. */
final class RunningLink {
    private static final String LANS = "ABCDEFGH";

    private final Port port;
    private final int place;
    private final LinkWatch watch;
    private LinkCondition logged;
    private long ringFull;

    /** @param place 0 for LAN A, 1 for LAN B */
    RunningLink(Port port, int place, InterfaceState state) {
        this.port = port;
        this.place = place;
        this.watch = new LinkWatch(state);
        this.logged = watch.condition();
        port.carrier(state.carries());
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

    void interfaceState(InterfaceState state) {
        watch.interfaceState(state);
        port.carrier(state.carries());
    }

    void sample(long passed, long nowMs) {
        watch.sample(counters().value(DupPathCounter.RX_FRAMES), heard(), passed, nowMs);
        ringFull = port.ring().ringFullDrops();
    }

    /** True once for every change of the condition. */
    boolean takeChange() {
        boolean changed = logged != condition();
        logged = condition();
        return changed;
    }
}
