package net.twinpath.duppath;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.RedundancyTag;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.RealTimeClock;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has the two agents' code compiled before frames come: agents of the same settings, which share nothing with the running
 * ones, move made-up frames from rings in memory to nowhere.
 */
public final class WarmUp implements AutoCloseable {
    /** As many as an agent takes at once, of both links together. */
    private static final int BATCH_FRAMES = 64;

    private static final int IPV4 = 0x0800;
    private static final int FRAME_BYTES = 110;
    private static final int FRAME_OFFSET = 32;
    private static final long FAR_NODE = 0x02_00_5E_00_00_01L;

    private final DupPathSettings settings;
    private final CounterBlock counters = new CounterBlock();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Port> links;
    private final Port inside;
    private final PathAgents agents;
    private final RealTimeClock timeOfDay = new RealTimeClock();
    private final UnsafeBuffer memory = new UnsafeBuffer(new byte[256]);
    private final Frame frame = new Frame();
    private int number;

    /** @param settings of the path to come, or that runs already: nothing of it is touched */
    public WarmUp(DupPathSettings settings) {
        this.settings = settings;
        inside = open(Port.inMemory(settings.inside(), -1));
        links = List.of(link(0), link(1));
        RunningFormat format = open(new RunningFormat(settings, counters, SystemNanoClock.INSTANCE, timeOfDay));
        // Without links, for sending that fails is not what is to be compiled.
        LinksInUse none = open(new LinksInUse(List.of()));
        agents = open(new PathAgents(settings, format, inside, none, open(new LinksInUse(links)), counters));
    }

    private Port link(int place) {
        PortSettings link = settings.links().get(place);
        return open(Port.inMemory(link, place));
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.add(part);
        return part;
    }

    /**
     * Moves frames both ways until there were enough or the time is over.
     *
     * @param frames  each way
     * @param limitNs of this thread's time on the wall
     * @return frames moved each way
     */
    public int run(int frames, long limitNs) {
        long startNs = System.nanoTime();
        int moved = 0;
        while (moved < frames && System.nanoTime() - startNs < limitNs) {
            moveBatch();
            moved += BATCH_FRAMES;
        }
        return moved;
    }

    private void moveBatch() {
        long nowNs = timeOfDay.nanoTime();
        for (int i = 0; i < BATCH_FRAMES; i++) {
            write(FAR_NODE, settings.ownAddress());
            inside.ring().put(i, memory, frame.offset(), frame.length(), nowNs);
            for (Port link : links) {
                write(settings.ownAddress(), FAR_NODE);
                mark(link.place());
                link.ring().put(i, memory, frame.offset(), frame.length(), nowNs);
            }
            number = (number + 1) & 0xFFFF;
        }
        agents.send().doWork();
        agents.receive().doWork();
    }

    /** An IPv4 packet of UDP, as most classifiers look deepest into. */
    private void write(long destination, long source) {
        frame.wrap(memory, FRAME_OFFSET, FRAME_BYTES, memory.capacity() - FRAME_OFFSET);
        memory.putLong(FRAME_OFFSET, destination << Short.SIZE | source >>> Integer.SIZE, ByteOrder.BIG_ENDIAN);
        memory.putInt(FRAME_OFFSET + Long.BYTES, (int) source, ByteOrder.BIG_ENDIAN);
        int packet = FRAME_OFFSET + IfEther.ETH_HLEN;
        memory.putShort(packet - Short.BYTES, (short) IPV4, ByteOrder.BIG_ENDIAN);
        memory.putInt(packet, 0x4500_0000 | FRAME_BYTES - IfEther.ETH_HLEN, ByteOrder.BIG_ENDIAN);
        memory.putInt(packet + 4, 0);
        memory.putInt(packet + 8, 0x4011_0000, ByteOrder.BIG_ENDIAN); // time to live 64, UDP
    }

    private void mark(int place) {
        if (settings.format() instanceof FormatSettings.Prp) {
            RedundancyControlTrailer.append(frame, number);
            RedundancyControlTrailer.readdress(
                    memory, RedundancyControlTrailer.lanIdOffset(frame), RedundancyControlTrailer.LAN_A + place);
        } else {
            RedundancyTag.insert(frame, RedundancyTag.positionBehindTag(frame), number);
        }
    }

    /** How often the made-up agents counted something. */
    long counted(DupPathCounter counter) {
        return counters.value(counter);
    }

    /** What the made-up link at this place counted. */
    long countedByLink(int place, DupPathCounter counter) {
        return links.get(place).counters().value(counter);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(opened);
        opened.clear();
    }
}
