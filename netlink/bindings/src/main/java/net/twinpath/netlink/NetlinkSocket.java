package net.twinpath.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Netlink;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A netlink socket that either makes requests or listens to multicast groups, never both: a notification must not be
 * taken for an answer.
 *
 * <p>It belongs to the network namespace of the thread that opened it, and to one thread at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
    /** A dump goes wrong by itself when something changes meanwhile; this often it is begun again. */
    static final int DUMP_ATTEMPTS = 10;

    /** The kernel answers before {@code send} returns; longer than this means that it will not. */
    private static final int REPLY_TIMEOUT_MS = 5_000;

    /** The kernel fills at most 32 KiB of a dump at once; a single message can be longer, a datagram hardly. */
    private static final int RECEIVE_BUFFER_LENGTH = 256 * 1024;

    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int EINTR = Errno.EINTR.intValue();
    private static final int ENOBUFS = Errno.ENOBUFS.intValue();

    private final NetlinkTransport transport;
    private final UnsafeBuffer received = NativeBuffers.allocate(RECEIVE_BUFFER_LENGTH);
    private boolean listening;
    private int sequence;

    /** A socket over any transport. */
    public NetlinkSocket(NetlinkTransport transport) {
        this.transport = transport;
    }

    /**
     * Opens a socket to the kernel.
     *
     * @param protocol {@code NETLINK_*}
     */
    public static NetlinkSocket open(int protocol) {
        return new NetlinkSocket(KernelTransport.open(protocol));
    }

    /** The descriptor, for an event loop. */
    public int fd() {
        return transport.fd();
    }

    /** Joins a multicast group; from here on the socket only listens. */
    public void join(int group) {
        listening = true;
        transport.join(group);
    }

    /**
     * Makes a request and waits until the kernel acknowledges it.
     *
     * @param flags {@code NLM_F_*} besides REQUEST and ACK
     * @return the messages that came before the acknowledgement
     * @throws NetlinkException when the kernel refuses
     */
    public List<NetlinkMessage> request(Operation operation, NetlinkRequest request, int flags) {
        List<NetlinkMessage> answer = new ArrayList<>();
        exchange(operation, request, flags | Netlink.NLM_F_ACK, answer);
        return answer;
    }

    /**
     * Asks for a list, again when it changed while the kernel wrote it, so that the result is consistent.
     *
     * @throws NetlinkException when the kernel refuses, or EINTR when the list changed all the time
     */
    public List<NetlinkMessage> dump(Operation operation, NetlinkRequest request) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<NetlinkMessage> answer = new ArrayList<>();
            if (!exchange(operation, request, Netlink.NLM_F_DUMP, answer)) {
                return answer;
            }
        }
        String explanation = "the list changed during each of " + DUMP_ATTEMPTS + " attempts to read it";
        throw new NetlinkException(operation, EINTR, explanation, null);
    }

    /**
     * Hands over the notifications that are there, without waiting.
     *
     * @return false when the kernel had to drop some (ENOBUFS): what is known must be read anew
     */
    public boolean drain(Consumer<NetlinkMessage> consumer) {
        boolean complete = true;
        for (int length = transport.receive(received, 0); length != -EAGAIN; length = transport.receive(received, 0)) {
            if (length == -ENOBUFS || length > received.capacity()) {
                complete = false;
            } else if (length != -EINTR) {
                messages(checked(new Operation("receive notifications", null), length))
                        .forEach(consumer);
            }
        }
        return complete;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** One request and its whole answer; true when a dump was interrupted by a change. */
    private boolean exchange(Operation operation, NetlinkRequest request, int flags, List<NetlinkMessage> answer) {
        if (listening) {
            throw new IllegalStateException(operation + ": the socket listens to a multicast group");
        }
        sequence++;
        AttributeEncoder encoded = new AttributeEncoder(request.messageType(), flags | Netlink.NLM_F_REQUEST, sequence);
        request.encode(encoded);
        send(operation, encoded);
        boolean interrupted = false;
        while (true) {
            for (NetlinkMessage message : messages(receive(operation))) {
                if (!answers(operation, message)) {
                    continue;
                }
                interrupted |= message.has(Netlink.NLM_F_DUMP_INTR);
                if (message.type() == Netlink.NLMSG_ERROR || message.type() == Netlink.NLMSG_DONE) {
                    finish(operation, encoded, message);
                    return interrupted;
                }
                answer.add(message);
            }
        }
    }

    private void send(Operation operation, AttributeEncoder encoded) {
        int length = encoded.finish();
        UnsafeBuffer datagram = NativeBuffers.allocate(length);
        datagram.putBytes(0, encoded.buffer(), 0, length);
        checked(operation, transport.send(datagram, length));
    }

    private int receive(Operation operation) {
        int length = transport.receive(received, REPLY_TIMEOUT_MS);
        while (length == -EINTR) {
            length = transport.receive(received, REPLY_TIMEOUT_MS);
        }
        if (length == -EAGAIN) {
            String explanation = "no answer from the kernel within " + REPLY_TIMEOUT_MS + " ms";
            throw new NetlinkException(operation, Errno.ETIMEDOUT.intValue(), explanation, null);
        }
        if (length > received.capacity()) {
            String explanation = "the answer has " + length + " octets, more than " + received.capacity();
            throw new NetlinkException(operation, Errno.EMSGSIZE.intValue(), explanation, null);
        }
        return checked(operation, length);
    }

    private List<NetlinkMessage> messages(int length) {
        List<NetlinkMessage> messages = new ArrayList<>();
        int offset = 0;
        while (offset < length) {
            NetlinkMessage message = NetlinkMessage.copyOf(received, offset, length);
            messages.add(message);
            offset += AttributeEncoder.align(message.length());
        }
        return messages;
    }

    /** False for what is left over from an earlier request that was given up. */
    private boolean answers(Operation operation, NetlinkMessage message) {
        if (message.sequence() - sequence > 0) {
            String explanation = "answer to request " + message.sequence() + ", but the latest is " + sequence;
            throw new NetlinkException(operation, Errno.EPROTO.intValue(), explanation, null);
        }
        return message.sequence() == sequence && message.type() != Netlink.NLMSG_NOOP;
    }

    private static void finish(Operation operation, AttributeEncoder request, NetlinkMessage message) {
        Acknowledgement acknowledgement = Acknowledgement.decode(message);
        if (acknowledgement.errno() != 0) {
            throw acknowledgement.toException(operation, request);
        }
    }

    private static int checked(Operation operation, int result) {
        if (result < 0) {
            throw new NetlinkException(operation, -result, null, null);
        }
        return result;
    }
}
