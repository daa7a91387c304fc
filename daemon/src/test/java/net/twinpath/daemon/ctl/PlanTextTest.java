package net.twinpath.daemon.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** A plan as a diff, letter by letter. */
class PlanTextTest {
    @Test
    void stepsStandInTheirOrderWithWhatTheyInterrupt() {
        assertThat(text("""
                {"steps": [
                   {"changes": ["+ bond0: new bond, mode 802.3ad"], "interrupts": ""},
                   {"changes": ["~ eth0: switched off"], "interrupts": "eth0, eth0.5"},
                   {"changes": ["~ eth1: pause.receive false -> true", "~ eth1: pause.transmit false -> true"],
                    "interrupts": "eth1 for a moment with some drivers"}],
                 "paths": ["- path dup1", "~ path dup0: made anew  (interrupts dup0)"],
                 "objections": [], "warnings": [], "foreign_managers": [], "absent_interfaces": [], "unknown_sysctls": []}
                """)).isEqualTo("""
                + bond0: new bond, mode 802.3ad
                ~ eth0: switched off  (interrupts eth0, eth0.5)
                ~ eth1: pause.receive false -> true
                ~ eth1: pause.transmit false -> true  (interrupts eth1 for a moment with some drivers)
                - path dup1
                ~ path dup0: made anew  (interrupts dup0)
                """);
    }

    @Test
    void nothingToDoIsSaidAndWhatElseIsToBeKnown() {
        assertThat(text("""
                {"steps": [], "paths": [], "objections": ["t.toml:1:1: vlan.v5.mtu: 9000 is more than the 1500 of its link eth0"],
                 "warnings": ["eth0 has the address 192.0.2.1/24"], "foreign_managers": ["eth0 is managed by NetworkManager"],
                 "absent_interfaces": ["eth9"], "unknown_sysctls": ["net.core.fast"]}
                """)).isEqualTo("""
                Nothing would change.
                error: t.toml:1:1: vlan.v5.mtu: 9000 is more than the 1500 of its link eth0
                warning: eth0 has the address 192.0.2.1/24
                warning: eth0 is managed by NetworkManager
                note: eth9 is not on this machine now; it is taken in when it comes
                note: net.core.fast is no sysctl of this kernel; it is passed over
                """);
    }

    private static String text(String json) {
        return PlanText.of(JsonParser.parseString(json).getAsJsonObject());
    }
}
