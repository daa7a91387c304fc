package net.twinpath.duppath;

import java.util.List;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamSettings;

/**
 * What a path is made of.
 *
 * @param name       the path's name, for threads and messages
 * @param inside     the port frames come from and go to
 * @param isGateway  whether devices are on the inside port, rather than this machine's own applications
 * @param superFrames whether TCP segments are joined for the inside port, whose far end is to take such frames
 * @param agents     how the threads run
 * @param links      LAN A, LAN B, and so on
 * @param ownAddress our own address on the links, first octet in bits 47 to 40
 * @param format     how frames are numbered and marked
 * @param streams    in order; the first match wins
 * @param unmatched  what becomes of frames no stream matches
 * @param maxDelayNs how long a frame may be held to put a stream in order; 0 to hold none
 */
public record DupPathSettings(
        String name,
        PortSettings inside,
        boolean isGateway,
        boolean superFrames,
        AgentSettings agents,
        List<PortSettings> links,
        long ownAddress,
        FormatSettings format,
        List<StreamSettings> streams,
        StreamAction unmatched,
        long maxDelayNs) {
    public DupPathSettings {
        links = List.copyOf(links);
        streams = List.copyOf(streams);
    }

    /** The same, but for how the threads run, and how frames are numbered and marked. */
    DupPathSettings with(AgentSettings otherAgents, FormatSettings otherFormat) {
        return new DupPathSettings(
                name,
                inside,
                isGateway,
                superFrames,
                otherAgents,
                links,
                ownAddress,
                otherFormat,
                streams,
                unmatched,
                maxDelayNs);
    }
}
