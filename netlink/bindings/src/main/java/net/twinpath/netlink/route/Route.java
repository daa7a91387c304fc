package net.twinpath.netlink.route;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import net.twinpath.linux.Socket;
import net.twinpath.netlink.AttributeDecoder;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtroute.GetrouteReply;
import net.twinpath.netlink.family.rtroute.RouteAttrs;
import net.twinpath.netlink.family.rtroute.RouteFlags;
import net.twinpath.netlink.family.rtroute.RouteProtocol;
import net.twinpath.netlink.family.rtroute.RouteType;
import net.twinpath.netlink.family.rtroute.Rtmsg;

/**
 * A route over one interface that was made to stay, by hand or by DHCP, with all that the kernel keeps of it.
 *
 * @param interfaceIndex index of the interface packets leave by
 * @param text           what tells it from others over the interface, for people: {@code default via 192.0.2.1 metric 5}
 * @param octets         its message without the interface, in hexadecimal: {@code struct rtmsg} and attributes
 */
public record Route(int interfaceIndex, String text, String octets) {
    private static final int MAIN_TABLE = 254;
    private static final int LOCAL_TABLE = 255;

    /** Where {@code rtm_flags} stands in {@code struct rtmsg}. */
    private static final int FLAGS_OFFSET = 8;

    private static final int ATTRIBUTE_HEADER = 4;

    /** Empty for what the kernel or a routing daemon keeps itself, for what is no way, and for several ways in one. */
    static Optional<Route> decode(NetlinkMessage message) {
        GetrouteReply reply = GetrouteReply.decode(message);
        Long oif = reply.oif();
        if (oif == null || !isMade(reply.rtmsg()) || table(reply) == LOCAL_TABLE) {
            return Optional.empty();
        }
        return Optional.of(new Route(oif.intValue(), text(reply), HexFormat.of().formatHex(octets(message))));
    }

    private static boolean isMade(Rtmsg header) {
        int family = header.rtmFamily();
        boolean lasting = switch (header.rtmProtocol()) {
            case RouteProtocol.RTPROT_BOOT, RouteProtocol.RTPROT_STATIC, RouteProtocol.RTPROT_DHCP -> true;
            default -> false;
        };
        return (family == Socket.AF_INET || family == Socket.AF_INET6)
                && header.rtmType() == RouteType.RTN_UNICAST
                && lasting;
    }

    private static long table(GetrouteReply reply) {
        Long table = reply.table();
        return table == null ? reply.rtmsg().rtmTable() : table;
    }

    private static String text(GetrouteReply reply) {
        Rtmsg header = reply.rtmsg();
        InetAddress to = Address.inetAddress(reply.dst());
        String family = header.rtmFamily() == Socket.AF_INET ? "" : "-6 ";
        StringBuilder text = new StringBuilder()
                .append(to == null ? family + "default" : to.getHostAddress() + "/" + header.rtmDstLen());
        InetAddress gateway = Address.inetAddress(reply.gateway());
        if (gateway != null) {
            text.append(" via ").append(gateway.getHostAddress());
        }
        if (header.rtmTos() != 0) {
            text.append(" tos ").append(header.rtmTos());
        }
        if (reply.priority() != null) {
            text.append(" metric ").append(reply.priority());
        }
        return text.append(table(reply) == MAIN_TABLE ? "" : " table " + table(reply))
                .toString();
    }

    /** Without the flags the kernel sets by itself, the interface and what only counts. */
    private static byte[] octets(NetlinkMessage message) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        AttributeDecoder in = message.payload();
        byte[] header = new byte[Rtmsg.LENGTH];
        in.buffer().getBytes(in.take(Rtmsg.LENGTH), header);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.nativeOrder());
        fields.putInt(FLAGS_OFFSET, fields.getInt(FLAGS_OFFSET) & RouteFlags.RTNH_F_ONLINK);
        octets.writeBytes(header);
        while (in.next()) {
            if (in.type() != RouteAttrs.RTA_OIF && in.type() != RouteAttrs.RTA_CACHEINFO) {
                octets.writeBytes(attribute(in.type(), Objects.requireNonNull(in.bytes())));
            }
        }
        return octets.toByteArray();
    }

    private static byte[] attribute(int type, byte[] value) {
        int length = ATTRIBUTE_HEADER + value.length;
        int aligned = (length + ATTRIBUTE_HEADER - 1) / ATTRIBUTE_HEADER * ATTRIBUTE_HEADER;
        return ByteBuffer.allocate(aligned)
                .order(ByteOrder.nativeOrder())
                .putShort((short) length)
                .putShort((short) type)
                .put(value)
                .array();
    }
}
