package net.twinpath.linux;

/**
 * Messages sent with one call (sendmmsg(2)), each gathered from several places in memory and standing for one frame or
 * more; filling and sending allocate nothing.
 */
public final class GatheredBatch {
    private final MessageArrays messages;
    private final int[] frames;
    private int size;
    private int firstPart;
    private int parts;

    /**
     * Makes an empty batch.
     *
     * @param messages at most in one batch
     * @param parts    of all messages together, at most
     */
    public GatheredBatch(int messages, int parts) {
        this.messages = new MessageArrays(messages, parts);
        frames = new int[messages];
    }

    /** Messages. */
    public int size() {
        return size;
    }

    /**
     * Begins another message, which has no part yet.
     *
     * @param standsFor frames
     */
    public void begin(int standsFor) {
        firstPart = parts;
        messages.message(size, firstPart, 0);
        frames[size] = standsFor;
        size++;
    }

    /**
     * Adds a part to the message begun last.
     *
     * @param address native address of its first octet; the memory stays as it is until the batch has been sent
     * @param length  octets
     */
    public void add(long address, int length) {
        messages.part(parts, address, length);
        parts++;
        messages.message(size - 1, firstPart, parts - firstPart);
    }

    /** Frames that {@code count} messages from place {@code from} on stand for. */
    public int frames(int from, int count) {
        int sum = 0;
        for (int place = from; place < from + count; place++) {
            sum += frames[place];
        }
        return sum;
    }

    /**
     * Sends the messages from place {@code from} on, without waiting.
     *
     * @return how many were taken, at least 1; or the negative errno of the message at {@code from}
     */
    public int send(LinuxSocket socket, int from) {
        return messages.send(socket, from, size - from);
    }

    /** Forgets all messages. */
    public void clear() {
        size = 0;
        parts = 0;
    }
}
