package net.twinpath.duppath.frame;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames written in hexadecimal digits, with room around them as in a receive ring. */
final class HexFrames {
    /** Where a frame begins in its memory: so much room is in front of it. */
    static final int START = 32;

    /** Octets of room behind a frame. */
    static final int TAILROOM = 64;

    private HexFrames() {}

    static Frame frame(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        UnsafeBuffer memory = new UnsafeBuffer(new byte[START + octets.length + TAILROOM]);
        memory.putBytes(START, octets);
        return new Frame().wrap(memory, START, octets.length, octets.length + TAILROOM);
    }

    static String hex(Frame frame) {
        byte[] octets = new byte[frame.length()];
        frame.buffer().getBytes(frame.offset(), octets);
        return HexFormat.of().formatHex(octets);
    }
}
