package net.twinpath.duppath;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.frame.Coalescing;
import net.twinpath.duppath.frame.Segmentation;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.receive.ReceiveAgent;
import net.twinpath.duppath.send.SendAgent;
import net.twinpath.linux.Mapping;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;

/** The two agents of a path, and the memory in which each cuts and joins frames; the ports are somebody else's. */
final class PathAgents implements AutoCloseable {
    private final List<Mapping> memory = new ArrayList<>();
    private final SendAgent send;
    private final ReceiveAgent receive;

    /** @throws net.twinpath.linux.ErrnoException when there is no memory; none stays mapped then */
    PathAgents(
            DupPathSettings settings,
            RunningFormat format,
            Port inside,
            LinksInUse sendLinks,
            LinksInUse receiveLinks,
            CounterBlock counters) {
        boolean busyPolling = settings.agents().busyPolling();
        try {
            send = new SendAgent(
                    settings.name(),
                    busyPolling,
                    inside,
                    sendLinks,
                    format.proxies(),
                    segmentation(settings),
                    format.outward(),
                    format.encoding(),
                    counters,
                    SystemNanoClock.INSTANCE);
            receive = new ReceiveAgent(
                    settings.name(),
                    busyPolling,
                    receiveLinks,
                    inside,
                    format.ordering(),
                    format.heldFrames(),
                    settings.superFrames() ? coalescing() : null,
                    settings.ownAddress(),
                    format.proxies(),
                    segmentation(settings),
                    format.decoding(),
                    counters,
                    format.arrivals());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The segments of each agent lie in memory that is touched when the first super-frame comes. */
    private Segmentation segmentation(DupPathSettings settings) {
        int frameBytes = settings.inside().maxFrameBytes();
        Mapping segments = map(Segmentation.bytes(frameBytes));
        return new Segmentation(segments.buffer(), frameBytes);
    }

    private Coalescing coalescing() {
        Mapping joined = map(Coalescing.bytes(ReceiveAgent.BATCH_FRAMES));
        return new Coalescing(joined.buffer(), ReceiveAgent.BATCH_FRAMES);
    }

    private Mapping map(int bytes) {
        Mapping mapping = Mapping.anonymous(bytes);
        memory.add(mapping);
        return mapping;
    }

    SendAgent send() {
        return send;
    }

    ReceiveAgent receive() {
        return receive;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(memory);
        memory.clear();
    }
}
