package net.twinpath.daemon.machine;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.twinpath.netlink.route.BondChoice;
import net.twinpath.netlink.route.BondOption;
import net.twinpath.netlink.route.BondOptions;
import net.twinpath.netlink.route.MacAddress;

/**
 * How the values of a bond's options are written.
 *
 * @param option of the kernel
 * @param write  value to text
 * @param read   text to value
 */
record BondOptionText<T>(BondOption<T> option, Function<T, String> write, Function<String, T> read) {
    private static final Map<BondSetting, BondOptionText<?>> ALL = Map.ofEntries(
            Map.entry(BondSetting.MODE, choice(BondOption.MODE, BondChoice.Mode.class)),
            Map.entry(BondSetting.MIIMON, time(BondOption.MIIMON, "ms")),
            Map.entry(BondSetting.UPDELAY, time(BondOption.UPDELAY, "ms")),
            Map.entry(BondSetting.DOWNDELAY, time(BondOption.DOWNDELAY, "ms")),
            Map.entry(BondSetting.PEER_NOTIF_DELAY, time(BondOption.PEER_NOTIF_DELAY, "ms")),
            Map.entry(BondSetting.ARP_IP_TARGET, addresses(BondOption.ARP_IP_TARGET, Inet4Address.class)),
            Map.entry(BondSetting.NS_IP6_TARGET, addresses(BondOption.NS_IP6_TARGET, Inet6Address.class)),
            Map.entry(BondSetting.ARP_INTERVAL, time(BondOption.ARP_INTERVAL, "ms")),
            Map.entry(BondSetting.ARP_MISSED_MAX, number(BondOption.MISSED_MAX)),
            Map.entry(BondSetting.ARP_VALIDATE, choice(BondOption.ARP_VALIDATE, BondChoice.ArpValidate.class)),
            Map.entry(BondSetting.ARP_ALL_TARGETS, choice(BondOption.ARP_ALL_TARGETS, BondChoice.ArpAllTargets.class)),
            Map.entry(BondSetting.FAIL_OVER_MAC, choice(BondOption.FAIL_OVER_MAC, BondChoice.FailOverMac.class)),
            Map.entry(
                    BondSetting.PRIMARY_RESELECT,
                    choice(BondOption.PRIMARY_RESELECT, BondChoice.PrimaryReselect.class)),
            Map.entry(BondSetting.NUM_PEER_NOTIF, number(BondOption.NUM_PEER_NOTIF)),
            Map.entry(BondSetting.RESEND_IGMP, number(BondOption.RESEND_IGMP)),
            Map.entry(BondSetting.ALL_SLAVES_ACTIVE, flag(BondOption.ALL_SLAVES_ACTIVE)),
            Map.entry(
                    BondSetting.XMIT_HASH_POLICY, choice(BondOption.XMIT_HASH_POLICY, BondChoice.XmitHashPolicy.class)),
            Map.entry(BondSetting.PACKETS_PER_SLAVE, number(BondOption.PACKETS_PER_SLAVE)),
            Map.entry(BondSetting.TLB_DYNAMIC_LB, flag(BondOption.TLB_DYNAMIC_LB)),
            Map.entry(BondSetting.LP_INTERVAL, time(BondOption.LP_INTERVAL, "s")),
            Map.entry(BondSetting.LACP_ACTIVE, flag(BondOption.AD_LACP_ACTIVE)),
            Map.entry(BondSetting.LACP_RATE, choice(BondOption.AD_LACP_RATE, BondChoice.LacpRate.class)),
            Map.entry(BondSetting.AD_SELECT, choice(BondOption.AD_SELECT, BondChoice.AdSelect.class)),
            Map.entry(BondSetting.MIN_LINKS, number(BondOption.MIN_LINKS)),
            Map.entry(BondSetting.AD_ACTOR_SYS_PRIO, number(BondOption.AD_ACTOR_SYS_PRIO)),
            Map.entry(
                    BondSetting.AD_ACTOR_SYSTEM,
                    new BondOptionText<>(BondOption.AD_ACTOR_SYSTEM, MacAddress::toString, MacAddress::parse)),
            Map.entry(BondSetting.AD_USER_PORT_KEY, number(BondOption.AD_USER_PORT_KEY)),
            Map.entry(BondSetting.COUPLED_CONTROL, flag(BondOption.COUPLED_CONTROL)));

    /** Of every option but {@link BondSetting#PRIMARY}, which names an interface. */
    static BondOptionText<?> of(BondSetting setting) {
        BondOptionText<?> text = ALL.get(setting);
        if (text == null) {
            throw new IllegalArgumentException(setting + " has no text of its own");
        }
        return text;
    }

    /** The value among these; {@link Setting#ABSENT} when the kernel did not tell it. */
    String text(BondOptions options) {
        return options.get(option).map(write).orElse(Setting.ABSENT);
    }

    /** Just this option with the value that the text says. */
    BondOptions options(String text) {
        return BondOptions.NONE.with(option, read.apply(text));
    }

    private static BondOptionText<Integer> number(BondOption<Integer> option) {
        return time(option, "");
    }

    private static BondOptionText<Integer> time(BondOption<Integer> option, String unit) {
        return new BondOptionText<>(
                option,
                number -> Integer.toUnsignedString(number) + unit,
                text -> Integer.parseUnsignedInt(text.substring(0, text.length() - unit.length())));
    }

    private static BondOptionText<Boolean> flag(BondOption<Boolean> option) {
        return new BondOptionText<>(option, on -> Boolean.toString(on), Boolean::parseBoolean);
    }

    private static <E extends Enum<E> & BondChoice> BondOptionText<E> choice(BondOption<E> option, Class<E> list) {
        return new BondOptionText<>(
                option,
                BondChoice::kernelName,
                text -> BondChoice.named(list, text)
                        .orElseThrow(() -> new IllegalArgumentException(option + " cannot be " + text)));
    }

    private static <A extends InetAddress> BondOptionText<List<A>> addresses(
            BondOption<List<A>> option, Class<A> family) {
        return new BondOptionText<>(option, Configured::addresses, text -> parse(text, family));
    }

    private static <A extends InetAddress> List<A> parse(String text, Class<A> family) {
        List<A> addresses = new ArrayList<>();
        if (!text.equals(Setting.NONE)) {
            for (String literal : text.split(" ", -1)) {
                addresses.add(family.cast(literal(literal)));
            }
        }
        return addresses;
    }

    /** A literal is not looked up. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no IP address", e);
        }
    }
}
