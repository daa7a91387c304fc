package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.netlink.route.BondChoice.ArpValidate;
import net.twinpath.netlink.route.BondChoice.Mode;
import net.twinpath.netlink.route.BondChoice.XmitHashPolicy;
import org.junit.jupiter.api.Test;

/** Sets of bond options: what differs, what to take back, and how they read. */
class BondOptionsTest {
    private static final BondOptions OPTIONS =
            BondOptions.NONE.with(BondOption.MIIMON, 100).with(BondOption.MODE, Mode.ACTIVE_BACKUP);

    @Test
    void theListHasEveryOptionThereIs() throws Exception {
        List<Object> constants = new ArrayList<>();
        for (Field field : BondOption.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                constants.add(field.get(null));
            }
        }
        assertThat(constants).hasSize(31);
        assertThat(BondOption.all()).isEqualTo(constants);
        assertThat(BondOption.all()).extracting(BondOption::kernelName).doesNotHaveDuplicates();
    }

    @Test
    void anOptionHasTheValueItWasGivenLast() {
        BondOptions changed = OPTIONS.with(BondOption.MIIMON, 50);
        assertThat(changed.get(BondOption.MIIMON)).contains(50);
        assertThat(OPTIONS.get(BondOption.MIIMON)).contains(100);
        assertThat(OPTIONS.get(BondOption.UPDELAY)).isEmpty();
    }

    @Test
    void onlyWhatDiffersMustBeSetAndCanBeTakenBack() {
        BondOptions actual = OPTIONS.with(BondOption.UPDELAY, 0).with(BondOption.MIN_LINKS, 1);
        BondOptions wanted = OPTIONS.with(BondOption.UPDELAY, 200).with(BondOption.PACKETS_PER_SLAVE, 2);

        BondOptions changes = wanted.differingFrom(actual);
        assertThat(changes)
                .isEqualTo(
                        BondOptions.NONE.with(BondOption.PACKETS_PER_SLAVE, 2).with(BondOption.UPDELAY, 200));
        assertThat(actual.only(changes.options())).isEqualTo(BondOptions.NONE.with(BondOption.UPDELAY, 0));
        assertThat(OPTIONS.differingFrom(actual).isEmpty()).isTrue();
    }

    @Test
    void readsLikeTheKernelsOwnNames() throws Exception {
        Inet4Address target = (Inet4Address) InetAddress.getByName("192.0.2.1");
        assertThat(OPTIONS.with(BondOption.ARP_IP_TARGET, List.of(target)).with(BondOption.TLB_DYNAMIC_LB, false))
                .hasToString("mode active-backup, miimon 100, arp_ip_target [192.0.2.1], tlb_dynamic_lb off");
    }

    @Test
    void choicesAreFoundByTheKernelsNameAndNumber() {
        assertThat(BondChoice.named(Mode.class, "802.3ad")).contains(Mode.LACP);
        assertThat(BondChoice.named(Mode.class, "lacp")).isEmpty();
        assertThat(BondChoice.named(XmitHashPolicy.class, "layer2+3")).contains(XmitHashPolicy.LAYER2_3);
        assertThat(BondChoice.numbered(ArpValidate.class, 6)).contains(ArpValidate.FILTER_BACKUP);
        assertThat(BondChoice.numbered(ArpValidate.class, 7)).isEmpty();
    }
}
