package net.twinpath.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import org.agrona.concurrent.UnsafeBuffer;

/** A kernel that records requests and answers with the octets a test gives it. */
public final class FakeKernel implements NetlinkTransport {
    private final List<byte[]> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Object> pending = new ArrayDeque<>();
    private final List<Integer> groups = new ArrayList<>();

    /** What the kernel makes of a request: datagrams, which carry the sequence number they are given. */
    @FunctionalInterface
    public interface Answer {
        List<byte[]> to(int sequence);
    }

    /** Answers the next request that has no answer yet. */
    public FakeKernel answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** Answers with success. */
    public FakeKernel acknowledge() {
        return answer(sequence -> List.of(acknowledgement(sequence, 0, 0)));
    }

    /** Lets a datagram arrive that nobody asked for. */
    public void notify(byte[] datagram) {
        pending.add(datagram);
    }

    /** Lets the next receive fail. */
    public void failReceive(Errno errno) {
        pending.add(errno.intValue());
    }

    /** The requests so far, each a whole message. */
    public List<byte[]> requests() {
        return requests;
    }

    /** The last request in hexadecimal. */
    public String lastRequest() {
        return HexFormat.of().formatHex(requests.get(requests.size() - 1));
    }

    public List<Integer> groups() {
        return groups;
    }

    @Override
    public int fd() {
        return -1;
    }

    @Override
    public void join(int group) {
        groups.add(group);
    }

    @Override
    public int send(UnsafeBuffer datagram, int length) {
        byte[] request = new byte[length];
        datagram.getBytes(0, request);
        requests.add(request);
        Answer answer = answers.poll();
        if (answer != null) {
            pending.addAll(answer.to(datagram.getInt(Netlink.NLMSG_SEQ_OFFSET)));
        }
        return length;
    }

    @Override
    public int receive(UnsafeBuffer into, int timeoutMs) {
        Object next = pending.poll();
        if (next instanceof Integer errno) {
            return -errno;
        }
        if (next instanceof byte[] datagram) {
            into.putBytes(0, datagram, 0, Math.min(datagram.length, into.capacity()));
            return datagram.length;
        }
        return -Errno.EAGAIN.intValue();
    }

    @Override
    public void close() {}

    /** A message with header. */
    public static byte[] message(int type, int flags, int sequence, byte[]... body) {
        byte[] payload = join(body);
        return ByteBuffer.allocate(AttributeEncoder.align(Netlink.NLMSGHDR_LENGTH + payload.length))
                .order(ByteOrder.nativeOrder())
                .putInt(Netlink.NLMSGHDR_LENGTH + payload.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0)
                .put(payload)
                .array();
    }

    /** {@code NLMSG_ERROR} as the kernel sends it with NETLINK_CAP_ACK: error and the header of the request. */
    public static byte[] acknowledgement(int sequence, int errno, int flags, byte[]... attributes) {
        byte[] error = ByteBuffer.allocate(Integer.BYTES + Netlink.NLMSGHDR_LENGTH)
                .order(ByteOrder.nativeOrder())
                .putInt(-errno)
                .putInt(Netlink.NLMSGHDR_LENGTH)
                .array();
        return message(Netlink.NLMSG_ERROR, Netlink.NLM_F_CAPPED | flags, sequence, join(error, join(attributes)));
    }

    /** {@code NLMSG_DONE}. */
    public static byte[] done(int sequence, int flags, int errno) {
        return message(Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI | flags, sequence, u32(-errno));
    }

    /** An attribute with its padding. */
    public static byte[] attribute(int type, byte[]... payload) {
        byte[] octets = join(payload);
        return ByteBuffer.allocate(AttributeEncoder.align(Netlink.NLATTR_LENGTH + octets.length))
                .order(ByteOrder.nativeOrder())
                .putShort((short) (Netlink.NLATTR_LENGTH + octets.length))
                .putShort((short) type)
                .put(octets)
                .array();
    }

    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.nativeOrder())
                .putShort((short) value)
                .array();
    }

    public static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    public static byte[] text(String value) {
        return (value + "\0").getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
