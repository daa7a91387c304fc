package net.twinpath.daemon.path;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.twinpath.config.LinkSettings;
import net.twinpath.daemon.path.LinkWatch.InterfaceState;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.receive.LeadTimes;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One link of a running path: its port, and what is thought of it. */
final class RunningLink {
    private static final String LANS = "ABCDEFGH";
    private static final long NANOS_PER_MS = 1_000_000;

    private final LinkSettings settings;
    private final Port port;
    private final LinkWatch watch;
    private final Recently ownFrames;
    private final Recently wrongLan;
    private final Recently strangeNumbers;
    private final RecentLead lead = new RecentLead();
    private final LeadHistogram leadHistogram = new LeadHistogram();
    private @Nullable Histogram takenLeads;
    private Optional<InterfaceDetails> details = Optional.empty();
    private LinkCondition logged;
    private long ringFull;
    private long ringFullAtReset;
    private boolean lansCrossed;
    private boolean bringsStrangeNumbers;
    private boolean carries;
    private boolean isDrilled;

    /**
     * @param silentAfterMs after how long an idle link counts as silent
     * @param nowMs         time, never going back
     */
    RunningLink(LinkSettings settings, Port port, InterfaceState state, long silentAfterMs, long nowMs) {
        this.settings = settings;
        this.port = port;
        this.watch = new LinkWatch(state, silentAfterMs, nowMs);
        this.ownFrames = new Recently(counters().value(DupPathCounter.RX_OWN), nowMs);
        this.wrongLan = new Recently(counters().value(DupPathCounter.RX_WRONG_LAN), nowMs);
        this.strangeNumbers = new Recently(strangeNumbers(), nowMs);
        this.logged = watch.condition();
        this.carries = state.carries();
        port.carrier(carries);
    }

    LinkSettings settings() {
        return settings;
    }

    String name() {
        return settings.interfaceName();
    }

    Port port() {
        return port;
    }

    String lan() {
        return LANS.substring(port.place(), port.place() + 1);
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
        return cameFirst()
                + counters().value(DupPathCounter.RX_DUPLICATES)
                + counters().value(DupPathCounter.RX_LATE);
    }

    /** Copies that could not be sent on this link, for whatever reason. */
    long notSent() {
        return counters().value(DupPathCounter.TX_NO_CARRIER)
                + counters().value(DupPathCounter.TX_NO_BUFFER)
                + counters().value(DupPathCounter.TX_TOO_LONG)
                + counters().value(DupPathCounter.TX_ERRORS);
    }

    /** As {@link #cameFirst}, since the counters were reset. */
    long cameFirstSinceReset() {
        return counters().sinceReset(DupPathCounter.RX_FIRST);
    }

    /** As {@link #heard}, since the counters were reset. */
    long heardSinceReset() {
        return cameFirstSinceReset()
                + counters().sinceReset(DupPathCounter.RX_DUPLICATES)
                + counters().sinceReset(DupPathCounter.RX_LATE);
    }

    /** Frames lost because the receive ring was full, as of the last sample, since the counters were reset. */
    long ringFull() {
        return ringFull - ringFullAtReset;
    }

    /** As {@link #ringFull}, since the link was taken in. */
    long ringFullInAll() {
        return ringFull;
    }

    void resetCounters() {
        counters().reset();
        ringFullAtReset = ringFull;
        lead.forget();
    }

    LinkCondition condition() {
        LinkCondition watched = watch.condition();
        return isDrilled && watched.passes() ? LinkCondition.DRILLED : watched;
    }

    /** Takes the link out of use, or puts it back: nothing is sent on it, and what comes over it is taken as before. */
    void drill(boolean now) {
        isDrilled = now;
        port.carrier(carries && !now);
    }

    boolean isDrilled() {
        return isDrilled;
    }

    /** Whether frames of the other LAN have come over this link lately, as when cables are crossed. */
    boolean lansCrossed() {
        return lansCrossed;
    }

    private long strangeNumbers() {
        return counters().value(DupPathCounter.RX_ROGUE) + counters().value(DupPathCounter.RX_LATE);
    }

    /** Whether frames were removed lately whose numbers are a history length or more from those that pass. */
    boolean bringsStrangeNumbers() {
        return bringsStrangeNumbers;
    }

    /** What was told of the interface when it last changed; empty when it is gone. */
    Optional<InterfaceDetails> details() {
        return details;
    }

    void details(Optional<InterfaceDetails> now) {
        details = now;
    }

    void interfaceState(InterfaceState state, long nowMs) {
        watch.interfaceState(state, nowMs);
        carries = state.carries();
        port.carrier(carries && !isDrilled);
    }

    void sample(Reception reception, LeadTimes leads, long nowMs) {
        watch.sample(counters().value(DupPathCounter.RX_FRAMES), reception, nowMs);
        ownFrames.sample(counters().value(DupPathCounter.RX_OWN), nowMs);
        watch.loops(ownFrames.rose(nowMs));
        wrongLan.sample(counters().value(DupPathCounter.RX_WRONG_LAN), nowMs);
        lansCrossed = wrongLan.rose(nowMs);
        strangeNumbers.sample(strangeNumbers(), nowMs);
        bringsStrangeNumbers = strangeNumbers.rose(nowMs);
        ringFull = port.ring().ringFullDrops();
        takenLeads = leads.take(port.place(), takenLeads);
        lead.sample(takenLeads, nowMs);
        leadHistogram.add(takenLeads);
    }

    /** By how much its first copies came before those of other links lately. */
    RecentLead.Leads leads() {
        return lead.leads();
    }

    /** As {@link #leads}, of all its time. */
    LeadHistogram leadHistogram() {
        return leadHistogram;
    }

    /** Learns how soon a neighbour that is there would be heard. */
    void silentAfter(long ms, long nowMs) {
        watch.silentAfter(ms, nowMs);
    }

    /** Takes what the neighbours' announcements tell; {@link #sample} comes before. */
    void neighbours(Neighbourhood neighbourhood) {
        watch.neighbours(
                neighbourhood.isSilent(port.place(), carriesSinceNs()),
                neighbourhood.isUnheard(port.place(), carriesSinceNs()),
                neighbourhood.heardNs(port.place()) / NANOS_PER_MS);
        boolean isHeardByAll =
                neighbourhood.deafOn(port.place(), carriesSinceNs()).isEmpty();
        port.reliable(watch.isReliable() && isHeardByAll);
    }

    /** How long ago the last frame of any kind came over it, milliseconds; empty for never. */
    OptionalLong lastFrameMsAgo(long nowMs) {
        OptionalLong last = watch.lastFrameMs();
        return last.isPresent() ? OptionalLong.of(Math.max(0, nowMs - last.getAsLong())) : last;
    }

    /** When it began to carry, by the clock of the path. */
    long carriesSinceNs() {
        return watch.carriesSinceMs() * NANOS_PER_MS;
    }

    /** The share of the frames of the last seconds that other links brought and this one did not; empty with few frames. */
    OptionalDouble loss() {
        return watch.loss();
    }

    /** The condition that was told last, or was the first. */
    LinkCondition told() {
        return logged;
    }

    /** What was told of the link before, as it was another port: if it fares otherwise now, that is a change. */
    void toldBefore(LinkCondition told) {
        logged = told;
    }

    /** True once for every change of the condition. */
    boolean takeChange() {
        boolean changed = logged != condition();
        logged = condition();
        return changed;
    }
}
