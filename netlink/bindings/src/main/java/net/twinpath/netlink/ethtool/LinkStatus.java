package net.twinpath.netlink.ethtool;

import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.ethtool.Duplex;
import net.twinpath.netlink.family.ethtool.Ethtool;
import net.twinpath.netlink.family.ethtool.LinkmodesGetReply;
import net.twinpath.netlink.family.ethtool.LinkmodesGetRequest;
import net.twinpath.netlink.family.ethtool.LinkstateGetReply;
import net.twinpath.netlink.family.ethtool.LinkstateGetRequest;
import net.twinpath.netlink.generic.GenericFamily;
import net.twinpath.netlink.route.Link;

/**
 * What the hardware tells of its cable.
 *
 * @param detected  the other end is there
 * @param speedMbps Mbit/s; empty while not known
 * @param duplex    whether both ends may send at once
 */
public record LinkStatus(boolean detected, OptionalInt speedMbps, DuplexMode duplex) {
    /** Whether both ends may send at once ({@code DUPLEX_*} of {@code linux/ethtool.h}). */
    public enum DuplexMode {
        HALF,
        FULL,
        UNKNOWN
    }

    /** Reads the status of interfaces. */
    public static final class Reader {
        private static final long SPEED_UNKNOWN = 0xFFFF_FFFFL;

        /** The same in 16 bits, as some drivers still say it. */
        private static final long OLD_SPEED_UNKNOWN = 0xFFFF;

        private final NetlinkSocket socket;
        private final int familyId;

        /**
         * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
         *
         * @throws NetlinkException ENOENT when the kernel has no ethtool family
         */
        public Reader(NetlinkSocket socket) {
            this.socket = socket;
            familyId = GenericFamily.resolve(socket, Ethtool.FAMILY_NAME).id();
        }

        /** The status now; speed and duplex are unknown where the driver has neither. */
        public LinkStatus read(Link link) {
            Operation operation = new Operation("read link state of", link.name());
            LinkstateGetRequest request = new LinkstateGetRequest(familyId).header(Features.header(link));
            boolean detected = socket.request(operation, request, 0).stream()
                    .map(LinkstateGetReply::decode)
                    .anyMatch(reply -> Integer.valueOf(1).equals(reply.link()));
            return withModes(detected, link);
        }

        private LinkStatus withModes(boolean detected, Link link) {
            Operation operation = new Operation("read link modes of", link.name());
            LinkmodesGetRequest request = new LinkmodesGetRequest(familyId).header(Features.header(link));
            try {
                return socket.request(operation, request, 0).stream()
                        .map(LinkmodesGetReply::decode)
                        .findFirst()
                        .map(reply -> new LinkStatus(detected, speed(reply), duplex(reply)))
                        .orElseGet(() -> unknownModes(detected));
            } catch (NetlinkException e) {
                if (e.is(Errno.EOPNOTSUPP)) {
                    return unknownModes(detected);
                }
                throw e;
            }
        }

        private static LinkStatus unknownModes(boolean detected) {
            return new LinkStatus(detected, OptionalInt.empty(), DuplexMode.UNKNOWN);
        }

        private static OptionalInt speed(LinkmodesGetReply reply) {
            Long speed = reply.speed();
            if (speed == null || speed == 0 || speed == OLD_SPEED_UNKNOWN || speed == SPEED_UNKNOWN) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(speed.intValue());
        }

        private static DuplexMode duplex(LinkmodesGetReply reply) {
            Integer duplex = reply.duplex();
            if (duplex == null) {
                return DuplexMode.UNKNOWN;
            }
            return switch (duplex) {
                case Duplex.DUPLEX_HALF -> DuplexMode.HALF;
                case Duplex.DUPLEX_FULL -> DuplexMode.FULL;
                default -> DuplexMode.UNKNOWN;
            };
        }
    }
}
