package net.twinpath.daemon.apply;

import java.util.Map;
import net.twinpath.daemon.machine.Group;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.machine.Setting;

/** What {@link LinkPreparation} and {@link Offloads} have made of the interfaces that running paths use. */
public final class PortNeeds implements PathNeeds {
    private final Map<String, Integer> leastMtu;

    /** @param leastMtu octets of payload each interface must carry, by its name */
    public PortNeeds(Map<String, Integer> leastMtu) {
        this.leastMtu = Map.copyOf(leastMtu);
    }

    @Override
    public String adjust(Setting setting, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (setting.group() == Group.SYSCTL) {
            return InterfaceSysctl.isIpv6Switch(setting.name(), leastMtu.keySet()) ? "1" : value;
        }
        Integer mtu = leastMtu.get(setting.owner());
        return mtu == null ? value : adjust(setting, value, mtu);
    }

    private static String adjust(Setting setting, String value, int mtu) {
        if (setting.group() == Group.OFFLOAD) {
            return Offloads.merges(setting.name()) ? Setting.FALSE : value;
        }
        if (setting.equals(Setting.link(setting.owner(), Setting.MTU))) {
            return Integer.toString(Math.max(mtu, Integer.parseInt(value)));
        }
        return setting.equals(Setting.link(setting.owner(), Setting.UP)) ? Setting.TRUE : value;
    }
}
