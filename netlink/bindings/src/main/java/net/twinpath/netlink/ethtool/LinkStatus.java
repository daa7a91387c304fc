package net.twinpath.netlink.ethtool;

import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.Duplex;
import net.twinpath.netlink.family.ethtool.LinkstateGetReply;
import net.twinpath.netlink.family.ethtool.LinkstateGetRequest;
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
        HALF(Duplex.DUPLEX_HALF),
        FULL(Duplex.DUPLEX_FULL),
        UNKNOWN(Duplex.DUPLEX_UNKNOWN);

        private final int number;

        DuplexMode(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        /** The mode with this number; UNKNOWN for one that is not in the list. */
        static DuplexMode of(int number) {
            return switch (number) {
                case Duplex.DUPLEX_HALF -> HALF;
                case Duplex.DUPLEX_FULL -> FULL;
                default -> UNKNOWN;
            };
        }
    }

    /** Reads the status of interfaces. */
    public static final class Reader {
        private final EthtoolFamily family;
        private final LinkModes modes;

        /**
         * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
         *
         * @throws NetlinkException ENOENT when the kernel has no ethtool family
         */
        public Reader(NetlinkSocket socket) {
            family = new EthtoolFamily(socket);
            modes = new LinkModes(family);
        }

        /** The status now; speed and duplex are unknown where the driver has neither. */
        public LinkStatus read(Link link) {
            LinkstateGetRequest request = new LinkstateGetRequest(family.id()).header(EthtoolFamily.header(link));
            boolean detected = family.request("read link state of", link, request).stream()
                    .map(LinkstateGetReply::decode)
                    .anyMatch(reply -> Integer.valueOf(1).equals(reply.link()));
            return withModes(detected, link);
        }

        private LinkStatus withModes(boolean detected, Link link) {
            try {
                LinkModeSettings settings = modes.get(link);
                Integer speed = settings.speedMbps();
                DuplexMode duplex = settings.duplex();
                return new LinkStatus(
                        detected,
                        speed == null ? OptionalInt.empty() : OptionalInt.of(speed),
                        duplex == null ? DuplexMode.UNKNOWN : duplex);
            } catch (NetlinkException e) {
                if (e.is(Errno.EOPNOTSUPP)) {
                    return new LinkStatus(detected, OptionalInt.empty(), DuplexMode.UNKNOWN);
                }
                throw e;
            }
        }
    }
}
