package net.twinpath.duppath.ordering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Basic POF as its rules read, with one list that is searched from end to end: the oracle. */
final class NaiveOrdering {
    private record Held(int flow, long number, int frame, long atNs) {}

    private static final class Flow {
        boolean started;
        long lastSent;
        long lastArrivalNs;
        long lastNewerNs;
        int olderInRow;
    }

    private final List<Held> held = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<Integer> gone = new ArrayList<>();
    private final int heldLimit;
    private final long maxDelayNs;
    private final long takeAnyNs;

    NaiveOrdering(int flows, int heldLimit, long maxDelayNs, long takeAnyNs) {
        for (int flow = 0; flow < flows; flow++) {
            this.flows.add(new Flow());
        }
        this.heldLimit = heldLimit;
        this.maxDelayNs = maxDelayNs;
        this.takeAnyNs = takeAnyNs;
    }

    /** Frames that have gone since the last call, in order. */
    List<Integer> takeGone() {
        List<Integer> taken = List.copyOf(gone);
        gone.clear();
        return taken;
    }

    void arrive(int place, int number16, int frame, long nowNs) {
        Flow flow = flows.get(place);
        long lowest = flow.lastSent - 32_768;
        long number = lowest + Math.floorMod(number16 - lowest, 65_536);
        boolean any = !flow.started
                || (nowNs - flow.lastArrivalNs > takeAnyNs && held.stream().noneMatch(h -> h.flow == place));
        flow.started = true;
        flow.lastArrivalNs = nowNs;
        if (any || number > flow.lastSent) {
            flow.lastNewerNs = nowNs;
            flow.olderInRow = 0;
        }
        if (any || number == flow.lastSent + 1) {
            gone.add(frame);
            flow.lastSent = number;
            releaseFollowing(place);
        } else if (number <= flow.lastSent) {
            gone.add(frame);
            if (++flow.olderInRow >= PacketOrdering.RESTART_RUN && nowNs - flow.lastNewerNs > maxDelayNs) {
                flow.olderInRow = 0;
                flow.lastSent = number;
            }
        } else {
            held.add(new Held(place, number, frame, nowNs));
            if (held.size() > heldLimit) {
                releaseUpTo(held.get(0));
            }
        }
    }

    void releaseDue(long nowNs) {
        while (!held.isEmpty() && nowNs - held.get(0).atNs >= maxDelayNs) {
            releaseUpTo(held.get(0));
        }
    }

    void reset(int place) {
        held.stream()
                .filter(h -> h.flow == place)
                .max(Comparator.comparingLong(Held::number))
                .ifPresent(this::releaseUpTo);
        flows.get(place).started = false;
        flows.get(place).olderInRow = 0;
    }

    private void releaseUpTo(Held last) {
        List<Held> going = held.stream()
                .filter(h -> h.flow == last.flow && h.number <= last.number)
                .sorted(Comparator.comparingLong(Held::number))
                .toList();
        held.removeAll(going);
        going.forEach(h -> gone.add(h.frame));
        flows.get(last.flow).lastSent = last.number;
        releaseFollowing(last.flow);
    }

    private void releaseFollowing(int place) {
        Flow flow = flows.get(place);
        for (int i = 0; i < held.size(); i++) {
            Held candidate = held.get(i);
            if (candidate.flow == place && candidate.number <= flow.lastSent + 1) {
                gone.add(candidate.frame);
                flow.lastSent = Math.max(flow.lastSent, candidate.number);
                held.remove(i);
                i = -1;
            }
        }
    }
}
