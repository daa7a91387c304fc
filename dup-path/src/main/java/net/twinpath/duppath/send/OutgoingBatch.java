package net.twinpath.duppath.send;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.MessageBatch;
import org.agrona.MutableDirectBuffer;

/**
 * Frames on their way out, where they lie in the inside port's ring: those that leave as a copy on every link, and those
 * that leave on one link only.
 *
 * <p>The kernel copies while it sends, so all links' copies share one place, and between two links only the few octets
 * that differ are written anew.
 */
public final class OutgoingBatch {
    private static final int MAX_LINKS = 8;

    private final MutableDirectBuffer memory;
    private final MessageBatch copies;
    private final int[] marks;
    private final MessageBatch[] singles = new MessageBatch[MAX_LINKS];

    /**
     * @param memory   every frame's
     * @param capacity frames at most
     */
    OutgoingBatch(MutableDirectBuffer memory, int capacity) {
        this.memory = memory;
        copies = new MessageBatch(capacity);
        marks = new int[capacity];
        for (int place = 0; place < MAX_LINKS; place++) {
            singles[place] = new MessageBatch(capacity);
        }
    }

    /**
     * Adds a frame that leaves on every link.
     *
     * @param mark where its copies differ, in {@link #memory()}
     */
    void addCopy(Frame frame, int mark) {
        marks[copies.size()] = mark;
        copies.add(frame.address(), frame.length());
    }

    /** Adds a frame that leaves on the link at this place only. */
    void addSingle(Frame frame, int place) {
        singles[place].add(frame.address(), frame.length());
    }

    MutableDirectBuffer memory() {
        return memory;
    }

    MessageBatch copies() {
        return copies;
    }

    /** Where the copies of the frame at this place differ. */
    int mark(int place) {
        return marks[place];
    }

    /** Sends everything and forgets it. */
    void send(Port[] links, SequenceEncoding encoding) {
        for (Port link : links) {
            if (copies.size() > 0) {
                encoding.address(this, link);
                link.send(copies);
            }
            MessageBatch single = singles[link.place()];
            if (single.size() > 0) {
                link.send(single);
                single.clear();
            }
        }
        copies.clear();
    }
}
