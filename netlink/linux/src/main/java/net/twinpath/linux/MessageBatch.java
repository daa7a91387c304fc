package net.twinpath.linux;

/**
 * Frames sent with one call (sendmmsg(2)), straight from where they lie in memory; filling and sending allocate nothing.
 *
 * <p>Each message has one part; the two are tied together once, so adding a frame writes an address and a length. The same
 * batch can be sent on several sockets in turn.
 */
public final class MessageBatch {
    private final MessageArrays messages;
    private final int capacity;
    private int size;

    /** @param capacity frames at most in one batch */
    public MessageBatch(int capacity) {
        this.capacity = capacity;
        messages = new MessageArrays(capacity, capacity);
        for (int place = 0; place < capacity; place++) {
            messages.message(place, place, 1);
        }
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == capacity;
    }

    /**
     * Adds a frame.
     *
     * @param address native address of its first octet; the memory stays as it is until the batch has been sent
     * @param length  octets
     */
    public void add(long address, int length) {
        messages.part(size, address, length);
        size++;
    }

    /** Octets of the frame at this place. */
    public int length(int place) {
        return messages.length(place);
    }

    /** Native address of the first octet of the frame at this place. */
    public long address(int place) {
        return messages.address(place);
    }

    /** Makes the frame at this place begin {@code octets} earlier; later, when negative. Its end stays. */
    public void growAtStart(int place, int octets) {
        messages.part(place, messages.address(place) - octets, messages.length(place) + octets);
    }

    /**
     * Sends the frames from place {@code from} on, without waiting.
     *
     * @return how many were taken, at least 1; or the negative errno of the frame at {@code from}
     */
    public int send(LinuxSocket socket, int from) {
        return messages.send(socket, from, size - from);
    }

    /** Forgets all frames. */
    public void clear() {
        size = 0;
    }
}
