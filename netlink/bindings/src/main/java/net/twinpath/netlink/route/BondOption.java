package net.twinpath.netlink.route;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.twinpath.netlink.MalformedMessageException;
import net.twinpath.netlink.family.rtlink.LinkinfoBondAttrs;
import net.twinpath.netlink.route.BondChoice.AdSelect;
import net.twinpath.netlink.route.BondChoice.ArpAllTargets;
import net.twinpath.netlink.route.BondChoice.ArpValidate;
import net.twinpath.netlink.route.BondChoice.FailOverMac;
import net.twinpath.netlink.route.BondChoice.LacpRate;
import net.twinpath.netlink.route.BondChoice.Mode;
import net.twinpath.netlink.route.BondChoice.PrimaryReselect;
import net.twinpath.netlink.route.BondChoice.XmitHashPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An option of a bond: its name, the type of its values, and how these stand in a message.
 *
 * <p>What each does, and in which modes, is told by {@code Documentation/networking/bonding.rst} of the kernel. The
 * kernel refuses what does not fit the mode (EACCES), the members or the state of the bond, and passes over an option
 * that is too new for it: what was set is to be read back.
 *
 * @param <T> type of the values; numbers are counts, milliseconds or seconds as said of each
 */
public final class BondOption<T> {
    /** Only of a bond that has no members and is switched off; other options get the defaults of the new mode. */
    public static final BondOption<Mode> MODE =
            choice("mode", Mode.class, LinkinfoBondAttrs::mode, LinkinfoBondAttrs.Builder::mode);

    /** Index of the port in use; 0 for none. */
    public static final BondOption<Integer> ACTIVE_SLAVE =
            index("active_slave", LinkinfoBondAttrs::activeSlave, LinkinfoBondAttrs.Builder::activeSlave);

    /** Milliseconds between looks at the carrier of the ports; 0 for none. Excludes {@link #ARP_INTERVAL}. */
    public static final BondOption<Integer> MIIMON =
            number("miimon", LinkinfoBondAttrs::miimon, LinkinfoBondAttrs.Builder::miimon);

    /** Milliseconds a port must be up before it is used, which the kernel rounds to a multiple of {@link #MIIMON}. */
    public static final BondOption<Integer> UPDELAY =
            number("updelay", LinkinfoBondAttrs::updelay, LinkinfoBondAttrs.Builder::updelay);

    /** Milliseconds a port must be down before it is given up, rounded likewise. */
    public static final BondOption<Integer> DOWNDELAY =
            number("downdelay", LinkinfoBondAttrs::downdelay, LinkinfoBondAttrs.Builder::downdelay);

    /** Asks the driver for the carrier, not the MII registers; from Linux 6.18 on always so. */
    public static final BondOption<Boolean> USE_CARRIER =
            flag("use_carrier", LinkinfoBondAttrs::useCarrier, LinkinfoBondAttrs.Builder::useCarrier);

    /** Milliseconds between ARP probes; 0 for none. Excludes {@link #MIIMON}. */
    public static final BondOption<Integer> ARP_INTERVAL =
            number("arp_interval", LinkinfoBondAttrs::arpInterval, LinkinfoBondAttrs.Builder::arpInterval);

    /** Who is probed by ARP, at most 16; an empty list for nobody. */
    public static final BondOption<List<Inet4Address>> ARP_IP_TARGET =
            ipv4("arp_ip_target", LinkinfoBondAttrs::arpIpTarget, LinkinfoBondAttrs.Builder::arpIpTarget);

    /** Which probes and answers are looked at. */
    public static final BondOption<ArpValidate> ARP_VALIDATE = choice(
            "arp_validate", ArpValidate.class, LinkinfoBondAttrs::arpValidate, LinkinfoBondAttrs.Builder::arpValidate);

    /** How many targets must answer. */
    public static final BondOption<ArpAllTargets> ARP_ALL_TARGETS = choice(
            "arp_all_targets",
            ArpAllTargets.class,
            LinkinfoBondAttrs::arpAllTargets,
            LinkinfoBondAttrs.Builder::arpAllTargets);

    /** Index of the port that is preferred; 0 for none. */
    public static final BondOption<Integer> PRIMARY =
            index("primary", LinkinfoBondAttrs::primary, LinkinfoBondAttrs.Builder::primary);

    /** When the preferred port takes over again. */
    public static final BondOption<PrimaryReselect> PRIMARY_RESELECT = choice(
            "primary_reselect",
            PrimaryReselect.class,
            LinkinfoBondAttrs::primaryReselect,
            LinkinfoBondAttrs.Builder::primaryReselect);

    /** Which MAC addresses the ports have; only of a bond without members. */
    public static final BondOption<FailOverMac> FAIL_OVER_MAC = choice(
            "fail_over_mac", FailOverMac.class, LinkinfoBondAttrs::failOverMac, LinkinfoBondAttrs.Builder::failOverMac);

    /** What decides by which port a frame leaves. */
    public static final BondOption<XmitHashPolicy> XMIT_HASH_POLICY = choice(
            "xmit_hash_policy",
            XmitHashPolicy.class,
            LinkinfoBondAttrs::xmitHashPolicy,
            LinkinfoBondAttrs.Builder::xmitHashPolicy);

    /** IGMP reports after a change of port, 0 to 255. */
    public static final BondOption<Integer> RESEND_IGMP =
            number("resend_igmp", LinkinfoBondAttrs::resendIgmp, LinkinfoBondAttrs.Builder::resendIgmp);

    /** Gratuitous ARPs, and unsolicited neighbour advertisements, after a change of port, 0 to 255. */
    public static final BondOption<Integer> NUM_PEER_NOTIF =
            number("num_grat_arp", LinkinfoBondAttrs::numPeerNotif, LinkinfoBondAttrs.Builder::numPeerNotif);

    /** Frames that come in by a backup port are received and not dropped. */
    public static final BondOption<Boolean> ALL_SLAVES_ACTIVE =
            flag("all_slaves_active", LinkinfoBondAttrs::allSlavesActive, LinkinfoBondAttrs.Builder::allSlavesActive);

    /** Ports that must be usable for the bond to have a carrier. */
    public static final BondOption<Integer> MIN_LINKS =
            number("min_links", LinkinfoBondAttrs::minLinks, LinkinfoBondAttrs.Builder::minLinks);

    /** Seconds between learning packets to the switches. */
    public static final BondOption<Integer> LP_INTERVAL =
            number("lp_interval", LinkinfoBondAttrs::lpInterval, LinkinfoBondAttrs.Builder::lpInterval);

    /** Frames in a row by the same port, 0 for random; only in mode balance-rr. */
    public static final BondOption<Integer> PACKETS_PER_SLAVE =
            number("packets_per_slave", LinkinfoBondAttrs::packetsPerSlave, LinkinfoBondAttrs.Builder::packetsPerSlave);

    /** How often the partner is to send; only of a bond that is switched off. */
    public static final BondOption<LacpRate> AD_LACP_RATE =
            choice("lacp_rate", LacpRate.class, LinkinfoBondAttrs::adLacpRate, LinkinfoBondAttrs.Builder::adLacpRate);

    /** Which aggregator is used; only of a bond that is switched off. */
    public static final BondOption<AdSelect> AD_SELECT =
            choice("ad_select", AdSelect.class, LinkinfoBondAttrs::adSelect, LinkinfoBondAttrs.Builder::adSelect);

    /** System priority in LACP, 1 to 65535; told only in mode 802.3ad, as the next two. */
    public static final BondOption<Integer> AD_ACTOR_SYS_PRIO =
            number("ad_actor_sys_prio", LinkinfoBondAttrs::adActorSysPrio, LinkinfoBondAttrs.Builder::adActorSysPrio);

    /** Upper ten bits of the port key in LACP, 0 to 1023. */
    public static final BondOption<Integer> AD_USER_PORT_KEY =
            number("ad_user_port_key", LinkinfoBondAttrs::adUserPortKey, LinkinfoBondAttrs.Builder::adUserPortKey);

    /** System identifier in LACP; 00:00:00:00:00:00 for the address of the bond. */
    public static final BondOption<MacAddress> AD_ACTOR_SYSTEM =
            mac("ad_actor_system", LinkinfoBondAttrs::adActorSystem, LinkinfoBondAttrs.Builder::adActorSystem);

    /** Moves flows between ports by their load; only of a bond that is switched off. */
    public static final BondOption<Boolean> TLB_DYNAMIC_LB =
            flag("tlb_dynamic_lb", LinkinfoBondAttrs::tlbDynamicLb, LinkinfoBondAttrs.Builder::tlbDynamicLb);

    /** Milliseconds between the notifications after a change of port, rounded to a multiple of {@link #MIIMON}. */
    public static final BondOption<Integer> PEER_NOTIF_DELAY =
            number("peer_notif_delay", LinkinfoBondAttrs::peerNotifDelay, LinkinfoBondAttrs.Builder::peerNotifDelay);

    /** Sends LACP without being asked; only of a bond that is switched off. */
    public static final BondOption<Boolean> AD_LACP_ACTIVE =
            flag("lacp_active", LinkinfoBondAttrs::adLacpActive, LinkinfoBondAttrs.Builder::adLacpActive);

    /** ARP probes that may go unanswered before a port is given up, 1 to 255. */
    public static final BondOption<Integer> MISSED_MAX =
            number("arp_missed_max", LinkinfoBondAttrs::missedMax, LinkinfoBondAttrs.Builder::missedMax);

    /** Who is probed by neighbour solicitation, at most 16; an empty list for nobody. */
    public static final BondOption<List<Inet6Address>> NS_IP6_TARGET =
            ipv6("ns_ip6_target", LinkinfoBondAttrs::nsIp6Target, LinkinfoBondAttrs.Builder::nsIp6Target);

    /** LACP collects and distributes together; only of a bond that is switched off (Linux 6.9). */
    public static final BondOption<Boolean> COUPLED_CONTROL =
            flag("coupled_control", LinkinfoBondAttrs::coupledControl, LinkinfoBondAttrs.Builder::coupledControl);

    private static final List<BondOption<?>> ALL = List.of(
            MODE,
            ACTIVE_SLAVE,
            MIIMON,
            UPDELAY,
            DOWNDELAY,
            USE_CARRIER,
            ARP_INTERVAL,
            ARP_IP_TARGET,
            ARP_VALIDATE,
            ARP_ALL_TARGETS,
            PRIMARY,
            PRIMARY_RESELECT,
            FAIL_OVER_MAC,
            XMIT_HASH_POLICY,
            RESEND_IGMP,
            NUM_PEER_NOTIF,
            ALL_SLAVES_ACTIVE,
            MIN_LINKS,
            LP_INTERVAL,
            PACKETS_PER_SLAVE,
            AD_LACP_RATE,
            AD_SELECT,
            AD_ACTOR_SYS_PRIO,
            AD_USER_PORT_KEY,
            AD_ACTOR_SYSTEM,
            TLB_DYNAMIC_LB,
            PEER_NOTIF_DELAY,
            AD_LACP_ACTIVE,
            MISSED_MAX,
            NS_IP6_TARGET,
            COUPLED_CONTROL);

    private static final int IPV4_LENGTH = 4;

    private final String kernelName;
    private final Reader<T> reader;
    private final Writer<T> writer;

    private BondOption(String kernelName, Reader<T> reader, Writer<T> writer) {
        this.kernelName = kernelName;
        this.reader = reader;
        this.writer = writer;
    }

    /** Every option there is, in the order of the kernel's numbers. */
    public static List<BondOption<?>> all() {
        return ALL;
    }

    /** The kernel's name; most are files in {@code /sys/class/net/BOND/bonding/}. */
    public String kernelName() {
        return kernelName;
    }

    /** The value in a message; null when the kernel did not tell it. */
    @Nullable
    T read(LinkinfoBondAttrs from) {
        return reader.read(from);
    }

    void write(LinkinfoBondAttrs.Builder to, T value) {
        writer.write(to, value);
    }

    @Override
    public String toString() {
        return kernelName;
    }

    private static BondOption<Integer> number(
            String kernelName, Reader<? extends Number> reader, Writer<Integer> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    Number number = reader.read(from);
                    return number == null ? null : number.intValue();
                },
                writer);
    }

    /** The kernel leaves out an index when there is none. */
    private static BondOption<Integer> index(String kernelName, Reader<Long> reader, Writer<Integer> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    Long index = reader.read(from);
                    return index == null ? 0 : index.intValue();
                },
                writer);
    }

    private static BondOption<Boolean> flag(String kernelName, Reader<Integer> reader, Writer<Integer> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    Integer number = reader.read(from);
                    return number == null ? null : number != 0;
                },
                (to, on) -> writer.write(to, on ? 1 : 0));
    }

    /** A choice this list does not have yet is as if it were not told. */
    private static <E extends Enum<E> & BondChoice> BondOption<E> choice(
            String kernelName, Class<E> list, Reader<? extends Number> reader, Writer<Integer> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    Number number = reader.read(from);
                    return number == null
                            ? null
                            : BondChoice.numbered(list, number.intValue()).orElse(null);
                },
                (to, choice) -> writer.write(to, choice.number()));
    }

    private static BondOption<MacAddress> mac(String kernelName, Reader<byte[]> reader, Writer<byte[]> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    byte[] octets = reader.read(from);
                    return octets == null ? null : MacAddress.of(octets);
                },
                (to, address) -> writer.write(to, address.octets()));
    }

    /** The kernel leaves out a list when it is empty. */
    private static BondOption<List<Inet4Address>> ipv4(
            String kernelName, Reader<List<Long>> reader, Writer<List<Long>> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    List<Long> targets = reader.read(from);
                    return targets == null
                            ? List.of()
                            : targets.stream().map(BondOption::inet4Address).toList();
                },
                (to, targets) -> writer.write(
                        to, targets.stream().map(BondOption::number).toList()));
    }

    private static BondOption<List<Inet6Address>> ipv6(
            String kernelName, Reader<List<byte[]>> reader, Writer<List<byte[]>> writer) {
        return new BondOption<>(
                kernelName,
                from -> {
                    List<byte[]> targets = reader.read(from);
                    return targets == null
                            ? List.of()
                            : targets.stream().map(BondOption::inet6Address).toList();
                },
                (to, targets) -> writer.write(
                        to, targets.stream().map(InetAddress::getAddress).toList()));
    }

    private static long number(Inet4Address address) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    private static Inet4Address inet4Address(long number) {
        byte[] octets = ByteBuffer.allocate(IPV4_LENGTH).putInt((int) number).array();
        return ofType(Inet4Address.class, octets);
    }

    private static Inet6Address inet6Address(byte[] octets) {
        return ofType(Inet6Address.class, octets);
    }

    private static <A extends InetAddress> A ofType(Class<A> type, byte[] octets) {
        InetAddress address = Address.inetAddress(octets);
        if (!type.isInstance(address)) {
            throw new MalformedMessageException("an " + type.getSimpleName() + " of " + octets.length + " octets");
        }
        return type.cast(address);
    }

    /** Finds the value in a message. */
    @FunctionalInterface
    private interface Reader<T> {
        @Nullable
        T read(LinkinfoBondAttrs from);
    }

    /** Puts a value into a message. */
    @FunctionalInterface
    private interface Writer<T> {
        void write(LinkinfoBondAttrs.Builder to, T value);
    }
}
