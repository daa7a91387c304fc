package net.twinpath.linux;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/** A kernel socket address in the octets its family defines, with the words errors name it by. */
public final class SocketAddress {
    /** Room for a path in {@code struct sockaddr_un}, with the closing zero or the leading one of an abstract name. */
    public static final int SUN_PATH_LENGTH = 108;

    private static final int SOCKADDR_NL_LENGTH = 12;
    private static final int FAMILY_LENGTH = 2;
    private static final int SOCKADDR_IN_LENGTH = 16;
    private static final int SIN_ADDR_OFFSET = 4;
    private static final int SOCKADDR_IN6_LENGTH = 28;
    private static final int SIN6_ADDR_OFFSET = 8;

    private final UnsafeBuffer octets;
    private final String description;

    private SocketAddress(int family, int length, String description) {
        this.octets = NativeBuffers.allocate(length);
        this.octets.putShort(0, (short) family);
        this.description = description;
    }

    /**
     * {@code struct sockaddr_ll} (packet(7)).
     *
     * @param interfaceName for error messages
     * @param ifindex       the interface's index
     * @param protocol      EtherType received, in host order; 0 receives nothing
     */
    public static SocketAddress packet(String interfaceName, int ifindex, int protocol) {
        SocketAddress address = new SocketAddress(Socket.AF_PACKET, IfPacket.SOCKADDR_LL_LENGTH, interfaceName);
        address.octets.putShort(IfPacket.SLL_PROTOCOL_OFFSET, (short) protocol, BIG_ENDIAN);
        address.octets.putInt(IfPacket.SLL_IFINDEX_OFFSET, ifindex);
        return address;
    }

    /**
     * {@code struct sockaddr_nl} (netlink(7)) with a port number the kernel chooses.
     *
     * @param groups bit mask of the first 32 multicast groups (bit n-1 is group n)
     */
    public static SocketAddress netlink(int groups) {
        SocketAddress address = new SocketAddress(Socket.AF_NETLINK, SOCKADDR_NL_LENGTH, "netlink");
        address.octets.putInt(8, groups);
        return address;
    }

    /** {@code struct sockaddr_un} (unix(7)) for a path in the file system, at most 107 octets. */
    public static SocketAddress unixPath(String path) {
        byte[] name = NativeBuffers.octets(path);
        if (name.length == 0 || name.length >= SUN_PATH_LENGTH) {
            throw new IllegalArgumentException(
                    "socket path " + path + " has " + name.length + " octets, not 1 to " + (SUN_PATH_LENGTH - 1));
        }
        SocketAddress address = new SocketAddress(Socket.AF_UNIX, FAMILY_LENGTH + name.length + 1, path);
        address.octets.putBytes(FAMILY_LENGTH, name);
        return address;
    }

    /**
     * {@code struct sockaddr_un} for a name in the abstract space, which belongs to the network namespace and is free
     * again when its owner ends, however it ends.
     */
    public static SocketAddress unixAbstract(String name) {
        byte[] octets = NativeBuffers.octets(name);
        if (octets.length == 0 || octets.length >= SUN_PATH_LENGTH) {
            throw new IllegalArgumentException("abstract socket name " + name + " is empty or too long");
        }
        SocketAddress address = new SocketAddress(Socket.AF_UNIX, FAMILY_LENGTH + 1 + octets.length, "@" + name);
        address.octets.putBytes(FAMILY_LENGTH + 1, octets);
        return address;
    }

    /** {@code struct sockaddr_in} (ip(7)) or {@code struct sockaddr_in6} (ipv6(7)). */
    public static SocketAddress inet(InetSocketAddress place) {
        byte[] octets = place.getAddress().getAddress();
        boolean isIpv6 = place.getAddress() instanceof Inet6Address;
        SocketAddress address = isIpv6
                ? new SocketAddress(Socket.AF_INET6, SOCKADDR_IN6_LENGTH, place.toString())
                : new SocketAddress(Socket.AF_INET, SOCKADDR_IN_LENGTH, place.toString());
        address.octets.putShort(FAMILY_LENGTH, (short) place.getPort(), BIG_ENDIAN);
        address.octets.putBytes(isIpv6 ? SIN6_ADDR_OFFSET : SIN_ADDR_OFFSET, octets);
        return address;
    }

    long nativeAddress() {
        return octets.addressOffset();
    }

    int length() {
        return octets.capacity();
    }

    @Override
    public String toString() {
        return description;
    }
}
