package net.twinpath.duppath;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.RealTimeClock;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Has the two agents' code compiled before frames come: agents of the same settings, which share nothing with the running
 * ones, move made-up frames from rings in memory to nowhere.
 */
public final class WarmUp implements AutoCloseable {
    /** How many numbers come at once, in turn: one where little comes, more than an agent takes where much does. */
    private static final int[] AT_ONCE = {1, 100, 1, 4, 1, 16, 1, 2};

    /** One of the periods of continuity check messages. */
    private static final long ANNOUNCE_NS = 10_000_000;

    private final CounterBlock counters = new CounterBlock();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Port> links;
    private final Port inside;
    private final RunningFormat format;
    private final LinksInUse sendLinks;
    private final LinksInUse receiveLinks;
    private final PathAgents agents;
    private final MadeUpFrames frames;
    private final RealTimeClock timeOfDay = new RealTimeClock();

    /** @param path settings of the path to come, or that runs already: nothing of it is touched */
    public WarmUp(DupPathSettings path) {
        // Agents that sleep would do so whenever the made-up frames are taken.
        AgentSettings awake = new AgentSettings(AgentSettings.ANY_CORE, AgentSettings.ANY_CORE, true);
        DupPathSettings settings = path.with(awake, announcedOften(path.format()));
        frames = new MadeUpFrames(settings);
        inside = open(Port.toNowhere(settings.inside(), -1));
        links = List.of(
                open(Port.toNowhere(settings.links().get(0), 0)),
                open(Port.toNowhere(settings.links().get(1), 1)));
        format = open(new RunningFormat(settings, counters, SystemNanoClock.INSTANCE, timeOfDay));
        sendLinks = open(new LinksInUse(links));
        receiveLinks = open(new LinksInUse(links));
        agents = open(new PathAgents(settings, format, inside, sendLinks, receiveLinks, counters));
    }

    /** What is sent every second or two would not be sent while the code is compiled. */
    private static FormatSettings announcedOften(FormatSettings format) {
        if (format instanceof FormatSettings.Frer frer) {
            long intervalNs = frer.continuityIntervalNs() == 0 ? 0 : ANNOUNCE_NS;
            return new FormatSettings.Frer(frer.firstSequenceNumbers(), frer.recoveries(), intervalNs);
        }
        FormatSettings.Prp prp = (FormatSettings.Prp) format;
        return new FormatSettings.Prp(prp.firstSequenceNumber(), prp.supervisionAddressByte(), ANNOUNCE_NS);
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.add(part);
        return part;
    }

    /**
     * Moves frames both ways until there were enough or the time is over.
     *
     * @param enough  frames each way, or a few more
     * @param limitNs of this thread's time on the wall
     * @return frames that came from inside
     */
    public int run(int enough, long limitNs) {
        long startNs = System.nanoTime();
        int moved = 0;
        for (int turn = 0; moved < enough && System.nanoTime() - startNs < limitNs; turn++) {
            int count = AT_ONCE[turn % AT_ONCE.length];
            move(count);
            moved += count;
        }
        doAsOthersDo();
        return moved;
    }

    /** What others do to agents: ask for lead times, so that an empty histogram takes the next, and wake them, from now on. */
    private void doAsOthersDo() {
        links.forEach(link -> format.leads().take(link.place(), null));
        sendLinks.wake();
        receiveLinks.wake();
    }

    private void move(int count) {
        long nowNs = timeOfDay.nanoTime();
        frames.fromInside(inside, count, nowNs);
        links.forEach(link -> frames.fromLink(link, count, nowNs));
        frames.goOn(count);
        int taken;
        do {
            // The last look finds nothing, and polls.
            taken = agents.send().doWork() + agents.receive().doWork();
        } while (taken > 0);
    }

    /** How often the made-up agents counted something. */
    long counted(DupPathCounter counter) {
        return counters.value(counter);
    }

    /** What the made-up link at this place counted. */
    long countedByLink(int place, DupPathCounter counter) {
        return links.get(place).counters().value(counter);
    }

    /** What the made-up inside port counted. */
    long countedInside(DupPathCounter counter) {
        return inside.counters().value(counter);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(opened);
        opened.clear();
    }
}
