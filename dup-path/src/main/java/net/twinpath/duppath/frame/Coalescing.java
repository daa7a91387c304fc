package net.twinpath.duppath.frame;

import java.util.Arrays;
import net.twinpath.linux.VirtioNet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Joins frames that hold TCP segments in order to super-frames, which the receiver takes at one go (generic receive
 * offload). It is the opposite of {@link Segmentation}: what was joined and is cut again has the same octets.
 *
 * <pre>
 *  frames       | Ethernet, tags | IP | TCP | payload 1 |
 *               | Ethernet, tags | IP | TCP | payload 2 |   ...
 *  super-frame  | virtio_net_hdr | Ethernet, tags | IP | TCP | payload 1 | payload 2 | ...
 *                 written anew: one part                       parts, where they lie
 * </pre>
 *
 * <ul>
 *   <li>Joined are segments of one flow that come one behind the other with right checksums and the same headers but for
 *       lengths, checksums, sequence number and identification, which count on. All but the last are equally long; PSH
 *       and FIN are on the last at most.
 *   <li>Every other frame stays as it is, also when its checksum is wrong.
 *   <li>The frames of a flow stay in their order. Among flows a segment may come before frames of others that had come
 *       before it, back to the first one it is joined with.
 * </ul>
 */
public final class Coalescing {
    /** The virtio_net_hdr at 6, so that the frame behind it is at 16; the longest headers joined take 122 octets. */
    private static final int PLACE_BYTES = 192;

    private static final int HEADER_OFFSET = 16 - VirtioNet.VIRTIO_NET_HDR_LENGTH;
    private static final int NONE = -1;

    /** Slots for each frame, so that few flows share one. */
    private static final int SPACE = 4;

    /** What is to be sent: messages, each of several parts of memory one behind the other. */
    public interface Messages {
        /**
         * Begins another message, which has no part yet.
         *
         * @param standsFor frames
         */
        void begin(int standsFor);

        /**
         * Adds a part to the message begun last.
         *
         * @param address native address of its first octet
         * @param length  octets
         */
        void add(long address, int length);
    }

    private final UnsafeBuffer memory;
    private final TcpSegments[] segments;
    private final int[] firstFrame;
    private final int[] lastFrame;
    private final int[] nextFrame;
    private final long[] address;
    private final int[] length;
    private final int[] slots;
    private final int[] usedSlots;
    private int used;
    private int frames;
    private int size;
    private int superFrames;
    private int joined;

    /**
     * Makes it empty.
     *
     * @param memory {@link #bytes} octets, all 0
     * @param frames most it holds, a power of two
     */
    public Coalescing(UnsafeBuffer memory, int frames) {
        this.memory = memory;
        segments = new TcpSegments[frames];
        for (int i = 0; i < frames; i++) {
            segments[i] = new TcpSegments();
        }
        firstFrame = new int[frames];
        lastFrame = new int[frames];
        nextFrame = new int[frames];
        address = new long[frames];
        length = new int[frames];
        usedSlots = new int[frames];
        slots = new int[SPACE * frames];
        Arrays.fill(slots, NONE);
    }

    /** Octets of memory needed for as many frames: a place for the headers of each two, and one that stays 0. */
    public static int bytes(int frames) {
        return (frames / 2 + 1) * PLACE_BYTES;
    }

    public boolean isEmpty() {
        return frames == 0;
    }

    public boolean isFull() {
        return frames == length.length;
    }

    /** Takes a frame, which stays where it lies until {@link #clear}. */
    public void add(Frame frame) {
        address[frames] = frame.address();
        length[frames] = frame.length();
        nextFrame[frames] = NONE;
        TcpSegments candidate = segments[size];
        int kind = candidate.wrap(frame);
        if (kind == TcpSegments.ANY_FLOW) {
            forgetFlows();
        }
        if (kind != TcpSegments.OF_FLOW || !joins(candidate)) {
            firstFrame[size] = frames;
            lastFrame[size] = frames;
            size++;
        }
        frames++;
    }

    /** Joins a segment to those of its flow; where that cannot be, later ones are compared with it. */
    private boolean joins(TcpSegments candidate) {
        int slot = candidate.flowHash() & (slots.length - 1);
        while (slots[slot] != NONE && !segments[slots[slot]].isOfFlow(candidate)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        int place = slots[slot];
        if (place == NONE) {
            usedSlots[used] = slot;
            used++;
        } else if (segments[place].take(candidate)) {
            nextFrame[lastFrame[place]] = frames;
            lastFrame[place] = frames;
            return true;
        }
        slots[slot] = size;
        return false;
    }

    private void forgetFlows() {
        for (int i = 0; i < used; i++) {
            slots[usedSlots[i]] = NONE;
        }
        used = 0;
    }

    /** Tells what there is now, in order; each message has a virtio_net_hdr in front. */
    public void writeTo(Messages messages) {
        superFrames = 0;
        joined = 0;
        for (int place = 0; place < size; place++) {
            int count = segments[place].frames();
            messages.begin(count);
            if (count == 1) {
                messages.add(memory.addressOffset(), VirtioNet.VIRTIO_NET_HDR_LENGTH);
                messages.add(address[firstFrame[place]], length[firstFrame[place]]);
            } else {
                superFrames++;
                joined += count;
                writeJoined(place, messages);
            }
        }
    }

    private void writeJoined(int place, Messages messages) {
        int at = superFrames * PLACE_BYTES + HEADER_OFFSET;
        int headers = segments[place].headerLength();
        segments[place].writeHeaders(memory, at);
        messages.add(memory.addressOffset() + at, VirtioNet.VIRTIO_NET_HDR_LENGTH + headers);
        for (int frame = firstFrame[place]; frame != NONE; frame = nextFrame[frame]) {
            messages.add(address[frame] + headers, length[frame] - headers);
        }
    }

    /** Super-frames written last. */
    public int superFrames() {
        return superFrames;
    }

    /** Frames in them. */
    public int joined() {
        return joined;
    }

    /** Forgets all frames. */
    public void clear() {
        forgetFlows();
        frames = 0;
        size = 0;
    }
}
